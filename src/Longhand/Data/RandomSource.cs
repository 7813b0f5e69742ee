namespace Longhand;

/// <summary>Where random numbers come from: uniform doubles, and what follows from them.</summary>
public abstract class RandomSource
{
    private double? spareNormal;

    /// <summary>The next number, uniform in [0, 1).</summary>
    public abstract double NextDouble();

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A whole number, uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public virtual int Below(int bound) => (int)(NextDouble() * bound);

    /// <summary>Standard normal, by Marsaglia's polar method; both values of a pair are used.</summary>
    public double Normal()
    {
        if (spareNormal is double spare)
        {
            spareNormal = null;
            return spare;
        }
        double u,
            v,
            s;
        do
        {
            u = Uniform(-1, 1);
            v = Uniform(-1, 1);
            s = u * u + v * v;
        } while (s is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spareNormal = v * factor;
        return u * factor;
    }

    /// <summary>Every order equally likely (Fisher and Yates, from the last place down).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}

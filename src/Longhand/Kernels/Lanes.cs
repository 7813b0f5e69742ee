using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>As many floats side by side as the machine's vectors hold: what runs an element-wise rule as SIMD.</summary>
internal readonly struct Lanes(Vector<float> v) : IReal<Lanes>
{
    /// <summary>The floats.</summary>
    public Vector<float> V { get; } = v;

    public static Lanes Of(double value) => new(new Vector<float>((float)value));

    public static Lanes Fraction(long numerator, long denominator) => Of((double)numerator / denominator);

    public static Lanes Pi => Of(Math.PI);

    public static Lanes operator +(Lanes a, Lanes b) => new(a.V + b.V);

    public static Lanes operator -(Lanes a, Lanes b) => new(a.V - b.V);

    public static Lanes operator *(Lanes a, Lanes b) => new(a.V * b.V);

    public static Lanes operator /(Lanes a, Lanes b) => new(a.V / b.V);

    public static Lanes operator -(Lanes a) => new(-a.V);

    public static Lanes Exp(Lanes x) => Each(x, v => MathF.Exp(v));

    public static Lanes Expm1(Lanes x) => Each(x, v => (float)RealMath.Expm1(v));

    public static Lanes Log(Lanes x) => Each(x, v => MathF.Log(v));

    public static Lanes Sqrt(Lanes x) => new(Vector.SquareRoot(x.V));

    public static Lanes Power(Lanes x, int n) => Each(x, v => (float)RealMath.Power(v, n));

    public static Lanes Sigmoid(Lanes x) => Each(x, v => (float)RealMath.Sigmoid(v));

    public static Lanes Tanh(Lanes x) => Each(x, v => MathF.Tanh(v));

    public static Lanes Softplus(Lanes x) => Each(x, v => (float)RealMath.Softplus(v));

    public static Lanes Erf(Lanes x) => Each(x, v => (float)RealMath.Erf(v));

    public static Lanes Atan(Lanes x) => Each(x, v => MathF.Atan(v));

    public static Lanes Sin(Lanes x) => Each(x, v => MathF.Sin(v));

    public static Lanes Cos(Lanes x) => Each(x, v => MathF.Cos(v));

    public static Lanes Abs(Lanes x) => new(Vector.Abs(x.V));

    public static Lanes Max(Lanes a, Lanes b) => new(Vector.Max(a.V, b.V));

    public static Lanes Select(Lanes test, Lanes above, Lanes at, Lanes below)
    {
        Vector<float> chosen = Vector.ConditionalSelect(Vector.GreaterThan(test.V, Vector<float>.Zero), above.V, below.V);
        chosen = Vector.ConditionalSelect(Vector.Equals(test.V, Vector<float>.Zero), at.V, chosen);
        return new(Vector.ConditionalSelect(Vector.Equals(test.V, test.V), chosen, test.V));
    }

    public static Lanes Let(string name, Lanes value) => value;

    private static Lanes Each(Lanes x, Func<float, float> f)
    {
        Span<float> values = stackalloc float[Vector<float>.Count];
        x.V.CopyTo(values);
        foreach (ref float v in values)
            v = f(v);
        return new(new Vector<float>(values));
    }
}

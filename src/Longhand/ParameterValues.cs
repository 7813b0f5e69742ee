using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// The numbers of one parameter, as precisely as they are known: fractions from an experiment's own text, doubles, or the floats that
/// training left. Immutable.
/// </summary>
public sealed class ParameterValues
{
    private readonly Rational[]? exact;
    private readonly double[]? doubles;
    private readonly float[]? floats;

    private ParameterValues(Parameter parameter, int length)
    {
        if (length != parameter.Length)
            throw new ArgumentException($"{parameter.Name} has {parameter.Length} numbers, not {length}.");
        Length = length;
    }

    /// <summary>Exact values.</summary>
    public ParameterValues(Parameter parameter, Rational[] values)
        : this(parameter, values.Length) => exact = values;

    /// <summary>Doubles.</summary>
    public ParameterValues(Parameter parameter, double[] values)
        : this(parameter, values.Length) => doubles = values;

    /// <summary>Floats.</summary>
    public ParameterValues(Parameter parameter, float[] values)
        : this(parameter, values.Length) => floats = values;

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>Whether the numbers are known beyond single precision.</summary>
    public bool IsPrecise => floats is null;

    /// <summary>Number i, rounded to single precision.</summary>
    public float Single(int i) => floats is not null ? floats[i] : (float)Double(i);

    /// <summary>Number i in double precision.</summary>
    public double Double(int i) =>
        exact is not null ? (double)exact[i]
        : doubles is not null ? doubles[i]
        : floats![i];

    /// <summary>Number i exactly: the fraction that was typed, or the shortest decimal that reads back to the stored number; null if it is not finite.</summary>
    public Rational? Exact(int i)
    {
        if (exact is not null)
            return exact[i];
        if (doubles is not null)
            return double.IsFinite(doubles[i]) ? Rational.FromDouble(doubles[i]) : null;
        return float.IsFinite(floats![i]) ? Rational.FromDouble(floats[i]) : null;
    }

    /// <summary>All numbers in single precision.</summary>
    public float[] ToSingles()
    {
        var all = new float[Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = Single(i);
        return all;
    }

    /// <summary>All numbers in double precision.</summary>
    public double[] ToDoubles()
    {
        var all = new double[Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = Double(i);
        return all;
    }

    /// <summary>A grid for the reference, each number made by <paramref name="read"/> from its position.</summary>
    public Grid<T> Grid<T>(Parameter parameter, Func<int, T> read)
    {
        var grid = new Grid<T>([.. parameter.Sizes]);
        for (int i = 0; i < grid.Length; i++)
            grid.SetFlat(i, read(i));
        return grid;
    }
}

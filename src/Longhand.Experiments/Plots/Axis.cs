namespace Longhand.Experiments.Plots;

/// <summary>How values lie along an axis.</summary>
internal enum Scale
{
    /// <summary>Equal differences are equally long.</summary>
    Linear,

    /// <summary>Linear, and only whole numbers are marked (epochs).</summary>
    Whole,

    /// <summary>Equal ratios are equally long.</summary>
    Log,
}

/// <summary>A named range of values, and the places that are marked on it.</summary>
internal sealed class Axis
{
    // Beyond this differences of doubles overflow; whoever draws such values sees a gap instead.
    private const double Largest = 1e300;

    private Axis(string name, double low, double high, Scale scale)
    {
        (Name, Low, High, Scale) = (name, low, high, scale);
    }

    /// <summary>What is measured, with its unit.</summary>
    public string Name { get; }

    /// <summary>The value at its beginning.</summary>
    public double Low { get; }

    /// <summary>The value at its end, above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>How values lie along it.</summary>
    public Scale Scale { get; }

    /// <summary>An axis that holds all given values, with some room at both ends.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="values">What it must hold; what is not finite, and for a logarithmic axis not positive, is left out.</param>
    /// <param name="scale">How values lie along it.</param>
    /// <param name="room">The share of the length that stays free at each end.</param>
    public static Axis Of(string name, IEnumerable<double> values, Scale scale = Scale.Linear, double room = 0.04)
    {
        double low = double.PositiveInfinity,
            high = double.NegativeInfinity;
        foreach (double value in values)
            if (CanShow(value, scale))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            (low, high) = scale == Scale.Log ? (0.1, 1) : (0, 1);
        return Between(name, low, high, scale, room);
    }

    /// <summary>An axis over a range; a range without width is widened.</summary>
    public static Axis Between(string name, double low, double high, Scale scale = Scale.Linear, double room = 0)
    {
        if (scale == Scale.Log)
        {
            double a = Math.Log10(low),
                b = Math.Log10(high);
            double free = b - a < 1e-3 ? 0.5 : room * (b - a);
            return new(name, Math.Pow(10, Math.Max(-300, a - free)), Math.Pow(10, Math.Min(300, b + free)), scale);
        }
        // Values that differ in their last bits alone are one value.
        double least = 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= least)
        {
            double half =
                scale == Scale.Whole ? 1
                : low == 0 ? 0.5
                : Math.Max(1e-300, 0.1 * Math.Abs(low));
            return new(name, low - half, high + half, scale);
        }
        double margin = room * (high - low);
        return new(name, low - margin, high + margin, scale);
    }

    /// <summary>Whether a value has a place on an axis of that scale.</summary>
    public static bool CanShow(double value, Scale scale) => Math.Abs(value) <= Largest && (scale != Scale.Log || value >= 1 / Largest);

    /// <summary>Where a value lies: 0 at the beginning, 1 at the end.</summary>
    public double Share(double value) =>
        Scale == Scale.Log ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low)) : (value - Low) / (High - Low);

    /// <summary>The values that are marked, about as many as asked for.</summary>
    public IReadOnlyList<double> Ticks(int about) =>
        Scale == Scale.Log ? Plots.Ticks.Logarithmic(Low, High, about) : Plots.Ticks.Linear(Low, High, about, Scale == Scale.Whole);
}

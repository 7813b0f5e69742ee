namespace Longhand.Experiments.Plots;

/// <summary>Something that is drawn between the axes of a chart.</summary>
internal abstract record Mark
{
    /// <summary>What it is called; empty for what needs no name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its colour and pattern.</summary>
    public int Series { get; init; }
}

/// <summary>A line through values; it has a gap where a value is not finite.</summary>
internal sealed record LineMark(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark
{
    /// <summary>How wide it is drawn.</summary>
    public double Width { get; init; } = Style.Line;

    /// <summary>How much of what lies below it covers.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Its dashes; those of its series where nothing is said.</summary>
    public double[]? Dashes { get; init; }

    /// <summary>Whether it belongs to the ground (a diagonal, a zero line) rather than to a series.</summary>
    public bool IsGuide { get; init; }
}

/// <summary>The room between two lines.</summary>
internal sealed record BandMark(IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : Mark
{
    public double Opacity { get; init; } = 0.2;
}

/// <summary>Points, a marker each.</summary>
internal sealed record PointsMark(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Mark
{
    /// <summary>Whether only its rim is drawn.</summary>
    public bool IsHollow { get; init; }

    /// <summary>Its half width; smaller where there are many.</summary>
    public double Radius { get; init; } = 3.4;
}

/// <summary>Colours over the whole room between the axes: rows from the top, four bytes a pixel.</summary>
internal sealed record FieldMark(int Columns, int Rows, byte[] Rgba) : Mark;

/// <summary>Lines at one height of a function of two variables, in values of the axes.</summary>
internal sealed record LevelMark(IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines) : Mark
{
    public double Width { get; init; } = 1;

    public double Opacity { get; init; } = 1;

    public bool IsGuide { get; init; }
}

/// <summary>Short texts beside points.</summary>
internal sealed record TextMark(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<string> Texts) : Mark;

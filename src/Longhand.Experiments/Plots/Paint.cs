namespace Longhand.Experiments.Plots;

/// <summary>What a colour stands for. A drawing names roles; the palette of the page that it is shown on has the colours.</summary>
internal enum Ink
{
    /// <summary>The ground that is drawn on.</summary>
    Ground,

    /// <summary>Text that is read first.</summary>
    Text,

    /// <summary>Text that explains: tick labels, names of axes.</summary>
    Muted,

    /// <summary>Axes and frames.</summary>
    Rule,

    /// <summary>Lines to read values along.</summary>
    Grid,

    /// <summary>A series of data, by its number.</summary>
    Series,
}

/// <summary>A role with its number, where there are several of it, and how much covers what lies below.</summary>
internal readonly record struct Paint(Ink Ink, int Index = 0, double Opacity = 1)
{
    public static Paint Ground { get; } = new(Ink.Ground);

    public static Paint Text { get; } = new(Ink.Text);

    public static Paint Muted { get; } = new(Ink.Muted);

    public static Paint Rule { get; } = new(Ink.Rule);

    public static Paint Grid { get; } = new(Ink.Grid);

    public static Paint Series(int index, double opacity = 1) => new(Ink.Series, index % Palette.SeriesCount, opacity);

    /// <summary>Where its colour stands in a palette.</summary>
    public int Slot => Ink == Ink.Series ? (int)Ink.Series + Index : (int)Ink;
}

/// <summary>Red, green and blue, 0 to 255.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb Of(int hex) => new((byte)(hex >> 16), (byte)(hex >> 8), (byte)hex);

    /// <summary>As CSS writes it.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    /// <summary>The relative luminance of WCAG 2: 0 black, 1 white.</summary>
    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    /// <summary>The contrast of two colours by WCAG 2: 1 (the same) to 21 (black on white).</summary>
    public double Contrast(Rgb other)
    {
        (double a, double b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static Rgb Mix(Rgb from, Rgb to, double share)
    {
        byte Between(byte a, byte b) => (byte)Math.Round(a + share * (b - a));
        return new(Between(from.R, to.R), Between(from.G, to.G), Between(from.B, to.B));
    }

    private static double Linear(byte value)
    {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }
}

/// <summary>
/// The colours of the roles on a light and on a dark page. Series keep a contrast of 3:1 with their ground, differ for people who do not see
/// red and green apart, and are told apart in grey by dashes and markers besides.
/// </summary>
internal static class Palette
{
    public const int SeriesCount = 8;

    /// <summary>By <see cref="Paint.Slot"/>, on white.</summary>
    public static IReadOnlyList<Rgb> Light { get; } =
        Colors(
            [0xffffff, 0x1b1f24, 0x59636e, 0x8c959f, 0xe6e9ed],
            [0x0a62b9, 0xc24a00, 0x00795f, 0x963b9b, 0x8a6a00, 0x2b86ad, 0xb0203f, 0x5b5f66]
        );

    /// <summary>By <see cref="Paint.Slot"/>, on a dark page.</summary>
    public static IReadOnlyList<Rgb> Dark { get; } =
        Colors(
            [0x14171c, 0xe8ebef, 0xa3adb8, 0x6b7580, 0x2a3038],
            [0x6cb0ff, 0xff9d5c, 0x45cfa6, 0xdd94e3, 0xe3c14d, 0x86d3f0, 0xff8c9f, 0xb4b9c0]
        );

    /// <summary>Colours for regions that must read on both grounds, one per series.</summary>
    public static IReadOnlyList<Rgb> Regions { get; } =
    [.. new[] { 0x2f80d6, 0xe8772e, 0x17a07f, 0xb868be, 0xb8952a, 0x55acd0, 0xd8536d, 0x858a92 }.Select(Rgb.Of)];

    private static Rgb[] Colors(int[] roles, int[] series) => [.. roles.Concat(series).Select(Rgb.Of)];
}

/// <summary>How a line is broken, so that series differ without colour.</summary>
internal static class Dash
{
    private static readonly double[][] patterns =
    [
        [],
        [7, 3.5],
        [2, 3],
        [9, 3, 2, 3],
        [14, 4],
        [4, 2, 4, 5],
        [9, 3, 2, 3, 2, 3],
        [1, 4],
    ];

    /// <summary>Lengths drawn and left out in turn, for a series; empty for an unbroken line.</summary>
    public static double[] Of(int series) => patterns[series % patterns.Length];

    /// <summary>An unbroken line.</summary>
    public static double[] None => patterns[0];

    /// <summary>Short strokes, for what is a help to read only.</summary>
    public static double[] Fine { get; } = [3, 3];
}

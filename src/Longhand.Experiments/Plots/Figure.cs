namespace Longhand.Experiments.Plots;

/// <summary>What is to be shown, as data: it can be drawn at any size, for paper or a page.</summary>
/// <param name="Title">What it shows, in a few words.</param>
internal abstract record Figure(string Title)
{
    /// <summary>The width that it looks well at, in pixels of an ordinary screen.</summary>
    public virtual double Width => 720;

    /// <summary>The height that goes with <see cref="Width"/>.</summary>
    public virtual double Height => 420;

    /// <summary>What someone who cannot see it would be told.</summary>
    public string Description { get; init; } = "";

    /// <summary>Draws it at its own size.</summary>
    public Drawing Draw() => Draw(Width);

    /// <summary>Draws it at another width: text keeps its size, and the height follows as the kind of figure needs it.</summary>
    public abstract Drawing Draw(double width);

    /// <summary>As an SVG file.</summary>
    public string ToSvg() => SvgWriter.Write(Draw());

    /// <summary>As a PNG file.</summary>
    public byte[] ToPng() => PngWriter.Write(Draw());
}

/// <summary>Sizes that every figure shares.</summary>
internal static class Style
{
    public const double Edge = 18,
        Title = 16,
        Text = 12.5,
        TitleLine = 28,
        ParagraphLine = 18,
        RowHeight = 20,
        Thin = 1,
        Line = 1.9;

    /// <summary>Writes a text in lines from <paramref name="top"/> down, as many as it needs.</summary>
    /// <returns>How high they are together.</returns>
    public static double Paragraph(Drawing? drawing, string text, double top, double width)
    {
        IReadOnlyList<string> lines = StrokeFont.Lines(text, Text, width - 2 * Edge);
        foreach ((int i, string line) in lines.Index())
            drawing?.Write(Edge, top + (i + 1) * ParagraphLine - 2, line, Text, Anchor.Start, Paint.Muted);
        return lines.Count * ParagraphLine;
    }

    /// <summary>Writes a title at the upper left; what is too long ends in an ellipsis.</summary>
    public static void Head(Drawing drawing, string title) =>
        drawing.Write(
            Edge,
            TitleLine,
            StrokeFont.Fit(title, Title * 1.04, drawing.Width - 2 * Edge),
            Title,
            Anchor.Start,
            Paint.Text,
            bold: true
        );
}

namespace Longhand.Experiments.Plots;

/// <summary>A place on a drawing, in pixels of an ordinary screen from the upper left corner.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>A rectangle on a drawing.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}

/// <summary>Where a text stands from the point that it is put at.</summary>
internal enum Anchor
{
    /// <summary>It begins there.</summary>
    Start,

    /// <summary>Its middle is there.</summary>
    Middle,

    /// <summary>It ends there.</summary>
    End,
}

/// <summary>What a drawing is made of. Two writers turn it into SVG and PNG; nobody else needs to know of either.</summary>
internal abstract record Element;

/// <summary>A line through points, round where it turns and ends.</summary>
internal sealed record Stroke(IReadOnlyList<Point> Points, Paint Paint, double Width, double[] Dashes) : Element;

/// <summary>A filled polygon.</summary>
internal sealed record Area(IReadOnlyList<Point> Outline, Paint Paint) : Element
{
    /// <summary>A line around it, outside; null for none.</summary>
    public Paint? Rim { get; init; }

    /// <summary>How wide that line is.</summary>
    public double RimWidth { get; init; } = 1;
}

/// <summary>A filled circle with a rim.</summary>
internal sealed record Disc(Point Center, double Radius, Paint Paint, Paint? Rim = null, double RimWidth = 1) : Element;

/// <summary>A line of text; <paramref name="At"/> lies on its base line.</summary>
internal sealed record Label(Point At, string Text, double Size, Anchor Anchor, Paint Paint) : Element
{
    /// <summary>Whether it is written bold.</summary>
    public bool Bold { get; init; }

    /// <summary>Degrees that it is turned by, clockwise, about <see cref="At"/>.</summary>
    public double Turned { get; init; }
}

/// <summary>Pixels in a rectangle: row by row, red, green, blue and opacity.</summary>
/// <param name="Box">Where they lie.</param>
/// <param name="Columns">Pixels in a row.</param>
/// <param name="Rows">Rows of pixels.</param>
/// <param name="Rgba">Four bytes a pixel.</param>
/// <param name="Smooth">Whether what lies between the pixels' middles is interpolated; else each is a rectangle of its own.</param>
internal sealed record Picture(Box Box, int Columns, int Rows, byte[] Rgba, bool Smooth) : Element;

/// <summary>A figure as it is drawn: elements in the order in which they cover each other.</summary>
/// <param name="Width">Its width in pixels of an ordinary screen.</param>
/// <param name="Height">Its height.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Description">What someone who cannot see it would be told.</param>
internal sealed record Drawing(double Width, double Height, string Title, string Description)
{
    private readonly List<Element> elements = [];

    /// <summary>The elements, the lowest first.</summary>
    public IReadOnlyList<Element> Elements => elements;

    /// <summary>Where data lie, and what the values at its edges are: what a readout needs; null for a figure without axes.</summary>
    public Frame? Frame { get; set; }

    public void Add(Element element) => elements.Add(element);

    public void Line(double x1, double y1, double x2, double y2, Paint paint, double width = 1, double[]? dashes = null) =>
        Add(new Stroke([new(x1, y1), new(x2, y2)], paint, width, dashes ?? Dash.None));

    public void Rectangle(Box box, Paint paint) =>
        Add(new Area([new(box.X, box.Y), new(box.Right, box.Y), new(box.Right, box.Bottom), new(box.X, box.Bottom)], paint));

    public void Outline(Box box, Paint paint, double width = 1) =>
        Add(
            new Stroke(
                [new(box.X, box.Y), new(box.Right, box.Y), new(box.Right, box.Bottom), new(box.X, box.Bottom), new(box.X, box.Y)],
                paint,
                width,
                Dash.None
            )
        );

    public void Write(double x, double y, string text, double size, Anchor anchor, Paint paint, bool bold = false) =>
        Add(new Label(new(x, y), text, size, anchor, paint) { Bold = bold });
}

/// <summary>The rectangle of the data and the axes along it.</summary>
internal sealed record Frame(Box Box, Axis X, Axis Y);

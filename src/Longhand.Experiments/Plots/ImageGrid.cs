namespace Longhand.Experiments.Plots;

/// <summary>Small pictures in rows, each row with its name: filters, feature maps.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ImageGrid(string Title, IReadOnlyList<TileRow> Rows) : Figure(Title)
{
    private const double Gap = 6;

    /// <summary>What the colours stand for.</summary>
    public string Note { get; init; } = "";

    /// <summary>How wide the picture of a row may be at most.</summary>
    public double LargestTile { get; init; } = 72;

    /// <inheritdoc/>
    public override Drawing Draw(double width)
    {
        double room = width - 2 * Style.Edge,
            y = Style.TitleLine + Style.Paragraph(null, Note, 0, width) + 12;
        var placed = new List<Action<Drawing>>();
        foreach (TileRow row in Rows)
        {
            if (row.Name.Length > 0)
            {
                double at = y + Style.RowHeight - 6;
                placed.Add(d => d.Write(Style.Edge, at, StrokeFont.Fit(row.Name, Style.Text, room), Style.Text, Anchor.Start, Paint.Muted));
                y += Style.RowHeight + 2;
            }
            int columns = Math.Clamp((int)((room + Gap) / (44 + Gap)), 1, Math.Max(1, row.Tiles.Count));
            double tile = Math.Min(row.Largest ?? LargestTile, (room + Gap) / columns - Gap);
            columns = Math.Max(columns, (int)((room + Gap) / (tile + Gap)));
            double high = tile * row.Tiles[0].Rows / row.Tiles[0].Columns,
                top = y;
            foreach ((int i, Tile one) in row.Tiles.Index())
            {
                var box = new Box(Style.Edge + i % columns * (tile + Gap), top + i / columns * (high + Gap), tile, high);
                placed.Add(d =>
                {
                    d.Add(new Picture(box, one.Columns, one.Rows, one.Rgba, Smooth: false));
                    d.Outline(box, Paint.Grid, 0.8);
                });
            }
            y += (row.Tiles.Count + columns - 1) / columns * (high + Gap) + 6;
        }
        var drawing = new Drawing(width, y + Style.Edge - Gap, Title, Description);
        Style.Head(drawing, Title);
        Style.Paragraph(drawing, Note, Style.TitleLine, width);
        foreach (Action<Drawing> draw in placed)
            draw(drawing);
        return drawing;
    }
}

/// <summary>Pictures of one size, side by side.</summary>
internal sealed record TileRow(string Name, IReadOnlyList<Tile> Tiles)
{
    /// <summary>The widest that one of them is drawn; the grid's own limit where nothing is said.</summary>
    public double? Largest { get; init; }
}

/// <summary>A small picture: four bytes a pixel, row by row.</summary>
internal sealed record Tile(int Columns, int Rows, byte[] Rgba)
{
    private static readonly Rgb negative = Rgb.Of(0xb35806),
        zero = Rgb.Of(0xf7f7f7),
        positive = Rgb.Of(0x2166ac);

    /// <summary>Signed numbers: blue above 0, orange below, white at 0, the strongest at ±<paramref name="largest"/>.</summary>
    public static Tile Signed(int columns, int rows, Func<int, double> value, double largest) =>
        Of(columns, rows, i => Diverging(largest > 0 ? value(i) / largest : 0));

    /// <summary>Brightness from black at <paramref name="low"/> to white at <paramref name="high"/>.</summary>
    public static Tile Grey(int columns, int rows, Func<int, double> value, double low, double high) =>
        Of(
            columns,
            rows,
            i =>
            {
                double share = high > low ? (value(i) - low) / (high - low) : 0;
                byte grey = (byte)Math.Round(255 * (double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1)));
                return new(grey, grey, grey);
            }
        );

    /// <summary>A picture whose pixels are given by their position.</summary>
    public static Tile Of(int columns, int rows, Func<int, Rgb> color)
    {
        var rgba = new byte[4 * columns * rows];
        for (int i = 0; i < columns * rows; i++)
        {
            Rgb pixel = color(i);
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]) = (pixel.R, pixel.G, pixel.B, 255);
        }
        return new(columns, rows, rgba);
    }

    /// <summary>The colour of a number between −1 and 1.</summary>
    public static Rgb Diverging(double share) =>
        double.IsNaN(share) ? zero : Rgb.Mix(zero, share < 0 ? negative : positive, Math.Min(1, Math.Abs(share)));
}

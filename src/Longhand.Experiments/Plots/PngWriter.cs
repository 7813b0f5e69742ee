namespace Longhand.Experiments.Plots;

/// <summary>A drawing as a PNG, on white.</summary>
internal static class PngWriter
{
    // Twice the pixels of an ordinary screen: sharp on paper, too.
    private const double Scale = 2,
        PerInch = 96 * Scale,
        Pen = 0.082, // of a letter's size
        BoldPen = 0.118;

    /// <summary>The bytes of the file; the same drawing gives the same bytes.</summary>
    public static byte[] Write(Drawing drawing)
    {
        Raster raster = Paint(drawing);
        return PngFile.Encode(raster.Width, raster.Height, raster.Pixels, PerInch);
    }

    /// <summary>The painted pixels.</summary>
    public static Raster Paint(Drawing drawing)
    {
        var raster = new Raster(
            (int)Math.Ceiling(drawing.Width * Scale),
            (int)Math.Ceiling(drawing.Height * Scale),
            Color(Plots.Paint.Ground)
        );
        foreach (Element element in drawing.Elements)
            Paint(raster, element);
        return raster;
    }

    private static void Paint(Raster raster, Element element)
    {
        switch (element)
        {
            case Stroke stroke:
                raster.Draw(
                    Broken([.. stroke.Points.Select(Scaled)], [.. stroke.Dashes.Select(d => d * Scale)], stroke.Width * Scale),
                    stroke.Width * Scale,
                    Color(stroke.Paint),
                    stroke.Paint.Opacity
                );
                break;
            case Area area:
                if (area.Rim is { } line)
                    raster.Draw(
                        [
                            [.. area.Outline.Append(area.Outline[0]).Select(Scaled)],
                        ],
                        2 * area.RimWidth * Scale,
                        Color(line),
                        line.Opacity
                    );
                raster.Fill([.. area.Outline.Select(Scaled)], Color(area.Paint), area.Paint.Opacity);
                break;
            case Disc disc:
                Point middle = Scaled(disc.Center);
                if (disc.Rim is { } rim)
                    raster.Draw(
                        [
                            [middle],
                        ],
                        2 * (disc.Radius + disc.RimWidth) * Scale,
                        Color(rim),
                        rim.Opacity
                    );
                raster.Draw(
                    [
                        [middle],
                    ],
                    2 * disc.Radius * Scale,
                    Color(disc.Paint),
                    disc.Paint.Opacity
                );
                break;
            case Label label:
                Letters(raster, label);
                break;
            case Picture picture:
                Pixels(raster, picture);
                break;
        }
    }

    private static void Letters(Raster raster, Label label)
    {
        double size = label.Size * Scale,
            width = StrokeFont.Width(label.Text, size);
        double shift =
            label.Anchor == Anchor.Start ? 0
            : label.Anchor == Anchor.Middle ? -width / 2
            : -width;
        (double sin, double cos) = Math.SinCos(label.Turned * Math.PI / 180);
        Point at = Scaled(label.At);
        Point Placed(Point p) => new(at.X + (p.X + shift) * cos - p.Y * sin, at.Y + (p.X + shift) * sin + p.Y * cos);
        raster.Draw(
            StrokeFont.Strokes(label.Text, size).Select(stroke => (IReadOnlyList<Point>)[.. stroke.Select(Placed)]),
            size * (label.Bold ? BoldPen : Pen),
            Color(label.Paint),
            label.Paint.Opacity
        );
    }

    private static void Pixels(Raster raster, Picture picture)
    {
        (double left, double top) = (picture.Box.X * Scale, picture.Box.Y * Scale);
        (double width, double height) = (picture.Box.Width * Scale, picture.Box.Height * Scale);
        for (int y = (int)Math.Round(top); y < (int)Math.Round(top + height); y++)
        for (int x = (int)Math.Round(left); x < (int)Math.Round(left + width); x++)
        {
            double u = (x + 0.5 - left) / width * picture.Columns,
                v = (y + 0.5 - top) / height * picture.Rows;
            (Rgb color, double opacity) = picture.Smooth ? Interpolated(picture, u - 0.5, v - 0.5) : At(picture, (int)u, (int)v);
            raster.Blend(x, y, color, opacity);
        }
    }

    private static (Rgb, double) At(Picture picture, int column, int row)
    {
        int i = 4 * (Math.Clamp(row, 0, picture.Rows - 1) * picture.Columns + Math.Clamp(column, 0, picture.Columns - 1));
        return (new(picture.Rgba[i], picture.Rgba[i + 1], picture.Rgba[i + 2]), picture.Rgba[i + 3] / 255.0);
    }

    private static (Rgb, double) Interpolated(Picture picture, double u, double v)
    {
        int column = (int)Math.Floor(u),
            row = (int)Math.Floor(v);
        (double right, double down) = (u - column, v - row);
        ((Rgb a, double p), (Rgb b, double q)) = (At(picture, column, row), At(picture, column + 1, row));
        ((Rgb c, double r), (Rgb d, double s)) = (At(picture, column, row + 1), At(picture, column + 1, row + 1));
        double above = p + right * (q - p),
            below = r + right * (s - r);
        return (Rgb.Mix(Rgb.Mix(a, b, right), Rgb.Mix(c, d, right), down), above + down * (below - above));
    }

    // A line cut into its dashes. The round ends of a dash are drawn beyond it, so it is as much shorter.
    private static IEnumerable<IReadOnlyList<Point>> Broken(IReadOnlyList<Point> line, double[] dashes, double width)
    {
        if (dashes.Length == 0)
            return [line];
        var pieces = new List<IReadOnlyList<Point>>();
        var piece = new List<Point> { line[0] };
        int at = 0;
        double Length(int k) => Math.Max(0.1, dashes[k % dashes.Length] + (k % 2 == 0 ? -width : width));
        double left = Length(0);
        for (int i = 1; i < line.Count; i++)
        {
            Point from = line[i - 1];
            double length = Math.Sqrt(Math.Pow(line[i].X - from.X, 2) + Math.Pow(line[i].Y - from.Y, 2)),
                done = 0;
            while (length - done > left)
            {
                done += left;
                var cut = new Point(from.X + (line[i].X - from.X) * done / length, from.Y + (line[i].Y - from.Y) * done / length);
                if (at % 2 == 0)
                    pieces.Add([.. piece, cut]);
                piece = [cut];
                left = Length(++at);
            }
            left -= length - done;
            if (at % 2 == 0)
                piece.Add(line[i]);
        }
        if (at % 2 == 0)
            pieces.Add(piece);
        return pieces;
    }

    private static Point Scaled(Point p) => new(p.X * Scale, p.Y * Scale);

    private static Rgb Color(Paint paint) => Palette.Light[paint.Slot];
}

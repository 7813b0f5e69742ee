namespace Longhand.Experiments.Plots;

/// <summary>Draws marks into the frame of a chart.</summary>
internal sealed class MarkDrawing(Drawing drawing, Axis xAxis, Axis yAxis, Box box)
{
    private const double LonePoint = 2.5;

    public void Draw(Mark mark)
    {
        switch (mark)
        {
            case LineMark line:
                // A value between two gaps is no line, but must be seen.
                foreach (List<Point> piece in Pieces(line.X, line.Y))
                    if (piece.Count == 1)
                        drawing.Add(new Disc(piece[0], LonePoint, Paint.Series(line.Series)));
                    else
                        drawing.Add(
                            new Stroke(
                                piece,
                                line.IsGuide ? Paint.Rule : Paint.Series(line.Series, line.Opacity),
                                line.Width,
                                line.Dashes ?? Dash.Of(line.Series)
                            )
                        );
                break;
            case BandMark band:
                Band(band);
                break;
            case PointsMark points:
                for (int i = 0; i < points.X.Count; i++)
                    if (CanShow(points.X[i], points.Y[i]))
                        Markers.Draw(drawing, Place(points.X[i], points.Y[i]), points.Series, points.Radius, points.IsHollow);
                break;
            case TextMark text:
                for (int i = 0; i < text.X.Count; i++)
                    if (CanShow(text.X[i], text.Y[i]))
                        Beside(Place(text.X[i], text.Y[i]), text.Texts[i]);
                break;
            case LevelMark level:
                foreach (IReadOnlyList<(double X, double Y)> line in level.Lines)
                    drawing.Add(
                        new Stroke(
                            [.. line.Select(p => Place(p.X, p.Y))],
                            level.IsGuide ? Paint.Text with { Opacity = level.Opacity } : Paint.Series(level.Series, level.Opacity),
                            level.Width,
                            Dash.None
                        )
                    );
                break;
        }
    }

    // At the right of the point, or at its left where the frame ends.
    private void Beside(Point point, string text)
    {
        const double gap = 9;
        bool left = point.X + gap + StrokeFont.Width(text, Style.Text) > box.Right;
        drawing.Write(
            point.X + (left ? -gap : gap),
            point.Y + Style.Text * 0.34,
            text,
            Style.Text,
            left ? Anchor.End : Anchor.Start,
            Paint.Text,
            bold: true
        );
    }

    private void Band(BandMark band)
    {
        List<Point>[] low = [.. Pieces(band.X, band.Low)],
            high = [.. Pieces(band.X, band.High)];
        foreach ((List<Point> below, List<Point> above) in low.Zip(high))
            drawing.Add(new Area([.. below, .. Enumerable.Reverse(above)], Paint.Series(band.Series, band.Opacity)));
    }

    private bool CanShow(double x, double y) => Axis.CanShow(x, xAxis.Scale) && Axis.CanShow(y, yAxis.Scale);

    private Point Place(double x, double y) => new(box.X + xAxis.Share(x) * box.Width, box.Bottom - yAxis.Share(y) * box.Height);

    private IEnumerable<List<Point>> Pieces(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var piece = new List<Point>();
        for (int i = 0; i < x.Count; i++)
        {
            if (CanShow(x[i], y[i]))
                piece.Add(Place(x[i], y[i]));
            else if (piece.Count > 0)
            {
                yield return Thinning.Of(piece);
                piece = [];
            }
        }
        if (piece.Count > 0)
            yield return Thinning.Of(piece);
    }
}

/// <summary>Shapes of points, so that series differ without colour.</summary>
internal static class Markers
{
    private const double Rim = 1;

    /// <summary>Draws the marker of a series: a disc, a square, a triangle, a diamond, and again from the first.</summary>
    public static void Draw(Drawing drawing, Point at, int series, double radius, bool hollow)
    {
        Paint paint = Paint.Series(series),
            inside = hollow ? Paint.Ground : paint,
            rim = hollow ? paint : Paint.Ground;
        if (series % 4 == 0)
        {
            drawing.Add(new Disc(at, radius - (hollow ? Rim / 2 : 0), inside, rim, hollow ? 1.3 : Rim * 0.8));
            return;
        }
        Point[] outline = [.. Outline(series % 4, radius * 1.08).Select(p => new Point(at.X + p.X, at.Y + p.Y))];
        drawing.Add(new Area(outline, inside) { Rim = rim, RimWidth = hollow ? 1.3 : Rim });
    }

    private static Point[] Outline(int shape, double r) =>
        shape switch
        {
            1 => [new(-r * 0.9, -r * 0.9), new(r * 0.9, -r * 0.9), new(r * 0.9, r * 0.9), new(-r * 0.9, r * 0.9)],
            2 => [new(0, -r * 1.15), new(r * 1.1, r * 0.8), new(-r * 1.1, r * 0.8)],
            _ => [new(0, -r * 1.25), new(r * 1.25, 0), new(0, r * 1.25), new(-r * 1.25, 0)],
        };
}

namespace Longhand.Experiments.Plots;

/// <summary>Rows of names, each behind its marker: for points and areas, and for lines whose ends have no room for a name.</summary>
internal sealed class Legend
{
    private const double Sample = 20,
        Gap = 6,
        Between = 18,
        MostRows = 4;

    private readonly double left;
    private readonly List<List<(Mark Mark, string Text, double Width)>> rows = [];

    public Legend(Chart chart, bool linesAreNamed, double left, double right)
    {
        this.left = left;
        double used = 0;
        foreach (Mark mark in chart.Marks)
        {
            if (mark.Name.Length == 0 || (linesAreNamed && mark is LineMark { IsGuide: false }))
                continue;
            // A single line is named by its axis.
            if (mark is LineMark && chart.Marks.Count(m => m.Name.Length > 0) == 1)
                continue;
            double sample = mark is PointsMark ? Sample / 2 : Sample;
            string text = StrokeFont.Fit(mark.Name, Style.Text, right - left - Sample - Gap);
            double width = sample + Gap + StrokeFont.Room(text, Style.Text);
            if (rows.Count == 0 || used + Between + width > right - left)
            {
                if (rows.Count >= MostRows)
                    break;
                rows.Add([]);
                used = 0;
            }
            rows[^1].Add((mark, text, width));
            used += width + Between;
        }
    }

    /// <summary>The room that it takes above the frame.</summary>
    public double Height => rows.Count * Style.RowHeight;

    public void Draw(Drawing drawing, double top)
    {
        foreach ((int row, List<(Mark Mark, string Text, double Width)> items) in rows.Index())
        {
            double x = left,
                y = top + row * Style.RowHeight + Style.RowHeight / 2;
            foreach ((Mark mark, string text, double width) in items)
            {
                double sample = mark is PointsMark ? Sample / 2 : Sample;
                switch (mark)
                {
                    case PointsMark points:
                        Markers.Draw(drawing, new(x + sample / 2, y), points.Series, 3.6, points.IsHollow);
                        break;
                    case BandMark band:
                        drawing.Rectangle(new(x, y - 5, sample, 10), Paint.Series(band.Series, Math.Max(0.3, band.Opacity)));
                        break;
                    case LineMark line:
                        drawing.Line(
                            x,
                            y,
                            x + sample,
                            y,
                            line.IsGuide ? Paint.Rule : Paint.Series(line.Series),
                            Math.Max(1, line.Width),
                            line.Dashes ?? Dash.Of(line.Series)
                        );
                        break;
                    case LevelMark level:
                        drawing.Line(x, y, x + sample, y, level.IsGuide ? Paint.Text : Paint.Series(level.Series), level.Width);
                        break;
                }
                drawing.Write(x + sample + Gap, y + Style.Text * 0.34, text, Style.Text, Anchor.Start, Paint.Text);
                x += width + Between;
            }
        }
    }
}

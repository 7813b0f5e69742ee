namespace Longhand.Experiments.Plots;

/// <summary>
/// Names of lines beside their ends, each behind a piece of its line: nobody has to look for a colour in a list. They are moved apart where
/// lines end close to each other; where not all have room, the outermost and as many as fit between them are written.
/// </summary>
internal sealed class EndLabels
{
    private const double LineHeight = 16,
        Lead = 12,
        Sample = 18,
        Gap = 5,
        WidestShare = 0.27;

    private readonly Chart chart;
    private readonly IReadOnlyList<LineMark> lines;

    private EndLabels(Chart chart, IReadOnlyList<LineMark> lines, double width)
    {
        (this.chart, this.lines, Width) = (chart, lines, width);
    }

    /// <summary>Whether lines are named here; a legend names them otherwise.</summary>
    public bool IsUsed => lines.Count > 0;

    /// <summary>The room that they take at the right of the frame.</summary>
    public double Width { get; }

    public static EndLabels For(Chart chart, double width, double height)
    {
        LineMark[] named = [.. chart.Marks.OfType<LineMark>().Where(line => line.Name.Length > 0 && Last(line, chart) is not null)];
        if (named.Length < 2)
            return new(chart, [], 0);
        double room = Lead + Sample + Gap + named.Max(line => StrokeFont.Room(line.Name, Style.Text));
        bool few = named.Length <= height / LineHeight;
        if (room > WidestShare * width && few)
            return new(chart, [], 0);
        return new(chart, named, room);
    }

    public void Draw(Drawing drawing, Box box)
    {
        (LineMark Line, double Y)[] wanted =
        [
            .. lines.Select(line => (line, box.Bottom - chart.Y.Share(Last(line, chart)!.Value) * box.Height)).OrderBy(pair => pair.Item2),
        ];
        wanted = Chosen(wanted, box);
        double[] placed = Apart([.. wanted.Select(w => w.Y)], box.Y, box.Bottom, LineHeight);
        for (int i = 0; i < wanted.Length; i++)
        {
            (LineMark line, double y) = wanted[i];
            double from = box.Right + 3,
                to = box.Right + Lead;
            drawing.Add(new Stroke([new(from, y), new(to - 3, placed[i])], Paint.Rule with { Opacity = 0.7 }, 0.8, Dash.None));
            drawing.Add(
                new Stroke(
                    [new(to, placed[i]), new(to + Sample, placed[i])],
                    Paint.Series(line.Series),
                    Style.Line,
                    line.Dashes ?? Dash.Of(line.Series)
                )
            );
            drawing.Write(to + Sample + Gap, placed[i] + Style.Text * 0.34, line.Name, Style.Text, Anchor.Start, Paint.Text);
        }
    }

    /// <summary>
    /// The places nearest to the wanted ones, in the same order, that lie at least <paramref name="gap"/> apart and within the range: the
    /// least squares solution, by merging neighbours that would overlap.
    /// </summary>
    public static double[] Apart(IReadOnlyList<double> wanted, double low, double high, double gap)
    {
        var blocks = new List<(double Sum, int Count)>();
        for (int i = 0; i < wanted.Count; i++)
        {
            blocks.Add((wanted[i] - i * gap, 1));
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Count > blocks[^1].Sum / blocks[^1].Count)
            {
                blocks[^2] = (blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
        }
        double most = Math.Max(low, high - (wanted.Count - 1) * gap);
        double[] means = [.. blocks.SelectMany(b => Enumerable.Repeat(Math.Clamp(b.Sum / b.Count, low, most), b.Count))];
        return [.. means.Select((z, i) => z + i * gap)];
    }

    private static (LineMark, double Y)[] Chosen((LineMark Line, double Y)[] sorted, Box box)
    {
        int most = Math.Max(2, (int)(box.Height / LineHeight));
        if (sorted.Length <= most)
            return sorted;
        var kept = new List<(LineMark, double Y)> { sorted[0] };
        foreach ((LineMark, double Y) one in sorted[1..^1])
            if (one.Y - kept[^1].Y >= LineHeight && sorted[^1].Y - one.Y >= LineHeight)
                kept.Add(one);
        return [.. kept, sorted[^1]];
    }

    private static double? Last(LineMark line, Chart chart)
    {
        for (int i = line.Y.Count - 1; i >= 0; i--)
            if (Axis.CanShow(line.Y[i], chart.Y.Scale) && Axis.CanShow(line.X[i], chart.X.Scale))
                return line.Y[i];
        return null;
    }
}

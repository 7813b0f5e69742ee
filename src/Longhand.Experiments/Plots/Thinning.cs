namespace Longhand.Experiments.Plots;

/// <summary>Lines through fewer points that look the same.</summary>
internal static class Thinning
{
    // A tenth of a pixel is seen by nobody, on paper neither.
    private const double Tolerance = 0.1;

    private const int Many = 4000;

    /// <summary>The line without points that lie on the way between their neighbours.</summary>
    public static List<Point> Of(List<Point> points)
    {
        List<Point> line = points.Count > Many ? Columns(points) : points;
        if (line.Count < 3)
            return line;
        var kept = new bool[line.Count];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int From, int To)>([(0, line.Count - 1)]);
        while (open.TryPop(out (int From, int To) piece))
        {
            (int farthest, double distance) = Farthest(line, piece.From, piece.To);
            if (distance <= Tolerance)
                continue;
            kept[farthest] = true;
            open.Push((piece.From, farthest));
            open.Push((farthest, piece.To));
        }
        return [.. line.Where((_, i) => kept[i])];
    }

    // The point between two that is farthest from the line through them (Douglas and Peucker's rule).
    private static (int, double) Farthest(List<Point> line, int from, int to)
    {
        (Point a, Point b) = (line[from], line[to]);
        double length = Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y)),
            most = 0;
        int farthest = from;
        for (int i = from + 1; i < to; i++)
        {
            (double dx, double dy) = (line[i].X - a.X, line[i].Y - a.Y);
            double distance = length == 0 ? Math.Sqrt(dx * dx + dy * dy) : Math.Abs((b.X - a.X) * dy - (b.Y - a.Y) * dx) / length;
            if (distance > most)
                (farthest, most) = (i, distance);
        }
        return (farthest, most);
    }

    // Of many points in a column of half a pixel the first, the lowest, the highest and the last make the same picture.
    private static List<Point> Columns(List<Point> points)
    {
        var kept = new List<Point>();
        foreach (IGrouping<double, Point> column in points.GroupBy(p => Math.Floor(2 * p.X)))
        {
            Point[] all = [.. column];
            int low = Array.IndexOf(all, all.MinBy(p => p.Y)),
                high = Array.IndexOf(all, all.MaxBy(p => p.Y));
            kept.AddRange(new[] { 0, low, high, all.Length - 1 }.Distinct().Order().Select(i => all[i]));
        }
        return kept;
    }
}

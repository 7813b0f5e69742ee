namespace Longhand.Experiments.Plots;

/// <summary>Lines of equal height of a function given on a grid, by marching squares: where a line crosses an edge is interpolated.</summary>
internal static class Contours
{
    /// <summary>The lines at one height.</summary>
    /// <param name="values">[row, column]; row 0 lies at y[0].</param>
    /// <param name="x">The columns' places.</param>
    /// <param name="y">The rows' places.</param>
    /// <param name="height">The height.</param>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> At(double[,] values, double[] x, double[] y, double height)
    {
        var pieces = new List<((double, double) From, (double, double) To)>();
        for (int r = 0; r + 1 < y.Length; r++)
        for (int c = 0; c + 1 < x.Length; c++)
            Cell(values, x, y, r, c, height, pieces);
        return Joined(pieces);
    }

    private static void Cell(
        double[,] values,
        double[] x,
        double[] y,
        int r,
        int c,
        double height,
        List<((double, double), (double, double))> pieces
    )
    {
        double a = values[r, c] - height,
            b = values[r, c + 1] - height,
            d = values[r + 1, c] - height,
            e = values[r + 1, c + 1] - height;
        if (!double.IsFinite(a + b + d + e))
            return;
        var crossings = new List<(double, double)>(4);
        // A line through a corner of the grid passes exactly there, from whichever edge it is seen.
        double Between(double p, double q, double from, double to) =>
            p == 0 ? from
            : q == 0 ? to
            : from + p / (p - q) * (to - from);
        if (a >= 0 != b >= 0)
            crossings.Add((Between(a, b, x[c], x[c + 1]), y[r]));
        if (b >= 0 != e >= 0)
            crossings.Add((x[c + 1], Between(b, e, y[r], y[r + 1])));
        if (d >= 0 != e >= 0)
            crossings.Add((Between(d, e, x[c], x[c + 1]), y[r + 1]));
        if (a >= 0 != d >= 0)
            crossings.Add((x[c], Between(a, d, y[r], y[r + 1])));
        if (crossings.Count == 2)
            pieces.Add((crossings[0], crossings[1]));
        else if (crossings.Count == 4)
        {
            // A saddle: the middle's height says which corners belong together.
            bool middle = a + b + d + e >= 0;
            (int first, int second) = middle == a >= 0 ? (1, 3) : (3, 1);
            pieces.Add((crossings[0], crossings[first]));
            pieces.Add((crossings[2], crossings[second]));
        }
    }

    // Neighbouring cells compute the point on their common edge from the same numbers in the same order, so ends meet to the bit.
    private static List<IReadOnlyList<(double X, double Y)>> Joined(List<((double, double) From, (double, double) To)> pieces)
    {
        var at = new Dictionary<(double, double), List<int>>();
        pieces.RemoveAll(piece => piece.From == piece.To);
        for (int i = 0; i < pieces.Count; i++)
            foreach ((double, double) end in new[] { pieces[i].From, pieces[i].To })
            {
                if (!at.TryGetValue(end, out List<int>? touching))
                    at[end] = touching = [];
                touching.Add(i);
            }
        var used = new bool[pieces.Count];
        var lines = new List<IReadOnlyList<(double X, double Y)>>();
        for (int i = 0; i < pieces.Count; i++)
        {
            if (used[i])
                continue;
            used[i] = true;
            var line = new LinkedList<(double X, double Y)>([pieces[i].From, pieces[i].To]);
            while (Next(line.Last!.Value) is { } next)
                line.AddLast(next);
            while (Next(line.First!.Value) is { } next)
                line.AddFirst(next);
            lines.Add([.. line]);
        }
        return lines;

        (double, double)? Next((double, double) end)
        {
            foreach (int k in at[end])
            {
                if (used[k])
                    continue;
                used[k] = true;
                return pieces[k].From == end ? pieces[k].To : pieces[k].From;
            }
            return null;
        }
    }
}

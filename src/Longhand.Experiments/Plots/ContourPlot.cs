namespace Longhand.Experiments.Plots;

/// <summary>A function of two variables seen from above: lines of equal height, and the path that a descent takes over them.</summary>
internal static class ContourPlot
{
    private const int Cells = 120,
        Levels = 12;

    /// <summary>The figure.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="function">The function; where it is not finite nothing is drawn.</param>
    /// <param name="names">The two variables.</param>
    /// <param name="path">The places that were visited, in their order; may be empty.</param>
    /// <param name="stationary">Places that are marked beside it, with their names.</param>
    /// <param name="range">What is shown of both variables.</param>
    public static Chart Of(
        string title,
        Func<double, double, double> function,
        (string X, string Y) names,
        IReadOnlyList<(double X, double Y)> path,
        IReadOnlyList<(double X, double Y, string Name)> stationary,
        (double Left, double Right, double Bottom, double Top) range
    )
    {
        (double left, double right, double bottom, double top) = range;
        double[] x = Places(left, right),
            y = Places(bottom, top);
        var values = new double[y.Length, x.Length];
        for (int r = 0; r < y.Length; r++)
        for (int c = 0; c < x.Length; c++)
            values[r, c] = function(x[c], y[r]);
        var marks = new List<Mark>();
        double[] heights = Heights(values);
        foreach ((int i, double height) in heights.Index())
            marks.Add(
                new LevelMark(Contours.At(values, x, y, height))
                {
                    // The lower, the stronger: the way down is seen without numbers.
                    Opacity = 0.75 - 0.5 * i / Math.Max(1, heights.Length - 1),
                    IsGuide = true,
                }
            );
        marks.AddRange([.. Path(path), .. Marked(stationary)]);
        return new Chart(title, Axis.Between(names.X, left, right), Axis.Between(names.Y, bottom, top), marks)
        {
            IsSquare = true,
            Description = heights.Length == 0 ? "" : $"Lines of equal height of a function of {names.X} and {names.Y}.",
        };
    }

    /// <summary>A descent: its places joined in their order, the first of them marked.</summary>
    public static IEnumerable<Mark> Path(IReadOnlyList<(double X, double Y)> path)
    {
        if (path.Count == 0)
            return [];
        double[] x = [.. path.Select(p => p.X)],
            y = [.. path.Select(p => p.Y)];
        return
        [
            new LineMark(x, y) { Series = 0, Dashes = Dash.None },
            new PointsMark(x, y) { Series = 0, Radius = path.Count > 60 ? 2 : 3 },
            new PointsMark([x[0]], [y[0]])
            {
                Series = 1,
                Radius = 4.5,
                Name = "start",
            },
        ];
    }

    /// <summary>Places with a name, such as minima.</summary>
    public static IEnumerable<Mark> Marked(IReadOnlyList<(double X, double Y, string Name)> places) =>
        places
            .GroupBy(place => place.Name)
            .Select(kind => new PointsMark([.. kind.Select(s => s.X)], [.. kind.Select(s => s.Y)])
            {
                Name = kind.Key,
                Series = 3,
                IsHollow = true,
                Radius = 5,
            });

    /// <summary>The heights of the lines, from a grid of values: they grow as squares, so that they lie at even distances around the minimum of a quadratic.</summary>
    public static double[] Heights(double[,] values)
    {
        double[] finite = [.. values.Cast<double>().Where(value => Axis.CanShow(value, Scale.Linear))];
        if (finite.Length == 0)
            return [];
        double low = finite.Min(),
            high = finite.Max();
        return low == high ? [] : [.. Enumerable.Range(1, Levels).Select(k => low + (high - low) * Math.Pow((double)k / (Levels + 1), 2))];
    }

    private static double[] Places(double from, double to) =>
        [.. Enumerable.Range(0, Cells + 1).Select(i => from + (to - from) * i / Cells)];

    /// <summary>What holds all of these places, with some room around them; equally wide and high, so that a gradient is seen at right angles to the lines.</summary>
    public static (double Left, double Right, double Bottom, double Top) Around(IReadOnlyList<(double X, double Y)> points)
    {
        (double X, double Y)[] shown = [.. points.Where(p => Axis.CanShow(p.X, Scale.Linear) && Axis.CanShow(p.Y, Scale.Linear))];
        if (shown.Length == 0)
            return (-1, 1, -1, 1);
        (double left, double right) = (shown.Min(p => p.X), shown.Max(p => p.X));
        (double bottom, double top) = (shown.Min(p => p.Y), shown.Max(p => p.Y));
        double half = 0.75 * Math.Max(right - left, top - bottom);
        if (half == 0)
            half = Math.Max(1, 0.5 * Math.Max(Math.Abs(left), Math.Abs(top)));
        (double x, double y) = ((left + right) / 2, (bottom + top) / 2);
        return (x - half, x + half, y - half, y + half);
    }
}

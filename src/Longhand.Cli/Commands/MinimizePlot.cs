using Longhand.Analysis;

namespace Longhand.Cli.Commands;

/// <summary>The path of a descent over the contours of its function, or along the curve of a function of one variable.</summary>
internal static class MinimizePlot
{
    private const int Levels = 12,
        Cells = 96;

    /// <summary>As an SVG file.</summary>
    public static string Draw(Descent d)
    {
        IReadOnlyList<string> names = d.Function.Variables;
        string title = $"f({string.Join(", ", names)}) = {new ExpressionWriter().Write(d.Function.Root)}: {d.Optimizer}";
        (double Low, double High) across = Range(d, 0);
        if (names.Count == 1)
        {
            (double X, double Y)[] curve = [.. Grid(across, 4 * Cells).Select(x => (x, d.Function.Evaluate([x])))];
            var plane = new Svg(title, across, Heights(d, curve), names[0], "f");
            foreach (var piece in Unbroken(curve))
                plane.Line("curve", piece);
            Path(plane, [.. Finite(d).Select(step => (step.Point[0], step.Value))]);
            Minima(plane, d, point => (point[0], d.Function.Evaluate([point[0]])));
            return plane.ToString();
        }
        (double Low, double High) up = Range(d, 1);
        var picture = new Svg(title, across, up, names[0], names[1]);
        double[] x = [.. Grid(across, Cells)],
            y = [.. Grid(up, Cells)];
        double[,] values = new double[x.Length, y.Length];
        for (int i = 0; i < x.Length; i++)
        for (int j = 0; j < y.Length; j++)
            values[i, j] = d.Function.Evaluate([x[i], y[j]]);
        foreach (double level in LevelsOf(values))
            picture.Pieces("level", Contour(x, y, values, level));
        Path(picture, [.. Finite(d).Select(step => (step.Point[0], step.Point[1]))]);
        Minima(picture, d, point => (point[0], point[1]));
        return picture.ToString();
    }

    /// <summary>In characters.</summary>
    public static string Characters(Descent d)
    {
        (double Low, double High) across = Range(d, 0);
        double[] x = [.. Grid(across, CharacterPlot.Width - 1)];
        if (d.Function.Variables.Count == 1)
        {
            (double X, double Y)[] curve = [.. x.Select(at => (at, d.Function.Evaluate([at])))];
            var line = new CharacterPlot(across, Heights(d, curve));
            foreach ((double at, double value) in curve)
                line.Mark(at, value, '·');
            Marks(line, [.. Finite(d).Select(step => (step.Point[0], step.Value))]);
            return line.Draw($"· f({d.Function.Variables[0]})   S start   o step   E end");
        }
        (double Low, double High) up = Range(d, 1);
        double[] y = [.. Grid(up, CharacterPlot.Height - 1)];
        double[,] values = new double[x.Length, y.Length];
        for (int i = 0; i < x.Length; i++)
        for (int j = 0; j < y.Length; j++)
            values[i, j] = d.Function.Evaluate([x[i], y[j]]);
        double[] levels = [.. LevelsOf(values)];
        int Band(int i, int j) => levels.Count(level => values[i, j] >= level);
        var plot = new CharacterPlot(across, up);
        // A contour lies where the band of one place is not that of its neighbour.
        for (int i = 0; i + 1 < x.Length; i++)
        for (int j = 0; j + 1 < y.Length; j++)
            if (Band(i, j) != Band(i + 1, j) || Band(i, j) != Band(i, j + 1))
                plot.Mark(x[i], y[j], '·');
        foreach (StationaryPoint point in d.Stationary.Points.Where(point => point.Kind == StationaryKind.Minimum))
            plot.Mark(point.Point[0], point.Point[1], 'x');
        Marks(plot, [.. Finite(d).Select(step => (step.Point[0], step.Point[1]))]);
        return plot.Draw(
            $"{d.Function.Variables[0]} across, {d.Function.Variables[1]} up   · contour of f   S start   o step   E end   x minimum"
        );
    }

    private static void Marks(CharacterPlot plot, (double X, double Y)[] path)
    {
        foreach ((double x, double y) in path)
            plot.Mark(x, y, 'o');
        plot.Mark(path[^1].X, path[^1].Y, 'E');
        plot.Mark(path[0].X, path[0].Y, 'S');
    }

    private static void Path(Svg picture, (double X, double Y)[] path)
    {
        if (path.Length > 1)
            picture.Line("path", path);
        foreach ((int i, (double x, double y)) in path.Index())
            picture.Point("step", x, y, i == 0 ? 5 : 3.5, i == 0 ? "start" : "");
    }

    private static void Minima(Svg picture, Descent d, Func<IReadOnlyList<double>, (double X, double Y)> place)
    {
        foreach (StationaryPoint point in d.Stationary.Points.Where(p => p.Kind == StationaryKind.Minimum && p.Directions.Count == 0))
            picture.Point("minimum", place(point.Point).X, place(point.Point).Y, 6, "minimum");
    }

    private static IEnumerable<DescentStep> Finite(Descent d) => d.Path.Where(step => step.Point.All(x => Math.Abs(x) < 1e100));

    // Path and minima, with some room around them.
    private static (double Low, double High) Range(Descent d, int variable)
    {
        IEnumerable<double> minima = d
            .Stationary.Points.Where(point => point.Kind == StationaryKind.Minimum)
            .Select(point => point.Point[variable]);
        double[] places = [.. Finite(d).Select(step => step.Point[variable]), .. minima];
        double low = places.Min(),
            high = places.Max();
        // Neither axis is so short that a path along the other one is a line without a picture.
        double wide = Enumerable
            .Range(0, d.Function.Variables.Count)
            .Max(v => Finite(d).Max(s => s.Point[v]) - Finite(d).Min(s => s.Point[v]));
        double room = Math.Max(0.25 * Math.Max(high - low, 0.5 * wide), high == low && wide == 0 ? Math.Max(1, Math.Abs(low)) : 0);
        return (low - room, high + room);
    }

    private static (double Low, double High) Heights(Descent d, (double X, double Y)[] curve)
    {
        double[] all = [.. curve.Select(point => point.Y).Concat(Finite(d).Select(step => step.Value)).Where(double.IsFinite)];
        (double low, double high) = CharacterPlot.Range(all);
        return (low - 0.05 * (high - low), high + 0.05 * (high - low));
    }

    private static IEnumerable<double> Grid((double Low, double High) range, int steps) =>
        Enumerable.Range(0, steps + 1).Select(k => range.Low + (range.High - range.Low) * k / steps);

    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Unbroken((double X, double Y)[] curve)
    {
        var piece = new List<(double, double)>();
        foreach ((double x, double y) in curve)
        {
            if (double.IsFinite(y))
            {
                piece.Add((x, y));
                continue;
            }
            if (piece.Count > 1)
                yield return piece;
            piece = [];
        }
        if (piece.Count > 1)
            yield return piece;
    }

    // Denser near the bottom: the contours of a quadratic then lie at even distances.
    private static IEnumerable<double> LevelsOf(double[,] values)
    {
        double[] finite = [.. values.Cast<double>().Where(double.IsFinite)];
        if (finite.Length == 0)
            return [];
        double low = finite.Min(),
            high = finite.Max();
        return Enumerable.Range(1, Levels).Select(k => low + (high - low) * Math.Pow((double)k / (Levels + 1), 2));
    }

    // Marching squares: in each cell the level crosses two sides, or four around a saddle.
    private static IEnumerable<((double, double), (double, double))> Contour(double[] x, double[] y, double[,] values, double level)
    {
        for (int i = 0; i + 1 < x.Length; i++)
        for (int j = 0; j + 1 < y.Length; j++)
        {
            var crossings = new List<(double, double)>();
            Cross(i, j, i + 1, j);
            Cross(i + 1, j, i + 1, j + 1);
            Cross(i + 1, j + 1, i, j + 1);
            Cross(i, j + 1, i, j);
            for (int k = 0; k + 1 < crossings.Count; k += 2)
                yield return (crossings[k], crossings[k + 1]);

            void Cross(int i0, int j0, int i1, int j1)
            {
                double a = values[i0, j0] - level,
                    b = values[i1, j1] - level;
                if (!double.IsFinite(a) || !double.IsFinite(b) || a < 0 == b < 0)
                    return;
                double t = a / (a - b);
                crossings.Add((x[i0] + t * (x[i1] - x[i0]), y[j0] + t * (y[j1] - y[j0])));
            }
        }
    }
}

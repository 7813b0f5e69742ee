using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Experiments.Plots;

namespace Longhand.Cli.Commands;

/// <summary>The path of a descent over the contours of its function, or along the curve of a function of one variable.</summary>
internal static class MinimizePlot
{
    private const int CurvePoints = 400;

    /// <summary>As a figure.</summary>
    public static Chart Draw(Descent d)
    {
        IReadOnlyList<string> names = d.Function.Variables;
        string title = $"f({string.Join(", ", names)}) = {new ExpressionWriter().Write(d.Function.Root)}";
        (double X, double Y, string Name)[] minima =
        [
            .. d
                .Stationary.Points.Where(p => p.Kind == StationaryKind.Minimum && p.Directions.Count == 0)
                .Select(p => (p.Point[0], names.Count == 1 ? d.Function.Evaluate([p.Point[0]]) : p.Point[1], "minimum")),
        ];
        Chart chart =
            names.Count == 1
                ? Curve(d, title, minima)
                : ContourPlot.Of(title, (x, y) => d.Function.Evaluate([x, y]), (names[0], names[1]), Places(d), minima, Range(d));
        return chart with { Note = $"{d.Optimizer}, {Words.Count(d.Path.Count - 1, "step")}" };
    }

    private static Chart Curve(Descent d, string title, IReadOnlyList<(double X, double Y, string Name)> minima)
    {
        (double left, double right, _, _) = Range(d);
        double[] x = [.. Grid((left, right), CurvePoints)],
            y = [.. x.Select(at => d.Function.Evaluate([at]))];
        (double low, double high) = Heights(d, y);
        return new Chart(
            title,
            Axis.Between(d.Function.Variables[0], left, right),
            Axis.Between("f", low, high),
            [
                new LineMark(x, y)
                {
                    IsGuide = true,
                    Dashes = Dash.None,
                    Width = 1.6,
                },
                .. ContourPlot.Path(Places(d)),
                .. ContourPlot.Marked(minima),
            ]
        )
        {
            Description = $"A function of {d.Function.Variables[0]} as a curve, and the places that the descent visits on it.",
        };
    }

    /// <summary>In characters.</summary>
    public static string Characters(Descent d)
    {
        (double left, double right, double bottom, double top) = Range(d);
        double[] x = [.. Grid((left, right), CharacterPlot.Width - 1)];
        if (d.Function.Variables.Count == 1)
        {
            double[] curve = [.. x.Select(at => d.Function.Evaluate([at]))];
            var line = new CharacterPlot((left, right), Heights(d, curve));
            foreach ((double at, double value) in x.Zip(curve))
                line.Mark(at, value, '·');
            Marks(line, Places(d));
            return line.Draw($"· f({d.Function.Variables[0]})   S start   o step   E end");
        }
        double[] y = [.. Grid((bottom, top), CharacterPlot.Height - 1)];
        var values = new double[y.Length, x.Length];
        for (int j = 0; j < y.Length; j++)
        for (int i = 0; i < x.Length; i++)
            values[j, i] = d.Function.Evaluate([x[i], y[j]]);
        double[] levels = ContourPlot.Heights(values);
        int Band(int i, int j) => levels.Count(level => values[j, i] >= level);
        var plot = new CharacterPlot((left, right), (bottom, top));
        // A contour lies where the band of one place is not that of its neighbour.
        for (int i = 0; i + 1 < x.Length; i++)
        for (int j = 0; j + 1 < y.Length; j++)
            if (Band(i, j) != Band(i + 1, j) || Band(i, j) != Band(i, j + 1))
                plot.Mark(x[i], y[j], '·');
        foreach (StationaryPoint point in d.Stationary.Points.Where(point => point.Kind == StationaryKind.Minimum))
            plot.Mark(point.Point[0], point.Point[1], 'x');
        Marks(plot, Places(d));
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

    private static IEnumerable<DescentStep> Finite(Descent d) => d.Path.Where(step => step.Point.All(x => Math.Abs(x) < 1e100));

    // Of one variable on its curve, of two in their plane.
    private static (double X, double Y)[] Places(Descent d) =>
        [.. Finite(d).Select(step => (step.Point[0], d.Function.Variables.Count == 1 ? step.Value : step.Point[1]))];

    // Path and minima, with some room around them.
    private static (double Left, double Right, double Bottom, double Top) Range(Descent d)
    {
        int last = d.Function.Variables.Count - 1;
        IEnumerable<IReadOnlyList<double>> minima = d
            .Stationary.Points.Where(point => point.Kind == StationaryKind.Minimum)
            .Select(point => point.Point);
        return ContourPlot.Around([.. Finite(d).Select(step => step.Point).Concat(minima).Select(point => (point[0], point[last]))]);
    }

    private static (double Low, double High) Heights(Descent d, double[] curve)
    {
        (double low, double high) = CharacterPlot.Range([.. curve.Concat(Finite(d).Select(step => step.Value)).Where(double.IsFinite)]);
        return (low - 0.05 * (high - low), high + 0.05 * (high - low));
    }

    private static IEnumerable<double> Grid((double Low, double High) range, int steps) =>
        Enumerable.Range(0, steps + 1).Select(k => range.Low + (range.High - range.Low) * k / steps);
}

using Longhand.Analysis;
using Longhand.Experiments.Plots;

namespace Longhand.Cli.Commands;

/// <summary>The half-planes of a network of two inputs: where its output is true, the border of each first-layer unit, and the four corners.</summary>
internal static class DesignPlot
{
    private static readonly (double Low, double High) side = (-0.5, 1.5);

    private const int Cells = 280;

    private const byte Opacity = 70;

    /// <summary>In characters.</summary>
    public static string Characters(BooleanDesign d)
    {
        var plot = new CharacterPlot(side, side);
        double step = (side.High - side.Low) / (CharacterPlot.Height - 1);
        for (int column = 0; column < CharacterPlot.Width; column++)
        for (int row = 0; row < CharacterPlot.Height; row++)
        {
            (double x, double y) = (plot.Across(column), side.Low + row * step);
            if (IsTrue(d, x, y))
                plot.Mark(x, y, '░');
        }
        for (int row = 0; row < 4; row++)
            plot.Mark(row >> 1, row & 1, d.Function.Table[row] ? '1' : '0');
        return plot.Draw($"{d.Function.Variables[0]} across, {d.Function.Variables[1]} up   ░ the output is true   1 0 what is asked for");
    }

    /// <summary>As a figure.</summary>
    public static Chart Draw(BooleanDesign d)
    {
        Rgb color = Palette.Regions[0];
        var rgba = new byte[4 * Cells * Cells];
        double step = (side.High - side.Low) / Cells;
        for (int row = 0; row < Cells; row++)
        for (int column = 0; column < Cells; column++)
            if (IsTrue(d, side.Low + (column + 0.5) * step, side.High - (row + 0.5) * step))
                new[] { color.R, color.G, color.B, Opacity }.CopyTo(rgba, 4 * (row * Cells + column));
        var marks = new List<Mark>
        {
            new FieldMark(Cells, Cells, rgba),
            new LevelMark(Borders(d)) { Width = 1.4, IsGuide = true },
        };
        int[] rows = [0, 1, 2, 3];
        foreach (bool value in (bool[])[true, false])
        {
            int[] of = [.. rows.Where(row => d.Function.Table[row] == value)];
            marks.Add(
                new PointsMark([.. of.Select(row => (double)(row >> 1))], [.. of.Select(row => (double)(row & 1))])
                {
                    Name =
                        of.Length == 0 ? ""
                        : value ? "true"
                        : "false",
                    Series = value ? 0 : 1,
                    IsHollow = !value,
                    Radius = 6,
                }
            );
        }
        return new Chart(
            $"{d.Function}",
            Axis.Between(d.Function.Variables[0], side.Low, side.High),
            Axis.Between(d.Function.Variables[1], side.Low, side.High),
            marks
        )
        {
            IsSquare = true,
            Note =
                $"{d.Model.Network.ToString().Replace("->", "→", StringComparison.Ordinal)}; blue: the output is true; lines: the border of each hidden unit",
            Description = "The plane of both inputs: where the output of the network is true, and what is asked for at the four corners.",
        };
    }

    // Where the weighted sum of a unit of the first layer is 0: a straight line, exact on a single cell.
    private static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Borders(BooleanDesign d)
    {
        ParameterValues weights = d.Weights["dense1.weight"];
        ParameterValues? biases = d.Weights.GetValueOrDefault("dense1.bias");
        double[] ends = [side.Low, side.High];
        var lines = new List<IReadOnlyList<(double X, double Y)>>();
        for (int unit = 0; unit < weights.Length / 2; unit++)
        {
            (double a, double b, double bias) = (weights.Double(2 * unit), weights.Double(2 * unit + 1), biases?.Double(unit) ?? 0);
            var sums = new double[2, 2];
            for (int row = 0; row < 2; row++)
            for (int column = 0; column < 2; column++)
                sums[row, column] = a * ends[column] + b * ends[row] + bias;
            lines.AddRange(Contours.At(sums, ends, ends, 0));
        }
        return lines;
    }

    private static bool IsTrue(BooleanDesign d, double x, double y) =>
        d.Model.Predict([(float)x, (float)y])[0] >= (double)d.Table.Threshold;
}

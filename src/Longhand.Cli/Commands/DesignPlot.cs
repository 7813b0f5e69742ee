using Longhand.Analysis;

namespace Longhand.Cli.Commands;

/// <summary>The half-planes of a network of two inputs: where its output is true, the border of each first-layer unit, and the four corners.</summary>
internal static class DesignPlot
{
    private static readonly (double Low, double High) side = (-0.5, 1.5);

    private const int Cells = 140;

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

    /// <summary>As an SVG file.</summary>
    public static string Draw(BooleanDesign d)
    {
        var picture = new Svg($"{d.Function}: {d.Model.Network}", side, side, d.Function.Variables[0], d.Function.Variables[1]);
        double step = (side.High - side.Low) / Cells;
        for (int j = 0; j < Cells; j++)
        {
            double y = side.Low + j * step;
            // One area for each run of true cells.
            for (int i = 0; i < Cells; i++)
            {
                int from = i;
                while (i < Cells && IsTrue(d, side.Low + (i + 0.5) * step, y + step / 2))
                    i++;
                if (i > from)
                    picture.Area((side.Low + from * step, y), (side.Low + i * step, y + step));
            }
        }
        ParameterValues weights = d.Weights["dense1.weight"];
        for (int unit = 0; unit < weights.Length / 2; unit++)
            Border(
                picture,
                weights.Double(2 * unit),
                weights.Double(2 * unit + 1),
                d.Weights.TryGetValue("dense1.bias", out ParameterValues? b) ? b.Double(unit) : 0
            );
        for (int row = 0; row < 4; row++)
            picture.Point(d.Function.Table[row] ? "true" : "false", row >> 1, row & 1, 9, d.Function.Table[row] ? "1" : "0");
        return picture.ToString();
    }

    private static void Border(Svg picture, double a, double b, double bias)
    {
        // From the point of the line that is nearest to the origin, far enough both ways.
        double square = a * a + b * b;
        if (square == 0)
            return;
        (double x, double y) = (-bias * a / square, -bias * b / square);
        double reach = 4 / Math.Sqrt(square);
        picture.Line("border", [(x - reach * b, y + reach * a), (x + reach * b, y - reach * a)]);
    }

    private static bool IsTrue(BooleanDesign d, double x, double y) =>
        d.Model.Predict([(float)x, (float)y])[0] >= (double)d.Table.Threshold;
}

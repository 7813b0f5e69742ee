using System.Globalization;
using System.Text;

namespace Longhand.Cli.Commands;

/// <summary>Points of the plane as characters: enough to see what there is to be learned.</summary>
internal static class Scatter
{
    private const int Width = 61,
        Height = 23;

    private const string Marks = "o+x*#@%&=~";

    public static string Draw(DataSet data)
    {
        var points = Enumerable.Range(0, data.Count).Select(i => data[i]).ToList();
        (double left, double right) = Range(points.Select(p => p.Input[0]));
        (double bottom, double top) = Range(points.Select(p => p.Input[1]));
        var picture = new char[Height, Width];
        foreach (Example point in points)
        {
            int column = (int)Math.Round((point.Input[0] - left) / (right - left) * (Width - 1));
            int row = (int)Math.Round((top - point.Input[1]) / (top - bottom) * (Height - 1));
            picture[row, column] = Mark(point);
        }
        var text = new StringBuilder();
        for (int row = 0; row < Height; row++)
        {
            string label =
                row == 0 ? Number(top)
                : row == Height - 1 ? Number(bottom)
                : "";
            text.Append(CultureInfo.InvariantCulture, $"{label, 8} │");
            for (int column = 0; column < Width; column++)
                text.Append(picture[row, column] == 0 ? ' ' : picture[row, column]);
            text.Append('\n');
        }
        text.Append(' ', 9).Append('└').Append('─', Width).Append('\n');
        string from = Number(left),
            to = Number(right);
        text.Append(' ', 10).Append(from).Append(' ', Math.Max(1, Width - from.Length - to.Length)).Append(to).Append('\n');
        text.Append(' ', 10)
            .Append(
                data.HasClasses
                    ? string.Join("   ", data.ClassNames.Select((name, label) => $"{Marks[label % Marks.Length]} {name}"))
                    : "- below 0   + above 0"
            );
        return text.ToString();
    }

    private static char Mark(Example point) =>
        point.Class is { } label ? Marks[label % Marks.Length]
        : point.Target[0] < 0 ? '-'
        : '+';

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        (double low, double high) = (values.Min(), values.Max());
        return low < high ? (low, high) : (low - 1, high + 1);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace Longhand.Cli.Commands;

/// <summary>A part of the plane as characters, with the numbers at its edges.</summary>
internal sealed class CharacterPlot((double Low, double High) across, (double Low, double High) up, bool isLogarithmic = false)
{
    public const int Width = 61,
        Height = 23;

    private readonly char[,] picture = new char[Height, Width];

    /// <summary>The place across of a column.</summary>
    public double Across(int column) => across.Low + (across.High - across.Low) * column / (Width - 1);

    /// <summary>Puts a mark at a point; outside of the plot nothing happens.</summary>
    public void Mark(double x, double y, char mark)
    {
        double column = Math.Round((x - across.Low) / (across.High - across.Low) * (Width - 1));
        double share = isLogarithmic ? Math.Log(up.High / y) / Math.Log(up.High / up.Low) : (up.High - y) / (up.High - up.Low);
        double row = Math.Round(share * (Height - 1));
        if (column is >= 0 and < Width && row is >= 0 and < Height)
            picture[(int)row, (int)column] = mark;
    }

    /// <summary>The picture, and below it what its marks stand for.</summary>
    public string Draw(string legend)
    {
        var text = new StringBuilder();
        for (int row = 0; row < Height; row++)
        {
            string label =
                row == 0 ? Number(up.High)
                : row == Height - 1 ? Number(up.Low)
                : "";
            text.Append(CultureInfo.InvariantCulture, $"{label, 8} │");
            for (int column = 0; column < Width; column++)
                text.Append(picture[row, column] == 0 ? ' ' : picture[row, column]);
            text.Append('\n');
        }
        text.Append(' ', 9).Append('└').Append('─', Width).Append('\n');
        string from = Number(across.Low),
            to = Number(across.High);
        text.Append(' ', 10).Append(from).Append(' ', Math.Max(1, Width - from.Length - to.Length)).Append(to).Append('\n');
        return text.Append(' ', 10).Append(legend).ToString();
    }

    /// <summary>The least and the greatest of some numbers; one on either side where they are one.</summary>
    public static (double Low, double High) Range(IEnumerable<double> values)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low < high ? (low, high) : (low - 1, high + 1);
    }

    private static string Number(double value) =>
        value.ToString(value != 0 && Math.Abs(value) < 0.1 ? "G2" : "0.##", CultureInfo.InvariantCulture);
}

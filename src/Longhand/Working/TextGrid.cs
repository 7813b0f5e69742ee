using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Arrays in rows and columns as plain text, planes side by side while they fit.</summary>
internal sealed class TextGrid(StringBuilder text, int width)
{
    private const string Gap = "     ",
        Nothing = "·";

    /// <summary>An array as a whole.</summary>
    public void Map(WorkingMap map, string indent, bool isGiven)
    {
        TextLines.Wrap(text, indent, indent + "  ", TextLines.Split(Title(map, isGiven), " "), width);
        List<List<string>> band = [];
        int used = 0;
        foreach (MapPlane plane in map.Planes)
        {
            List<string> drawn = Draw(plane, null);
            int cells = drawn.Max(TextLines.Cells);
            if (band.Count > 0 && indent.Length + 2 + used + Gap.Length + cells > width)
                Flush();
            used += (band.Count > 0 ? Gap.Length : 0) + cells;
            band.Add(drawn);
        }
        Flush();
        if (map.PlaneCount > map.Planes.Count)
            text.Append(CultureInfo.InvariantCulture, $"{indent}  and {map.PlaneCount - map.Planes.Count} more\n");
        if (map.PlaneCount > map.Planes.Count || !map.Planes.All(MapDrawing.IsWhole))
            if (!isGiven)
                TextLines.Wrap(
                    text,
                    indent + "  ",
                    indent + "  ",
                    TextLines.Split($"--at {map.Opening} opens any of them, counted from 0", " "),
                    width
                );

        void Flush()
        {
            if (band.Count > 0)
                Beside(band, indent + "  ");
            band = [];
            used = 0;
        }
    }

    /// <summary>What a line reads.</summary>
    public void Patch(WorkingPatch patch, string indent)
    {
        foreach ((MapPlane read, MapPlane? times) in patch.Pairs)
        {
            List<string> left = Draw(read, patch.Winner);
            if (times is null)
            {
                Beside([left], indent);
                continue;
            }
            List<string> right = Draw(times, null);
            int middle = (left.Count - (read.Label.Length > 0 ? 1 : 0)) / 2 + 1;
            if (indent.Length + TextLines.Cells(left[0]) + 2 * Gap.Length + 1 + TextLines.Cells(right[0]) > width)
            {
                Beside([left], indent);
                text.Append(CultureInfo.InvariantCulture, $"{indent}×\n");
                Beside([right], indent);
                continue;
            }
            List<string> sign = [.. Enumerable.Range(0, left.Count).Select(i => i == middle ? "×" : " ")];
            Beside([left, sign, right], indent);
        }
        if (patch.Pairs.Any(p => p.Times is not null && p.Read.Rows.Any(row => row.Contains(""))))
            text.Append(
                CultureInfo.InvariantCulture,
                $"{indent}{Nothing} meets the padding, or nothing at all, and is left out of the sum\n"
            );
    }

    private static string Title(WorkingMap map, bool isGiven)
    {
        var title = new StringBuilder();
        title.Append(CultureInfo.InvariantCulture, $"{map.Name}");
        if (isGiven && map.Key != map.Name.ToString())
            title.Append(CultureInfo.InvariantCulture, $" = {map.Key}");
        title.Append(CultureInfo.InvariantCulture, $": {Sizes(map)}");
        bool isExact = map.Planes.All(p => p.IsExact),
            isWhole = map.PlaneCount == map.Planes.Count && map.Planes.All(MapDrawing.IsWhole);
        if (!isWhole)
            title.Append(CultureInfo.InvariantCulture, $", from {Short(map.Least)} to {Short(map.Greatest)}, mean {Short(map.Mean)}");
        if (!isExact)
            title.Append(", rounded");
        return title.ToString();
    }

    // 2 channels of 4×4; 8 filters, 1 channel each, of 3×3; 10×64; 256 numbers.
    private static string Sizes(WorkingMap map)
    {
        int rank = map.Sizes.Count;
        if (rank == 1)
            return Count(map.Sizes[0], "number");
        string plane = string.Create(CultureInfo.InvariantCulture, $"{map.Sizes[^2]}×{map.Sizes[^1]}");
        if (rank == 2)
            return plane;
        string leading = string.Join(" of ", Enumerable.Range(0, rank - 2).Select(d => Count(map.Sizes[d], map.Words[d])));
        return $"{leading} of {plane}";
    }

    private static string Count(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");

    private static string Short(double value) => TextNotation.Minus(Numbers.Decimals.Format(value, 4));

    // A label above the rows, which are as long as one another.
    private static List<string> Draw(MapPlane plane, (int Row, int Column)? winner)
    {
        int cell = plane.Rows.Max(row => row.Max(number => Math.Max(1, number.Length)));
        var lines = new List<string>();
        foreach ((int i, IReadOnlyList<string> row) in plane.Rows.Index())
        {
            var line = new StringBuilder();
            foreach ((int j, string number) in row.Index())
            {
                bool wins = winner == (i, j);
                string shown = number.Length == 0 ? Nothing : number;
                line.Append(
                        j == 0 && winner is null ? ""
                        : wins ? "["
                        : winner is not null ? " "
                        : "  "
                    )
                    .Append(shown.PadLeft(cell))
                    .Append(
                        wins ? "]"
                        : winner is not null ? " "
                        : ""
                    );
            }
            if (row.Count < plane.Width)
                line.Append(" …");
            lines.Add(line.ToString());
        }
        if (plane.Rows.Count < plane.Height)
            lines.Add("…");
        string label = plane.Label;
        if (plane.Exponent != 0)
            label += $"{(label.Length > 0 ? ", " : "")}times 10^{plane.Exponent.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}";
        if (label.Length > 0)
            lines.Insert(0, label);
        int widest = lines.Max(TextLines.Cells);
        return [.. lines.Select(line => TextLines.Pad(line, widest))];
    }

    private void Beside(List<List<string>> columns, string indent)
    {
        int rows = columns.Max(c => c.Count);
        for (int i = 0; i < rows; i++)
        {
            var line = new StringBuilder(indent);
            foreach ((int k, List<string> column) in columns.Index())
                line.Append(k > 0 ? Gap : "").Append(i < column.Count ? column[i] : new string(' ', TextLines.Cells(column[0])));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }
}

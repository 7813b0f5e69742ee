using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Arrays in rows and columns as plain text, planes side by side while they fit.</summary>
internal sealed class TextGrid(StringBuilder text, int width)
{
    private const string Gap = "     ";

    /// <summary>An array as a whole.</summary>
    public void Map(WorkingMap map, string indent, bool isGiven)
    {
        string source = MapWords.Source(map, isGiven) is { } key ? $" = {key}" : "";
        TextLines.Wrap(text, indent, indent + "  ", TextLines.Split($"{map.Name}{source}: {MapWords.Size(map)}", " "), width);
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
        if (MapWords.More(map) is { } more)
            text.Append(indent).Append("  ").Append(more).Append('\n');
        if (MapWords.Opening(map, isGiven) is { } opening)
            TextLines.Wrap(text, indent + "  ", indent + "  ", TextLines.Split(opening, " "), width);

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
        if (MapWords.Missing(patch) is { } missing)
            text.Append(indent).Append(missing).Append('\n');
    }

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
                string shown = number.Length == 0 ? MapWords.Nothing : number;
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
        string label = MapWords.Label(plane);
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

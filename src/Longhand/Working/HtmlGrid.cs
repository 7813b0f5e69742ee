using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Arrays in rows and columns as HTML tables, beside one another while they fit.</summary>
internal sealed class HtmlGrid(StringBuilder html)
{
    /// <summary>The planes of an array; each number says which of the array it is.</summary>
    public void Planes(WorkingMap map)
    {
        html.Append("<div class=\"planes\">\n");
        foreach ((int p, MapPlane plane) in map.Planes.Index())
            Plane(plane, null, (row, column) => Cell(map, (p * plane.Height + row) * plane.Width + column));
        html.Append("</div>\n");
    }

    /// <summary>What a line reads.</summary>
    public void Patch(WorkingPatch patch)
    {
        foreach ((MapPlane read, MapPlane? times) in patch.Pairs)
        {
            html.Append("<div class=\"planes\">\n");
            Plane(read, patch.Winner);
            if (times is not null)
            {
                html.Append("<span class=\"times\">×</span>\n");
                Plane(times, null);
            }
            html.Append("</div>\n");
        }
    }

    private static Operand Cell(WorkingMap map, int number)
    {
        int[] position = Chosen.Position(number, map.Sizes);
        SymbolName name = map.Name with { Indices = [.. position.Select(at => at + 1)], IsBracketed = position.Any(at => at > 8) };
        return new(
            map.Key + string.Join("", position.Select(at => string.Create(CultureInfo.InvariantCulture, $"[{at}]"))),
            name.ToString(),
            null
        );
    }

    private void Plane(MapPlane plane, (int Row, int Column)? winner, Func<int, int, Operand>? operand = null)
    {
        html.Append("<figure>");
        if (MapWords.Label(plane) is { Length: > 0 } label)
            html.Append(CultureInfo.InvariantCulture, $"<figcaption>{MathMlPrinter.Escape(label)}</figcaption>");
        html.Append("<table>");
        foreach ((int i, IReadOnlyList<string> row) in plane.Rows.Index())
        {
            html.Append("<tr>");
            foreach ((int j, string number) in row.Index())
                html.Append(
                        winner == (i, j) ? "<td class=\"wins\">"
                        : number.Length == 0 ? "<td class=\"nothing\">"
                        : operand is not null ? $"<td{MathMlPrinter.Attributes(operand(i, j))}>"
                        : "<td>"
                    )
                    .Append(number.Length == 0 ? MapWords.Nothing : MathMlPrinter.Escape(number))
                    .Append("</td>");
            html.Append(row.Count < plane.Width ? "<td class=\"nothing\">…</td></tr>" : "</tr>");
        }
        if (plane.Rows.Count < plane.Height)
            html.Append("<tr><td class=\"nothing\">…</td></tr>");
        html.Append("</table></figure>\n");
    }
}

using System.Text;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>HTML as it grows. Text is escaped wherever it comes in; only what the program itself wrote goes in raw.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();

    /// <summary>Markup of our own.</summary>
    public void Raw(string markup) => text.Append(markup);

    /// <summary>An element that holds a text.</summary>
    /// <param name="tag">Its name, with attributes of our own behind it.</param>
    /// <param name="content">What it holds.</param>
    public void Element(string tag, string content) => text.Append($"<{tag}>{SvgWriter.Escape(content)}</{tag.Split(' ')[0]}>\n");

    /// <summary>A table with headings; a heading that ends in &gt; stands over numbers. The first cell of a row is its heading.</summary>
    public void Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, string classes = "")
    {
        text.Append($"<table{(classes.Length > 0 ? $" class=\"{classes}\"" : "")}>\n");
        if (caption.Length > 0)
            Element("caption", caption);
        text.Append("<thead><tr>");
        foreach (string heading in headings)
            text.Append($"<th scope=\"col\"{Class(heading)}>{SvgWriter.Escape(heading.TrimEnd('>', '?'))}</th>");
        text.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            text.Append("<tr>");
            for (int c = 0; c < row.Count; c++)
                text.Append(
                    c == 0
                        ? $"<th scope=\"row\"{Class(headings[c])}>{SvgWriter.Escape(row[c])}</th>"
                        : $"<td{Class(headings[c])}>{SvgWriter.Escape(row[c])}</td>"
                );
            text.Append("</tr>\n");
        }
        text.Append("</tbody>\n</table>\n");
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    // "?>" stands over numbers that a narrow page leaves out.
    private static string Class(string heading) =>
        heading.EndsWith("?>", StringComparison.Ordinal) ? " class=\"n extra\""
        : heading.EndsWith('?') ? " class=\"extra\""
        : heading.EndsWith('>') ? " class=\"n\""
        : "";
}

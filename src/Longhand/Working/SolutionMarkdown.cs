using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>
/// A worked solution as Markdown. Lines stand in <c>```math</c> blocks, which GitHub and GitLab draw as they stand: between dollar signs a
/// Markdown reader takes the backslashes at the ends of lines for its own.
/// </summary>
internal sealed class SolutionMarkdown : SolutionReader
{
    // What has room on a page, in em.
    private const double Width = 44;

    private readonly StringBuilder text = new();

    private SolutionMarkdown(Solution solution)
        : base(solution) { }

    public static string Write(Solution solution)
    {
        var page = new SolutionMarkdown(solution);
        page.Read();
        return page.text.ToString();
    }

    protected override void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        text.Append("# Worked by hand\n\n");
        Row(["", ""]);
        Row(["---", "---"]);
        foreach ((string name, string value) in facts)
            Row([name, name is "Network" or "Optimizer" ? MarkdownText.Code(value) : MarkdownText.Of(value)]);
        text.Append('\n');
    }

    protected override void Asked(IReadOnlyList<string> sentences)
    {
        foreach (string sentence in sentences)
            Paragraph(sentence);
    }

    protected override void Given(IReadOnlyList<WorkingGiven> given)
    {
        text.Append("## Given\n\n");
        if (given.Any(array => array.Numbers.Count > 0))
            Formulas(() => LatexLines.Given(text, "alignedat", given, Width));
        foreach (WorkingGiven array in given)
            if (array.Map is { } map)
                Map(map, isGiven: true);
    }

    protected override void Section(string title, string word, Action blocks)
    {
        text.Append("## ").Append(MarkdownText.Of(title)).Append("\n\n");
        blocks();
    }

    protected override void Block(WorkingBlock block, Action content)
    {
        (string name, string rule) = SolutionWords.Heading(block);
        text.Append("### ").Append(MarkdownText.Of(name)).Append("\n\n");
        if (rule.Length > 0)
            text.Append('*').Append(MarkdownText.Of(rule)).Append("*\n\n");
        content();
    }

    protected override void Remark(string sentence) => Paragraph(sentence);

    protected override void Map(WorkingMap map, bool isGiven)
    {
        string source = MapWords.Source(map, isGiven) is { } key ? $" = {MarkdownText.Code(key)}" : "";
        text.Append(
            CultureInfo.InvariantCulture,
            $"${LatexPrinter.Instance.Write(new Identifier(map.Name))}${source}: {MarkdownText.Of(MapWords.Size(map))}\n\n"
        );
        foreach (MapPlane plane in map.Planes)
            Plane(plane, null);
        if (MapWords.More(map) is { } more)
            Paragraph(more);
        if (MapWords.Opening(map, isGiven) is { } opening)
            Paragraph(opening);
    }

    protected override void Patch(WorkingPatch patch)
    {
        foreach ((MapPlane read, MapPlane? times) in patch.Pairs)
        {
            Plane(read, patch.Winner);
            if (times is not null)
            {
                text.Append("×\n\n");
                Plane(times, null);
            }
        }
        if (MapWords.Missing(patch) is { } missing)
            Paragraph(missing);
    }

    protected override void Lines(IReadOnlyList<WorkingStep> lines)
    {
        if (lines.Count == 0)
            return;
        Formulas(() => LatexLines.Write(text, "alignedat", lines, Width));
    }

    protected override void Ending(string sentence) => Paragraph(sentence);

    // A table has a heading, and that of a plane is its name.
    private void Plane(MapPlane plane, (int Row, int Column)? winner)
    {
        bool isCut = plane.Rows[0].Count < plane.Width;
        int columns = plane.Rows[0].Count + (isCut ? 1 : 0);
        if (MapWords.Label(plane) is { Length: > 0 } label)
            Paragraph(label);
        Row(Enumerable.Repeat("", columns));
        Row(Enumerable.Repeat("---:", columns));
        foreach ((int i, IReadOnlyList<string> row) in plane.Rows.Index())
            Row([
                .. row.Select(
                    (number, j) =>
                        number.Length == 0 ? MapWords.Nothing
                        : winner == (i, j) ? $"**{number}**"
                        : number
                ),
                .. isCut ? ["…"] : Array.Empty<string>(),
            ]);
        if (plane.Rows.Count < plane.Height)
            Row(Enumerable.Repeat("…", columns));
        text.Append('\n');
    }

    private void Formulas(Action write)
    {
        text.Append("```math\n");
        write();
        text.Append("```\n\n");
    }

    private void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private void Paragraph(string sentence) => text.Append(MarkdownText.Of(sentence)).Append("\n\n");
}

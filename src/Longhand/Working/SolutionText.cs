using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A worked solution as plain Unicode text, for a terminal or a file.</summary>
internal sealed class SolutionText : SolutionReader
{
    // How far blocks and lines are indented.
    private const string BlockIndent = "  ",
        LineIndent = "    ";

    private readonly int width;
    private readonly Func<SolutionPart, string, string>? emphasize;
    private readonly StringBuilder text = new();
    private readonly TextGrid grids;

    private SolutionText(Solution solution, int width, Func<SolutionPart, string, string>? emphasize)
        : base(solution)
    {
        (this.width, this.emphasize) = (width, emphasize);
        grids = new TextGrid(text, width);
    }

    public static string Write(Solution solution, int width, Func<SolutionPart, string, string>? emphasize = null)
    {
        var page = new SolutionText(solution, width, emphasize);
        page.Read();
        return page.text.ToString();
    }

    protected override void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        const int column = 13;
        foreach ((string name, string value) in facts)
            TextLines.Wrap(
                text,
                $"{name, -column}",
                new string(' ', column),
                TextLines.Split(value, name == "Network" ? " -> " : " "),
                width
            );
    }

    protected override void Asked(IReadOnlyList<string> sentences) => text.Append('\n').AppendJoin('\n', sentences).Append('\n');

    protected override void Given(IReadOnlyList<WorkingGiven> given)
    {
        Section("Given");
        foreach (WorkingGiven array in given)
        {
            foreach (var sample in array.Numbers.GroupBy(n => n.Name.Sample))
            {
                string[] items = [.. sample.Select(n => $"{n.Name} {(n.IsExact ? '=' : '≈')} {n.Value}   ")];
                if (array.More > 0 && sample.Key == array.Numbers[^1].Name.Sample)
                    items = [.. items, string.Create(CultureInfo.InvariantCulture, $"and {array.More} more")];
                TextLines.Wrap(text, BlockIndent, BlockIndent, items, width);
            }
            if (array.Map is { } map)
                grids.Map(map, BlockIndent, isGiven: true);
        }
    }

    protected override void Section(string title, string word, Action blocks)
    {
        Section(title);
        blocks();
    }

    protected override void Block(WorkingBlock block, Action content)
    {
        (string name, string rule) = SolutionWords.Heading(block);
        int start = text.Length;
        TextLines.Wrap(
            text,
            BlockIndent,
            BlockIndent + BlockIndent,
            TextLines.Split(rule.Length == 0 ? name : $"{name}  ({rule})", " "),
            width
        );
        Emphasize(SolutionPart.Heading, start);
        content();
    }

    protected override void Remark(string sentence)
    {
        int start = text.Length;
        text.Append(LineIndent).Append(sentence).Append('\n');
        Emphasize(SolutionPart.Remark, start);
    }

    protected override void Map(WorkingMap map, bool isGiven) => grids.Map(map, LineIndent, isGiven);

    protected override void Patch(WorkingPatch patch) => grids.Patch(patch, LineIndent);

    protected override void Ending(string sentence) => text.Append('\n').Append(sentence).Append('\n');

    protected override void Lines(IReadOnlyList<WorkingStep> lines)
    {
        // Lines of a block stand under one another, sign under sign, as long as they fit; a longer one is broken before each sign.
        int[] widths = [0, 0, 0];
        foreach (WorkingStep step in lines)
        {
            string[] parts = [.. step.Parts];
            widths[0] = Math.Max(widths[0], TextLines.Cells(step.Name.ToString()));
            if (parts.Length == 3)
                (widths[1], widths[2]) = (Math.Max(widths[1], TextLines.Cells(parts[0])), Math.Max(widths[2], TextLines.Cells(parts[1])));
            else if (parts.Length == 2)
                widths[1] = Math.Max(widths[1], TextLines.Cells(parts[0]));
        }
        bool aligned = lines.All(step => Aligned(step, widths).All(line => TextLines.Cells(line) <= width));
        foreach (WorkingStep step in lines)
            if (aligned)
            {
                string[] all = [.. Aligned(step, widths)];
                text.Append(all[0]).Append('\n');
                int start = text.Length;
                if (all.Length > 1)
                    text.Append(all[1]).Append('\n');
                Emphasize(SolutionPart.Remark, start);
            }
            else
                Broken(step, widths[0]);
    }

    private static IEnumerable<string> Aligned(WorkingStep step, int[] widths)
    {
        string[] parts = [.. step.Parts];
        var line = new StringBuilder(LineIndent).Append(TextLines.Pad(step.Name.ToString(), widths[0])).Append(' ');
        for (int i = 0; i < parts.Length; i++)
            line.Append(i == parts.Length - 1 ? parts[i] : TextLines.Pad(parts[i], widths[i + 1]) + " ");
        yield return line.ToString();
        if (step.Note.Length > 0)
            yield return $"{LineIndent}{new string(' ', widths[0])} ({step.Note})";
    }

    private void Broken(WorkingStep step, int nameWidth)
    {
        string[] parts = [.. step.Parts];
        string name = LineIndent + TextLines.Pad(step.Name.ToString(), nameWidth) + " ",
            under = new(' ', TextLines.Cells(name));
        if (TextLines.Cells(name) + parts.Sum(p => TextLines.Cells(p) + 1) - 1 <= width)
            text.Append(name).AppendJoin(' ', parts).Append('\n');
        else
            foreach ((int i, string part) in parts.Index())
                TextLines.Wrap(text, i == 0 ? name : under, under + "  ", TextLines.Terms(part), width);
        int start = text.Length;
        if (step.Note.Length > 0)
            TextLines.Wrap(text, under, under + " ", TextLines.Split($"({step.Note})", " "), width);
        Emphasize(SolutionPart.Remark, start);
    }

    private void Section(string title)
    {
        text.Append('\n');
        int start = text.Length;
        text.Append(title).Append('\n');
        Emphasize(SolutionPart.Title, start);
    }

    // Only once lines are broken, since what makes them stand out takes no room in them.
    private void Emphasize(SolutionPart part, int start)
    {
        if (emphasize is null || start == text.Length)
            return;
        string[] lines = text.ToString(start, text.Length - start).TrimEnd('\n').Split('\n');
        text.Length = start;
        foreach (string line in lines)
        {
            int indent = line.Length - line.TrimStart(' ').Length;
            text.Append(' ', indent).Append(emphasize(part, line[indent..])).Append('\n');
        }
    }
}

using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A worked solution as plain Unicode text, for a terminal or a file.</summary>
internal sealed class SolutionText
{
    // How far blocks and lines are indented.
    private const string BlockIndent = "  ",
        LineIndent = "    ",
        Apart = "    ";

    private readonly Solution solution;
    private readonly int width;
    private readonly StringBuilder text = new();
    private readonly TextGrid grids;

    private SolutionText(Solution solution, int width)
    {
        (this.solution, this.width) = (solution, width);
        grids = new TextGrid(text, width);
    }

    public static string Write(Solution solution, int width)
    {
        var page = new SolutionText(solution, width);
        page.Header();
        page.Asked();
        page.Given();
        page.Sections();
        return page.text.ToString();
    }

    private void Header()
    {
        ExplainRequest request = solution.Request;
        Fact("Network", solution.Model.Network.ToString(), " -> ");
        if (solution.Loss is not null)
            Fact("Loss", Named(request.Loss!));
        if (!request.Regularization.IsNone)
            Fact("Penalty", $"{request.Regularization}, on weights, apart from the loss");
        if (request.Optimizer is not null && solution.Loss is not null)
            Fact("Optimizer", $"{request.Optimizer}");
        Fact("Conventions", string.Join("; ", ConventionsText.Of(solution)));
    }

    private void Fact(string name, string value, string breakBefore = " ")
    {
        const int column = 13;
        TextLines.Wrap(text, $"{name, -column}", new string(' ', column), TextLines.Split(value, breakBefore), width);
    }

    private void Asked()
    {
        if (solution.Request.At.Count == 0)
            return;
        text.Append('\n');
        foreach (Place place in solution.Request.At)
            text.Append(CultureInfo.InvariantCulture, $"{place.Text} is {place.CountedFromOne} counted from 1\n");
    }

    private static string Named(Loss loss) =>
        Loss.Kinds.All.FirstOrDefault(k => loss.Notation.Split(' ')[0] == k.Name) is { } kind ? $"{loss}: {kind.Summary}" : loss.Notation;

    private void Given()
    {
        // Where only symbols are asked for, nobody looks for numbers.
        if (solution.Given.Count == 0 || solution.Request.Show == Show.Symbols)
            return;
        text.Append("\nGiven\n");
        // Matrices stand side by side as long as they fit.
        var row = new List<TextBox>();
        foreach (WorkingGiven array in solution.Given)
        {
            if (array.Matrix is (var name, var numbers, var isExact))
            {
                var box = TextBox.Beside(TextBox.Of($"{name} {(isExact ? '=' : '≈')} "), BoxPrinter.Draw(numbers));
                if (row.Sum(b => b.Width) + Apart.Length + box.Width > width)
                    Flush();
                if (BlockIndent.Length + box.Width <= width)
                {
                    row.AddRange([TextBox.Of(row.Count == 0 ? BlockIndent : Apart), box]);
                    continue;
                }
            }
            Flush();
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
        Flush();

        void Flush()
        {
            if (row.Count > 0)
                Draw(TextBox.Beside(row));
            row.Clear();
        }
    }

    private void Draw(TextBox box)
    {
        foreach (string row in box.Rows)
            text.Append(row.TrimEnd()).Append('\n');
        if (box.Remarks.Length > 0)
            text.Append(box.Remarks.TrimEnd()).Append('\n');
    }

    private void Sections()
    {
        foreach (
            IGrouping<(int Update, WorkingSection Section), WorkingBlock> section in solution.Blocks.GroupBy(b => (b.Update, b.Section))
        )
        {
            string title = section.Key.Section switch
            {
                WorkingSection.Forward => "Forward",
                WorkingSection.Loss => "Loss",
                WorkingSection.Backward => "Backward",
                _ => $"Update {section.Key.Update}: {solution.Request.Optimizer}",
            };
            if (section.Key.Section != WorkingSection.Update && solution.Updates.Count > 1)
                title += $" (step {section.Key.Update})";
            text.Append('\n').Append(title).Append('\n');
            foreach (WorkingBlock block in section)
                Block(block);
        }
        if (solution.WorkedUpdates < solution.Updates.Count)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nUpdates {solution.WorkedUpdates + 1} to {solution.Updates.Count} are computed, too, but not written out: that would be too many lines.\n"
            );
    }

    private void Block(WorkingBlock block)
    {
        bool named = block.Section == WorkingSection.Update || block.Rule.Length == 0 || block.Rule == block.Name;
        TextLines.Wrap(
            text,
            BlockIndent,
            BlockIndent + BlockIndent,
            TextLines.Split(named ? block.Name : $"{block.Name}  ({block.Rule})", " "),
            width
        );
        if (block.Statement is (var name, var right))
            Draw(TextBox.Beside(TextBox.Of($"{LineIndent}{name} = "), BoxPrinter.Draw(right)));
        if (block.Map is { } map && block.Worked < block.Total)
            grids.Map(map, LineIndent, isGiven: false);
        if (block.Worked < block.Total && block.Worked > 0)
            text.Append(CultureInfo.InvariantCulture, $"{LineIndent}{Left(block)}\n");
        if (block.Patches.Count == 0)
            Lines(block.Lines);
        else
            // Each line behind what it reads, those of intermediate results among them.
            foreach (WorkingStep line in block.Lines)
            {
                foreach (WorkingPatch patch in block.Patches.Where(p => p.Line == line.Id))
                    grids.Patch(patch, LineIndent);
                Lines([line]);
            }
        if (block.Map is { } whole && block.Worked == block.Total)
            grids.Map(whole, LineIndent, isGiven: false);
    }

    private static string Left(WorkingBlock block) =>
        !block.Lines[^1].IsShare ? $"worked out for {block.Worked} of {block.Total}, the largest in size:"
        : block.Lines[^1].Value == 0 && block.Worked == 1 ? $"{block.Total} terms, all of them 0 like the first:"
        : $"the first {block.Worked} of {block.Total} terms:";

    // Neighbours about single numbers are aligned with one another, a line about whole arrays stands by itself.
    private void Lines(IReadOnlyList<WorkingStep> lines)
    {
        var single = new List<WorkingStep>();
        foreach (WorkingStep line in lines)
        {
            if (!line.HasMatrix)
            {
                single.Add(line);
                continue;
            }
            Aligned(single);
            single.Clear();
            Drawn(line);
        }
        Aligned(single);
    }

    private void Drawn(WorkingStep line)
    {
        TextBox[] parts = [.. line.Chain.Select(part => TextBox.Beside(TextBox.Of(part.Sign + " "), BoxPrinter.Draw(part.Formula)))];
        var name = TextBox.Of($"{LineIndent}{line.Name} ");
        if (parts.Any(part => name.Width + part.Width > width))
        {
            Broken(line, TextLines.Cells(line.Name.ToString()));
            return;
        }
        List<TextBox> row = [name, parts[0]];
        foreach (TextBox part in parts.AsSpan(1))
        {
            if (row.Sum(box => box.Width) + 1 + part.Width > width)
            {
                Draw(TextBox.Beside(row));
                row = [TextBox.Of(new string(' ', name.Width)), part];
                continue;
            }
            row.AddRange([TextBox.Of(" "), part]);
        }
        Draw(TextBox.Beside(row));
        if (line.Note.Length > 0)
            TextLines.Wrap(text, LineIndent + "  ", LineIndent + "   ", TextLines.Split($"({line.Note})", " "), width);
    }

    private void Aligned(IReadOnlyList<WorkingStep> lines)
    {
        if (lines.Count == 0)
            return;
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
                text.AppendJoin('\n', Aligned(step, widths)).Append('\n');
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
        if (step.Note.Length > 0)
            TextLines.Wrap(text, under, under + " ", TextLines.Split($"({step.Note})", " "), width);
    }
}

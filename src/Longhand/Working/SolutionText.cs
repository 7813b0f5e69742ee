using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A worked solution as plain Unicode text, for a terminal or a file.</summary>
internal static class SolutionText
{
    private const int Width = 110,
        // A block longer than this is a wall of lines: its first and last are shown, the rest is counted.
        LongestBlock = 24,
        ShownAtEnds = 6;

    public static string Write(Solution solution)
    {
        var text = new StringBuilder();
        Header(solution, text);
        Given(solution, text);
        foreach (IGrouping<(int Update, WorkingSection Section), WorkingStep> section in solution.Steps.GroupBy(s => (s.Update, s.Section)))
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
            foreach (IGrouping<string, WorkingStep> block in section.GroupBy(s => s.Block))
                Block(block.Key, [.. block], text, section.Key.Section);
        }
        return text.ToString();
    }

    private static void Header(Solution solution, StringBuilder text)
    {
        ExplainRequest request = solution.Request;
        text.Append(CultureInfo.InvariantCulture, $"Network      {solution.Model.Network}\n");
        if (solution.Loss is not null)
            text.Append(CultureInfo.InvariantCulture, $"Loss         {Named(request.Loss!)}\n");
        if (!request.Regularization.IsNone)
            text.Append(CultureInfo.InvariantCulture, $"Penalty      {request.Regularization}, on weights, apart from the loss\n");
        if (request.Optimizer is not null && solution.Loss is not null)
            text.Append(CultureInfo.InvariantCulture, $"Optimizer    {request.Optimizer}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Conventions  {request.Conventions.Name}: relu′(0) = {request.Conventions.ReluDerivativeAtZero}; {(request.Training ? "training" : "inference")}; "
                + $"{request.Conventions.Digits} significant digits, full precision carried; = exact, ≈ rounded\n"
        );
    }

    private static string Named(Loss loss) =>
        Loss.Kinds.All.FirstOrDefault(k => loss.Notation.Split(' ')[0] == k.Name) is { } kind ? $"{loss}: {kind.Summary}" : loss.Notation;

    private static void Given(Solution solution, StringBuilder text)
    {
        text.Append("\nGiven\n");
        foreach (
            IGrouping<string, (SymbolName Name, string Value, bool Exact)> group in solution.Given.GroupBy(g =>
                $"{g.Name.Letter} {g.Name.Layer} {g.Name.Sample}"
            )
        )
        {
            string[] items = [.. group.Select(g => $"{g.Name} {(g.Exact ? '=' : '≈')} {g.Value}")];
            if (items.Length > LongestBlock)
                items = [.. items[..ShownAtEnds], $"… {items.Length - 2 * ShownAtEnds} more …", .. items[^ShownAtEnds..]];
            var line = new StringBuilder("  ");
            foreach (string item in items)
            {
                if (line.Length + item.Length > Width)
                {
                    text.Append(line.ToString().TrimEnd()).Append('\n');
                    line.Clear().Append("  ");
                }
                line.Append(item).Append("   ");
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static void Block(string name, WorkingStep[] steps, StringBuilder text, WorkingSection section)
    {
        string rule = steps[^1].Rule;
        text.Append(CultureInfo.InvariantCulture, $"  {name}{(section == WorkingSection.Update || rule == name ? "" : $"  ({rule})")}\n");
        WorkingStep[] shown = steps.Length > LongestBlock ? [.. steps[..ShownAtEnds], .. steps[^ShownAtEnds..]] : steps;
        // Lines of a block stand under one another, sign under sign, as long as they fit; a longer one is broken before each sign.
        int[] widths = [0, 0, 0];
        foreach (WorkingStep step in shown)
        {
            string[] parts = [.. step.Parts];
            widths[0] = Math.Max(widths[0], Cells(step.Name.ToString()));
            if (parts.Length == 3)
                (widths[1], widths[2]) = (Math.Max(widths[1], Cells(parts[0])), Math.Max(widths[2], Cells(parts[1])));
            else if (parts.Length == 2)
                widths[1] = Math.Max(widths[1], Cells(parts[0]));
        }
        bool aligned = widths.Sum() < Width - 14;
        for (int i = 0; i < shown.Length; i++)
        {
            if (shown.Length < steps.Length && i == ShownAtEnds)
                text.Append(CultureInfo.InvariantCulture, $"    … {steps.Length - shown.Length} more lines of this kind …\n");
            Line(shown[i], widths, aligned, text);
        }
    }

    private static void Line(WorkingStep step, int[] widths, bool aligned, StringBuilder text)
    {
        string[] parts = [.. step.Parts];
        string note = step.Note.Length > 0 ? $"   ({step.Note})" : "";
        text.Append("    ").Append(Pad(step.Name.ToString(), widths[0])).Append(' ');
        if (!aligned)
            text.AppendJoin(parts.Sum(Cells) + widths[0] < Width - 8 ? " " : "\n    " + new string(' ', widths[0] + 1), parts);
        else
            for (int i = 0; i < parts.Length; i++)
                text.Append(i == parts.Length - 1 ? parts[i] : Pad(parts[i], widths[i + 1]) + " ");
        text.Append(note).Append('\n');
    }

    private static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Cells(text)));

    // Combining marks (the hat of ŷ may be one) take no cell of their own; 𝟙 is two chars and one cell.
    private static int Cells(string text)
    {
        int cells = 0;
        foreach (Rune rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                cells++;
        return cells;
    }
}

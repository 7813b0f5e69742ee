using System.Globalization;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>A descent for a person.</summary>
internal static class MinimizeText
{
    /// <summary>How many steps are worked out line by line; the table has all of them, but for the middle of a very long one.</summary>
    public const int MostWorked = 10;

    private const int RowsAtEnds = 20;

    public static void Write(Page page, Descent d, int digits, bool plot)
    {
        IReadOnlyList<string> names = d.Function.Variables;
        page.Strong($"f({string.Join(", ", names)}) = {new ExpressionWriter().Write(d.Function.Root)}");
        page.Line();
        page.Strong("Gradient");
        foreach ((int i, string name) in names.Index())
            page.Line($"  ∂f/∂{name} = {d.Gradient[i].Text}");
        foreach (string convention in DescentWords.Conventions(d.Function, d.Gradient))
            page.Line($"  {convention}");
        page.Line();
        page.Strong("Stationary points");
        page.Line($"  {d.Stationary.Explanation}");
        foreach (StationaryPoint point in d.Stationary.Points)
            page.Line($"  {DescentWords.Described(point, d.Function, digits)}");
        foreach (DescentStep step in d.Path.Where(step => step.Lines.Count > 0))
            Worked(page, step, d, digits);
        page.Line();
        page.Strong($"Path of {d.Optimizer}");
        Table(page, d, digits);
        if (plot)
            page.Line(MinimizePlot.Characters(d));
        foreach (string sentence in DescentWords.Verdict(d, digits))
            page.Line(sentence);
    }

    private static void Worked(Page page, DescentStep step, Descent d, int digits)
    {
        page.Line();
        page.Strong($"Step {step.Step}");
        int width = step.Lines.Max(line => Cells(line.Name));
        foreach (NumberLine line in step.Lines)
            page.Line($"  {line.Name}{new string(' ', width - Cells(line.Name))} {string.Join(' ', line.Parts)}");
    }

    // The hat of m̂ is a mark of its own that takes no room.
    private static int Cells(string text) =>
        text.EnumerateRunes().Count(rune => System.Text.Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark);

    private static void Table(Page page, Descent d, int digits)
    {
        bool distance = d.Path.Any(step => step.Distance is not null);
        var shown = d.Path.Count > 2 * RowsAtEnds + 1 ? d.Path.Take(RowsAtEnds).Concat(d.Path.TakeLast(RowsAtEnds)) : d.Path;
        IEnumerable<IReadOnlyList<string>> rows = shown.Select(step =>
            (string[])
                [
                    step.Step.ToString(CultureInfo.InvariantCulture),
                    .. step.Point.Select(x => Words.Short(x, digits)),
                    Words.Short(step.Value, digits),
                    .. step.Gradient.Select(x => Words.Short(x, digits)),
                    .. distance ? (string[])[step.Distance is { } far ? Words.Short(far, digits) : ""] : [],
                ]
        );
        page.Table(
            [
                "step>",
                .. d.Function.Variables.Select(name => name + ">"),
                "f>",
                .. d.Function.Variables.Select(name => $"∂f/∂{name}>"),
                .. distance ? (string[])["distance>"] : [],
            ],
            rows
        );
        if (d.Path.Count > 2 * RowsAtEnds + 1)
            page.Line($"{Words.Count(d.Path.Count - 2 * RowsAtEnds)} steps in the middle are left out; --json has all of them.");
    }
}

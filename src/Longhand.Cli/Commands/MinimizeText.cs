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
        foreach (string convention in Conventions(d))
            page.Line($"  {convention}");
        page.Line();
        page.Strong("Stationary points");
        page.Line($"  {d.Stationary.Explanation}");
        foreach (StationaryPoint point in d.Stationary.Points)
            page.Line($"  {Described(point, d, digits)}");
        foreach (DescentStep step in d.Path.Where(step => step.Lines.Count > 0))
            Worked(page, step, d, digits);
        page.Line();
        page.Strong($"Path of {d.Optimizer}");
        Table(page, d, digits);
        if (plot)
            page.Line(MinimizePlot.Characters(d));
        foreach (string sentence in Verdict(d, digits))
            page.Line(sentence);
    }

    public static string Kind(StationaryKind kind) => kind.ToString().ToLowerInvariant();

    // What is used where the function has a kink must be said, since there is no derivative.
    private static IEnumerable<string> Conventions(Descent d)
    {
        if (d.Gradient.Any(slope => ExpressionParts.Calls(slope.Root, "sgn")))
            yield return "sgn(u) is −1 below 0, 1 above, and 0 at 0, where |u| has no derivative: a convention.";
        if (!d.Gradient.Any(slope => ExpressionParts.Calls(slope.Root, "step")))
            yield break;
        yield return "step(u) is 0 below 0 and 1 from 0 on.";
        if (ExpressionParts.Calls(d.Function.Root, "max", "min"))
            yield return "At a tie max and min follow their first argument: a convention, since there is no derivative.";
        if (ExpressionParts.Calls(d.Function.Root, "relu"))
            yield return "relu has slope 0 at 0: a convention, since there is no derivative.";
    }

    private static string Described(StationaryPoint point, Descent d, int digits)
    {
        IReadOnlyList<string> names = d.Function.Variables;
        bool exact = point.Exact is not null;
        string at = string.Join(
            ", ",
            names.Select(
                (name, i) => exact ? $"{name} = {Minus(point.Exact![i].ToString())}" : $"{name} ≈ {Number(point.Point[i], digits)}"
            )
        );
        double value = d.Function.Evaluate([.. point.Point]);
        string level = Number(value, digits);
        string where =
            point.Directions.Count == 0
                ? at
                : $"{at}, and from there along {string.Join(" and ", point.Directions.Select(v => $"({string.Join(", ", v.Select(x => Minus(x.ToString())))})"))}";
        string kind =
            point.Directions.Count > 0 && point.Kind != StationaryKind.Degenerate
                ? $"{Kind(point.Kind)}, not a strict one"
                : Kind(point.Kind);
        return $"{where}: {kind}, f {(exact && level == Number(value, 17) ? '=' : '≈')} {level}";
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

    private static IEnumerable<string> Verdict(Descent d, int digits)
    {
        string rate = Number(d.Optimizer.LearningRate, digits);
        if (d.Curvature is (var least, var greatest))
        {
            yield return d.Function.Variables.Count == 1 || least == greatest
                ? $"The curvature of f is λ = {Number(greatest, digits)} everywhere."
                : $"The curvature of f, the eigenvalues of its Hessian, lies between {Number(least, digits)} and λ = {Number(greatest, digits)}.";
            if (d.StableRate is { } stable)
            {
                string limit =
                    $"{d.Optimizer.Notation.Split(' ')[0]}{(stable.Formula.Contains('μ') ? " with this momentum" : "")} converges for learning rates below {(stable.Formula.Length > 0 ? stable.Formula + " ≈ " : "")}{Number(stable.Limit, digits)}";
                yield return d.Optimizer.LearningRate < stable.Limit
                    ? $"{limit}; {rate} is below it. Along the steepest direction a step multiplies the error by {Number(stable.Factor, digits)} in the long run."
                    : $"{limit}; {rate} is not. Each step overshoots: along the steepest direction it multiplies the error by {Number(stable.Factor, digits)} in the long run, so that the path {(stable.Factor > 1 ? "diverges" : "does not settle")}.";
            }
            else if (!d.Stationary.Points.Any(point => point.Kind is StationaryKind.Minimum or StationaryKind.Degenerate))
                yield return "f has no minimum: in some direction it falls without bound, and descent follows it.";
            else if (d.Optimizer.State.Count > 0)
                yield return $"{d.Optimizer.Notation.Split(' ')[0]} scales its steps by the gradients it has seen, so that no largest rate follows from the curvature.";
        }
        if (d.Failure is { } failure)
            yield return $"The path cannot go on: {failure}";
        else if (d.Diverges && d.StableRate is null)
            yield return $"The path runs away: f has gone from {Number(d.Path[0].Value, digits)} to {Number(d.Path[^1].Value, digits)}. Try a learning rate smaller than {rate}.";
        else if (d.Path[^1].Gradient.All(slope => slope == 0))
            yield return $"The gradient is 0: the path has come to rest at ({string.Join(", ", d.Path[^1].Point.Select(x => Number(x, digits)))}).";
    }

    private static string Number(double value, int digits) =>
        NumberLine.Number(value, double.IsFinite(value) ? Rational.FromDouble(value) : null, digits).Text;

    private static string Minus(string text) => text.Replace('-', '−');
}

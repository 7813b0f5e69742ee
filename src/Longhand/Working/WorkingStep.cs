using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>The parts of a worked solution, in the order in which they are written.</summary>
public enum WorkingSection
{
    /// <summary>From the input to the output.</summary>
    Forward,

    /// <summary>The loss, and the penalty beside it.</summary>
    Loss,

    /// <summary>From the loss to every gradient.</summary>
    Backward,

    /// <summary>The parameters' next values.</summary>
    Update,
}

/// <summary>
/// One line of a worked solution as data: what is computed, from what, by which rule, and what comes out. Every notation (text, LaTeX, a web
/// page) writes it from the expression; <see cref="Symbolic"/> and <see cref="Numbers"/> are its plain text.
/// </summary>
public sealed record WorkingStep
{
    /// <summary>Unlike any other of the solution.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required WorkingSection Section { get; init; }

    /// <summary>The update that it belongs to, from 1.</summary>
    public required int Update { get; init; }

    /// <summary>What the line belongs to: a layer, the loss, a parameter.</summary>
    public required string Block { get; init; }

    /// <summary>Where the value is found in answers and JSON: <c>dense1.output[0]</c>, <c>gradients.dense1.weight[0][1]</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name on the left.</summary>
    public required SymbolName Name { get; init; }

    /// <summary>The layer, loss or rule that made it, in its own notation.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is computed from; null for a line about a whole array, or about a sum over paths.</summary>
    public required Expr? Expression { get; init; }

    /// <summary>The right side in symbols, for every notation to write.</summary>
    internal Formula InSymbols { get; init; } = null!;

    /// <summary>The right side with the numbers put in, for every notation to write.</summary>
    internal Formula InNumbers { get; init; } = null!;

    /// <summary>The right side in symbols, as plain text.</summary>
    public string Symbolic => field ??= TextPrinter.Instance.Write(InSymbols);

    /// <summary>The right side with the numbers put in, as plain text.</summary>
    public string Numbers => field ??= TextPrinter.Instance.Write(InNumbers);

    /// <summary>Whether the numbers put in are exact, so that "=" may stand before them.</summary>
    public required bool NumbersAreExact { get; init; }

    /// <summary>The value, for every notation to write.</summary>
    internal Formula Outcome { get; init; } = null!;

    /// <summary>The value as it is printed.</summary>
    public string Result => field ??= TextPrinter.Instance.Write(Outcome);

    /// <summary>Whether "=" may stand before the result: it and all that it is computed from are printed exactly.</summary>
    public required bool ResultIsExact { get; init; }

    /// <summary>The value in double precision; for a line about a whole array that of its first number.</summary>
    public required double Value { get; init; }

    /// <summary>For a line about a whole array its numbers, nested as JSON and answers have them; null for a line about a single number.</summary>
    public Grid<Float64>? Values { get; init; }

    /// <summary>For each printed number of a whole array, row by row, which of <see cref="Values"/> it is; null for a single number.</summary>
    internal IReadOnlyList<int>? Places { get; init; }

    /// <summary>
    /// How far an evaluation of the printed line may be from its printed result by rounding alone, to first order: half a unit of the
    /// result's last digit plus what half a unit in each rounded operand moves it; 0 for an exact line. For a whole array the largest.
    /// </summary>
    public double Tolerance { get; init; }

    /// <summary>For a line about a whole array the tolerance of each number, laid out as <see cref="Values"/>.</summary>
    public Grid<Float64>? Tolerances { get; init; }

    /// <summary>Which sides of the line are written.</summary>
    internal Show Show { get; init; }

    /// <summary>
    /// Whether the line is one term of the sum that <see cref="Name"/> is: what a single number contributes to a gradient, read "gets".
    /// </summary>
    public bool IsShare { get; init; }

    /// <summary>A choice that the line takes for granted: "since z₁ &lt; 0". Empty for most.</summary>
    public string Note { get; init; } = "";

    /// <summary>The steps whose values it uses.</summary>
    public required IReadOnlyList<string> Uses { get; init; }

    /// <summary>Whether a matrix stands in the line, even where a single number comes out.</summary>
    internal bool HasMatrix => Values is not null || (Expression is null && Numbers.Contains('['));

    /// <summary>What stands between the name and the result, each with the sign before it: in symbols, then in numbers where that differs.</summary>
    public IEnumerable<string> Parts => Chain.Select(part => $"{part.Sign} {TextPrinter.Instance.Write(part.Formula)}");

    /// <summary>The same for a notation that writes formulas its own way; the sign is =, ≈ or "gets".</summary>
    internal IEnumerable<(string Sign, Formula Formula)> Chain
    {
        get
        {
            bool symbols = Show != Show.Numbers && (IsShare || Symbolic != Result);
            if (symbols)
                yield return (IsShare ? "gets" : "=", InSymbols);
            // What is all there is to say is said whatever was asked for.
            if (Show == Show.Symbols && symbols)
                yield break;
            if ((Numbers != Symbolic || !symbols) && Numbers != Result)
                yield return (
                    IsShare && !symbols ? "gets"
                    : NumbersAreExact ? "="
                    : "≈",
                    InNumbers
                );
            yield return (ResultIsExact ? "=" : "≈", Outcome);
        }
    }

    /// <summary>The whole line: <c>z₁ = w₁₁x₁ + b₁ = 0.15·0.05 + 0.35 = 0.3575</c>.</summary>
    public string Line => $"{Name} {string.Join(" ", Parts)}";
}

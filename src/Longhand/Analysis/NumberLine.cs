using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>A line of a computation: a name, what it is in symbols, the same with the numbers put in, and what comes out.</summary>
/// <param name="Name">What is computed: ∂f/∂x.</param>
/// <param name="Symbolic">The right side in symbols.</param>
/// <param name="Numbers">The right side with the numbers put in.</param>
/// <param name="NumbersAreExact">Whether "=" may stand before <paramref name="Numbers"/>.</param>
/// <param name="Result">The value.</param>
/// <param name="ResultIsExact">Whether "=" may stand before <paramref name="Result"/>.</param>
public sealed record NumberLine(string Name, string Symbolic, string Numbers, bool NumbersAreExact, string Result, bool ResultIsExact)
{
    /// <summary>What stands behind the name, each part with the sign before it; what says the same twice is left out.</summary>
    public IEnumerable<string> Parts
    {
        get
        {
            if (Symbolic != Result)
                yield return $"= {Symbolic}";
            if (Numbers != Symbolic && Numbers != Result)
                yield return $"{(NumbersAreExact ? '=' : '≈')} {Numbers}";
            yield return $"{(ResultIsExact ? '=' : '≈')} {Result}";
        }
    }

    /// <summary>The whole line.</summary>
    public override string ToString() => $"{Name} {string.Join(' ', Parts)}";

    /// <summary>
    /// A number as it is printed: exactly where that takes no more than so many significant digits (a whole number up to fifteen), else
    /// rounded to just that many.
    /// </summary>
    internal static (string Text, bool Exact) Number(double value, Rational? exact, int digits)
    {
        const int wholeDigits = 15;
        if (exact is { } fraction && fraction.TryDecimal(fraction.IsInteger ? wholeDigits : digits, out string text))
            return (Minus(text), true);
        return (Minus(Decimals.Format(value, digits)), false);
    }

    private static string Minus(string text) => text.StartsWith('-') ? '−' + text[1..] : text;

    /// <summary>
    /// Why a printed line does not hold, null where it does. The numbers are read back from their text by the parser, which shares nothing
    /// with the writer; the result may be off by half a unit of its last digit and by what half a unit in each rounded number moves it.
    /// </summary>
    internal static string? Disagreement(NumberLine line, int digits)
    {
        if (line.Result is "NaN" or "∞" or "−∞")
            return null; // no sum is claimed
        ExpressionTerm read = Expression.Parse(line.Numbers, []).Root;
        double result = double.Parse(line.Result.Replace('−', '-'), CultureInfo.InvariantCulture);
        double value = read.Evaluate([]);
        double allowed = (line.ResultIsExact ? 0 : Decimals.HalfUnit(line.Result)) + Slack(read);
        var rounded = new List<ExpressionTerm.Number>();
        FindRounded(read, digits, rounded);
        foreach (ExpressionTerm.Number number in rounded)
        foreach (int sign in (int[])[-1, 1])
        {
            double moved = Moved(read, number, number.Value + sign * Decimals.HalfUnit(number.Text)).Evaluate([]);
            allowed += double.IsFinite(moved) ? Math.Abs(moved - value) : double.PositiveInfinity;
        }
        double distance = Math.Abs(value - result);
        return distance <= allowed || double.IsInfinity(allowed)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Numbers} is {value:R}, {distance:E1} from {line.Result}; rounding allows {allowed:E1}"
            );
    }

    // Operations in double precision: some units in the last place of everything in between.
    private static double Slack(ExpressionTerm term) => 4e-15 * Math.Abs(term.Evaluate([])) + ExpressionParts.Of(term).Sum(Slack);

    private static void FindRounded(ExpressionTerm term, int digits, List<ExpressionTerm.Number> found)
    {
        if (term is ExpressionTerm.Number number && number.Text.Split('e', 'E')[0].TrimStart('0', '.').Count(char.IsAsciiDigit) >= digits)
            found.Add(number);
        foreach (ExpressionTerm part in ExpressionParts.Of(term))
            FindRounded(part, digits, found);
    }

    private static ExpressionTerm Moved(ExpressionTerm term, ExpressionTerm.Number which, double to)
    {
        ExpressionTerm Of(ExpressionTerm part) => Moved(part, which, to);
        return term switch
        {
            _ when ReferenceEquals(term, which) => which with { Value = to },
            ExpressionTerm.Negation a => new ExpressionTerm.Negation(Of(a.Operand)),
            ExpressionTerm.Sum a => new ExpressionTerm.Sum(Of(a.Left), Of(a.Right)),
            ExpressionTerm.Difference a => new ExpressionTerm.Difference(Of(a.Left), Of(a.Right)),
            ExpressionTerm.Product a => new ExpressionTerm.Product(Of(a.Left), Of(a.Right)),
            ExpressionTerm.Quotient a => new ExpressionTerm.Quotient(Of(a.Left), Of(a.Right)),
            ExpressionTerm.Power a => new ExpressionTerm.Power(Of(a.Base), Of(a.Exponent)),
            ExpressionTerm.Call a => new ExpressionTerm.Call(a.Function, [.. a.Arguments.Select(Of)]),
            _ => term,
        };
    }
}

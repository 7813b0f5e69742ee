using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Writes expressions as a person would, in symbols or with the numbers put in.</summary>
/// <param name="nameOf">The name of a symbol.</param>
/// <param name="digits">Significant digits of a rounded number.</param>
/// <param name="longest">A sum of more terms is written with its first and last ones, and what lies between them as one number.</param>
/// <param name="fractions">Whether numbers that are known exactly are written as fractions.</param>
/// <param name="originOf">Which number of a network a symbol is; null where there is no network.</param>
internal sealed class TextNotation(
    Func<Expr, SymbolName> nameOf,
    int digits,
    int longest = int.MaxValue,
    bool fractions = false,
    Func<Expr, Origin?>? originOf = null
)
{
    // What is left of a list that is too long: sums that are added up, a maximum that is searched.
    private const int FirstShown = 4,
        LastShown = 2;

    // Longer whole numbers are rounded like any others; up to here a count is more readable in full.
    private const int WholeDigits = 15;

    // A fraction with more characters than this tells a person less than its decimals.
    private const int LongestFraction = 24;

    /// <summary>In symbols, as text.</summary>
    public string Symbolic(Expr e) => TextPrinter.Instance.Write(Formula(e, numbers: false));

    /// <summary>With the numbers put in, as text.</summary>
    public string Numbers(Expr e) => TextPrinter.Instance.Write(Formula(e, numbers: true));

    /// <summary>A number: exactly where that takes no more digits than allowed, else rounded to just that many, trailing zeros kept.</summary>
    /// <returns>The text, and whether it is exact.</returns>
    public (string Text, bool Exact) Number(double value, Rational? exact)
    {
        if (fractions && Fraction(exact) is { } written)
            return (written, true);
        if (!fractions && exact is { } known && known.TryDecimal(known.IsInteger ? WholeDigits : digits, out string? text))
            return (Minus(text), true);
        string rounded = Decimals.Format(value, digits);
        // Among fractions a whole number is exact, so that a rounded one must not look like one.
        if (fractions && double.IsFinite(value) && value != 0 && rounded.AsSpan().IndexOfAny('.', 'e') < 0)
            rounded = Decimals.Format(value, rounded.Count(char.IsAsciiDigit) + 1);
        return (Minus(rounded), false);
    }

    /// <summary>How many characters the number takes as a fraction, where it is known exactly but too long to be written so; else 0.</summary>
    public static int TooLong(Rational? exact) => exact is { } known && Fraction(exact) is null ? known.ToString().Length : 0;

    private static string? Fraction(Rational? exact) =>
        exact is { BitLength: < 5 * LongestFraction } known && known.ToString() is { Length: <= LongestFraction } text ? Minus(text) : null;

    /// <summary>Whether every number that would be put in is written exactly.</summary>
    public bool IsExact(Expr e) =>
        e.Kind switch
        {
            ExprKind.Constant => Constant(e).Exact,
            ExprKind.Symbol => Number(e.Value, e.Exact).Exact,
            ExprKind.Pi => true,
            ExprKind.Select => IsIndicator(e) || IsExact(e.Arguments[e.Index]),
            ExprKind.Add or ExprKind.Subtract => IsExact(new LongSum(e)),
            _ => e.Arguments.All(IsExact),
        };

    /// <summary>How an expression is laid out.</summary>
    /// <param name="e">The expression.</param>
    /// <param name="numbers">Whether numbers stand for the names.</param>
    public Formula Formula(Expr e, bool numbers)
    {
        switch (e.Kind)
        {
            case ExprKind.Constant:
                return Constant(e).Numeral;
            case ExprKind.Symbol:
                return numbers ? Value(e) : Named(e);
            case ExprKind.Pi:
                return new Letter("π");
            case ExprKind.Add or ExprKind.Subtract:
                return Terms(new LongSum(e), numbers);
            case ExprKind.Multiply:
                return Times(e.Arguments[0], e.Arguments[1], numbers);
            case ExprKind.Divide:
                return Working.Formula.Quotient(Formula(e.Arguments[0], numbers), Formula(e.Arguments[1], numbers));
            // −(−2) is what a person writes as 2.
            case ExprKind.Negate when numbers && e.Arguments[0].Kind == ExprKind.Symbol && e.Arguments[0].Value < 0:
                return Value(e) with { Of = Named(e.Arguments[0]) };
            case ExprKind.Negate:
                return new Negation(Formula(e.Arguments[0], numbers));
            case ExprKind.Power:
                return new Power(Formula(e.Arguments[0], numbers), e.Exponent);
            case ExprKind.Function:
                return Function(e.Name, Formula(e.Arguments[0], numbers));
            case ExprKind.Max:
                return new Call("max", [.. Compared([.. LongSum.Compared(e)], numbers)]);
            case ExprKind.Select when IsIndicator(e):
                return numbers ? Value(e) : Choice(e);
            case ExprKind.Select:
                return Formula(e.Arguments[e.Index], numbers);
            case ExprKind.LogSumExp:
                return new Call("ln", [Exponentials(e, numbers)]);
            case ExprKind.Softmax:
                return new Quotient(new Exponential(Formula(e.Arguments[e.Index], numbers)), Exponentials(e, numbers));
            default:
                throw new InvalidOperationException($"A bug in Longhand: nothing says how {e.Kind} is written.");
        }
    }

    /// <summary>A number's text with the sign that stands for minus on paper.</summary>
    public static string Minus(string text) => text.Replace('-', '−');

    /// <summary>A number, and whose it is where it stands for a name.</summary>
    public Numeral Value(Expr e) =>
        new(Number(e.Value, e.Exact).Text) { Of = e.Kind == ExprKind.Symbol && originOf is not null ? Named(e) : null };

    /// <summary>Which number of the network a symbol is; null where it is none.</summary>
    public Origin? OriginOf(Expr symbol) => originOf?.Invoke(symbol);

    private Identifier Named(Expr symbol) => new(nameOf(symbol)) { Origin = OriginOf(symbol) };

    private bool IsExact(LongSum sum) =>
        sum.Count <= longest
            ? sum.Terms.All(t => IsExact(t.Value))
            : sum.Terms.Take(FirstShown).All(t => IsExact(t.Value))
                && sum.Terms.TakeLast(LastShown).All(t => IsExact(t.Value))
                && Middle(sum).Exact;

    private (string Text, bool Exact) Middle(LongSum sum)
    {
        (double value, Rational? exact) = sum.Partial(FirstShown, sum.Count - LastShown);
        return Number(value, exact);
    }

    private Sum Terms(LongSum sum, bool numbers)
    {
        var terms = new List<(bool, Formula)>();
        for (int i = 0; i < sum.Count; i++)
        {
            if (sum.Count > longest && i == FirstShown)
            {
                terms.Add((false, new Elided(sum.Count - FirstShown - LastShown, numbers ? Middle(sum).Text : null)));
                i = sum.Count - LastShown;
            }
            (bool minus, Expr term) = sum.Terms[i];
            Formula formula = Formula(term, numbers);
            terms.Add(i > 0 && !minus && Working.Formula.Unsigned(formula) is { } positive ? (true, positive) : (minus, formula));
        }
        return new Sum(terms);
    }

    private IEnumerable<Formula> Compared(Expr[] all, bool numbers)
    {
        if (all.Length <= longest)
            return all.Select(part => Formula(part, numbers));
        Expr[] between = all[FirstShown..^LastShown];
        Expr largest = between.MaxBy(part => part.Value)!;
        return
        [
            .. all.Take(FirstShown).Select(part => Formula(part, numbers)),
            new Elided(between.Length, numbers ? Number(largest.Value, largest.Exact).Text : null),
            .. all.TakeLast(LastShown).Select(part => Formula(part, numbers)),
        ];
    }

    // A choice among three numbers has a sign of its own.
    internal static bool IsIndicator(Expr e) => e.Arguments.Skip(1).All(a => a.Kind == ExprKind.Constant);

    private Formula Choice(Expr e) => Relation(e) is { } sign ? new Indicator(Formula(e.Arguments[0], numbers: false), sign) : Value(e);

    /// <summary>The sign that says where the choice is 1, and that it is 0 elsewhere; null where it chooses other numbers.</summary>
    internal static string? Relation(Expr e)
    {
        (double above, double at, double below) = (e.Arguments[1].Value, e.Arguments[2].Value, e.Arguments[3].Value);
        return (above, below) != (1, 0) ? null
            : at == 0 ? ">"
            : at == 1 ? "≥"
            : null;
    }

    internal static Formula Function(string name, Formula x) =>
        name switch
        {
            "exp" => new Exponential(x),
            "sigmoid" => new Call("σ", [x]),
            "sqrt" => new Root(x),
            "abs" => new Absolute(x),
            "softplus" => new Call("ln", [new Sum([(false, new Numeral("1")), (false, new Exponential(x))])]),
            _ => new Call(name, [x]),
        };

    private Sum Exponentials(Expr e, bool numbers) =>
        new([.. e.Arguments.Select(a => (false, (Formula)new Exponential(Formula(a, numbers))))]);

    private Formula Times(Expr left, Expr right, bool numbers)
    {
        Formula a = Formula(left, numbers),
            b = Formula(right, numbers);
        // Letters stand side by side; numbers, and the long signs of derivatives, need a dot between them.
        bool leaf = right.Kind is ExprKind.Symbol or ExprKind.Constant,
            fenced = Opens(b, Binding.Product);
        bool side = numbers
            ? IsVulgar(left) && !leaf && fenced
            : (IsLetter(Last(left)) && (IsLetter(right) || fenced)) || (IsVulgar(left) && (fenced || IsLetter(right)));
        if (!side && IsVulgar(left))
            a = Plain(left);
        return Working.Formula.Product(a, b, side);
    }

    /// <summary>A fraction that has a sign of its own (½), written without it.</summary>
    internal Numeral Plain(Expr vulgar) =>
        new(Number(vulgar.Value, vulgar.Exact) is (var decimals, true) ? decimals : $"1/{vulgar.Exact!.Value.Denominator}");

    // Whether its text begins with a parenthesis, where it stands in for something that holds together so tightly.
    private static bool Opens(Formula f, Binding least) =>
        f.Binding < least
        || f switch
        {
            Power power => Opens(power.Base, Binding.Atom),
            Product product => Opens(product.Left, Binding.Negative),
            Quotient quotient => Opens(quotient.Numerator, Binding.Negative),
            _ => false,
        };

    private static Expr Last(Expr e) => e.Kind == ExprKind.Multiply ? Last(e.Arguments[1]) : e;

    private bool IsLetter(Expr e) => e.Kind == ExprKind.Symbol && nameOf(e) is { IsGradient: false, Of: null };

    private (Numeral Numeral, bool Exact) Constant(Expr e)
    {
        if (Vulgar(e) is { } sign)
            return (new Numeral(sign), true);
        (string text, bool exact) = Number(e.Value, e.Exact);
        if (!exact && e.Exact is { } fraction)
        {
            // A constant such as 1/30 stays a fraction: rounding it would make a line inexact that need not be.
            string whole = Minus(string.Create(CultureInfo.InvariantCulture, $"{fraction.Numerator}/{fraction.Denominator}"));
            if (whole.Length <= WholeDigits)
                return (new Numeral(whole), true);
        }
        return (new Numeral(text), exact);
    }

    internal static bool IsVulgar(Expr e) => e.Kind == ExprKind.Constant && Vulgar(e) is not null;

    private static string? Vulgar(Expr e) =>
        e.Exact is not { } exact || exact.Numerator != 1 ? null
        : exact.Denominator == 2 ? "½"
        : exact.Denominator == 3 ? "⅓"
        : exact.Denominator == 4 ? "¼"
        : null;
}

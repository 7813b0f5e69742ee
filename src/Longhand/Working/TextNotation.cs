using System.Globalization;
using System.Text;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Writes expressions as a person would in plain Unicode text: <c>½(ŷ − y)²</c>, <c>w₁x₁ + w₂x₂ + b</c>.</summary>
/// <param name="nameOf">The name of a symbol.</param>
/// <param name="digits">Significant digits of a rounded number.</param>
/// <param name="longest">A sum of more terms is written with its first and last ones, and what lies between them as one number.</param>
internal sealed class TextNotation(Func<Expr, SymbolName> nameOf, int digits, int longest = int.MaxValue)
{
    // How tightly a written part holds together: what is looser than its surroundings ask for goes into parentheses.
    // A Negative is a single term with a minus in front, which may open a sum or a product, and turns a plus before it into a minus.
    private const int Sum = 1,
        Negative = 2,
        Product = 3,
        Factor = 4,
        Atom = 5;

    // What is left of a list that is too long: sums that are added up, a maximum that is searched.
    private const int FirstShown = 4,
        LastShown = 2;

    // Longer whole numbers are rounded like any others; up to here a count is more readable in full.
    private const int WholeDigits = 15;

    /// <summary>In symbols.</summary>
    public string Symbolic(Expr e) => Write(e, numbers: false).Text;

    /// <summary>With the numbers put in.</summary>
    public string Numbers(Expr e) => Write(e, numbers: true).Text;

    /// <summary>A number: exactly where that takes no more digits than allowed, else rounded to just that many, trailing zeros kept.</summary>
    /// <returns>The text, and whether it is exact.</returns>
    public (string Text, bool Exact) Number(double value, Rational? exact)
    {
        if (exact is { } fraction && fraction.TryDecimal(fraction.IsInteger ? WholeDigits : digits, out string? text))
            return (Minus(text), true);
        return (Minus(Decimals.Format(value, digits)), false);
    }

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

    /// <summary>A number's text with the sign that stands for minus on paper.</summary>
    public static string Minus(string text) => text.Replace('-', '−');

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

    private (string Text, int Tightness) Write(Expr e, bool numbers)
    {
        switch (e.Kind)
        {
            case ExprKind.Constant:
                (string text, int tightness, _) = Constant(e);
                return (text, tightness);
            case ExprKind.Symbol:
                return numbers ? Signed(Number(e.Value, e.Exact).Text) : (nameOf(e).ToString(), nameOf(e).IsGradient ? Factor : Atom);
            case ExprKind.Pi:
                return ("π", Atom);
            case ExprKind.Add or ExprKind.Subtract:
                return (Added(new LongSum(e), numbers), Sum);
            case ExprKind.Multiply:
                return Term(Times(e.Arguments[0], e.Arguments[1], numbers));
            case ExprKind.Divide:
                return Term($"{Part(e.Arguments[0], Negative, numbers)}/{Part(e.Arguments[1], Atom, numbers)}");
            // −(−2) is what a person writes as 2.
            case ExprKind.Negate when numbers && e.Arguments[0].Kind == ExprKind.Symbol && e.Arguments[0].Value < 0:
                return (Number(e.Value, e.Exact).Text, Atom);
            case ExprKind.Negate:
                return ($"−{Part(e.Arguments[0], Product, numbers)}", Negative);
            case ExprKind.Power:
                return (Part(e.Arguments[0], Atom, numbers) + Raise(e.Exponent), Factor);
            case ExprKind.Function:
                return Function(e, numbers);
            case ExprKind.Max:
                return ($"max({string.Join(", ", Compared([.. LongSum.Compared(e)], numbers))})", Atom);
            case ExprKind.Select when IsIndicator(e):
                return numbers ? Signed(Number(e.Value, e.Exact).Text) : Indicator(e);
            case ExprKind.Select:
                return Write(e.Arguments[e.Index], numbers);
            case ExprKind.LogSumExp:
                return ($"ln({Exponentials(e, numbers)})", Atom);
            case ExprKind.Softmax:
                return ($"{Exponential(e.Arguments[e.Index], numbers)}/({Exponentials(e, numbers)})", Product);
            default:
                throw new InvalidOperationException($"A bug in Longhand: nothing says how {e.Kind} is written.");
        }
    }

    private IEnumerable<string> Compared(Expr[] all, bool numbers)
    {
        if (all.Length <= longest)
            return all.Select(part => Part(part, 0, numbers));
        Expr[] between = all[FirstShown..^LastShown];
        Expr largest = between.MaxBy(part => part.Value)!;
        return
        [
            .. all.Take(FirstShown).Select(part => Part(part, 0, numbers)),
            numbers ? Left(between.Length, Number(largest.Value, largest.Exact).Text) : "…",
            .. all.TakeLast(LastShown).Select(part => Part(part, 0, numbers)),
        ];
    }

    // What is not written out, by how many there are and what they come to.
    private static string Left(int count, string text) => string.Create(CultureInfo.InvariantCulture, $"[{count} more: {text}]");

    // A choice among three numbers has a sign of its own.
    private static bool IsIndicator(Expr e) => e.Arguments.Skip(1).All(a => a.Kind == ExprKind.Constant);

    private (string, int) Indicator(Expr e)
    {
        (double above, double at, double below) = (e.Arguments[1].Value, e.Arguments[2].Value, e.Arguments[3].Value);
        return (above, below) == (1, 0) && at is 0 or 1
            ? ($"𝟙({Part(e.Arguments[0], Sum, numbers: false)} {(at == 0 ? '>' : '≥')} 0)", Atom)
            : Signed(Number(e.Value, e.Exact).Text);
    }

    private (string, int) Function(Expr e, bool numbers)
    {
        Expr x = e.Arguments[0];
        string inner = Part(x, 0, numbers);
        return e.Name switch
        {
            "exp" => (Exponential(x, numbers), Factor),
            "sigmoid" => ($"σ({inner})", Atom),
            "sqrt" => ($"√{Part(x, Atom, numbers)}", Factor),
            "abs" => ($"|{inner}|", Atom),
            "softplus" => ($"ln(1 + {Exponential(x, numbers)})", Atom),
            _ => ($"{e.Name}({inner})", Atom),
        };
    }

    private string Exponential(Expr x, bool numbers) => $"e^{Part(x, Atom, numbers)}";

    private string Exponentials(Expr e, bool numbers) => string.Join(" + ", e.Arguments.Select(a => Exponential(a, numbers)));

    private string Added(LongSum sum, bool numbers)
    {
        var text = new StringBuilder(Part(sum.Terms[0].Value, Sum, numbers));
        for (int i = 1; i < sum.Count; i++)
        {
            if (sum.Count > longest && i == FirstShown)
            {
                text.Append(" + ").Append(numbers ? Left(sum.Count - FirstShown - LastShown, Middle(sum).Text) : "…");
                i = sum.Count - LastShown;
            }
            (bool minus, Expr term) = sum.Terms[i];
            (string part, int tightness) = Write(term, numbers);
            if (minus)
                text.Append(" − ").Append(tightness < Product ? $"({part})" : part);
            else if (tightness == Negative)
                text.Append(" − ").Append(part.AsSpan(1));
            else
                text.Append(" + ").Append(tightness == Sum ? $"({part})" : part);
        }
        return text.ToString();
    }

    private static (string, int) Term(string text) => (text, text.StartsWith('−') ? Negative : Product);

    private string Times(Expr left, Expr right, bool numbers)
    {
        string a = Part(left, Negative, numbers),
            b = Part(right, Product, numbers);
        // Letters stand side by side; numbers, and the long signs of derivatives, need a dot between them.
        bool leaf = right.Kind is ExprKind.Symbol or ExprKind.Constant;
        bool side = numbers
            ? IsVulgar(left) && !leaf && b.StartsWith('(')
            : (IsLetter(Last(left)) && (IsLetter(right) || b.StartsWith('(')))
                || (IsVulgar(left) && (b.StartsWith('(') || IsLetter(right)));
        if (!side && IsVulgar(left))
            a = Number(left.Value, left.Exact) is (var decimals, true) ? decimals : $"1/{left.Exact!.Value.Denominator}";
        return side ? a + b : $"{a}·{b}";
    }

    private static Expr Last(Expr e) => e.Kind == ExprKind.Multiply ? Last(e.Arguments[1]) : e;

    private bool IsLetter(Expr e) => e.Kind == ExprKind.Symbol && nameOf(e) is { IsGradient: false, Of: null };

    private string Part(Expr e, int least, bool numbers)
    {
        (string text, int tightness) = Write(e, numbers);
        return tightness < least ? $"({text})" : text;
    }

    private (string Text, int Tightness, bool Exact) Constant(Expr e)
    {
        if (Vulgar(e) is { } sign)
            return (sign, Atom, true);
        (string text, bool exact) = Number(e.Value, e.Exact);
        if (!exact && e.Exact is { } fraction)
        {
            // A constant such as 1/30 stays a fraction: rounding it would make a line inexact that need not be.
            string whole = Minus(string.Create(CultureInfo.InvariantCulture, $"{fraction.Numerator}/{fraction.Denominator}"));
            if (whole.Length <= WholeDigits)
                return (whole, fraction.Sign < 0 ? Negative : Product, true);
        }
        (text, int tightness) = Signed(text);
        return (text, tightness, exact);
    }

    private static bool IsVulgar(Expr e) => e.Kind == ExprKind.Constant && Vulgar(e) is not null;

    private static string? Vulgar(Expr e) =>
        e.Exact is not { } exact || exact.Numerator != 1 ? null
        : exact.Denominator == 2 ? "½"
        : exact.Denominator == 3 ? "⅓"
        : exact.Denominator == 4 ? "¼"
        : null;

    private static (string, int) Signed(string text) => (text, text.StartsWith('−') ? Negative : Atom);

    private static string Raise(int exponent)
    {
        var text = new StringBuilder();
        foreach (char c in exponent.ToString(CultureInfo.InvariantCulture))
            text.Append("⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        return text.ToString();
    }
}

using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// Puts terms together the way a person would leave them: numbers are multiplied out, like terms and equal factors joined, nothing is
/// expanded. 2(y − x)·(−1) becomes −2(y − x).
/// </summary>
internal static class ExpressionAlgebra
{
    // Beyond this a number is easier to read as a fraction: 1/3, 2/7.
    private const int DecimalDigits = 6;

    public static ExpressionTerm Zero { get; } = Number(0);

    public static ExpressionTerm One { get; } = Number(1);

    /// <summary>A number as a leaf; negative ones are the negation of one.</summary>
    public static ExpressionTerm Number(Rational value) =>
        value.Sign < 0
            ? new ExpressionTerm.Negation(Number(-value))
            : new ExpressionTerm.Number((double)value, value.TryDecimal(DecimalDigits, out string text) ? text : value.ToString());

    /// <summary>The fraction that a term without variables is; null where it is none.</summary>
    public static Rational? Fraction(ExpressionTerm term) => IsConstant(term) ? ExactExpression.Evaluate(term, []) : null;

    /// <summary>Whether no variable is in a term.</summary>
    public static bool IsConstant(ExpressionTerm term) => term is not ExpressionTerm.Variable && ExpressionParts.Of(term).All(IsConstant);

    /// <summary>a + b + …, like terms joined.</summary>
    public static ExpressionTerm Sum(params ReadOnlySpan<ExpressionTerm> terms)
    {
        var parts = new List<(Rational Coefficient, ExpressionTerm? Of)>();
        foreach (ExpressionTerm term in terms)
            Collect(term, 1, parts);
        parts.RemoveAll(part => part.Coefficient.IsZero);
        // 1 − x reads better than −x + 1.
        int positive = parts.FindIndex(part => part.Coefficient.Sign > 0);
        if (positive > 0)
            (parts[0], parts[positive]) = (parts[positive], parts[0]);
        ExpressionTerm? sum = null;
        foreach ((Rational coefficient, ExpressionTerm? rest) in parts)
            sum =
                sum is null ? Scaled(coefficient, rest)
                : coefficient.Sign < 0 ? new ExpressionTerm.Difference(sum, Scaled(-coefficient, rest))
                : new ExpressionTerm.Sum(sum, Scaled(coefficient, rest));
        return sum ?? Zero;
    }

    /// <summary>a − b.</summary>
    public static ExpressionTerm Difference(ExpressionTerm a, ExpressionTerm b) => Sum(a, Negative(b));

    /// <summary>−a.</summary>
    public static ExpressionTerm Negative(ExpressionTerm a) => Product(Number(-1), a);

    /// <summary>a/b.</summary>
    public static ExpressionTerm Quotient(ExpressionTerm a, ExpressionTerm b) => Product(a, new ExpressionTerm.Quotient(One, b));

    /// <summary>a·b·…, numbers multiplied and equal factors joined.</summary>
    public static ExpressionTerm Product(params ReadOnlySpan<ExpressionTerm> terms)
    {
        var factors = new Factors();
        foreach (ExpressionTerm term in terms)
            factors.Add(term, 1);
        return factors.ToTerm();
    }

    /// <summary>a to the power of b.</summary>
    public static ExpressionTerm Power(ExpressionTerm a, ExpressionTerm b)
    {
        if (Fraction(b) is not { } exponent)
            return new ExpressionTerm.Power(a, b);
        if (exponent.IsZero)
            return One;
        if (exponent == 1)
            return a;
        if (a is ExpressionTerm.Power inner && exponent.IsInteger && Fraction(inner.Exponent) is { IsInteger: true } before)
            return Power(inner.Base, Number(before * exponent));
        var power = new ExpressionTerm.Power(a, Number(exponent));
        return Fraction(power) is { } value ? Number(value) : power;
    }

    /// <summary>A function that expressions know.</summary>
    public static ExpressionTerm Call(string name, params ReadOnlySpan<ExpressionTerm> arguments) =>
        new ExpressionTerm.Call(ExpressionFunction.All.First(f => f.Name == name), [.. arguments]);

    private static void Collect(ExpressionTerm term, Rational sign, List<(Rational Coefficient, ExpressionTerm? Of)> parts)
    {
        switch (term)
        {
            case ExpressionTerm.Sum sum:
                Collect(sum.Left, sign, parts);
                Collect(sum.Right, sign, parts);
                return;
            case ExpressionTerm.Difference difference:
                Collect(difference.Left, sign, parts);
                Collect(difference.Right, -sign, parts);
                return;
            case ExpressionTerm.Negation negation:
                Collect(negation.Operand, -sign, parts);
                return;
            case ExpressionTerm.Product { Left: ExpressionTerm.Number } product when Fraction(product.Left) is { } coefficient:
                Join(sign * coefficient, product.Right, parts);
                return;
            case ExpressionTerm.Quotient { Left: not ExpressionTerm.Number, Right: ExpressionTerm.Number } quotient
                when Fraction(quotient.Right) is { IsZero: false } divisor:
                Collect(quotient.Left, sign / divisor, parts);
                return;
            default:
                if (Fraction(term) is { } number)
                    Join(sign * number, null, parts);
                else
                    Join(sign, term, parts);
                return;
        }
    }

    private static void Join(Rational coefficient, ExpressionTerm? rest, List<(Rational Coefficient, ExpressionTerm? Of)> parts)
    {
        int same = parts.FindIndex(part => Equals(part.Of, rest));
        if (same < 0)
            parts.Add((coefficient, rest));
        else
            parts[same] = (parts[same].Coefficient + coefficient, rest);
    }

    private static ExpressionTerm Scaled(Rational coefficient, ExpressionTerm? rest) =>
        rest is null ? Number(coefficient)
        : coefficient == 1 ? rest
        : coefficient.Sign < 0 ? new ExpressionTerm.Negation(Scaled(-coefficient, rest))
        : Product(Number(coefficient), rest);

    /// <summary>A number times bases to whole powers.</summary>
    private sealed class Factors
    {
        private readonly List<(ExpressionTerm Base, Rational Exponent)> factors = [];
        private Rational coefficient = 1;

        public void Add(ExpressionTerm term, Rational power)
        {
            switch (term)
            {
                case ExpressionTerm.Negation negation:
                    if (!(power / 2).IsInteger)
                        coefficient = -coefficient;
                    Add(negation.Operand, power);
                    return;
                case ExpressionTerm.Product product:
                    Add(product.Left, power);
                    Add(product.Right, power);
                    return;
                case ExpressionTerm.Quotient quotient:
                    Add(quotient.Left, power);
                    Add(quotient.Right, -power);
                    return;
                case ExpressionTerm.Power inner when Fraction(inner.Exponent) is { IsInteger: true } exponent && !IsConstant(inner.Base):
                    Join(inner.Base, exponent * power);
                    return;
                default:
                    // A division by 0 stays to be seen.
                    if (Rational.Abs(power) == 1 && Fraction(term) is { } number && !(number.IsZero && power.Sign < 0))
                        coefficient = power.Sign > 0 ? coefficient * number : coefficient / number;
                    else
                        Join(term, power);
                    return;
            }
        }

        public ExpressionTerm ToTerm()
        {
            if (coefficient.IsZero)
                return Zero;
            factors.RemoveAll(factor => factor.Exponent.IsZero);
            var ordered = factors.OrderBy(factor => Order(factor.Base)).ToList();
            ExpressionTerm[] above = [.. ordered.Where(f => f.Exponent.Sign > 0).Select(f => Power(f.Base, Number(f.Exponent)))];
            List<ExpressionTerm> below = [.. ordered.Where(f => f.Exponent.Sign < 0).Select(f => Power(f.Base, Number(-f.Exponent)))];
            Rational size = Rational.Abs(coefficient);
            bool divides = !size.IsInteger && (below.Count > 0 || !size.TryDecimal(DecimalDigits, out _));
            if (divides && size.Denominator != 1)
                below.Insert(0, Number(size.Denominator));
            Rational number = divides ? size.Numerator : size;
            ExpressionTerm term = Chain(number == 1 && above.Length > 0 ? above : [Number(number), .. above]);
            if (below.Count > 0)
                term = new ExpressionTerm.Quotient(term, Chain(below));
            return coefficient.Sign < 0 ? new ExpressionTerm.Negation(term) : term;
        }

        // A number first, as 2 in 2(x·y), so that like terms are seen to be alike.
        private static ExpressionTerm Chain(IReadOnlyList<ExpressionTerm> parts)
        {
            if (parts.Count > 1 && Fraction(parts[0]) is not null)
                return new ExpressionTerm.Product(parts[0], Chain([.. parts.Skip(1)]));
            return parts.Aggregate((a, b) => new ExpressionTerm.Product(a, b));
        }

        private void Join(ExpressionTerm of, Rational exponent)
        {
            int same = factors.FindIndex(factor => factor.Base.Equals(of));
            if (same < 0)
                factors.Add((of, exponent));
            else
                factors[same] = (of, factors[same].Exponent + exponent);
        }

        // 2π·x·sin(x)(x + y): constants, variables, functions, sums.
        private static int Order(ExpressionTerm of) =>
            of switch
            {
                ExpressionTerm.Number => 0,
                ExpressionTerm.Variable => 1,
                ExpressionTerm.Power power => Order(power.Base),
                ExpressionTerm.Call => 2,
                _ => 3,
            };
    }
}

using Longhand.Numbers;

namespace Longhand;

/// <summary>A polynomial in several variables with exact coefficients: what an expression is when it is multiplied out.</summary>
internal sealed class ExpandedExpression
{
    // What is larger than this is not solved by hand, nor here.
    private const int MostTerms = 500,
        MostDegree = 40;

    // The exponents of the variables, one character each, with the coefficient.
    private readonly Dictionary<string, Rational> terms;
    private readonly int variables;

    private ExpandedExpression(int variables, Dictionary<string, Rational> terms) => (this.variables, this.terms) = (variables, terms);

    /// <summary>The greatest sum of exponents; 0 for a constant.</summary>
    public int Degree => terms.Count == 0 ? 0 : terms.Keys.Max(key => key.Sum(c => c));

    /// <summary>The polynomial that a term is; null where it is none, or a very long one.</summary>
    public static ExpandedExpression? Of(ExpressionTerm term, int variables)
    {
        ExpandedExpression? Part(ExpressionTerm part) => Of(part, variables);
        if (ExpressionAlgebra.Fraction(term) is { } number)
            return Constant(number, variables);
        return term switch
        {
            ExpressionTerm.Variable variable => Single(variable.Index, variables),
            ExpressionTerm.Negation a => Part(a.Operand)?.Times(Constant(-1, variables)),
            ExpressionTerm.Sum a => Part(a.Left)?.Plus(Part(a.Right), 1),
            ExpressionTerm.Difference a => Part(a.Left)?.Plus(Part(a.Right), -1),
            ExpressionTerm.Product a => Part(a.Left)?.Times(Part(a.Right)),
            ExpressionTerm.Quotient a when ExpressionAlgebra.Fraction(a.Right) is { IsZero: false } divisor => Part(a.Left)
                ?.Times(Constant(1 / divisor, variables)),
            ExpressionTerm.Power a when ExpressionAlgebra.Fraction(a.Exponent) is { IsInteger: true } n && n > 0 && n <= MostDegree =>
                Enumerable.Repeat(Part(a.Base), (int)n.Numerator).Aggregate((product, next) => product?.Times(next)),
            _ => null,
        };
    }

    /// <summary>The coefficient of a product of powers.</summary>
    /// <param name="exponents">An exponent for each variable.</param>
    public Rational Coefficient(params ReadOnlySpan<int> exponents)
    {
        Span<char> key = stackalloc char[exponents.Length];
        for (int i = 0; i < key.Length; i++)
            key[i] = (char)exponents[i];
        return terms.GetValueOrDefault(key.ToString());
    }

    /// <summary>The coefficient of one variable, or of the product of two.</summary>
    public Rational CoefficientOf(params ReadOnlySpan<int> factors)
    {
        var exponents = new int[variables];
        foreach (int factor in factors)
            exponents[factor]++;
        return Coefficient(exponents);
    }

    private static ExpandedExpression Constant(Rational value, int variables) =>
        new(variables, value.IsZero ? [] : new() { [new string('\0', variables)] = value });

    private static ExpandedExpression Single(int index, int variables)
    {
        char[] key = new char[variables];
        key[index] = (char)1;
        return new(variables, new() { [new string(key)] = 1 });
    }

    private ExpandedExpression? Plus(ExpandedExpression? other, Rational factor)
    {
        if (other is null)
            return null;
        var sum = new Dictionary<string, Rational>(terms);
        foreach ((string key, Rational coefficient) in other.terms)
            Add(sum, key, factor * coefficient);
        return Bounded(sum);
    }

    private ExpandedExpression? Times(ExpandedExpression? other)
    {
        if (other is null || Degree + other.Degree > MostDegree || (long)terms.Count * other.terms.Count > MostTerms * MostTerms)
            return null;
        var product = new Dictionary<string, Rational>();
        foreach ((string a, Rational left) in terms)
        foreach ((string b, Rational right) in other.terms)
            Add(product, string.Concat(a.Zip(b, (x, y) => (char)(x + y))), left * right);
        return Bounded(product);
    }

    private static void Add(Dictionary<string, Rational> to, string key, Rational value)
    {
        Rational sum = to.GetValueOrDefault(key) + value;
        if (sum.IsZero)
            to.Remove(key);
        else
            to[key] = sum;
    }

    private ExpandedExpression? Bounded(Dictionary<string, Rational> sum) => sum.Count <= MostTerms ? new(variables, sum) : null;
}

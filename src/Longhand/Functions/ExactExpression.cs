using Longhand.Numbers;

namespace Longhand;

/// <summary>An expression's value as a fraction, so that x*y of 0.1 and 0.2 is 0.02 in a worked solution.</summary>
internal static class ExactExpression
{
    // Beyond this the digits of a power would fill the memory; it is computed in double precision then.
    private const int LargestExponent = 64;
    private const long MostBits = 4096;

    /// <summary>The value; null where it is no fraction (a root, a sine, a division by zero) or too long a one.</summary>
    public static Rational? Evaluate(ExpressionTerm term, IReadOnlyList<Rational> variables)
    {
        Rational? Of(ExpressionTerm part) => Evaluate(part, variables);
        Rational? value = term switch
        {
            ExpressionTerm.Number number => Rational.TryParse(number.Text, out Rational exact, out _) ? exact : null,
            ExpressionTerm.Variable variable => variables[variable.Index],
            ExpressionTerm.Negation negation => -Of(negation.Operand),
            ExpressionTerm.Sum sum => Of(sum.Left) + Of(sum.Right),
            ExpressionTerm.Difference difference => Of(difference.Left) - Of(difference.Right),
            ExpressionTerm.Product product => Of(product.Left) * Of(product.Right),
            ExpressionTerm.Quotient quotient => Of(quotient.Right) is { IsZero: false } divisor ? Of(quotient.Left) / divisor : null,
            ExpressionTerm.Power power => Power(Of(power.Base), Of(power.Exponent)),
            ExpressionTerm.Call call => Choice(call, Of),
            _ => null,
        };
        return value is { BitLength: > MostBits } ? null : value;
    }

    // What chooses among its arguments, or by their sign, stays a fraction.
    private static Rational? Choice(ExpressionTerm.Call call, Func<ExpressionTerm, Rational?> of)
    {
        if (call.Function.Name is not ("abs" or "relu" or "step" or "sgn" or "max" or "min"))
            return null;
        Rational?[] arguments = [.. call.Arguments.Select(of)];
        if (!Array.TrueForAll(arguments, argument => argument is not null))
            return null;
        Rational x = arguments[0]!.Value;
        return call.Function.Name switch
        {
            "abs" => Rational.Abs(x),
            "relu" => x.Sign > 0 ? x : 0,
            "step" => x.Sign >= 0 ? 1 : 0,
            "sgn" => x.Sign,
            "max" => arguments.Max(),
            _ => arguments.Min(),
        };
    }

    private static Rational? Power(Rational? of, Rational? exponent)
    {
        if (of is not { } value || exponent is not { IsInteger: true } power || power < 0 || power > LargestExponent)
            return null;
        Rational product = 1;
        for (int i = 0; i < (int)power.Numerator; i++)
            product *= value;
        return product;
    }
}

using static Longhand.ExpressionAlgebra;

namespace Longhand;

/// <summary>
/// The derivative of a term by one of its variables, by the rules of every textbook. Where there is none a convention chooses: |u| has
/// slope 0 at 0 (sgn(0) = 0), relu too; at a tie max and min follow their first argument; step and sgn have slope 0 everywhere.
/// </summary>
internal static class ExpressionDerivative
{
    // Each level of a nested product or power repeats what is below it.
    private const int MostNodes = 100_000;

    /// <summary>The derivative.</summary>
    /// <exception cref="LonghandException">It would be too long for anybody to read.</exception>
    public static ExpressionTerm Of(ExpressionTerm term, int variable)
    {
        ExpressionTerm derivative = Slope(term, variable);
        return ExpressionParts.Count(derivative, MostNodes) < MostNodes
            ? derivative
            : throw new LonghandException($"The derivative has more than {MostNodes} terms; write the function with fewer nested parts.");
    }

    private static ExpressionTerm Slope(ExpressionTerm term, int variable)
    {
        ExpressionTerm Of(ExpressionTerm part) => Slope(part, variable);
        switch (term)
        {
            case ExpressionTerm.Number:
                return Zero;
            case ExpressionTerm.Variable v:
                return v.Index == variable ? One : Zero;
            case ExpressionTerm.Negation a:
                return Negative(Of(a.Operand));
            case ExpressionTerm.Sum or ExpressionTerm.Difference:
                return Sum([.. Addends(term).Select(part => part.IsAdded ? Of(part.Term) : Negative(Of(part.Term)))]);
            case ExpressionTerm.Product a:
                return Sum(Product(Of(a.Left), a.Right), Product(a.Left, Of(a.Right)));
            case ExpressionTerm.Quotient a when IsConstant(a.Right):
                return Quotient(Of(a.Left), a.Right);
            case ExpressionTerm.Quotient a:
                return Quotient(Difference(Product(Of(a.Left), a.Right), Product(a.Left, Of(a.Right))), Power(a.Right, Number(2)));
            case ExpressionTerm.Power a:
                return OfPower(a, Of(a.Base), Of(a.Exponent));
            case ExpressionTerm.Call { Arguments: [var only] } call:
                ExpressionTerm inner = Of(only);
                return inner == Zero ? Zero : Product(OfFunction(call.Function.Name, only, call), inner);
            case ExpressionTerm.Call call:
                return OfChoice(call, variable);
            default:
                throw new InvalidOperationException($"A bug in Longhand: nothing says how {term.GetType().Name} is differentiated.");
        }
    }

    // A long sum is put together once, not again for each of its signs.
    private static IEnumerable<(ExpressionTerm Term, bool IsAdded)> Addends(ExpressionTerm term)
    {
        var parts = new Stack<(ExpressionTerm, bool)>();
        while (term is ExpressionTerm.Sum or ExpressionTerm.Difference)
        {
            IReadOnlyList<ExpressionTerm> sides = ExpressionParts.Of(term);
            parts.Push((sides[1], term is ExpressionTerm.Sum));
            term = sides[0];
        }
        return parts.Prepend((term, true));
    }

    private static ExpressionTerm OfPower(ExpressionTerm.Power a, ExpressionTerm slope, ExpressionTerm exponentSlope)
    {
        if (exponentSlope == Zero)
            return Product(a.Exponent, Power(a.Base, Difference(a.Exponent, One)), slope);
        ExpressionTerm logarithm = a.Base is ExpressionTerm.Number { Text: "e" } ? One : Call("ln", a.Base);
        ExpressionTerm growth = Product(exponentSlope, logarithm);
        return slope == Zero ? Product(a, growth) : Product(a, Sum(growth, Quotient(Product(a.Exponent, slope), a.Base)));
    }

    private static ExpressionTerm OfFunction(string name, ExpressionTerm u, ExpressionTerm value) =>
        name switch
        {
            "exp" => value,
            "ln" or "log" => Quotient(One, u),
            "sin" => Call("cos", u),
            "cos" => Negative(Call("sin", u)),
            "tan" => Quotient(One, Power(Call("cos", u), Number(2))),
            "tanh" => Difference(One, Power(value, Number(2))),
            "arctan" => Quotient(One, Sum(One, Power(u, Number(2)))),
            "sqrt" => Quotient(One, Product(Number(2), value)),
            "abs" => Call("sgn", u),
            "sigmoid" => Product(value, Difference(One, value)),
            "relu" => Difference(One, Call("step", Negative(u))),
            "step" or "sgn" => Zero,
            _ => throw new InvalidOperationException($"A bug in Longhand: nothing says how {name} is differentiated."),
        };

    // max(a, b) = a where a − b ≥ 0, else b; of more than two the first two are compared, then the winner with the next.
    private static ExpressionTerm OfChoice(ExpressionTerm.Call call, int variable)
    {
        ExpressionTerm winner = call.Arguments[0],
            slope = Slope(winner, variable);
        foreach (ExpressionTerm next in call.Arguments.Skip(1))
        {
            ExpressionTerm lead = call.Function.Name == "max" ? Difference(winner, next) : Difference(next, winner);
            ExpressionTerm other = Slope(next, variable);
            ExpressionTerm first = Call("step", lead);
            if (!slope.Equals(other))
                slope = Sum(Product(first, slope), Product(Difference(One, first), other));
            winner = Call(call.Function.Name, winner, next);
        }
        return slope;
    }
}

namespace Longhand;

/// <summary>What a term is made of.</summary>
internal static class ExpressionParts
{
    /// <summary>The terms right below, from left to right.</summary>
    public static IReadOnlyList<ExpressionTerm> Of(ExpressionTerm term) =>
        term switch
        {
            ExpressionTerm.Negation negation => [negation.Operand],
            ExpressionTerm.Sum sum => [sum.Left, sum.Right],
            ExpressionTerm.Difference difference => [difference.Left, difference.Right],
            ExpressionTerm.Product product => [product.Left, product.Right],
            ExpressionTerm.Quotient quotient => [quotient.Left, quotient.Right],
            ExpressionTerm.Power power => [power.Base, power.Exponent],
            ExpressionTerm.Call call => call.Arguments,
            _ => [],
        };

    /// <summary>
    /// The innermost term that is not a finite number although all of its parts are: ln(−1), 1/0. Null where everything is finite.
    /// </summary>
    public static ExpressionTerm? FirstNotFinite(ExpressionTerm term, double[] variables)
    {
        foreach (ExpressionTerm part in Of(term))
            if (FirstNotFinite(part, variables) is { } inner)
                return inner;
        return double.IsFinite(term.Evaluate(variables)) ? null : term;
    }

    /// <summary>How many nodes a term has, counted no further than to <paramref name="most"/>.</summary>
    public static int Count(ExpressionTerm term, int most)
    {
        int count = 0;
        var open = new Stack<ExpressionTerm>([term]);
        while (open.Count > 0 && count < most)
        {
            count++;
            foreach (ExpressionTerm part in Of(open.Pop()))
                open.Push(part);
        }
        return count;
    }

    /// <summary>Whether a function is called anywhere in a term.</summary>
    public static bool Calls(ExpressionTerm term, params string[] functions) =>
        (term is ExpressionTerm.Call call && functions.Contains(call.Function.Name)) || Of(term).Any(part => Calls(part, functions));
}

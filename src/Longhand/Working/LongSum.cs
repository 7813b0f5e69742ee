using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// A sum as the list of its terms. Declarations add one term after another, so that a sum of a thousand terms is a tree a thousand deep,
/// which nothing may walk down by recursion.
/// </summary>
internal readonly struct LongSum
{
    /// <summary>A term by term list of <paramref name="sum"/>; what is no sum has a single term.</summary>
    public LongSum(Expr sum)
    {
        var terms = new List<(bool, Expr)>();
        for (; sum.Kind is ExprKind.Add or ExprKind.Subtract; sum = sum.Arguments[0])
            terms.Add((sum.Kind == ExprKind.Subtract, sum.Arguments[1]));
        terms.Add((false, sum));
        terms.Reverse();
        Terms = terms;
    }

    /// <summary>The terms, and whether each is taken away.</summary>
    public IReadOnlyList<(bool Minus, Expr Value)> Terms { get; }

    /// <summary>How many terms.</summary>
    public int Count => Terms.Count;

    /// <summary>The sum of the terms from one position up to another, exactly where each term is known exactly.</summary>
    public (double Value, Rational? Exact) Partial(int from, int to)
    {
        double value = 0;
        Rational? exact = Rational.Zero;
        for (int i = from; i < to; i++)
        {
            (bool minus, Expr term) = Terms[i];
            value += minus ? -term.Value : term.Value;
            exact = minus ? exact - term.Exact : exact + term.Exact;
            if (exact is { BitLength: > Expr.MaximumExactBits })
                exact = null;
        }
        return (value, exact);
    }

    /// <summary>What a maximum is taken of: max(max(a, b), c) is max(a, b, c).</summary>
    public static IEnumerable<Expr> Compared(Expr largest)
    {
        var all = new Stack<Expr>();
        for (; largest.Kind == ExprKind.Max; largest = largest.Arguments[0])
            all.Push(largest.Arguments[1]);
        all.Push(largest);
        return all.SelectMany(e => e.Kind == ExprKind.Max ? Compared(e) : [e]);
    }
}

using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// What the gradient of a number that was asked for contributes to the gradients behind it: of each sum in which it stands, its own term.
/// </summary>
internal sealed class Shares(Network network, SymbolTable symbols, Ledger ledger, Selection selection)
{
    // Of the terms of one array so many are written out.
    private const int MostShown = 20;

    private readonly Dictionary<Expr, Origin> asked = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes note of the gradients in an array that were asked for.</summary>
    public void Watch(int value, Grid<Expr> gradient)
    {
        if (!selection.IsAt || !selection.IsOpen || !selection.PlacesIn(false, value).Any())
            return;
        for (int i = 0; i < gradient.Length; i++)
            if (gradient.Flat(i) is { Kind: ExprKind.Symbol } symbol && symbols.OriginOf(symbol) is { } origin && selection.IsAsked(origin))
                asked.TryAdd(symbol, origin);
    }

    /// <summary>Writes the terms that an array of gradients has from them, before its sums are given names.</summary>
    /// <param name="gradient">The sums.</param>
    /// <param name="array">Which array it is.</param>
    /// <param name="position">Where number i is found behind the array's key.</param>
    /// <param name="name">What the array is called in keys.</param>
    public void Write(Grid<Expr> gradient, Origin array, Func<int, string> position, string name)
    {
        if (asked.Count == 0)
            return;
        int length = array.IsParameter ? gradient.Length : gradient.Length / gradient.Size(0);
        var found = new Dictionary<Origin, int>();
        for (int i = 0; i < gradient.Length; i++)
            foreach ((bool minus, Expr term) in new LongSum(gradient.Flat(i)).Terms)
            {
                if (Carried(term) is not { } source)
                    continue;
                Origin from = asked[source];
                if (!IsBehind(from, array))
                    continue;
                WorkingBlock block = ledger.Block(WorkingSection.Backward, $"{Describe(source)} goes to {name}");
                int count = found[from] = found.GetValueOrDefault(from) + 1;
                block.Total = count;
                // Nothing times anything adds nothing: said once.
                if (count > MostShown || (source.Value == 0 && count > 1))
                    continue;
                block.Worked = count;
                ledger.Maker = null;
                SymbolName receiver = symbols.Name(array with { Sample = i / length, Index = i % length, IsGradient = true });
                ledger.Share(minus ? -term : term, receiver, block, $"{KeyOf(from)}.gives.{name}{position(i)}", block.Name);
            }
    }

    /// <summary>Forgets the gradients of the pass before.</summary>
    public void Clear() => asked.Clear();

    // Whether the layer that a number comes out of owns the parameter, or reads the value, that an array belongs to.
    private bool IsBehind(Origin from, Origin array) =>
        from.Array > 0
        && (
            array.IsParameter
                ? network.Parameters[array.Array].Node.Value == from.Array
                : network.Nodes[from.Array - 1].Inputs.Contains(array.Array)
        );

    private string Describe(Expr source) => symbols.Of(source).ToString();

    private string KeyOf(Origin origin) =>
        $"{(origin.Array == 0 ? "input" : network.Nodes[origin.Array - 1].Name)}.{origin.Sample}.{origin.Index}";

    // The gradient that a term carries on: itself, or multiplied or divided by something else.
    private Expr? Carried(Expr term) =>
        term.Kind switch
        {
            ExprKind.Symbol => asked.ContainsKey(term) ? term : null,
            ExprKind.Negate => Carried(term.Arguments[0]),
            ExprKind.Divide => Carried(term.Arguments[0]),
            ExprKind.Multiply => Carried(term.Arguments[0]) ?? Carried(term.Arguments[1]),
            _ => null,
        };
}

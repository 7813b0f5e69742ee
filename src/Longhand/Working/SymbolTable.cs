using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Who is called what. Values are x, z, h, …, ŷ by the letter of the layer that makes them, parameters w and b; a number above says which
/// layer where a letter would be used twice, and indices below where there is more than one number.
/// </summary>
internal sealed class SymbolTable
{
    private readonly Network network;
    private readonly bool batch;
    private readonly Family[] values;
    private readonly Family[] parameters;
    private readonly Dictionary<Expr, (SymbolName? Name, Origin? Origin)> known = new(ReferenceEqualityComparer.Instance);

    /// <param name="network">The network.</param>
    /// <param name="batch">Whether there are several samples.</param>
    /// <param name="chosen">Letters that the user has chosen.</param>
    /// <param name="wholes">Whether lines are about whole arrays: then an array of a single number needs no index.</param>
    public SymbolTable(Network network, bool batch, IReadOnlyDictionary<string, string> chosen, bool wholes = false)
    {
        this.network = network;
        this.batch = batch;
        int[] depth = new int[network.Nodes.Count + 1];
        foreach (Node node in network.Nodes)
            depth[node.Value] = depth[node.Value - 1] + (node.Parameters.Count > 0 ? 1 : 0);
        values = Mark([
            .. Enumerable
                .Range(0, network.Nodes.Count + 1)
                .Select(v => new Family(
                    chosen.GetValueOrDefault(Place.ValueName(network, v))
                        ?? (
                            v == network.OutputValue ? "ŷ"
                            : v == 0 ? "x"
                            : network.Nodes[v - 1].Layer.Symbol
                        ),
                    Math.Max(1, depth[v]),
                    network.ShapeOf(v).MemoryOrder()
                )
                {
                    IsChosen = chosen.ContainsKey(Place.ValueName(network, v)),
                    NeedsNoIndex = wholes,
                }),
        ]);
        parameters = Mark([
            .. network.Parameters.Select(p => new Family(
                chosen.GetValueOrDefault(p.Name) ?? p.Parameter.Symbol,
                depth[p.Node.Value],
                [.. p.Parameter.Sizes]
            )
            {
                IsChosen = chosen.ContainsKey(p.Name),
                NeedsNoIndex = wholes,
            }),
        ]);
    }

    /// <summary>The name that an expression's symbol was given.</summary>
    public SymbolName Of(Expr symbol) =>
        !known.TryGetValue(symbol, out (SymbolName? Name, Origin? Origin) entry)
            ? new SymbolName(symbol.Name)
            : entry.Name ?? Name(entry.Origin!.Value);

    /// <summary>Which number of the network a symbol stands for; null where it is none of an array.</summary>
    public Origin? OriginOf(Expr symbol) => known.TryGetValue(symbol, out (SymbolName? Name, Origin? Origin) entry) ? entry.Origin : null;

    /// <summary>Whether it has been given one.</summary>
    public bool Knows(Expr symbol) => known.ContainsKey(symbol);

    /// <summary>Gives it one.</summary>
    public void Add(Expr symbol, SymbolName name) => known.Add(symbol, (name, null));

    /// <summary>Gives it the name of a number of the network. The name is only made once it is asked for: there may be many of them.</summary>
    public void Add(Expr symbol, Origin origin) => known.Add(symbol, (null, origin));

    /// <summary>The name of a number of the network.</summary>
    public SymbolName Name(Origin origin)
    {
        SymbolName name = origin.IsParameter ? Parameter(origin.Array, origin.Index) : Value(origin.Array, origin.Sample, origin.Index);
        return origin.IsGradient ? name with { IsGradient = true } : name;
    }

    /// <summary>The name of a whole array, without indices.</summary>
    public SymbolName Array(Origin origin) => Name(origin) with { Indices = [], IsBracketed = false, Sample = null };

    /// <summary>
    /// The name of an array as a whole, as it stands in a line of matrices: W, x, and X for the samples of a batch side by side. A name that
    /// the user has chosen stays as it is.
    /// </summary>
    public SymbolName Matrix(Origin origin)
    {
        Family family = (origin.IsParameter ? parameters : values)[origin.Array];
        bool isCapital = !family.IsChosen && (origin.IsParameter ? family.Rank > 1 && family.Length > 1 : batch);
        SymbolName name = family.Whole();
        if (isCapital)
            name = name with { Letter = char.ToUpperInvariant(name.Letter[0]) + name.Letter[1..] };
        return name with { IsGradient = origin.IsGradient };
    }

    /// <summary>The name of the targets as a whole.</summary>
    public SymbolName TargetMatrix => new(batch ? "Y" : "y");

    /// <summary>The name of one number of a value.</summary>
    public SymbolName Value(int value, int sample, int index) => values[value].Name(index) with { Sample = batch ? sample + 1 : null };

    /// <summary>The name of one target.</summary>
    public SymbolName Target(int sample, int index) =>
        new("y")
        {
            Sample = batch ? sample + 1 : null,
            Indices = network.Output.Length > 1 ? [index + 1] : [],
            IsBracketed = network.Output.Length > 9,
        };

    /// <summary>The name of one number of a parameter.</summary>
    public SymbolName Parameter(int parameter, int index) => parameters[parameter].Name(index);

    // A letter that several arrays share gets the number of the layer.
    private static Family[] Mark(Family[] families)
    {
        foreach (IGrouping<string, Family> group in families.GroupBy(f => f.Letter).Where(g => g.Count() > 1))
        {
            bool byDepth = group.Select(f => f.Depth).Distinct().Count() == group.Count();
            bool below = group.All(f => f.Length == 1);
            foreach ((int ordinal, Family family) in group.Index())
                family.SetMark(byDepth ? family.Depth : ordinal + 1, below);
        }
        return families;
    }

    private sealed class Family(string letter, int depth, int[] sizes)
    {
        private int? above,
            below;

        public string Letter => letter;
        public int Depth => depth;
        public bool IsChosen { get; init; }
        public int Rank => sizes.Length;
        public bool NeedsNoIndex { get; init; }
        public int Length => sizes.Aggregate(1, (product, size) => product * size);

        public void SetMark(int number, bool lower) => (above, below) = (lower ? null : number, lower ? number : null);

        public SymbolName Whole() => new(letter) { Layer = above, Indices = below is { } single ? [single] : [] };

        public SymbolName Name(int index)
        {
            if (below is { } single)
                return new(letter) { Indices = [single] };
            // Without a number above, an index that can only be 1 says nothing: w₁, w₂ for a single unit's weights.
            bool all = above is not null && !(NeedsNoIndex && Length == 1);
            var indices = new List<int>();
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                if (all || sizes[d] > 1)
                    indices.Insert(0, index % sizes[d] + 1);
                index /= sizes[d];
            }
            return new(letter)
            {
                Layer = above,
                Indices = indices,
                IsBracketed = sizes.Any(size => size > 9),
            };
        }
    }
}

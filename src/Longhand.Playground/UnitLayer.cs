using Longhand.Layers;

namespace Longhand.Playground;

/// <summary>A dense layer with its activations: one column of the drawing.</summary>
/// <param name="Nodes">The dense layer first.</param>
/// <param name="Parameters">The numbers of its parameters in the network, weights first.</param>
internal sealed record UnitLayer(IReadOnlyList<Node> Nodes, IReadOnlyList<int> Parameters)
{
    /// <summary>The number of the bias; null where there is none.</summary>
    public int? Bias { get; init; }

    /// <summary>How many units.</summary>
    public int Units => ((Dense)Nodes[0].Layer).Units;

    /// <summary>The activations as they are written; empty for none.</summary>
    public string Activation => string.Join(" -> ", Nodes.Skip(1).Select(n => n.Layer.Notation));

    /// <summary>The layers of a chain of dense layers and their activations.</summary>
    public static IEnumerable<UnitLayer> Of(Network network)
    {
        for (int i = 0; i < network.Nodes.Count; )
        {
            Node dense = network.Nodes[i++];
            int first = i;
            while (i < network.Nodes.Count && network.Nodes[i].Layer is not Dense)
                i++;
            Node[] nodes = [dense, .. network.Nodes.Skip(first).Take(i - first)];
            (int Index, NetworkParameter Item)[] own = [.. network.Parameters.Index().Where(p => nodes.Contains(p.Item.Node))];
            yield return new(nodes, [.. own.Select(p => p.Index)])
            {
                Bias = own.Where(p => p.Item.Node == dense && p.Item.Parameter.Role == ParameterRole.Bias)
                    .Select(p => (int?)p.Index)
                    .FirstOrDefault(),
            };
        }
    }
}

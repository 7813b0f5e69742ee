namespace Longhand.Playground;

/// <summary>
/// One of the steps that a batch is made of. Each example goes forward through the layers, to the loss, and backward through the layers;
/// behind the last example comes the update.
/// </summary>
/// <param name="Kind">forward, loss, backward or update.</param>
/// <param name="Layer">The column of the drawing: 1 behind the inputs; 0 where it is none of one column.</param>
/// <param name="Node">The layer's name; the loss for loss; the optimizer for update.</param>
/// <param name="IsMap">Whether it goes through the weights in front of the column, rather than through its activation.</param>
internal sealed record Operation(string Kind, int Layer, string Node, bool IsMap)
{
    /// <summary>The operations of one example, in their order.</summary>
    public static IReadOnlyList<Operation> OfExample(Setup setup)
    {
        List<Operation> forward =
        [
            .. setup.Network.Nodes.Select(node =>
            {
                int column = setup.Layers.ToList().FindIndex(layer => layer.Nodes.Contains(node));
                return new Operation("forward", column + 1, node.Name, column >= 0 && setup.Layers[column].Nodes[0] == node);
            }),
        ];
        return
        [
            .. forward,
            new("loss", setup.Layers.Count, setup.Experiment.Loss!.Notation, IsMap: false),
            .. forward.AsEnumerable().Reverse().Select(o => o with { Kind = "backward" }),
        ];
    }

    /// <summary>What ends a batch.</summary>
    public static Operation Update(Setup setup) => new("update", 0, setup.Experiment.Optimizer.Notation, IsMap: false);
}

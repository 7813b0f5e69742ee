using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>A network as it is drawn on a board: units and their weights where it is small, a box for each layer otherwise.</summary>
internal sealed record NetworkFigure(Model Model) : Figure("Layers")
{
    private const int MostUnits = 12;

    /// <inheritdoc/>
    public override Drawing Draw(double width) =>
        IsSmall ? new UnitDrawing(Model, "Units and weights").Draw(width) : LayerBoxes.Draw(Model.Network, Title, width);

    private bool IsSmall
    {
        get
        {
            Network network = Model.Network;
            bool chain = network.Nodes.Index().All(n => n.Item.Inputs.Count == 1 && n.Item.Inputs[0] == n.Index);
            return chain
                && network.Nodes.Any(n => n.Layer is Layers.Dense)
                && network.Nodes.All(n => n.Layer is Layers.Dense || n.Layer.IsActivation)
                && !network.Input.IsImage
                && Enumerable.Range(0, network.Nodes.Count + 1).All(v => network.ShapeOf(v).Length <= MostUnits);
        }
    }
}

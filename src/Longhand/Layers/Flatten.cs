using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> FlattenKind = Registries.Layers.Add(
        new("flatten", "flatten", "an image as a vector, channel by channel, row by row", _ => new Flatten()) { Examples = ["flatten"] }
    );
}

/// <summary>An image as a vector, in the order channel, row, column; a vector stays what it is.</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override string Kind => "flatten";

    /// <inheritdoc/>
    public override string Notation => "flatten";

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override string Symbol => "f";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) =>
        inputs[0].HasLetters || inputs[0].Length <= int.MaxValue
            ? Shape.Of(Size.Of(inputs[0].Formula))
            : throw new ShapeException($"{inputs[0]} is too large to be a vector.");

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => input;

    // Images lie row by row with their channels together; only with a single channel or pixel is that the flat order, too.
    internal override bool KeepsMemory(Shape input, bool training) => input.Channels == 1 || input.Height * input.Width == 1;

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, C, H, W] or [N, n]   y: [N, CHW]
    {
        int length = p.Y.Size(1);
        for (int s = 0; s < p.Batch; s++)
        for (int i = 0; i < length; i++)
            p.Y[s, i] = p.X.Flat(s * length + i);
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p)
    {
        int length = p.Y.Size(1);
        for (int s = 0; s < p.Batch; s++)
        for (int i = 0; i < length; i++)
            p.DX.SetFlat(s * length + i, p.DY[s, i]);
    }

    internal override PlanStep Lay(PlanSite site) => site.InputShapes[0].IsImage ? new FlattenStep(site) : base.Lay(site);
}

using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> LogSoftmaxKind = Registries.Layers.Add(
        new("logsoftmax", "logsoftmax", "xⱼ − ln Σ e^xₖ over features, over channels for an image", _ => new LogSoftmax())
        {
            Examples = ["logsoftmax"],
        }
    );
}

/// <summary>yⱼ = ln softmax(x)ⱼ = xⱼ − ln Σₖ e^xₖ, without ever forming a probability that could underflow.</summary>
public sealed class LogSoftmax : Layer
{
    /// <inheritdoc/>
    public override string Kind => "logsoftmax";

    /// <inheritdoc/>
    public override bool IsActivation => true;

    /// <inheritdoc/>
    public override string Symbol => "h";

    /// <inheritdoc/>
    public override string Notation => "logsoftmax";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(double.NegativeInfinity, 0) { IsLogDistribution = true };

    internal override PlanStep Lay(PlanSite site) => new RowStep(Kernels.RowKernel.LogSoftmax, site);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p)
    {
        foreach (int[] places in Softmax.Groups(p))
        {
            T logSum = T.LogSumExp(Array.ConvertAll(places, p.X.Flat));
            foreach (int j in places)
                p.Y.SetFlat(j, p.X.Flat(j) - logSum);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂xⱼ = δⱼ − softmax(x)ⱼ Σₖ δₖ
    {
        foreach (int[] places in Softmax.Groups(p))
        {
            // From the input: e^yⱼ is the same, but for large logits y has lost the digits that it would need.
            T[] logits = Array.ConvertAll(places, p.X.Flat);
            T total = p.DY.Flat(places[0]);
            foreach (int k in places.AsSpan(1))
                total += p.DY.Flat(k);
            for (int j = 0; j < places.Length; j++)
                p.DX.SetFlat(places[j], p.DY.Flat(places[j]) - T.Softmax(logits, j) * total);
        }
    }
}

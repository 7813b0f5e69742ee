using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> SoftmaxKind = Registries.Layers.Add(
        new("softmax", "softmax", "e^xⱼ / Σ e^xₖ over features, over channels for an image", _ => new Softmax()) { Examples = ["softmax"] }
    );
}

/// <summary>
/// yⱼ = e^xⱼ / Σₖ e^xₖ: a distribution over the features of a vector, or at each pixel of an image over its channels (Bridle 1990).
/// </summary>
public sealed class Softmax : Layer
{
    /// <inheritdoc/>
    public override string Kind => "softmax";

    /// <inheritdoc/>
    public override bool IsActivation => true;

    /// <inheritdoc/>
    public override string Symbol => "h";

    /// <inheritdoc/>
    public override string Notation => "softmax";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(0, 1) { IsDistribution = true };

    internal override PlanStep Lay(PlanSite site) => new RowStep(Kernels.RowKernel.Softmax, site);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p)
    {
        foreach (int[] places in Groups(p))
        {
            T[] logits = Array.ConvertAll(places, p.X.Flat);
            for (int j = 0; j < places.Length; j++)
                p.Y.SetFlat(places[j], T.Softmax(logits, j));
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂xⱼ = yⱼ(δⱼ − Σₖ δₖyₖ)
    {
        foreach (int[] places in Groups(p))
        {
            T mean = p.DY.Flat(places[0]) * p.Y.Flat(places[0]);
            foreach (int k in places.AsSpan(1))
                mean += p.DY.Flat(k) * p.Y.Flat(k);
            foreach (int j in places)
                p.DX.SetFlat(j, p.Y.Flat(j) * (p.DY.Flat(j) - mean));
        }
    }

    /// <summary>The positions of the numbers that make up one distribution: the features of a sample, or the channels of a pixel.</summary>
    internal static IEnumerable<int[]> Groups<T>(Pass<T> p)
        where T : IScalar<T>
    {
        int members = p.Y.Size(1),
            pixels = p.Y.Length / (p.Batch * members);
        for (int s = 0; s < p.Batch; s++)
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int first = s * members * pixels + pixel;
            yield return [.. Enumerable.Range(0, members).Select(j => first + j * pixels)];
        }
    }
}

using Longhand.Numbers;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> MixtureKind = Registries.Layers.Add(
        new("mixture", "mixture", "a convex combination Σ πₖxₖ of its inputs, π = softmax of its weights", _ => new Mixture())
        {
            Examples = ["mixture"],
        }
    );
}

/// <summary>
/// y = Σₖ πₖ xₖ with π = softmax(w): the inputs weighed by probabilities that are learnt. Behind K sigmoid units it is a mixture of K
/// logistic regressions, p(y = 1 | x) = Σₖ πₖ σ(wₖᵀx + bₖ).
/// </summary>
public sealed class Mixture : Layer
{
    /// <inheritdoc/>
    public override string Kind => "mixture";

    /// <inheritdoc/>
    public override string Notation => "mixture";

    /// <inheritdoc/>
    public override bool ReadsVector => true;

    /// <inheritdoc/>
    public override string Symbol => "m";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) =>
        inputs[0].Rank == 1
            ? [1]
            : throw new ShapeException($"mixture reads a vector, but its input is {inputs[0]}. Put a flatten before it.");

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) =>
        // From equal shares on: only the experts' own start breaks the symmetry.
        [new("weight", Size.List(inputs[0].Size(0))) { Role = ParameterRole.Fixed, FanIn = inputs[0].Size(0).NumberOr(1) }];

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(input.Low, input.High);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, K]   w: [K]   y: [N, 1]
    {
        T[] share = Shares(p);
        for (int s = 0; s < p.Batch; s++)
        {
            T sum = share[0] * p.X[s, 0];
            for (int k = 1; k < share.Length; k++)
                sum += share[k] * p.X[s, k];
            p.Y[s, 0] = sum;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂xₖ = δπₖ   ∂wₖ = πₖ Σₛ δ(xₖ − y)
    {
        T[] share = Shares(p);
        for (int k = 0; k < share.Length; k++)
        {
            T sum = p.DY[0, 0] * (p.X[0, k] - p.Y[0, 0]);
            for (int s = 1; s < p.Batch; s++)
                sum += p.DY[s, 0] * (p.X[s, k] - p.Y[s, 0]);
            p.Gradient("weight")[k] = share[k] * sum;
            for (int s = 0; s < p.Batch; s++)
                p.DX[s, k] = p.DY[s, 0] * share[k];
        }
    }

    private static T[] Shares<T>(Pass<T> p)
        where T : IScalar<T>
    {
        T[] logits = p["weight"].ToArray();
        var share = new T[logits.Length];
        for (int k = 0; k < share.Length; k++)
            share[k] = T.Let($"π[{k}]", T.Softmax(logits, k));
        return share;
    }
}

using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> AddKind = Registries.Layers.Add(
        new("add", "add NAME…", "the sum of the current value and named ones of its shape", _ => new Add()) { ReadsNames = true }
    );
}

/// <summary>The sum of several values of one shape: <c>add short</c> in the notation.</summary>
public sealed class Add : Layer
{
    /// <inheritdoc/>
    public override string Kind => "add";

    /// <inheritdoc/>
    public override string Notation => "add";

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override bool IsJoin => true;

    /// <inheritdoc/>
    public override string Symbol => "s";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) =>
        inputs.All(shape => shape == inputs[0])
            ? inputs[0]
            : throw new ShapeException(
                $"add reads values of one shape, but was given {inputs[0]} and {inputs.First(shape => shape != inputs[0])}."
            );

    internal override PlanStep Lay(PlanSite site) => new AddStep(site);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p)
    {
        for (int i = 0; i < p.Y.Length; i++)
        {
            T sum = p.Inputs[0].Flat(i);
            for (int k = 1; k < p.Inputs.Count; k++)
                sum += p.Inputs[k].Flat(i);
            p.Y.SetFlat(i, sum);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p)
    {
        for (int k = 0; k < p.Inputs.Count; k++)
        for (int i = 0; i < p.Y.Length; i++)
            p.InputGradients[k].SetFlat(i, p.DY.Flat(i));
    }
}

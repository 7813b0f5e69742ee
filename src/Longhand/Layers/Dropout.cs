using System.Globalization;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> DropoutKind = Registries.Layers.Add(
        new(
            "dropout",
            "dropout P",
            "in training each value is 0 with probability P, the others are divided by 1 − P",
            a => new Dropout(a.NextNumber("p", 0.5, 0, 1))
        )
        {
            Positional = 1,
            Options = ["p"],
            Examples = ["dropout 0.5"],
        }
    );
}

/// <summary>
/// In training each value becomes 0 with probability p and is divided by 1 − p otherwise, so that its mean stays; in inference nothing
/// happens (Srivastava et al. 2014, "inverted" dropout).
/// </summary>
public sealed class Dropout : Layer
{
    /// <param name="probability">The share that is dropped, 0 up to but not including 1.</param>
    public Dropout(double probability)
    {
        if (!(probability >= 0 && probability < 1))
            throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"The share that dropout drops is at least 0 and below 1, not {probability}.")
            );
        Probability = probability;
    }

    /// <summary>The share that is dropped.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override string Kind => "dropout";

    /// <inheritdoc/>
    public override string Notation => string.Create(CultureInfo.InvariantCulture, $"dropout {Probability}");

    /// <inheritdoc/>
    public override bool DependsOnMode => true;

    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override string Symbol => "d";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    // A dropped probability is 0 and a kept one may be above 1: nothing is left to promise but the sign.
    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(input.Low < 0 ? double.NegativeInfinity : 0, double.PositiveInfinity);

    internal override bool KeepsMemory(Shape input, bool training) => !training;

    internal override PlanStep Lay(PlanSite site) => new DropoutStep(Probability, site);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) => Mask(p, p.X, p.Y);

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) => Mask(p, p.DY, p.DX);

    // The same mask both ways: it is a function of the step, the sample and the index, so nothing is kept.
    private void Mask<T>(Pass<T> p, Grid<T> from, Grid<T> to)
        where T : IScalar<T>
    {
        int length = from.Length / p.Batch;
        T scale = T.Of(1) / (T.Of(1) - T.Of(Probability));
        for (int s = 0; s < p.Batch; s++)
        for (int i = 0; i < length; i++)
        {
            int at = s * length + i;
            if (!p.Training)
                to.SetFlat(at, from.Flat(at));
            else
                to.SetFlat(at, p.Mask.Uniform(s, i) < Probability ? T.Of(0) : from.Flat(at) * scale);
        }
    }
}

using System.Globalization;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> BatchNormKind = Registries.Layers.Add(
        new(
            "batchnorm",
            "batchnorm [eps=1e-5] [momentum=0.1]",
            "each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted",
            a => new BatchNorm(a.Number("eps", BatchNorm.UsualEpsilon, 0), a.Number("momentum", BatchNorm.UsualMomentum, 0, 1))
        )
        {
            Options = ["eps", "momentum"],
            Examples = ["batchnorm", "batchnorm eps=0.01 momentum=0.3"],
        }
    );
}

/// <summary>
/// y = γ(x − μ)/√(σ² + ε) + β, with the mean μ and the variance σ² of each channel (of each feature of a vector) over the batch and all pixels
/// (Ioffe and Szegedy 2015, arXiv:1502.03167). In inference running values stand in for both; training carries them along as PyTorch does:
/// running′ = (1 − momentum)·running + momentum·new, the variance divided by n − 1 there.
/// </summary>
public sealed class BatchNorm : Layer
{
    internal const double UsualEpsilon = 1e-5,
        UsualMomentum = 0.1;

    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="momentum">The share of the batch in the next running value, from 0 to 1.</param>
    /// <exception cref="LonghandException">One of them is out of range.</exception>
    public BatchNorm(double epsilon = UsualEpsilon, double momentum = UsualMomentum)
    {
        if (!(epsilon >= 0 && double.IsFinite(epsilon)))
            throw new LonghandException(string.Create(CultureInfo.InvariantCulture, $"The eps of batchnorm is at least 0, not {epsilon}."));
        if (!(momentum is >= 0 and <= 1))
            throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"The momentum of batchnorm lies between 0 and 1; {momentum} does not.")
            );
        (Epsilon, Momentum) = (epsilon, momentum);
    }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The share of the batch in the next running value.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    public override string Kind => "batchnorm";

    /// <inheritdoc/>
    public override string Notation => "batchnorm" + Option("eps", Epsilon, UsualEpsilon) + Option("momentum", Momentum, UsualMomentum);

    /// <inheritdoc/>
    public override string Symbol => "n";

    /// <inheritdoc/>
    public override bool DependsOnMode => true;

    /// <inheritdoc/>
    public override bool RemovesShift => true;

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs)
    {
        IReadOnlyList<int> channels = Size.List(inputs[0].Size(^1));
        return
        [
            new("weight", channels)
            {
                Role = ParameterRole.Fixed,
                Initial = 1,
                Symbol = "γ",
            },
            new("bias", channels) { Role = ParameterRole.Fixed, Symbol = "β" },
            new("running_mean", channels)
            {
                Role = ParameterRole.Fixed,
                Trainable = false,
                Symbol = "M",
            },
            new("running_var", channels)
            {
                Role = ParameterRole.Fixed,
                Initial = 1,
                Trainable = false,
                Symbol = "V",
            },
        ];
    }

    /// <inheritdoc/>
    public override string? RefuseToTrainOn(int batch, IReadOnlyList<Shape> inputs) =>
        batch * inputs[0].Length / inputs[0].Channels > 1
            ? null
            : "takes the mean and the variance of each channel over the batch, and a single value has no variance: training needs at least 2 examples in a batch";

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x, y: [N, C] or [N, C, H, W]   γ, β, running: [C]
    {
        for (int c = 0; c < p.X.Size(1); c++)
        {
            int[] places = Places(p, c);
            (T mean, T variance) = p.Training ? Moments(p.X, places, c) : (p["running_mean"][c], p["running_var"][c]);
            T spread = Spread(variance, c);
            foreach (int i in places)
                p.Y.SetFlat(i, p["weight"][c] * ((p.X.Flat(i) - mean) / spread) + p["bias"][c]);
            if (!p.Training)
                continue;
            T rest = T.Of(1) - T.Of(Momentum);
            T unbiased = variance * T.Fraction(places.Length, places.Length - 1);
            p.Next("running_mean")[c] = rest * p["running_mean"][c] + T.Of(Momentum) * mean;
            p.Next("running_var")[c] = rest * p["running_var"][c] + T.Of(Momentum) * unbiased;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // x̂ = (x − μ)/σ   ∂β = Σ δ   ∂γ = Σ δx̂   ∂x = γ/σ · (δ − ∂β/n − x̂∂γ/n)
    {
        for (int c = 0; c < p.X.Size(1); c++)
        {
            int[] places = Places(p, c);
            (T mean, T variance) = p.Training ? Moments(p.X, places, c) : (p["running_mean"][c], p["running_var"][c]);
            T spread = Spread(variance, c),
                shift = T.Of(0),
                scale = T.Of(0);
            foreach (int i in places)
            {
                shift += p.DY.Flat(i);
                scale += p.DY.Flat(i) * ((p.X.Flat(i) - mean) / spread);
            }
            p.Gradient("bias")[c] = shift;
            p.Gradient("weight")[c] = scale;
            T count = T.Of(places.Length),
                factor = p["weight"][c] / spread;
            // In inference mean and variance are given, and nothing comes back through them.
            (T meanShift, T meanScale) = p.Training
                ? (T.Let($"δ[{c}]", shift / count), T.Let($"ρ[{c}]", scale / count))
                : (T.Of(0), T.Of(0));
            foreach (int i in places)
                p.DX.SetFlat(i, factor * (p.DY.Flat(i) - meanShift - (p.X.Flat(i) - mean) / spread * meanScale));
        }
    }

    internal override PlanStep Lay(PlanSite site) => new BatchNormStep(this, site);

    private T Spread<T>(T variance, int channel)
        where T : IScalar<T> => T.Let($"σ[{channel}]", T.Sqrt(variance + T.Of(Epsilon)));

    private static (T Mean, T Variance) Moments<T>(Grid<T> x, int[] places, int channel)
        where T : IScalar<T>
    {
        T count = T.Of(places.Length),
            sum = T.Of(0),
            squares = T.Of(0);
        foreach (int i in places)
            sum += x.Flat(i);
        T mean = T.Let($"μ[{channel}]", sum / count);
        foreach (int i in places)
            squares += T.Power(x.Flat(i) - mean, 2);
        return (mean, T.Let($"σ²[{channel}]", squares / count));
    }

    // Where the numbers of one channel lie, counted in row-major order.
    private static int[] Places<T>(Pass<T> p, int channel)
        where T : IScalar<T>
    {
        int channels = p.X.Size(1),
            pixels = p.X.Length / (p.Batch * channels);
        var places = new int[p.Batch * pixels];
        for (int s = 0, at = 0; s < p.Batch; s++)
        for (int pixel = 0; pixel < pixels; pixel++)
            places[at++] = (s * channels + channel) * pixels + pixel;
        return places;
    }
}

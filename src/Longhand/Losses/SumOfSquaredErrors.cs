using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>The squared errors Σ (oⱼ − tⱼ)², added up over outputs and samples; the gradient is 2(o − t).</summary>
    public static Loss SumOfSquaredErrors { get; } = new Sse();

    internal static readonly Kind<Loss> SumOfSquaredErrorsKind = Registries.Losses.Add(
        new("sse", "sse", "Σ (o − t)² over outputs and samples", _ => SumOfSquaredErrors) { Examples = ["sse"] }
    );

    private sealed class Sse : Loss
    {
        public override string Notation => "sse";
        public override LossReads Reads => LossReads.Anything;
        public override LabelEncoding Labels => LabelEncoding.Values;
        public override bool IsSum => true;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = T.Power(output[sample, 0] - target[sample, 0], 2);
            for (int j = 1; j < output.Size(1); j++)
                sum += T.Power(output[sample, j] - target[sample, j], 2);
            return sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * T.Of(2) * (output[sample, j] - target[sample, j]);
        }
    }
}

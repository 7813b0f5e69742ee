using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>Half the squared distance, ½ Σⱼ (oⱼ − tⱼ)², averaged over the samples: the gradient is o − t.</summary>
    public static Loss HalfMeanSquaredError { get; } = new HalfMse();

    internal static readonly Kind<Loss> HalfMeanSquaredErrorKind = Registries.Losses.Add(
        new("half-mse", "half-mse", "(1/N) Σ ½‖o − t‖²", _ => HalfMeanSquaredError) { Examples = ["half-mse"] }
    );

    private sealed class HalfMse : Loss
    {
        public override string Notation => "half-mse";
        public override LossReads Reads => LossReads.Anything;
        public override LabelEncoding Labels => LabelEncoding.Values;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = T.Power(output[sample, 0] - target[sample, 0], 2);
            for (int j = 1; j < output.Size(1); j++)
                sum += T.Power(output[sample, j] - target[sample, j], 2);
            return T.Fraction(1, 2) * sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * (output[sample, j] - target[sample, j]);
        }
    }
}

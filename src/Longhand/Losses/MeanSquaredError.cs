using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>The squared errors (oⱼ − tⱼ)², averaged over all outputs of all samples; the gradient is 2(o − t)/D for D outputs.</summary>
    public static Loss MeanSquaredError { get; } = new Mse();

    internal static readonly Kind<Loss> MeanSquaredErrorKind = Registries.Losses.Add(
        new("mse", "mse", "(o − t)², mean over all elements", _ => MeanSquaredError) { Examples = ["mse"] }
    );

    private sealed class Mse : Loss
    {
        public override string Notation => "mse";
        public override LossReads Reads => LossReads.Anything;
        public override LabelEncoding Labels => LabelEncoding.Values;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = T.Power(output[sample, 0] - target[sample, 0], 2);
            for (int j = 1; j < output.Size(1); j++)
                sum += T.Power(output[sample, j] - target[sample, j], 2);
            return T.Fraction(1, output.Size(1)) * sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * T.Fraction(2, output.Size(1)) * (output[sample, j] - target[sample, j]);
        }
    }
}

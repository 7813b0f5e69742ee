using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// <see cref="BinaryCrossEntropy"/> of σ(o), from logits: ln(1 + e^o) − t·o, averaged over all outputs of all samples; the gradient is
    /// σ(o) − t. It loses no digits however large the logits are.
    /// </summary>
    public static Loss BinaryCrossEntropyWithLogits { get; } = new BceLogits();

    internal static readonly Kind<Loss> BinaryCrossEntropyWithLogitsKind = Registries.Losses.Add(
        new("bce-logits", "bce-logits", "ln(1 + e^o) − t·o, the bce of σ(o); mean over all elements", _ => BinaryCrossEntropyWithLogits)
        {
            Examples = ["bce-logits"],
        }
    );

    private sealed class BceLogits : Loss
    {
        public override string Notation => "bce-logits";
        public override LossReads Reads => LossReads.Logits;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = One(output[sample, 0], target[sample, 0]);
            for (int j = 1; j < output.Size(1); j++)
                sum += One(output[sample, j], target[sample, j]);
            return T.Fraction(1, output.Size(1)) * sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * T.Fraction(1, output.Size(1)) * (T.Sigmoid(output[sample, j]) - target[sample, j]);
        }

        // ln(1 + e^o) − t·o cancels for a large logit of the right sign: 20 + 2e-9 − 1·20. Shared out between the two outcomes,
        // t ln(1 + e^−o) + (1 − t) ln(1 + e^o), nothing does.
        private static T One<T>(T o, T t)
            where T : IReal<T> => t * T.Softplus(-o) + (T.Of(1) - t) * T.Softplus(o);
    }
}

using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of the softmax of the outputs, from logits: Σⱼ tⱼ (ln Σₖ e^oₖ − oⱼ), averaged over the samples. Targets are a class or
    /// probabilities; the gradient is softmax(o) Σt − t.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    internal static readonly Kind<Loss> CrossEntropyKind = Registries.Losses.Add(
        new("cross-entropy", "cross-entropy", "−Σ t ln softmax(o), from logits", _ => CrossEntropy) { Examples = ["cross-entropy"] }
    );

    private sealed class CrossEntropyLoss : Loss
    {
        public override string Notation => "cross-entropy";
        public override LossReads Reads => LossReads.ClassLogits;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T logSum = T.LogSumExp(output.Row(sample));
            T sum = target[sample, 0] * (logSum - output[sample, 0]);
            for (int j = 1; j < output.Size(1); j++)
                sum += target[sample, j] * (logSum - output[sample, j]);
            return sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            T total = target[sample, 0];
            for (int j = 1; j < output.Size(1); j++)
                total += target[sample, j];
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * (T.Softmax(output.Row(sample), j) * total - target[sample, j]);
        }
    }
}

using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of a distribution, −Σⱼ tⱼ ln pⱼ, averaged over the samples. Targets are a class or probabilities; the gradient is −t/p.
    /// 0·ln 0 counts as 0; as in <see cref="BinaryCrossEntropy"/> logarithms end at −100 and divisors at 1e-12.
    /// </summary>
    public static Loss CrossEntropyFromProbabilities { get; } = new CrossEntropyProbs();

    internal static readonly Kind<Loss> CrossEntropyFromProbabilitiesKind = Registries.Losses.Add(
        new("cross-entropy-probs", "cross-entropy-probs", "−Σ t ln p", _ => CrossEntropyFromProbabilities)
        {
            Examples = ["cross-entropy-probs"],
        }
    );

    private sealed class CrossEntropyProbs : Loss
    {
        public override string Notation => "cross-entropy-probs";
        public override LossReads Reads => LossReads.Distribution;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = target[sample, 0] * CutLog(output[sample, 0]);
            for (int j = 1; j < output.Size(1); j++)
                sum += target[sample, j] * CutLog(output[sample, j]);
            return -sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
                gradient[sample, j] = factor * -(target[sample, j] / CutDivisor(output[sample, j]));
        }
    }
}

using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// The divergence of the softmax of the outputs from the target (Kullback and Leibler 1951), from logits:
    /// KL(t‖softmax(o)) = Σⱼ tⱼ (ln tⱼ − oⱼ + ln Σₖ e^oₖ), averaged over the samples; 0·ln 0 = 0. It is the cross-entropy less the target's
    /// own entropy, so that the gradient is the same, softmax(o) Σt − t.
    /// </summary>
    public static Loss KullbackLeibler { get; } = new Kl();

    internal static readonly Kind<Loss> KullbackLeiblerKind = Registries.Losses.Add(
        new("kl", "kl", "Σ t (ln t − ln softmax(o)), from logits", _ => KullbackLeibler) { Examples = ["kl"] }
    );

    private sealed class Kl : Loss
    {
        public override string Notation => "kl";
        public override LossReads Reads => LossReads.ClassLogits;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T logSum = T.LogSumExp(output.Row(sample));
            T sum = One(target[sample, 0], output[sample, 0] - logSum);
            for (int j = 1; j < output.Size(1); j++)
                sum += One(target[sample, j], output[sample, j] - logSum);
            return sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient) =>
            CrossEntropy.Gradient(output, target, sample, factor, gradient);

        // A probability below 0 is none: its logarithm says so.
        private static T One<T>(T t, T logProbability)
            where T : IReal<T>
        {
            T term = t * (T.Log(t) - logProbability);
            return T.Select(t, term, T.Of(0), term);
        }
    }
}

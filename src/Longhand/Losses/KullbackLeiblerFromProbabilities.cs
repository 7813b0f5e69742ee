using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// The divergence of a distribution from the target (Kullback and Leibler 1951), KL(t‖p) = Σⱼ tⱼ (ln tⱼ − ln pⱼ), averaged over the
    /// samples; 0·ln 0 = 0. The gradient is −t/p. As in <see cref="BinaryCrossEntropy"/> logarithms of p end at −100 and divisors at 1e-12.
    /// </summary>
    public static Loss KullbackLeiblerFromProbabilities { get; } = new KlProbs();

    internal static readonly Kind<Loss> KullbackLeiblerFromProbabilitiesKind = Registries.Losses.Add(
        new("kl-probs", "kl-probs", "Σ t (ln t − ln p)", _ => KullbackLeiblerFromProbabilities) { Examples = ["kl-probs"] }
    );

    private sealed class KlProbs : Loss
    {
        public override string Notation => "kl-probs";
        public override LossReads Reads => LossReads.Distribution;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = One(target[sample, 0], output[sample, 0]);
            for (int j = 1; j < output.Size(1); j++)
                sum += One(target[sample, j], output[sample, j]);
            return sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient) =>
            CrossEntropyFromProbabilities.Gradient(output, target, sample, factor, gradient);

        private static T One<T>(T t, T p)
            where T : IReal<T>
        {
            T term = t * (T.Log(t) - CutLog(p));
            return T.Select(t, term, T.Of(0), term);
        }
    }
}

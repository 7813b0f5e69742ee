using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// The divergence of a distribution from the target (Kullback and Leibler 1951), KL(t‖p) = Σⱼ tⱼ (ln tⱼ − ln pⱼ), averaged over the
    /// samples; 0·ln 0 = 0. The gradient is −t/p. As in <see cref="BinaryCrossEntropy"/> logarithms of p end at −100 and divisors at 1e-12.
    /// </summary>
    public static Loss KullbackLeiblerFromProbabilities { get; } =
        new RuleLoss<KlProbsRule>("kl-probs", LossReads.Distribution, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> KullbackLeiblerFromProbabilitiesKind = Registries.Losses.Add(
        new("kl-probs", "kl-probs", "Σ t (ln t − ln p)", _ => KullbackLeiblerFromProbabilities) { Examples = ["kl-probs"] }
    );

    private readonly struct KlProbsRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = One(target[0], output[0]);
            for (int j = 1; j < output.Length; j++)
                sum += One(target[j], output[j]);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T> => default(CrossEntropyProbsRule).Gradient(output, target, factor, gradient);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T One<T>(T t, T p)
            where T : IReal<T>
        {
            T term = t * (T.Log(t) - CutLog(p));
            return T.Select(t, term, T.Of(0), term);
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// The divergence of the softmax of the outputs from the target (Kullback and Leibler 1951), from logits:
    /// KL(t‖softmax(o)) = Σⱼ tⱼ (ln tⱼ − oⱼ + ln Σₖ e^oₖ), averaged over the samples; 0·ln 0 = 0. It is the cross-entropy less the target's
    /// own entropy, so that the gradient is the same, softmax(o) Σt − t.
    /// </summary>
    public static Loss KullbackLeibler { get; } = new RuleLoss<KlRule>("kl", LossReads.ClassLogits, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> KullbackLeiblerKind = Registries.Losses.Add(
        new("kl", "kl", "Σ t (ln t − ln softmax(o)), from logits", _ => KullbackLeibler) { Examples = ["kl"] }
    );

    private readonly struct KlRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T logSum = T.LogSumExp(output);
            T sum = One(target[0], output[0] - logSum);
            for (int j = 1; j < output.Length; j++)
                sum += One(target[j], output[j] - logSum);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T> => default(CrossEntropyRule).Gradient(output, target, factor, gradient);

        // A probability below 0 is none: its logarithm says so.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T One<T>(T t, T logProbability)
            where T : IReal<T>
        {
            T term = t * (T.Log(t) - logProbability);
            return T.Select(t, term, T.Of(0), term);
        }
    }
}

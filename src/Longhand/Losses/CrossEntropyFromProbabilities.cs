using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of a distribution, −Σⱼ tⱼ ln pⱼ, averaged over the samples. Targets are a class or probabilities; the gradient is −t/p.
    /// 0·ln 0 counts as 0; as in <see cref="BinaryCrossEntropy"/> logarithms end at −100 and divisors at 1e-12.
    /// </summary>
    public static Loss CrossEntropyFromProbabilities { get; } =
        new RuleLoss<CrossEntropyProbsRule>("cross-entropy-probs", LossReads.Distribution, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> CrossEntropyFromProbabilitiesKind = Registries.Losses.Add(
        new("cross-entropy-probs", "cross-entropy-probs", "−Σ t ln p", _ => CrossEntropyFromProbabilities)
        {
            Examples = ["cross-entropy-probs"],
        }
    );

    private readonly struct CrossEntropyProbsRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = target[0] * CutLog(output[0]);
            for (int j = 1; j < output.Length; j++)
                sum += target[j] * CutLog(output[j]);
            return -sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * -(target[j] / CutDivisor(output[j]));
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of the softmax of the outputs, from logits: Σⱼ tⱼ (ln Σₖ e^oₖ − oⱼ), averaged over the samples. Targets are a class or
    /// probabilities; the gradient is softmax(o) Σt − t.
    /// </summary>
    public static Loss CrossEntropy { get; } =
        new RuleLoss<CrossEntropyRule>("cross-entropy", LossReads.ClassLogits, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> CrossEntropyKind = Registries.Losses.Add(
        new("cross-entropy", "cross-entropy", "−Σ t ln softmax(o), from logits", _ => CrossEntropy) { Examples = ["cross-entropy"] }
    );

    private readonly struct CrossEntropyRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T logSum = T.LogSumExp(output);
            T sum = target[0] * (logSum - output[0]);
            for (int j = 1; j < output.Length; j++)
                sum += target[j] * (logSum - output[j]);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            T total = target[0];
            for (int j = 1; j < output.Length; j++)
                total += target[j];
            T.Softmax(output, gradient);
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * (gradient[j] * total - target[j]);
        }
    }
}

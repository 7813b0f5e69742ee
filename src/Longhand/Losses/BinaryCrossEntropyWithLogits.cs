using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// <see cref="BinaryCrossEntropy"/> of σ(o), from logits: ln(1 + e^o) − t·o, averaged over all outputs of all samples; the gradient is
    /// σ(o) − t. It loses no digits however large the logits are.
    /// </summary>
    public static Loss BinaryCrossEntropyWithLogits { get; } =
        new RuleLoss<BceLogitsRule>("bce-logits", LossReads.Logits, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> BinaryCrossEntropyWithLogitsKind = Registries.Losses.Add(
        new("bce-logits", "bce-logits", "ln(1 + e^o) − t·o, the bce of σ(o); mean over all elements", _ => BinaryCrossEntropyWithLogits)
        {
            Examples = ["bce-logits"],
        }
    );

    private readonly struct BceLogitsRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = One(output[0], target[0]);
            for (int j = 1; j < output.Length; j++)
                sum += One(output[j], target[j]);
            return T.Fraction(1, output.Length) * sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * T.Fraction(1, output.Length) * (T.Sigmoid(output[j]) - target[j]);
        }

        // ln(1 + e^o) − t·o cancels for a large logit of the right sign: 20 + 2e-9 − 1·20. Shared out between the two outcomes,
        // t ln(1 + e^−o) + (1 − t) ln(1 + e^o), nothing does.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T One<T>(T o, T t)
            where T : IReal<T> => t * T.Softplus(-o) + (T.Of(1) - t) * T.Softplus(o);
    }
}

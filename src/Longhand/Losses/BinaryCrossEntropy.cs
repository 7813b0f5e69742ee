using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of probabilities, −t ln p − (1 − t) ln(1 − p), averaged over all outputs of all samples: the negative log-likelihood
    /// of Bernoulli variables. The gradient is (p − t)/(p(1 − p)). As in PyTorch logarithms end at −100 and the divisor at 1e-12.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } =
        new RuleLoss<BceRule>("bce", LossReads.Probabilities, LabelEncoding.Probabilities, default);

    internal static readonly Kind<Loss> BinaryCrossEntropyKind = Registries.Losses.Add(
        new("bce", "bce", "−t ln p − (1 − t) ln(1 − p), mean over all elements", _ => BinaryCrossEntropy) { Examples = ["bce"] }
    );

    /// <summary>ln p, but nowhere below −100: a probability that has underflowed to 0 leaves the loss finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CutLog<T>(T p)
        where T : IReal<T>
    {
        T log = T.Log(p);
        return T.Select(log + T.Of(100), log, T.Of(-100), T.Of(-100));
    }

    /// <summary>What a slope is divided by, but nowhere below 1e-12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CutDivisor<T>(T divisor)
        where T : IReal<T> => T.Select(divisor - T.Of(1e-12), divisor, T.Of(1e-12), T.Of(1e-12));

    private readonly struct BceRule : ILossRule
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
            {
                T p = output[j];
                T slope = (p - target[j]) / CutDivisor(p * (T.Of(1) - p));
                gradient[j] = factor * T.Fraction(1, output.Length) * slope;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T One<T>(T p, T t)
            where T : IReal<T> => -(t * CutLog(p)) - (T.Of(1) - t) * CutLog(T.Of(1) - p);
    }
}

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>Half the squared distance, ½ Σⱼ (oⱼ − tⱼ)², averaged over the samples: the gradient is o − t.</summary>
    public static Loss HalfMeanSquaredError { get; } =
        new RuleLoss<HalfMseRule>("half-mse", LossReads.Anything, LabelEncoding.Values, default);

    internal static readonly Kind<Loss> HalfMeanSquaredErrorKind = Registries.Losses.Add(
        new("half-mse", "half-mse", "(1/N) Σ ½‖o − t‖²", _ => HalfMeanSquaredError) { Examples = ["half-mse"] }
    );

    private readonly struct HalfMseRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = T.Power(output[0] - target[0], 2);
            for (int j = 1; j < output.Length; j++)
                sum += T.Power(output[j] - target[j], 2);
            return T.Fraction(1, 2) * sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * (output[j] - target[j]);
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>The squared errors Σ (oⱼ − tⱼ)², added up over outputs and samples; the gradient is 2(o − t).</summary>
    public static Loss SumOfSquaredErrors { get; } =
        new RuleLoss<SseRule>("sse", LossReads.Anything, LabelEncoding.Values, default, isSum: true);

    internal static readonly Kind<Loss> SumOfSquaredErrorsKind = Registries.Losses.Add(
        new("sse", "sse", "Σ (o − t)² over outputs and samples", _ => SumOfSquaredErrors) { Examples = ["sse"] }
    );

    private readonly struct SseRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = T.Power(output[0] - target[0], 2);
            for (int j = 1; j < output.Length; j++)
                sum += T.Power(output[j] - target[j], 2);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * T.Of(2) * (output[j] - target[j]);
        }
    }
}

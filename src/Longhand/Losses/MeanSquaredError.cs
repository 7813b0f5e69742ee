using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>The squared errors (oⱼ − tⱼ)², averaged over all outputs of all samples; the gradient is 2(o − t)/D for D outputs.</summary>
    public static Loss MeanSquaredError { get; } = new RuleLoss<MseRule>("mse", LossReads.Anything, LabelEncoding.Values, default);

    internal static readonly Kind<Loss> MeanSquaredErrorKind = Registries.Losses.Add(
        new("mse", "mse", "(o − t)², mean over all elements", _ => MeanSquaredError) { Examples = ["mse"] }
    );

    private readonly struct MseRule : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = T.Power(output[0] - target[0], 2);
            for (int j = 1; j < output.Length; j++)
                sum += T.Power(output[j] - target[j], 2);
            return T.Fraction(1, output.Length) * sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            for (int j = 0; j < output.Length; j++)
                gradient[j] = factor * T.Fraction(2, output.Length) * (output[j] - target[j]);
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    internal static readonly Kind<Loss> HuberKind = Registries.Losses.Add(
        new(
            "huber",
            "huber [delta=1]",
            "½(o − t)² up to δ, beyond it δ(|o − t| − δ/2); mean over all elements",
            a => Huber(a.NextNumber("delta", 1))
        )
        {
            Options = ["delta"],
            Positional = 1,
            Examples = ["huber delta=1", "huber delta=0.5"],
        }
    );

    /// <summary>
    /// With d = o − t: ½d² where |d| ≤ δ, δ(|d| − δ/2) beyond, averaged over all outputs of all samples (Huber 1964,
    /// doi:10.1214/aoms/1177703732): outliers pull with the constant force δ.
    /// </summary>
    /// <param name="delta">δ, where the parabola goes over into straight lines.</param>
    /// <exception cref="LonghandException">δ is not above 0.</exception>
    public static Loss Huber(double delta = 1) =>
        delta > 0 && double.IsFinite(delta)
            ? new RuleLoss<HuberRule>(
                string.Create(CultureInfo.InvariantCulture, $"huber delta={delta}"),
                LossReads.Anything,
                LabelEncoding.Values,
                new(delta)
            )
            : throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"huber delta={delta}: delta is a finite number above 0.")
            );

    private readonly struct HuberRule(double delta) : ILossRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
            where T : IRowReal<T>
        {
            T sum = One(output[0] - target[0]);
            for (int j = 1; j < output.Length; j++)
                sum += One(output[j] - target[j]);
            return T.Fraction(1, output.Length) * sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
            where T : IRowReal<T>
        {
            T limit = T.Of(delta);
            for (int j = 0; j < output.Length; j++)
            {
                T error = output[j] - target[j];
                T outside = T.Select(error, limit, T.Of(0), -limit);
                T slope = T.Select(T.Abs(error) - limit, outside, error, error);
                gradient[j] = factor * T.Fraction(1, output.Length) * slope;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T One<T>(T error)
            where T : IReal<T>
        {
            T limit = T.Of(delta),
                parabola = T.Fraction(1, 2) * T.Power(error, 2),
                line = limit * (T.Abs(error) - T.Fraction(1, 2) * limit);
            return T.Select(T.Abs(error) - limit, line, parabola, parabola);
        }
    }
}

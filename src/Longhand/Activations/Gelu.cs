using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// xΦ(x) = ½x(1 + erf(x/√2)), where Φ is the standard normal distribution function (Hendrycks and Gimpel 2016, arXiv:1606.08415); its
    /// slope is Φ(x) + xφ(x) with the density φ(x) = e^(−x²/2)/√(2π).
    /// </summary>
    // The least value, −0.16997, is at −0.7518.
    public static Activation Gelu { get; } = new Elementwise<GeluRule>("gelu", "gelu", new(-0.17, double.PositiveInfinity), default);

    internal static readonly Kind<Layer> GeluKind = Registries.Layers.Add(
        new("gelu", "gelu", "xΦ(x) = ½x(1 + erf(x/√2))", _ => Gelu) { Examples = ["gelu"] }
    );

    private readonly struct GeluRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => x * Below(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => Below(x) + x * (T.Exp(-T.Power(x, 2) / T.Of(2)) / T.Sqrt(T.Of(2) * T.Pi));

        // Φ: the share of a standard normal variable below x.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Below<T>(T x)
            where T : Numbers.IReal<T> => T.Fraction(1, 2) * (T.Of(1) + T.Erf(x / T.Sqrt(T.Of(2))));
    }
}

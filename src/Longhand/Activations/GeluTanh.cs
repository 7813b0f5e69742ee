using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))), a nearby curve to <see cref="Gelu"/> without erf (Hendrycks and Gimpel 2016,
    /// arXiv:1606.08415). With t the tanh its slope is ½(1 + t) + ½x(1 − t²)√(2/π)(1 + 3·0.044715x²).
    /// </summary>
    // The least value, −0.17004, is at −0.7525.
    public static Activation GeluTanh { get; } =
        new Elementwise<GeluTanhRule>("gelu-tanh", "gelu-tanh", new(-0.1701, double.PositiveInfinity), default);

    internal static readonly Kind<Layer> GeluTanhKind = Registries.Layers.Add(
        new("gelu-tanh", "gelu-tanh", "½x(1 + tanh(√(2/π)(x + 0.044715x³)))", _ => GeluTanh) { Examples = ["gelu-tanh"] }
    );

    private readonly struct GeluTanhRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Fraction(1, 2) * x * (T.Of(1) + Inner(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T>
        {
            T t = Inner(x);
            T steepness = T.Sqrt(T.Of(2) / T.Pi) * (T.Of(1) + T.Of(3) * T.Of(0.044715) * T.Power(x, 2));
            return T.Fraction(1, 2) * (T.Of(1) + t) + T.Fraction(1, 2) * x * ((T.Of(1) - T.Power(t, 2)) * steepness);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Inner<T>(T x)
            where T : Numbers.IReal<T> => T.Tanh(T.Sqrt(T.Of(2) / T.Pi) * (x + T.Of(0.044715) * T.Power(x, 3)));
    }
}

using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>The hyperbolic tangent (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) = 2σ(2x) − 1; its slope is 1 − tanh².</summary>
    public static Activation Tanh { get; } = new Elementwise<TanhRule>("tanh", "tanh", new(-1, 1), default);

    internal static readonly Kind<Layer> TanhKind = Registries.Layers.Add(
        new("tanh", "tanh", "(e^x − e^−x)/(e^x + e^−x)", _ => Tanh) { Examples = ["tanh"] }
    );

    private readonly struct TanhRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Of(1) - T.Power(y, 2);
    }
}

using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>The logistic function σ(x) = 1/(1 + e⁻ˣ); its slope is σ(1 − σ).</summary>
    public static Activation Sigmoid { get; } = new Elementwise<SigmoidRule>("sigmoid", "sigmoid", new(0, 1), default);

    internal static readonly Kind<Layer> SigmoidKind = Registries.Layers.Add(
        new("sigmoid", "sigmoid", "σ(x) = 1/(1 + e^−x)", _ => Sigmoid) { Examples = ["sigmoid"] }
    );

    private readonly struct SigmoidRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => y * (T.Of(1) - y);
    }
}

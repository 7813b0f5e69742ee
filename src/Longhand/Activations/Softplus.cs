using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>ln(1 + eˣ), a relu with a round corner (Dugas et al. 2001); its slope is the sigmoid of x.</summary>
    public static Activation Softplus { get; } =
        new Elementwise<SoftplusRule>("softplus", "softplus", new(0, double.PositiveInfinity), default);

    internal static readonly Kind<Layer> SoftplusKind = Registries.Layers.Add(
        new("softplus", "softplus", "ln(1 + e^x)", _ => Softplus) { Examples = ["softplus"] }
    );

    private readonly struct SoftplusRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Softplus(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Sigmoid(x);
    }
}

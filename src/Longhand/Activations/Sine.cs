using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>The sine of x in radians (Sitzmann et al. 2020, arXiv:2006.09661); its slope is the cosine.</summary>
    public static Activation Sine { get; } = new Elementwise<SineRule>("sin", "sin", new(-1, 1), default);

    internal static readonly Kind<Layer> SineKind = Registries.Layers.Add(new("sin", "sin", "sin x", _ => Sine) { Examples = ["sin"] });

    private readonly struct SineRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Sin(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Cos(x);
    }
}

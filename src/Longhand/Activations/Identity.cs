using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>x itself; its slope is 1.</summary>
    public static Activation Identity { get; } = new Elementwise<IdentityRule>("identity", "identity", null, default);

    internal static readonly Kind<Layer> IdentityKind = Registries.Layers.Add(
        new("identity", "identity", "x", _ => Identity) { Examples = ["identity"] }
    );

    private readonly struct IdentityRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Of(1);
    }
}

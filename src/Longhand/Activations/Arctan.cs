using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>½ + arctan(x)/π: another map of the line onto (0, 1), of the shape of a sigmoid; its slope is 1/(π(1 + x²)).</summary>
    public static Activation Arctan { get; } = new Elementwise<ArctanRule>("arctan", "arctan", new(0, 1), default);

    internal static readonly Kind<Layer> ArctanKind = Registries.Layers.Add(
        new("arctan", "arctan", "½ + arctan(x)/π", _ => Arctan) { Examples = ["arctan"] }
    );

    private readonly struct ArctanRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Fraction(1, 2) + T.Atan(x) / T.Pi;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Of(1) / (T.Pi * (T.Of(1) + T.Power(x, 2)));
    }
}

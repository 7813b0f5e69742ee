using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// max(0, x), the rectified linear unit. At exactly 0 it has a left derivative 0 and a right derivative 1, hence none; what is used
    /// there is a convention (0 unless the conventions say otherwise).
    /// </summary>
    public static Activation Relu { get; } = MakeRelu(0);

    internal static readonly Kind<Layer> ReluKind = Registries.Layers.Add(
        new("relu", "relu", "max(0, x)", _ => Relu) { Examples = ["relu"] }
    );

    private static Elementwise<ReluRule> MakeRelu(double slopeAtZero) =>
        new("relu", "relu", new(0, double.PositiveInfinity), new(slopeAtZero))
        {
            Choice = conventions => conventions.ReluDerivativeAtZero == 0 ? Relu : MakeRelu(conventions.ReluDerivativeAtZero),
        };

    private readonly struct ReluRule(double slopeAtZero) : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Max(T.Of(0), x);

        // Read from the output, which stands at 0 exactly where the input is not above 0 … except that "at 0" and "below" differ
        // when the convention gives them different slopes; then only the input tells.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> =>
            slopeAtZero == 0 ? T.Select(y, T.Of(1), T.Of(0), T.Of(0)) : T.Select(x, T.Of(1), T.Of(slopeAtZero), T.Of(0));
    }
}

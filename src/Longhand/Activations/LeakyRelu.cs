using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// x where it is above 0, slope·x elsewhere (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic
    /// models"). At exactly 0 it is given the lower slope, as PyTorch does.
    /// </summary>
    /// <param name="slope">The slope below 0.</param>
    public static Activation LeakyRelu(double slope = 0.01) =>
        new Elementwise<LeakyReluRule>(
            "leakyrelu",
            $"leakyrelu{Option("slope", slope, 0.01)}",
            new(slope > 0 ? double.NegativeInfinity : 0, double.PositiveInfinity),
            new(slope)
        );

    internal static readonly Kind<Layer> LeakyReluKind = Registries.Layers.Add(
        new("leakyrelu", "leakyrelu [0.01]", "x above 0, slope·x below", a => LeakyRelu(a.NextNumber("slope", 0.01)))
        {
            Aliases = ["leaky_relu"],
            Options = ["slope"],
            Positional = 1,
            Examples = ["leakyrelu", "leakyrelu slope=0.2", "leakyrelu slope=0", "leakyrelu slope=-0.5"],
        }
    );

    private readonly struct LeakyReluRule(double slope) : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Select(x, x, x, T.Of(slope) * x);

        // The output has the sign of the input, so either tells on which side it is; only a slope below 0 folds the two sides together.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Select(slope >= 0 ? y : x, T.Of(1), T.Of(slope), T.Of(slope));
    }
}

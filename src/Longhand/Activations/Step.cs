using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// 0 below 0 and 1 from 0 on: the threshold of McCulloch and Pitts (1943). Its slope is 0 (at 0 it has none), so that nothing before it
    /// is trained; it is for networks whose weights are designed.
    /// </summary>
    public static Activation Step { get; } = new Elementwise<StepRule>("step", "step", new(0, 1), default);

    internal static readonly Kind<Layer> StepKind = Registries.Layers.Add(
        new("step", "step", "0 below 0, 1 from 0 on", _ => Step) { Examples = ["step"] }
    );

    private readonly struct StepRule : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Select(x, T.Of(1), T.Of(1), T.Of(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Of(0);
    }
}

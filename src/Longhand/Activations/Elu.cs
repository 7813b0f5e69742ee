using System.Runtime.CompilerServices;
using Longhand.Layers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// x where it is above 0, α(eˣ − 1) elsewhere: the exponential linear unit (Clevert, Unterthiner and Hochreiter 2016,
    /// arXiv:1511.07289). At exactly 0 its slope is taken from below, α, as PyTorch does; for α = 1 both sides agree.
    /// </summary>
    /// <param name="alpha">α: far below 0 the value is −α.</param>
    public static Activation Elu(double alpha = 1) =>
        new Elementwise<EluRule>(
            "elu",
            $"elu{Option("alpha", alpha, 1)}",
            new(alpha > 0 ? -alpha : 0, double.PositiveInfinity),
            new(alpha)
        );

    internal static readonly Kind<Layer> EluKind = Registries.Layers.Add(
        new("elu", "elu [1]", "x above 0, α(e^x − 1) below", a => Elu(a.NextNumber("alpha", 1)))
        {
            Options = ["alpha"],
            Positional = 1,
            Examples = ["elu", "elu alpha=0.5", "elu alpha=-1"],
        }
    );

    private readonly struct EluRule(double alpha) : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : Numbers.IReal<T> => T.Select(x, x, x, T.Of(alpha) * T.Expm1(x));

        // αeˣ rather than y + α, which is the same but loses every digit far below 0, where y is nearly −α.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : Numbers.IReal<T> => T.Select(x, T.Of(1), T.Of(alpha) * T.Exp(x), T.Of(alpha) * T.Exp(x));
    }
}

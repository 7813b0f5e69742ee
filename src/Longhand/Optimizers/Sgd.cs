using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> SgdKind = Registries.Optimizers.Add(
        new(
            "sgd",
            "sgd [lr=0.1] [momentum=0] [dampening=0] [nesterov] [weight-decay=0]",
            "gradient descent, with momentum: v ← μv + g, w ← w − ηv",
            a =>
                Sgd(
                    a.NextNumber("lr", 0.1, 0),
                    a.Number("momentum", 0, 0),
                    a.Number("dampening", 0),
                    a.Flag("nesterov"),
                    a.Number("weight-decay", 0, 0)
                )
        )
        {
            Positional = 1,
            Options = ["lr", "momentum", "dampening", "weight-decay"],
            Flags = ["nesterov"],
            Examples =
            [
                "sgd lr=0.1",
                "sgd lr=0.1 momentum=0.9",
                "sgd lr=0.1 momentum=0.9 nesterov",
                "sgd lr=0.1 momentum=0.9 dampening=0.5 weight-decay=0.1",
            ],
        }
    );

    /// <summary>
    /// Stochastic gradient descent: g ← g + λw; v ← μv + (1 − τ)g (the first v is g); w ← w − ηv, with Nesterov w ← w − η(g + μv).
    /// </summary>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="dampening">τ.</param>
    /// <param name="nesterov">Look ahead along the momentum.</param>
    /// <param name="weightDecay">λ, on all parameters.</param>
    public static Optimizer Sgd(
        double learningRate = 0.1,
        double momentum = 0,
        double dampening = 0,
        bool nesterov = false,
        double weightDecay = 0
    ) =>
        nesterov && (momentum == 0 || dampening != 0)
            ? throw new LonghandException("sgd nesterov looks ahead along a momentum: give momentum=… above 0, and no dampening.")
            : new RuleOptimizer<SgdRule>(
                $"sgd{Option("lr", learningRate, double.NaN)}{Option("momentum", momentum, 0)}{Option("dampening", dampening, 0)}"
                    + $"{(nesterov ? " nesterov" : "")}{Option("weight-decay", weightDecay, 0)}",
                learningRate,
                momentum == 0 ? [] : ["v"],
                new(momentum, dampening, nesterov, weightDecay)
            );

    private readonly struct SgdRule(double momentum, double dampening, bool nesterov, double weightDecay) : IOptimizerRule
    {
        // At the first update the velocity is the gradient itself, undampened.
        public void Constants<T>(int step, T rate, Span<T> constants)
            where T : IReal<T>
        {
            constants[0] = rate;
            constants[1] = T.Of(1) - (step == 1 ? T.Of(0) : T.Of(dampening));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
            where T : IReal<T>
        {
            T g = weightDecay == 0 ? gradient : gradient + T.Of(weightDecay) * weight;
            if (momentum == 0)
                return weight - constants[0] * g;
            T v = state[0] = T.Let("v", T.Of(momentum) * state[0] + constants[1] * g);
            return weight - constants[0] * (nesterov ? g + T.Of(momentum) * v : v);
        }
    }
}

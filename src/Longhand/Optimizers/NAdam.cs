using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> NAdamKind = Registries.Optimizers.Add(
        new(
            "nadam",
            "nadam [lr=0.002] [beta1=0.9] [beta2=0.999] [eps=1e-8] [weight-decay=0] [eps-inside-root]",
            "adam that looks ahead along its mean, as Nesterov's momentum does",
            a =>
                NAdam(
                    a.NextNumber("lr", 0.002, 0),
                    a.Number("beta1", 0.9, 0, 1),
                    a.Number("beta2", 0.999, 0, 1),
                    a.Number("eps", 1e-8, 0),
                    a.Number("weight-decay", 0, 0),
                    a.Flag("eps-inside-root")
                )
        )
        {
            Positional = 1,
            Options = ["lr", "beta1", "beta2", "eps", "weight-decay"],
            Flags = ["eps-inside-root"],
            Examples = ["nadam lr=0.1", "nadam lr=0.1 beta1=0.8 beta2=0.99 eps=0.001 weight-decay=0.1", "nadam lr=0.1 eps-inside-root"],
        }
    );

    /// <summary>
    /// Adam with Nesterov's momentum (Dozat 2016): with μₜ = β₁(1 − ½·0.96^(0.004t)), m and v as in <see cref="Adam"/> and
    /// cₜ = 1 − Πᵢ₌₁ᵗ μᵢ, w ← w − η((1 − μₜ)g/cₜ + μₜ₊₁m/cₜ₊₁)/(√v̂ + ε). The 0.004 is PyTorch's momentum decay.
    /// </summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁, the memory of the mean.</param>
    /// <param name="beta2">β₂, the memory of the mean square.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ: g ← g + λw, on all parameters.</param>
    /// <param name="epsilonInsideRoot">√(v̂ + ε), as some textbooks write.</param>
    public static Optimizer NAdam(
        double learningRate = 0.002,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        bool epsilonInsideRoot = false
    ) =>
        new RuleOptimizer<NAdamRule>(
            $"nadam{Option("lr", learningRate, double.NaN)}{AdamOptions(beta1, beta2, epsilon)}{Option("weight-decay", weightDecay, 0)}"
                + InsideRoot(epsilonInsideRoot),
            learningRate,
            ["m", "v", "c"],
            new(beta1, beta2, epsilon, weightDecay, epsilonInsideRoot)
        );

    private readonly struct NAdamRule(double beta1, double beta2, double epsilon, double weightDecay, bool epsilonInsideRoot)
        : IOptimizerRule
    {
        private readonly double rest1 = OneMinus(beta1),
            rest2 = OneMinus(beta2);

        public void Constants<T>(int step, T rate, Span<T> constants)
            where T : IReal<T>
        {
            constants[0] = rate;
            constants[1] = Momentum<T>(step);
            constants[2] = Momentum<T>(step + 1);
            constants[3] = T.Of(1) - T.Power(T.Of(beta2), step);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
            where T : IReal<T>
        {
            (T rate, T now, T next) = (constants[0], constants[1], constants[2]);
            T g = weightDecay == 0 ? gradient : gradient + T.Of(weightDecay) * weight;
            T m = state[0] = T.Let("m", T.Of(beta1) * state[0] + T.Of(rest1) * g);
            T v = state[1] = T.Let("v", T.Of(beta2) * state[1] + T.Of(rest2) * T.Power(g, 2));
            // One minus the product, rather than the product itself: it starts at 0, as all that is kept does.
            T c = state[2] = T.Let("c", T.Of(1) - now * (T.Of(1) - state[2]));
            T ahead = T.Of(1) - next * (T.Of(1) - c);
            T mean = T.Let("m̂", (T.Of(1) - now) * g / c + next * m / ahead);
            T square = T.Let("v̂", v / constants[3]);
            return weight - rate * mean / Root(square, epsilon, epsilonInsideRoot);
        }

        // 0.96^(0.004t) as e^(0.004t ln 0.96).
        private T Momentum<T>(int step)
            where T : IReal<T> => T.Of(beta1) * (T.Of(1) - T.Fraction(1, 2) * T.Exp(T.Fraction(step, 250) * T.Log(T.Fraction(96, 100))));
    }
}

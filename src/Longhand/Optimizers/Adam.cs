using System.Globalization;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> AdamKind = Registries.Optimizers.Add(
        new(
            "adam",
            "adam [lr=0.001] [beta1=0.9] [beta2=0.999] [eps=1e-8] [weight-decay=0] [eps-inside-root]",
            "steps scaled by running means of g and g²",
            a =>
                Adam(
                    a.NextNumber("lr", 0.001, 0),
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
            Examples = ["adam lr=0.1", "adam lr=0.1 beta1=0.8 beta2=0.99 eps=0.001 weight-decay=0.1", "adam lr=0.1 eps-inside-root"],
        }
    );

    /// <summary>
    /// Adam (Kingma and Ba 2015, arXiv:1412.6980): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ),
    /// w ← w − η m̂/(√v̂ + ε).
    /// </summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁, the memory of the mean.</param>
    /// <param name="beta2">β₂, the memory of the mean square.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ: g ← g + λw, on all parameters.</param>
    /// <param name="epsilonInsideRoot">√(v̂ + ε), as some textbooks write.</param>
    public static Optimizer Adam(
        double learningRate = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        bool epsilonInsideRoot = false
    ) =>
        new RuleOptimizer<AdamRule>(
            $"adam{Option("lr", learningRate, double.NaN)}{AdamOptions(beta1, beta2, epsilon)}{Option("weight-decay", weightDecay, 0)}"
                + InsideRoot(epsilonInsideRoot),
            learningRate,
            ["m", "v"],
            new(beta1, beta2, epsilon, weightDecay, 0, epsilonInsideRoot)
        );

    private static string AdamOptions(double beta1, double beta2, double epsilon)
    {
        foreach ((string name, double beta) in ((string, double)[])[("beta1", beta1), ("beta2", beta2)])
            if (!(beta >= 0 && beta < 1))
                throw new LonghandException(
                    string.Create(CultureInfo.InvariantCulture, $"{name}={beta}: the memory of a mean is at least 0 and below 1.")
                );
        return $"{Option("beta1", beta1, 0.9)}{Option("beta2", beta2, 0.999)}{Option("eps", epsilon, 1e-8)}";
    }

    /// <summary>Adam, and AdamW where the decay does not pass through the means but shrinks the weight itself.</summary>
    private readonly struct AdamRule(
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double decoupledDecay,
        bool epsilonInsideRoot
    ) : IOptimizerRule
    {
        private readonly double rest1 = OneMinus(beta1),
            rest2 = OneMinus(beta2);

        public void Constants<T>(int step, T rate, Span<T> constants)
            where T : IReal<T>
        {
            constants[0] = rate;
            constants[1] = T.Of(1) - T.Power(T.Of(beta1), step);
            constants[2] = T.Of(1) - T.Power(T.Of(beta2), step);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
            where T : IReal<T>
        {
            T rate = constants[0];
            T w = decoupledDecay == 0 ? weight : weight - rate * T.Of(decoupledDecay) * weight;
            T g = weightDecay == 0 ? gradient : gradient + T.Of(weightDecay) * weight;
            T m = state[0] = T.Let("m", T.Of(beta1) * state[0] + T.Of(rest1) * g);
            T v = state[1] = T.Let("v", T.Of(beta2) * state[1] + T.Of(rest2) * T.Power(g, 2));
            T mean = T.Let("m̂", m / constants[1]);
            T square = T.Let("v̂", v / constants[2]);
            return w - rate * mean / Root(square, epsilon, epsilonInsideRoot);
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> RmsPropKind = Registries.Optimizers.Add(
        new(
            "rmsprop",
            "rmsprop [lr=0.01] [alpha=0.99] [eps=1e-8] [momentum=0] [eps-inside-root]",
            "steps scaled by a running mean of g²",
            a =>
                RmsProp(
                    a.NextNumber("lr", 0.01, 0),
                    a.Number("alpha", 0.99, 0, 1),
                    a.Number("eps", 1e-8, 0),
                    a.Number("momentum", 0, 0),
                    a.Flag("eps-inside-root")
                )
        )
        {
            Positional = 1,
            Options = ["lr", "alpha", "eps", "momentum"],
            Flags = ["eps-inside-root"],
            Examples = ["rmsprop lr=0.1", "rmsprop lr=0.1 alpha=0.9 eps=0.001 momentum=0.9", "rmsprop lr=0.1 eps-inside-root"],
        }
    );

    /// <summary>
    /// RMSprop (Hinton 2012, lecture 6e of Neural Networks for Machine Learning): v ← αv + (1 − α)g², w ← w − ηg/(√v + ε); with momentum
    /// b ← μb + g/(√v + ε), w ← w − ηb.
    /// </summary>
    /// <param name="learningRate">η.</param>
    /// <param name="alpha">α, the memory of the mean square.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="epsilonInsideRoot">√(v + ε), as some textbooks write.</param>
    public static Optimizer RmsProp(
        double learningRate = 0.01,
        double alpha = 0.99,
        double epsilon = 1e-8,
        double momentum = 0,
        bool epsilonInsideRoot = false
    ) =>
        new RuleOptimizer<RmsPropRule>(
            $"rmsprop{Option("lr", learningRate, double.NaN)}{Option("alpha", alpha, 0.99)}{Option("eps", epsilon, 1e-8)}"
                + $"{Option("momentum", momentum, 0)}{InsideRoot(epsilonInsideRoot)}",
            learningRate,
            momentum == 0 ? ["v"] : ["v", "b"],
            new(alpha, epsilon, momentum, epsilonInsideRoot)
        );

    private readonly struct RmsPropRule(double alpha, double epsilon, double momentum, bool epsilonInsideRoot) : IOptimizerRule
    {
        private readonly double rest = OneMinus(alpha);

        public void Constants<T>(int step, T rate, Span<T> constants)
            where T : IReal<T> => constants[0] = rate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
            where T : IReal<T>
        {
            T v = state[0] = T.Let("v", T.Of(alpha) * state[0] + T.Of(rest) * T.Power(gradient, 2));
            T root = Root(v, epsilon, epsilonInsideRoot);
            if (momentum == 0)
                return weight - constants[0] * gradient / root;
            T b = state[1] = T.Let("b", T.Of(momentum) * state[1] + gradient / root);
            return weight - constants[0] * b;
        }
    }
}

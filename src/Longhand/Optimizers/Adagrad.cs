using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> AdagradKind = Registries.Optimizers.Add(
        new(
            "adagrad",
            "adagrad [lr=0.01] [eps=1e-10] [eps-inside-root]",
            "steps scaled by the sum of all g² so far",
            a => Adagrad(a.NextNumber("lr", 0.01, 0), a.Number("eps", 1e-10, 0), a.Flag("eps-inside-root"))
        )
        {
            Positional = 1,
            Options = ["lr", "eps"],
            Flags = ["eps-inside-root"],
            Examples = ["adagrad lr=0.1", "adagrad lr=0.1 eps=0.001", "adagrad lr=0.1 eps-inside-root"],
        }
    );

    /// <summary>Adagrad (Duchi, Hazan and Singer 2011): v ← v + g², w ← w − ηg/(√v + ε).</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="epsilonInsideRoot">√(v + ε), as some textbooks write.</param>
    public static Optimizer Adagrad(double learningRate = 0.01, double epsilon = 1e-10, bool epsilonInsideRoot = false) =>
        new RuleOptimizer<AdagradRule>(
            $"adagrad{Option("lr", learningRate, double.NaN)}{Option("eps", epsilon, 1e-10)}{InsideRoot(epsilonInsideRoot)}",
            learningRate,
            ["v"],
            new(epsilon, epsilonInsideRoot)
        );

    private readonly struct AdagradRule(double epsilon, bool epsilonInsideRoot) : IOptimizerRule
    {
        public void Constants<T>(int step, T rate, Span<T> constants)
            where T : IReal<T> => constants[0] = rate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
            where T : IReal<T>
        {
            T v = state[0] = T.Let("v", state[0] + T.Power(gradient, 2));
            return weight - constants[0] * gradient / Root(v, epsilon, epsilonInsideRoot);
        }
    }
}

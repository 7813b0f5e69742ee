namespace Longhand;

public abstract partial class Optimizer
{
    internal static readonly Kind<Optimizer> AdamWKind = Registries.Optimizers.Add(
        new(
            "adamw",
            "adamw [lr=0.001] [beta1=0.9] [beta2=0.999] [eps=1e-8] [weight-decay=0.01] [eps-inside-root]",
            "adam with weights that shrink by themselves",
            a =>
                AdamW(
                    a.NextNumber("lr", 0.001, 0),
                    a.Number("beta1", 0.9, 0, 1),
                    a.Number("beta2", 0.999, 0, 1),
                    a.Number("eps", 1e-8, 0),
                    a.Number("weight-decay", 0.01, 0),
                    a.Flag("eps-inside-root")
                )
        )
        {
            Positional = 1,
            Options = ["lr", "beta1", "beta2", "eps", "weight-decay"],
            Flags = ["eps-inside-root"],
            Examples = ["adamw lr=0.1", "adamw lr=0.1 beta1=0.8 beta2=0.99 eps=0.001 weight-decay=0.1", "adamw lr=0.1 eps-inside-root"],
        }
    );

    /// <summary>
    /// Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101): w ← w − ηλw first, then the step of
    /// <see cref="Adam"/>, whose means do not see the decay.
    /// </summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁, the memory of the mean.</param>
    /// <param name="beta2">β₂, the memory of the mean square.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ, on all parameters.</param>
    /// <param name="epsilonInsideRoot">√(v̂ + ε), as some textbooks write.</param>
    public static Optimizer AdamW(
        double learningRate = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0.01,
        bool epsilonInsideRoot = false
    ) =>
        new RuleOptimizer<AdamRule>(
            $"adamw{Option("lr", learningRate, double.NaN)}{AdamOptions(beta1, beta2, epsilon)}{Option("weight-decay", weightDecay, 0.01)}"
                + InsideRoot(epsilonInsideRoot),
            learningRate,
            ["m", "v"],
            new(beta1, beta2, epsilon, 0, weightDecay, epsilonInsideRoot)
        );
}

using System.Globalization;
using Longhand.Kernels;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// How parameters follow their gradients. The rule is stated for one number over an abstract number, as PyTorch's equations have it; it runs
/// as SIMD over all parameters at once and writes itself down in a worked update.
/// </summary>
public abstract partial class Optimizer
{
    /// <summary>Every optimizer there is.</summary>
    public static Registry<Optimizer> Kinds => Registries.Optimizers;

    // See Layer: an explicit static constructor, or the registry may be found empty.
    static Optimizer() { }

    /// <summary>The optimizer with this text, such as <c>adam lr=0.01</c>.</summary>
    /// <exception cref="LonghandException">There is no such optimizer or option; the nearest is suggested.</exception>
    public static Optimizer Parse(string text) => Kinds.Parse(text);

    /// <summary>As it is written, arguments included.</summary>
    public abstract string Notation { get; }

    /// <summary>The learning rate before any schedule.</summary>
    public abstract double LearningRate { get; }

    /// <summary>The names of the numbers that are kept per parameter between updates: "v", "m". They start at 0.</summary>
    public abstract IReadOnlyList<string> State { get; }

    /// <summary>No rule has more numbers that are the same for all parameters.</summary>
    public const int MaximumConstants = 4;

    /// <inheritdoc cref="IOptimizerRule.Constants{T}"/>
    public abstract void Constants<T>(int step, T rate, Span<T> constants)
        where T : IReal<T>;

    /// <inheritdoc cref="IOptimizerRule.Next{T}"/>
    public abstract T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
        where T : IReal<T>;

    /// <summary>Shows the rule to a reader.</summary>
    internal abstract TResult ShowRule<TResult>(IOptimizerRuleReader<TResult> reader);

    /// <inheritdoc/>
    public sealed override string ToString() => Notation;

    /// <summary>" name=value" where the value is not the one that is taken when nothing is said.</summary>
    private static string Option(string name, double value, double usual) =>
        value.Equals(usual) ? "" : string.Create(CultureInfo.InvariantCulture, $" {name}={value}");

    private static string InsideRoot(bool epsilonInsideRoot) => epsilonInsideRoot ? " eps-inside-root" : "";

    /// <summary>What a step is divided by: √v + ε, or √(v + ε).</summary>
    private static T Root<T>(T square, double epsilon, bool epsilonInsideRoot)
        where T : IReal<T> => epsilonInsideRoot ? T.Sqrt(square + T.Of(epsilon)) : T.Sqrt(square) + T.Of(epsilon);

    /// <summary>1 − β as a person has it, 0.001 for 0.999: a difference of floats would have four digits left.</summary>
    private static double OneMinus(double beta) => (double)(Rational.One - Rational.FromDouble(beta));

    private sealed class RuleOptimizer<TRule>(string notation, double learningRate, string[] state, TRule rule) : Optimizer
        where TRule : struct, IOptimizerRule
    {
        public override string Notation => notation;
        public override double LearningRate => learningRate;
        public override IReadOnlyList<string> State => state;

        public override void Constants<T>(int step, T rate, Span<T> constants) => rule.Constants(step, rate, constants);

        public override T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants) =>
            rule.Next(weight, gradient, state, constants);

        internal override TResult ShowRule<TResult>(IOptimizerRuleReader<TResult> reader) => reader.Read(rule);
    }
}

/// <summary>What an optimizer is: the update of one number, written once over any number.</summary>
public interface IOptimizerRule
{
    /// <summary>
    /// The numbers of one update that are the same for all parameters, such as 1 − β₁ᵗ; computed once and handed to each
    /// <see cref="Next{T}"/>.
    /// </summary>
    /// <param name="step">The number of the update, from 1.</param>
    /// <param name="rate">The learning rate of this update.</param>
    /// <param name="constants">Room for <see cref="Optimizer.MaximumConstants"/> numbers, as many of which are set as <see cref="Next{T}"/> reads.</param>
    void Constants<T>(int step, T rate, Span<T> constants)
        where T : IReal<T>;

    /// <summary>The next value of one parameter.</summary>
    /// <param name="weight">Its value.</param>
    /// <param name="gradient">∂L/∂(parameter), the penalty's part included.</param>
    /// <param name="state">What is kept for it, in the order of <see cref="Optimizer.State"/>; set to the next values.</param>
    /// <param name="constants">From <see cref="Constants{T}"/>.</param>
    T Next<T>(T weight, T gradient, Span<T> state, ReadOnlySpan<T> constants)
        where T : IReal<T>;
}

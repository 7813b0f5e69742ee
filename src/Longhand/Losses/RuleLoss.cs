using Longhand.Numbers;

namespace Longhand;

/// <summary>What a loss is for one sample: written once over any number, so that it is worked out by hand and run over lanes of samples.</summary>
internal interface ILossRule
{
    /// <inheritdoc cref="Loss.Value{T}(Grid{T}, Grid{T}, int)"/>
    T Value<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
        where T : IRowReal<T>;

    /// <inheritdoc cref="Loss.Gradient{T}(Grid{T}, Grid{T}, int, T, Grid{T})"/>
    void Gradient<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, T factor, Span<T> gradient)
        where T : IRowReal<T>;
}

/// <summary>Makes something of a rule, whose type only the loss knows.</summary>
internal interface ILossRuleReader<TResult>
{
    /// <summary>Called with the rule.</summary>
    TResult Read<TRule>(TRule rule)
        where TRule : struct, ILossRule;
}

public abstract partial class Loss
{
    /// <summary>Shows the loss's rule to a reader; nothing where it has none, being more than arithmetic (hinge looks for the class).</summary>
    internal virtual TResult? ShowRule<TResult>(ILossRuleReader<TResult> reader)
        where TResult : class => null;

    private sealed class RuleLoss<TRule>(string notation, LossReads reads, LabelEncoding labels, TRule rule, bool isSum = false) : Loss
        where TRule : struct, ILossRule
    {
        public override string Notation => notation;
        public override LossReads Reads => reads;
        public override LabelEncoding Labels => labels;
        public override bool IsSum => isSum;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample) => rule.Value(output.Row(sample), target.Row(sample));

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient) =>
            rule.Gradient(output.Row(sample), target.Row(sample), factor, gradient.RowToSet(sample));

        internal override TResult? ShowRule<TResult>(ILossRuleReader<TResult> reader)
            where TResult : class => reader.Read(rule);
    }
}

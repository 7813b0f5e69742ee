using Longhand.Numbers;

namespace Longhand.Experiments.Code;

/// <summary>A loss as expressions over arrays y (outputs) and t (targets), each with a row for each example.</summary>
/// <param name="Value">The loss of each example, or of each output of it where <see cref="IsElementwise"/>.</param>
/// <param name="Gradient">Its gradient with respect to y, without the mean over the examples.</param>
/// <param name="IsElementwise">Whether <see cref="Value"/> is still to be added over the outputs.</param>
/// <param name="IsMean">Whether it is averaged over the outputs rather than added.</param>
internal sealed record ArrayLoss(string Value, string Gradient, bool IsElementwise, bool IsMean = false)
{
    // More than arithmetic on single numbers, hence not read from the declaration.
    private static readonly Dictionary<string, ArrayLoss> whole = new()
    {
        ["cross-entropy"] = new(
            "np.sum(t * (logsumexp(y) - y), axis=1)",
            "np.exp(y - logsumexp(y)) * t.sum(axis=1, keepdims=True) - t",
            false
        ),
        ["kl"] = new(
            "np.sum(t * (np.log(np.where(t > 0, t, real(1))) + logsumexp(y) - y), axis=1)",
            "np.exp(y - logsumexp(y)) * t.sum(axis=1, keepdims=True) - t",
            false
        ),
    };

    /// <summary>Reads a loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">How many outputs the network has.</param>
    /// <returns>Null where it cannot be said as arithmetic on arrays.</returns>
    public static ArrayLoss? Of(Loss loss, int outputs)
    {
        if (whole.TryGetValue(loss.Notation, out ArrayLoss? known))
            return known;
        // Targets of ±1; a class among several would have to be looked for.
        if (loss.Notation == "hinge")
        {
            Written.Notes.Helpers.Add("relu");
            return outputs == 1 ? new("relu(1 - t * y)", "np.where(1 - t * y > 0, -t, real(0))", true) : null;
        }
        return loss.ShowRule(new Reader(outputs));
    }

    private sealed class Reader(int outputs) : ILossRuleReader<ArrayLoss>
    {
        private static readonly double[] someOutputs = [0.2, 0.7, 0.35],
            someTargets = [1, 0.25, 0.6];

        public ArrayLoss Read<TRule>(TRule rule)
            where TRule : struct, ILossRule
        {
            var gradient = new Written[1];
            Written[] y = [Written.Array("y")],
                t = [Written.Array("t")];
            string value = rule.Value<Written>(y, t).Text;
            rule.Gradient<Written>(y, t, new("1", Ranks.Atom, true), gradient);
            return new(value, gradient[0].Text, true, outputs > 1 && IsMean(rule));
        }

        // Whether several outputs are averaged or added is not written anywhere but in the rule: it shows in numbers.
        private static bool IsMean<TRule>(TRule rule)
            where TRule : struct, ILossRule
        {
            Float64[] y = Array.ConvertAll(someOutputs, v => new Float64(v)),
                t = Array.ConvertAll(someTargets, v => new Float64(v));
            double together = rule.Value<Float64>(y, t).Value,
                sum = Enumerable.Range(0, y.Length).Sum(i => rule.Value<Float64>(y.AsSpan(i, 1), t.AsSpan(i, 1)).Value);
            const double tolerance = 1e-12;
            return Math.Abs(together - sum / y.Length) < tolerance
                || (
                    Math.Abs(together - sum) < tolerance
                        ? false
                        : throw new LonghandException(
                            "This loss is more than the sum of what its outputs do each; only the code in C# has it."
                        )
                );
        }
    }
}

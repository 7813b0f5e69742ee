using Longhand.Layers;

namespace Longhand.Experiments.Reports;

/// <summary>What the outputs of a network say of classes: which one, and how surely.</summary>
internal sealed class Judge
{
    private readonly Targets targets;
    private readonly OutputRange range;
    private readonly LossReads reads;
    private readonly double halfway;

    public Judge(TrainingRun run)
        : this(run.Network, run.Loss, new Targets(run.Network, run.Loss, run.Data.Train)) { }

    /// <param name="network">Whose outputs are judged.</param>
    /// <param name="loss">What it is trained with.</param>
    /// <param name="targets">The targets of the examples that it is trained on.</param>
    public Judge(Network network, Loss loss, Targets targets)
    {
        this.targets = targets;
        range = network.Range;
        reads = loss.Reads;
        IsSingle = network.Output.Length == 1;
        halfway = IsSingle ? Math.Abs(loss.Encode(1, 1, range)[0] - targets.Threshold) : 0;
    }

    /// <summary>Whether one output tells two classes apart.</summary>
    public bool IsSingle { get; }

    /// <summary>Where a single output is split.</summary>
    public double Threshold => targets.Threshold;

    /// <summary>Whether the outputs are probabilities, or become such by the rule that the loss reads them with.</summary>
    public bool HasProbabilities =>
        reads is LossReads.Logits or LossReads.ClassLogits or LossReads.Probabilities or LossReads.Distribution
        || range.IsProbability
        || range.IsLogDistribution;

    /// <summary>The class that is found.</summary>
    public int Decide(ReadOnlySpan<float> output) => targets.Decide(output);

    /// <summary>
    /// A number for each class, the larger the likelier: its probability where there are such, otherwise the output itself. A single output
    /// speaks for the second class, and as much against the first.
    /// </summary>
    public double[] Scores(ReadOnlySpan<float> output)
    {
        double[] scores = [.. output.ToArray().Select(v => (double)v)];
        if (reads == LossReads.ClassLogits && !range.IsDistribution)
        {
            double most = scores.Max(),
                sum = scores.Sum(s => Math.Exp(s - most));
            scores = [.. scores.Select(s => Math.Exp(s - most) / sum)];
        }
        else if (range.IsLogDistribution)
            scores = [.. scores.Select(Math.Exp)];
        else if (reads == LossReads.Logits)
            scores = [.. scores.Select(s => 1 / (1 + Math.Exp(-s)))];
        if (!IsSingle)
            return scores;
        return HasProbabilities ? [1 - scores[0], scores[0]] : [2 * Threshold - scores[0], scores[0]];
    }

    /// <summary>How sure the decision is: 0 on the border, 1 where nothing speaks against it.</summary>
    public double Certainty(ReadOnlySpan<float> output)
    {
        double[] scores = Scores(output);
        if (HasProbabilities)
        {
            double fair = 1.0 / scores.Length,
                sum = scores.Sum();
            return Math.Clamp((scores.Max() / (sum > 0 ? sum : 1) - fair) / (1 - fair), 0, 1);
        }
        if (IsSingle)
            return Math.Clamp(Math.Abs(output[0] - Threshold) / halfway, 0, 1);
        double[] sorted = [.. scores.OrderDescending()];
        return Math.Clamp(sorted[0] - sorted[1], 0, 1);
    }
}

namespace Longhand.Playground;

/// <summary>When a run ends by itself, asked at the end of each epoch.</summary>
internal sealed class StopRule
{
    /// <summary>What can be asked for: a loss, an accuracy, the gradient's norm, or that a loss no longer falls.</summary>
    public static readonly string[] Kinds =
    [
        "train-below",
        "test-below",
        "train-accuracy",
        "test-accuracy",
        "gradient-below",
        "train-flat",
        "test-flat",
    ];

    // A loss still falls as long as it becomes less by more than this share of itself.
    private const double LeastFall = 1e-3;

    private double best = double.PositiveInfinity;
    private int bestEpoch;

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="value">The bound; for what no longer falls, the epochs that are waited.</param>
    /// <param name="setup">What is trained.</param>
    /// <exception cref="LonghandException">There is no such kind, or nothing to ask it of.</exception>
    public StopRule(string kind, double value, Setup setup)
    {
        if (!Kinds.Contains(kind))
            throw new LonghandException($"play, stop: there is no condition {Quoted.Of(kind)}.{Nearest.Suggestion(kind, Kinds)}");
        if (!double.IsFinite(value) || value < 0)
            throw new LonghandException("play, stop: a number from 0 on is needed.");
        if (kind.StartsWith("test", StringComparison.Ordinal) && setup.Data.Test is null)
            throw new LonghandException("There are no test data to watch; leave some aside, or watch the training data.");
        if (kind.EndsWith("accuracy", StringComparison.Ordinal) && !setup.Data.Train.HasClasses)
            throw new LonghandException("There are no classes whose accuracy could be watched; watch a loss.");
        (Kind, Value) = (kind, value);
    }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public string Kind { get; }

    /// <summary>The bound, or the epochs that are waited.</summary>
    public double Value { get; }

    /// <summary>Whether the run ends now.</summary>
    /// <param name="loop">The run at the end of an epoch.</param>
    /// <param name="found">The number that was asked for.</param>
    public bool Holds(TrainingLoop loop, out double found)
    {
        if (Kind == "gradient-below")
        {
            found = loop.GradientNorm();
            return found < Value;
        }
        (Measurement train, Measurement? test) = loop.Measure();
        Measurement watched = Kind.StartsWith("test", StringComparison.Ordinal) ? test! : train;
        found = Kind.EndsWith("accuracy", StringComparison.Ordinal) ? watched.Accuracy!.Value : watched.Loss;
        if (Kind.EndsWith("accuracy", StringComparison.Ordinal))
            return found >= Value;
        if (Kind.EndsWith("below", StringComparison.Ordinal))
            return found < Value;
        if (found < best * (1 - LeastFall))
            (best, bestEpoch) = (found, loop.Epoch);
        return loop.Epoch - bestEpoch >= Value;
    }
}

/// <summary>Why a run ended by itself.</summary>
/// <param name="Kind">One of <see cref="StopRule.Kinds"/>, or epoch.</param>
/// <param name="Value">The bound.</param>
/// <param name="Found">What was found.</param>
internal sealed record Stopped(string Kind, double Value, double Found);

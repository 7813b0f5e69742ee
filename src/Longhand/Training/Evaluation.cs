namespace Longhand;

/// <summary>How a model does on a data set.</summary>
/// <param name="Loss">The loss over the whole set, without penalty.</param>
/// <param name="Accuracy">The share that was classified right; null where targets are values.</param>
/// <param name="Confusion">[true class, class found]: how often; null where targets are values.</param>
/// <param name="ClassNames">What the classes are called; empty where targets are values.</param>
public sealed record Evaluation(double Loss, double? Accuracy, int[,]? Confusion, IReadOnlyList<string> ClassNames)
{
    /// <summary>Precision, recall and F1 of each class, in the order of the confusion; empty where targets are values.</summary>
    public IReadOnlyList<ClassScore> Scores { get; } = Confusion is null ? [] : ClassScore.Of(Confusion);

    /// <summary>
    /// The mean over the classes that occur, in truth or in what was found; a precision that is not defined counts as 0. Null where targets
    /// are values.
    /// </summary>
    public double? MacroPrecision => Macro(score => score.Precision);

    /// <inheritdoc cref="MacroPrecision"/>
    public double? MacroRecall => Macro(score => score.Recall);

    /// <inheritdoc cref="MacroPrecision"/>
    public double? MacroF1 => Macro(score => score.F1);

    /// <summary>The mean of |o − t| over all outputs of all examples; null where targets are classes.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>
    /// The coefficient of determination 1 − Σ(o − t)²/Σ(t − t̄)², averaged over the outputs; null where targets are classes, and where an
    /// output has one target throughout, so that there is nothing to explain.
    /// </summary>
    public double? R2 { get; init; }

    private double? Macro(Func<ClassScore, double?> read)
    {
        ClassScore[] occurring = [.. Scores.Where(score => score.F1 is not null)];
        return occurring.Length == 0 ? null : occurring.Average(score => read(score) ?? 0);
    }
}

/// <summary>How well one class is told from the others.</summary>
/// <param name="Precision">Of those that were taken for it, the share that are; null where none was.</param>
/// <param name="Recall">Of those that are of it, the share that were found; null where there is none.</param>
/// <param name="F1">The harmonic mean of both, 2·right/(taken + there are); null where both counts are 0.</param>
/// <param name="Support">How many examples are of it.</param>
public sealed record ClassScore(double? Precision, double? Recall, double? F1, int Support)
{
    internal static IReadOnlyList<ClassScore> Of(int[,] confusion)
    {
        int classes = confusion.GetLength(0);
        return [.. Enumerable.Range(0, classes).Select(one => Of(confusion, one, classes))];
    }

    private static ClassScore Of(int[,] confusion, int one, int classes)
    {
        long taken = 0,
            there = 0,
            right = confusion[one, one];
        for (int other = 0; other < classes; other++)
        {
            there += confusion[one, other];
            taken += confusion[other, one];
        }
        return new(Share(right, taken), Share(right, there), Share(2 * right, taken + there), (int)there);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

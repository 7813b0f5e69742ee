using System.Globalization;

namespace Longhand.Experiments.Reports;

/// <summary>How well each class is found, see <see cref="ClassScore"/>.</summary>
internal static class ClassTable
{
    /// <summary>A row for each class; null where targets are values.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(TrainingRun run)
    {
        DataSet data = run.Judged;
        if (!data.HasClasses)
            return null;
        string Share(double? share) => share is { } known ? (100 * known).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";
        return
        [
            .. run.Evaluation.Scores.Select(
                (score, c) =>
                    (string[])
                        [
                            c < data.ClassNames.Count ? data.ClassNames[c] : $"class {c}",
                            Words.Count(score.Support),
                            Share(score.Precision),
                            Share(score.Recall),
                            Share(score.F1),
                        ]
            ),
        ];
    }
}

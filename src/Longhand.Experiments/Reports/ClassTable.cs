using System.Globalization;

namespace Longhand.Experiments.Reports;

/// <summary>
/// How well each class is found. Precision: of those taken for it, the share that is; recall: of those that are, the share that is found;
/// F1: their harmonic mean, 2·right / (taken for it + being it).
/// </summary>
internal static class ClassTable
{
    /// <summary>A row for each class; null where targets are values.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Of(TrainingRun run)
    {
        DataSet data = run.Judged;
        if (!data.HasClasses)
            return null;
        int[,] counts = run.Evaluation.Confusion!;
        int classes = counts.GetLength(0);
        string Share(long part, long whole) =>
            whole == 0 ? "–" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
        return
        [
            .. Enumerable
                .Range(0, classes)
                .Select(c =>
                {
                    long being = Enumerable.Range(0, classes).Sum(k => (long)counts[c, k]),
                        taken = Enumerable.Range(0, classes).Sum(k => (long)counts[k, c]),
                        right = counts[c, c];
                    return (string[])
                        [
                            c < data.ClassNames.Count ? data.ClassNames[c] : $"class {c}",
                            being.ToString("N0", CultureInfo.InvariantCulture),
                            Share(right, taken),
                            Share(right, being),
                            Share(2 * right, taken + being),
                        ];
                }),
        ];
    }
}

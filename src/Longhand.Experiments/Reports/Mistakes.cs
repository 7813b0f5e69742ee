namespace Longhand.Experiments.Reports;

/// <summary>An example that the network gets wrong.</summary>
/// <param name="Index">Its number in the set that the run is judged by.</param>
/// <param name="True">What is so.</param>
/// <param name="Found">What was found.</param>
/// <param name="TrueScore">How much spoke for what is so; for values how far off the worst output is.</param>
/// <param name="FoundScore">How much spoke for what was found; null for values.</param>
internal sealed record Mistake(int Index, string True, string Found, double TrueScore, double? FoundScore);

/// <summary>The examples that a run gets most wrong.</summary>
internal static class Mistakes
{
    public const int Most = 12;

    /// <summary>Classes: those of the wrong ones whose true class has least for it. Values: those farthest off.</summary>
    /// <returns>The worst, the very worst first; and how many are wrong (of values: how many there are).</returns>
    public static (IReadOnlyList<Mistake> Worst, int Count) Of(TrainingRun run)
    {
        DataSet data = run.Judged;
        Judge? judge = data.HasClasses ? new Judge(run) : null;
        var found = new List<Mistake>();
        var input = new float[data.InputShape.Length];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInput(i, input);
            float[] output = run.Result.Model.Predict(input);
            if (judge is null)
                found.Add(OfValues(data, i, output));
            else if (judge.Decide(output) is var decided && decided != data.Class(i))
            {
                double[] scores = judge.Scores(output);
                found.Add(new(i, Name(data, data.Class(i)), Name(data, decided), scores[data.Class(i)], scores[decided]));
            }
        }
        IOrderedEnumerable<Mistake> sorted = judge is null
            ? found.OrderByDescending(m => m.TrueScore)
            : found.OrderBy(m => m.TrueScore - m.FoundScore);
        return ([.. sorted.ThenBy(m => m.Index).Take(Most)], found.Count);
    }

    private static Mistake OfValues(DataSet data, int index, float[] output)
    {
        var target = new double[data.TargetLength];
        data.CopyTarget(index, target);
        int worst = 0;
        for (int j = 1; j < target.Length; j++)
            if (Math.Abs(output[j] - target[j]) > Math.Abs(output[worst] - target[worst]))
                worst = j;
        string where = target.Length > 1 ? $" (output {worst + 1})" : "";
        return new(
            index,
            Words.Printed(target[worst]) + where,
            Words.Printed(output[worst]),
            Math.Abs(output[worst] - target[worst]),
            null
        );
    }

    private static string Name(DataSet data, int label) => label < data.ClassNames.Count ? data.ClassNames[label] : $"class {label}";
}

namespace Longhand.Experiments.Reports;

/// <summary>How far predictions of values are off, where a single number such as the loss would hide a few bad ones.</summary>
internal static class ErrorTable
{
    private const int MostOutputs = 6;

    /// <summary>Of |o − t|, for each of the first outputs, the mean, the median, the ninth decile (both as they occur) and the largest.</summary>
    /// <returns>The headings and a row for each of these.</returns>
    public static (IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) Of(TrainingRun run)
    {
        double[][] errors = Errors(run);
        // The smallest that at least such a share of them does not exceed.
        static double Below(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        (string Name, Func<double[], double> Of)[] measures =
        [
            ("on average", all => all.Average()),
            ("half of them at most", all => Below(all, 0.5)),
            ("nine tenths at most", all => Below(all, 0.9)),
            ("the farthest", all => all[^1]),
        ];
        return (
            ["off by", .. errors.Select((_, j) => run.Judged.TargetLength == 1 ? ">" : $"output {j + 1}>")],
            [.. measures.Select(measure => (string[])[measure.Name, .. errors.Select(all => Words.Printed(measure.Of(all)))])]
        );
    }

    private static double[][] Errors(TrainingRun run)
    {
        DataSet data = run.Judged;
        double[][] errors = [.. Enumerable.Range(0, (int)Math.Min(MostOutputs, data.TargetLength)).Select(_ => new double[data.Count])];
        var input = new float[data.InputShape.Length];
        var target = new double[data.TargetLength];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInput(i, input);
            data.CopyTarget(i, target);
            float[] output = run.Result.Model.Predict(input);
            for (int j = 0; j < errors.Length; j++)
                errors[j][i] = Math.Abs(output[j] - target[j]);
        }
        foreach (double[] all in errors)
            Array.Sort(all);
        return errors;
    }
}

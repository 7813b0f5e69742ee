namespace Longhand.Experiments.Reports;

/// <summary>How far predictions of values are off, where a single number such as the loss would hide a few bad ones.</summary>
internal static class ErrorTable
{
    /// <summary>The headings of the rows.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["output", "mean>", "half below>", "nine tenths below>", "largest>"];

    /// <summary>A row for each output: of |o − t| the mean, the median, the ninth decile (both as they occur) and the largest.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(TrainingRun run)
    {
        DataSet data = run.Judged;
        var errors = new double[data.TargetLength][];
        for (int j = 0; j < errors.Length; j++)
            errors[j] = new double[data.Count];
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
        return
        [
            .. errors.Select(
                (all, j) =>
                {
                    Array.Sort(all);
                    // The smallest that at least such a share of them does not exceed.
                    double Below(double share) => all[Math.Max(0, (int)Math.Ceiling(share * all.Length) - 1)];
                    return (string[])
                        [
                            errors.Length == 1 ? "the output" : $"output {j + 1}",
                            Words.Printed(all.Average()),
                            Words.Printed(Below(0.5)),
                            Words.Printed(Below(0.9)),
                            Words.Printed(all[^1]),
                        ];
                }
            ),
        ];
    }
}

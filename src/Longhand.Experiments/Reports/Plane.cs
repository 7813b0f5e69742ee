using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Data with two columns, and the network behind the features that are computed from them.</summary>
internal sealed record Plane(
    Axis X,
    Axis Y,
    IReadOnlyList<(DataSet Data, bool IsUnseen)> Points,
    Func<DataSet, DataSet> Features,
    Model Model
)
{
    private const double Room = 0.08;

    public static Plane? Of(TrainingRun run)
    {
        Experiment experiment = run.Experiment;
        List<(DataSet Data, bool IsUnseen)> points;
        Func<DataSet, DataSet> features = data => data;
        if (experiment.FeatureList is { } list)
        {
            // The rows as they were before features were computed are not kept: they are made again.
            if (experiment.DataText is null || run.Data.Columns.Count != 2)
                return null;
            DataParts parts = Longhand.Data.Make(experiment.DataText, experiment.BaseDirectory);
            points = parts.Test is null ? [(parts.All, false)] : [(parts.All, false), (parts.Test, true)];
            features = FeatureMap.Read(list, run.Data.Columns, 2).Apply;
        }
        else
        {
            points = [(run.Data.Train, false)];
            if (run.Data.Validation is { } validation)
                points.Add((validation, true));
            if (run.Data.Test is { } test)
                points.Add((test, true));
        }
        if (points[0].Data.InputShape.IsImage || points[0].Data.InputShape.Length != 2)
            return null;
        IReadOnlyList<string> names = points[0].Data.InputNames;
        Axis AxisOf(int column) =>
            Axis.Of(
                names.Count == 2 ? names[column] : $"x{"₁₂"[column]}",
                points.SelectMany(p => Enumerable.Range(0, p.Data.Count).Select(i => p.Data[i].Input[column])),
                room: Room
            );
        return new(AxisOf(0), AxisOf(1), points, features, run.Result.Model);
    }

    /// <summary>The outputs at all pairs of places, row by row; null where a feature cannot be computed everywhere.</summary>
    public float[][]? Outputs(double[] x, double[] y)
    {
        double[][] rows = [.. y.SelectMany(b => x.Select(a => new[] { a, b }))];
        try
        {
            DataSet inputs = Features(new DataSet(rows, new int[rows.Length]));
            var input = new float[inputs.InputShape.Length];
            return
            [
                .. Enumerable
                    .Range(0, rows.Length)
                    .Select(i =>
                    {
                        inputs.CopyInput(i, input);
                        return Model.Predict(input);
                    }),
            ];
        }
        catch (LonghandException)
        {
            return null;
        }
    }
}

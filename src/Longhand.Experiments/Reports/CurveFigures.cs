using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>What was measured from epoch to epoch.</summary>
internal static class CurveFigures
{
    // Where the loss falls to a thirtieth its end would lie on the axis.
    private const double Decades = 30;

    private const int Train = 0,
        Validation = 1,
        Test = 2,
        Batches = 3,
        Penalty = 6;

    /// <summary>Whether values lie so far apart that the low ones are seen on a logarithmic axis alone.</summary>
    public static bool AreDecades(double low, double high) => low > 0 && high / low >= Decades;

    public static Chart Loss(TrainingRun run)
    {
        var marks = new List<LineMark>();
        Add(marks, run, "train", Train, r => r.Train?.Loss);
        if (marks.Count == 0 || marks[0].X.Count * 2 < run.Result.History.Count)
            Add(marks, run, "train, mean of batches", Batches, r => r.Loss);
        Add(marks, run, "validation", Validation, r => r.Validation?.Loss);
        Add(marks, run, "test", Test, r => r.Test?.Loss);
        if (!run.Experiment.Regularization.IsNone)
            Add(marks, run, "penalty", Penalty, r => r.Penalty);
        double[] values = [.. marks.SelectMany(m => m.Y).Where(double.IsFinite)];
        bool log = values.Length > 0 && AreDecades(values.Min(), values.Max());
        string unit = run.Loss.Notation + (log ? ", logarithmic" : "");
        Axis axis = log ? Axis.Of($"loss ({unit})", values, Scale.Log) : Axis.Of($"loss ({unit})", [.. values, 0], room: 0.03);
        return new Chart("Loss", Epochs(run), axis, [.. Kept(run, axis), .. marks])
        {
            Note = Notation(run),
            Description = Told("The loss", marks),
        };
    }

    public static Chart? Accuracy(TrainingRun run)
    {
        var marks = new List<LineMark>();
        Add(marks, run, "train", Train, r => 100 * r.Train?.Accuracy);
        Add(marks, run, "validation", Validation, r => 100 * r.Validation?.Accuracy);
        Add(marks, run, "test", Test, r => 100 * r.Test?.Accuracy);
        if (marks.Count == 0)
            return null;
        double low = marks.SelectMany(m => m.Y).Min();
        var axis = Axis.Between("classified right (%)", low, 100, room: 0.03);
        return new Chart("Accuracy", Epochs(run), axis, [.. Kept(run, axis), .. marks])
        {
            Note = Notation(run),
            Description = Told("The share that is classified right", marks, " %"),
        };
    }

    public static Chart? LearningRate(TrainingRun run)
    {
        var marks = new List<LineMark>();
        // What stands at epoch 0 has trained nothing yet.
        Add(marks, run, "learning rate", Train, r => r.Epoch == 0 ? null : r.LearningRate);
        if (marks.Count == 0 || marks[0].Y.Distinct().Count() < 2)
            return null;
        IReadOnlyList<double> rates = marks[0].Y;
        bool log = AreDecades(rates.Min(), rates.Max());
        return new Chart(
            "Learning rate",
            Epochs(run),
            log ? Axis.Of("learning rate, logarithmic", rates, Scale.Log) : Axis.Of("learning rate", [.. rates, 0], room: 0.03),
            marks
        )
        {
            Note = $"{run.Experiment.Optimizer}; schedule {run.Experiment.Settings.Schedule}",
            Description = Told("The learning rate", marks),
        };
    }

    /// <summary>The axis of the epochs.</summary>
    public static Axis Epochs(TrainingRun run) => Axis.Between("epoch", 0, Math.Max(1, run.Result.History[^1].Epoch), Scale.Whole);

    // The epoch that the model has gone back to.
    private static IEnumerable<Mark> Kept(TrainingRun run, Axis axis) =>
        run.Result.RestoredEpoch is { } kept
            ?
            [
                new LineMark([kept, kept], [axis.Low, axis.High])
                {
                    IsGuide = true,
                    Width = 1.2,
                    Dashes = Dash.Fine,
                },
                new TextMark([kept], [axis.High], [$"epoch {kept} is kept"]),
            ]
            : [];

    private static string Notation(TrainingRun run) =>
        run.Network.ToString().Replace("->", "→", StringComparison.Ordinal) + $"; {run.Data.Train.Name}";

    private static void Add(List<LineMark> marks, TrainingRun run, string name, int series, Func<EpochReport, double?> value)
    {
        (int Epoch, double Value)[] points =
        [
            .. run.Result.History.Where(r => value(r) is not null).Select(r => (r.Epoch, value(r)!.Value)),
        ];
        if (points.Length > 0)
            marks.Add(
                new LineMark([.. points.Select(p => (double)p.Epoch)], [.. points.Select(p => p.Value)]) { Name = name, Series = series }
            );
    }

    private static string Told(string what, IEnumerable<LineMark> marks, string unit = "") =>
        $"{what} by epoch. "
        + string.Join("; ", marks.Select(m => FormattableString.Invariant($"{m.Name}: from {m.Y[0]:G4}{unit} to {m.Y[^1]:G4}{unit}")))
        + ".";
}

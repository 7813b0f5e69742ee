using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>What was found against what is so.</summary>
internal static class PredictionFigures
{
    private const int MostOutputs = Palette.SeriesCount,
        MostClasses = 100;

    /// <summary>Which classes are taken for which; null where targets are values.</summary>
    public static MatrixFigure? Confusion(TrainingRun run)
    {
        DataSet data = run.Judged;
        if (!data.HasClasses)
            return null;
        int[,] counts = run.Evaluation.Confusion!;
        int classes = counts.GetLength(0);
        if (classes > MostClasses)
            return null;
        string[] names =
        [
            .. Enumerable
                .Range(0, classes)
                .Select(c => c < data.ClassNames.Count ? data.ClassNames[c] : FormattableString.Invariant($"class {c}")),
        ];
        long right = Enumerable.Range(0, classes).Sum(c => (long)counts[c, c]);
        return new MatrixFigure(
            FormattableString.Invariant($"Confusion: {data.Count:N0} {run.JudgedName}"),
            counts,
            names,
            "true class",
            "class found"
        )
        {
            Description = FormattableString.Invariant($"{right:N0} of {data.Count:N0} are classified right."),
        };
    }

    /// <summary>Outputs over targets; null where there are classes.</summary>
    public static Chart? Predictions(TrainingRun run)
    {
        DataSet data = run.Judged;
        if (data.HasClasses)
            return null;
        int[] shown = PlaneFigures.Shown(data.Count);
        var input = new float[data.InputShape.Length];
        float[][] outputs =
        [
            .. shown.Select(i =>
            {
                data.CopyInput(i, input);
                return run.Result.Model.Predict(input);
            }),
        ];
        double[][] targets = [.. shown.Select(i => data[i].Target)];
        int count = Math.Min(MostOutputs, data.TargetLength);
        Axis both = Axis.Of(
            "",
            [.. outputs.SelectMany(o => o.Take(count).Select(v => (double)v)), .. targets.SelectMany(t => t.Take(count))]
        );
        var marks = new List<Mark>
        {
            new LineMark([both.Low, both.High], [both.Low, both.High])
            {
                Name = "prediction = target",
                IsGuide = true,
                Width = 1.2,
                Dashes = Dash.Fine,
            },
        };
        for (int j = 0; j < count; j++)
        {
            int column = j;
            marks.Add(
                new PointsMark([.. targets.Select(t => t[column])], [.. outputs.Select(o => (double)o[column])])
                {
                    Name = count == 1 ? "" : $"output {j + 1}",
                    Series = j,
                    Radius = PlaneFigures.Radius(shown.Length),
                }
            );
        }
        return new Chart(
            FormattableString.Invariant($"Predictions: {data.Count:N0} {run.JudgedName}"),
            Axis.Between("target", both.Low, both.High),
            Axis.Between("prediction", both.Low, both.High),
            marks
        )
        {
            IsSquare = true,
            Description = "What the network says over what is so; on the diagonal both are equal.",
        };
    }
}

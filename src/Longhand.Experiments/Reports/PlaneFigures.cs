using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>What a network makes of the plane or the line that its data lie in: decision regions, a surface, a curve.</summary>
internal static class PlaneFigures
{
    private const int Cells = 120,
        CurvePoints = 401,
        MostPoints = 1500,
        MostNumbers = 12;

    /// <summary>The regions in which each class is found, with the examples; null where inputs are no points of a plane.</summary>
    public static Chart? Regions(TrainingRun run)
    {
        if (Plane.Of(run) is not { } plane || !run.Data.Train.HasClasses)
            return null;
        var judge = new Judge(run);
        IReadOnlyList<string> names = run.Data.Train.ClassNames;
        byte[] rgba = new byte[4 * Cells * Cells];
        float[][]? cells = plane.Outputs(Centers(plane.X), Centers(plane.Y).Reverse().ToArray());
        double[] x = Places(plane.X),
            y = Places(plane.Y);
        float[][]? nodes = plane.Outputs(x, y);
        if (cells is null || nodes is null)
            return null;
        for (int i = 0; i < cells.Length; i++)
        {
            Rgb color = Palette.Regions[judge.Decide(cells[i]) % Palette.SeriesCount];
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]) = (color.R, color.G, color.B);
            rgba[4 * i + 3] = (byte)Math.Round(255 * (0.08 + 0.42 * judge.Certainty(cells[i])));
        }
        var marks = new List<Mark> { new FieldMark(Cells, Cells, rgba) };
        int classes = judge.IsSingle ? 1 : (int)run.Network.Output.Length;
        for (int c = 0; c < classes; c++)
        {
            int label = c;
            double[,] margin = Table(nodes, o => judge.IsSingle ? o[0] - judge.Threshold : o[label] - Others(o, label));
            marks.Add(
                new LevelMark(Contours.At(margin, x, y, 0))
                {
                    IsGuide = true,
                    Width = 1.2,
                    Opacity = 0.75,
                }
            );
        }
        marks.AddRange(plane.Points.Where(p => p.Data.HasClasses).SelectMany(p => Classes(plane, p.Data, p.IsUnseen, names)));
        return new Chart("Decision regions", plane.X, plane.Y, marks)
        {
            IsSquare = true,
            Note = plane.Points.Count > 1 ? "filled: learned from; hollow: not seen in training" : "",
            Description =
                $"The plane of {plane.X.Name} and {plane.Y.Name}, coloured by the class that the network finds there; the deeper the surer.",
        };
    }

    /// <summary>The output over a plane, for targets that are values; null where there is no plane or there are several outputs.</summary>
    public static Chart? Surface(TrainingRun run)
    {
        if (Plane.Of(run) is not { } plane || run.Data.Train.HasClasses || run.Network.Output.Length != 1)
            return null;
        double[] x = Places(plane.X),
            y = Places(plane.Y);
        float[][]? cells = plane.Outputs(Centers(plane.X), Centers(plane.Y).Reverse().ToArray());
        float[][]? nodes = plane.Outputs(x, y);
        if (cells is null || nodes is null)
            return null;
        double[] finite = [.. cells.Select(o => (double)o[0]).Where(double.IsFinite)];
        if (finite.Length == 0)
            return null;
        Axis heights = Axis.Of("output", finite, room: 0);
        byte[] rgba = new byte[4 * Cells * Cells];
        Rgb color = Palette.Regions[0];
        for (int i = 0; i < cells.Length; i++)
        {
            double share = double.IsFinite(cells[i][0]) ? heights.Share(cells[i][0]) : 0;
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]) = (color.R, color.G, color.B, (byte)Math.Round(190 * share));
        }
        var marks = new List<Mark> { new FieldMark(Cells, Cells, rgba) };
        IReadOnlyList<double> levels = heights.Ticks(6);
        double[,] table = Table(nodes, o => o[0]);
        foreach (double level in levels)
            marks.Add(
                new LevelMark(Contours.At(table, x, y, level))
                {
                    IsGuide = true,
                    Width = 0.9,
                    Opacity = 0.6,
                }
            );
        marks.AddRange(plane.Points.SelectMany(p => Values(plane, p.Data, p.IsUnseen)));
        IReadOnlyList<string> texts = Ticks.Texts(levels, Scale.Linear).Texts;
        return new Chart("Output", plane.X, plane.Y, marks)
        {
            IsSquare = true,
            Note = $"the deeper the blue the higher; lines at {string.Join(", ", texts)}",
            Description = $"The output of the network over the plane of {plane.X.Name} and {plane.Y.Name}, with lines of equal height.",
        };
    }

    /// <summary>The curve that a network of one input makes, with the examples; null for any other.</summary>
    public static Chart? Curve(TrainingRun run)
    {
        DataSet train = run.Data.Train;
        if (run.Experiment.FeatureList is not null || run.Network.Input.Length != 1 || run.Network.Output.Length != 1 || train.HasClasses)
            return null;
        (string Name, DataSet Data, int Series, bool Hollow)[] sets =
        [
            .. new[] { ("train", train, 0, false), ("test", run.Data.Test!, 2, true) }.Where(s => s.Item2 is not null),
        ];
        var marks = new List<Mark>();
        foreach ((string name, DataSet data, int series, bool hollow) in sets)
        {
            int[] shown = Shown(data.Count);
            marks.Add(
                new PointsMark([.. shown.Select(i => data[i].Input[0])], [.. shown.Select(i => data[i].Target[0])])
                {
                    Name = name,
                    Series = series,
                    IsHollow = hollow,
                    Radius = Radius(data.Count),
                }
            );
        }
        Axis x = Axis.Of(
            train.InputNames.Count == 1 ? train.InputNames[0] : "input",
            sets.SelectMany(s => Enumerable.Range(0, s.Data.Count).Select(i => s.Data[i].Input[0]))
        );
        double[] places = [.. Enumerable.Range(0, CurvePoints).Select(i => x.Low + (x.High - x.Low) * i / (CurvePoints - 1))];
        double[] outputs = [.. places.Select(p => (double)run.Result.Model.Predict([(float)p])[0])];
        marks.Add(
            new LineMark(places, outputs)
            {
                Name = "network",
                Series = 1,
                Dashes = Dash.None,
                Width = 2.2,
            }
        );
        return new Chart("Prediction", x, Axis.Of("target", [.. outputs, .. marks.OfType<PointsMark>().SelectMany(m => m.Y)]), marks)
        {
            Description = "The network's output as a curve, and the examples as points.",
        };
    }

    /// <summary>At most so many of the numbers from 0 as can be told apart, evenly taken.</summary>
    public static int[] Shown(int count) =>
        [.. Enumerable.Range(0, Math.Min(count, MostPoints)).Select(i => (int)((long)i * count / Math.Min(count, MostPoints)))];

    /// <summary>How large points are drawn of which there are so many.</summary>
    public static double Radius(int count) =>
        count switch
        {
            <= 60 => 4.2,
            <= 300 => 3.2,
            _ => 2.5,
        };

    private static IEnumerable<Mark> Classes(Plane plane, DataSet data, bool unseen, IReadOnlyList<string> names)
    {
        foreach (IGrouping<int, int> label in Shown(data.Count).GroupBy(data.Class).OrderBy(g => g.Key))
            yield return new PointsMark([.. label.Select(i => data[i].Input[0])], [.. label.Select(i => data[i].Input[1])])
            {
                Name = unseen ? "" : names[label.Key],
                Series = label.Key,
                IsHollow = unseen,
                Radius = Radius(plane.Points.Sum(p => p.Data.Count)),
            };
    }

    private static IEnumerable<Mark> Values(Plane plane, DataSet data, bool unseen)
    {
        int[] shown = Shown(data.Count);
        double[] x = [.. shown.Select(i => data[i].Input[0])],
            y = [.. shown.Select(i => data[i].Input[1])];
        bool few = plane.Points.Sum(p => p.Data.Count) <= MostNumbers;
        yield return new PointsMark(x, y)
        {
            Name = (unseen ? "test" : "train") + (few ? ", with its target" : ""),
            Series = unseen ? 2 : 1,
            Radius = Radius(data.Count),
        };
        if (few)
            yield return new TextMark(
                x,
                y,
                [.. shown.Select(i => data[i].Target[0].ToString("0.###", System.Globalization.CultureInfo.InvariantCulture))]
            );
    }

    private static double Others(float[] output, int label)
    {
        double most = double.NegativeInfinity;
        for (int j = 0; j < output.Length; j++)
            if (j != label)
                most = Math.Max(most, output[j]);
        return most;
    }

    private static double[,] Table(float[][] outputs, Func<float[], double> value)
    {
        int side = Cells + 1;
        var table = new double[side, side];
        for (int i = 0; i < outputs.Length; i++)
            table[i / side, i % side] = value(outputs[i]);
        return table;
    }

    private static double[] Places(Axis axis) =>
        [.. Enumerable.Range(0, Cells + 1).Select(i => axis.Low + (axis.High - axis.Low) * i / Cells)];

    private static double[] Centers(Axis axis) =>
        [.. Enumerable.Range(0, Cells).Select(i => axis.Low + (axis.High - axis.Low) * (i + 0.5) / Cells)];
}

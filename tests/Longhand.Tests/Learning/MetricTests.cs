namespace Longhand.Tests.Learning;

/// <summary>What an evaluation says, against values worked out by hand.</summary>
public class MetricTests
{
    // The identity over three inputs: the class found is the greatest input.
    private static Model Chooser(params int[][] rows) =>
        Model.Create(
            Network.Parse("3 -> dense 3 nobias"),
            new Dictionary<string, ParameterValues>
            {
                ["dense1.weight"] = new(
                    Network.Parse("3 -> dense 3 nobias").Parameter("dense1.weight").Parameter,
                    [.. rows.SelectMany(row => row.Select(v => (double)v))]
                ),
            }
        );

    [Fact]
    public void Precision_recall_and_f1_are_those_of_the_confusion()
    {
        // True and found: 0 0, 0 0, 0 1, 1 1, 1 0, and no example of class 2, which is never found either.
        int[] truth = [0, 0, 0, 1, 1],
            found = [0, 0, 1, 1, 0];
        Evaluation evaluation = Chooser([1, 0, 0], [0, 1, 0], [0, 0, 1])
            .Evaluate(
                new DataSet([.. found.Select(c => Enumerable.Range(0, 3).Select(j => j == c ? 1.0 : 0).ToArray())], truth),
                Loss.CrossEntropy
            );
        Assert.Equal(new ClassScore(2 / 3.0, 2 / 3.0, 2 / 3.0, 3), evaluation.Scores[0]);
        Assert.Equal(new ClassScore(0.5, 0.5, 0.5, 2), evaluation.Scores[1]);
        Assert.Equal(new ClassScore(null, null, null, 0), evaluation.Scores[2]);
        // What does not occur is no part of the mean.
        Assert.Equal((2 / 3.0 + 0.5) / 2, evaluation.MacroF1!.Value, 1e-15);
        Assert.Equal((2 / 3.0 + 0.5) / 2, evaluation.MacroPrecision!.Value, 1e-15);
        Assert.Equal((2 / 3.0 + 0.5) / 2, evaluation.MacroRecall!.Value, 1e-15);
        Assert.Equal(3 / 5.0, evaluation.Accuracy!.Value, 1e-15);
        Assert.Null(evaluation.R2);
        Assert.Null(evaluation.MeanAbsoluteError);
    }

    [Fact]
    public void A_class_that_is_never_found_has_no_precision_and_counts_as_0()
    {
        Evaluation evaluation = Chooser([1, 1, 1], [0, 0, 0], [0, 0, 0])
            .Evaluate(
                new DataSet(
                    [
                        [1.0, 0, 0],
                        [0, 1, 0],
                    ],
                    [0, 1]
                ),
                Loss.CrossEntropy
            );
        Assert.Equal(new ClassScore(0.5, 1, 2 / 3.0, 1), evaluation.Scores[0]);
        Assert.Equal(new ClassScore(null, 0, 0, 1), evaluation.Scores[1]);
        Assert.Equal(0.25, evaluation.MacroPrecision);
        Assert.Equal(0.5, evaluation.MacroRecall);
    }

    [Fact]
    public void Values_are_measured_by_R2_and_the_mean_absolute_error()
    {
        // o = x against t: errors 1, 0, −2 around targets 1, 2, 6 with mean 3 and spread 14.
        Network network = Network.Parse("1 -> dense 1 nobias");
        Model model = Model.Create(
            network,
            new Dictionary<string, ParameterValues> { ["dense1.weight"] = new(network.Parameter("dense1.weight").Parameter, [1.0]) }
        );
        double[][] x =
        [
            [2.0],
            [2],
            [4],
        ];
        Evaluation evaluation = model.Evaluate(new DataSet(x, new double[][] { [1], [2], [6] }), Loss.MeanSquaredError);
        Assert.Equal(1, evaluation.MeanAbsoluteError!.Value, 1e-12);
        Assert.Equal(1 - 5 / 14.0, evaluation.R2!.Value, 1e-12);
        Assert.Empty(evaluation.Scores);
        Assert.Null(evaluation.MacroF1);
        Assert.Null(model.Evaluate(new DataSet(x, new double[][] { [3], [3], [3] }), Loss.MeanSquaredError).R2);
        // Several outputs: the mean over them. The first is perfect, the second always gives the mean.
        Network two = Network.Parse("2 -> dense 2 nobias");
        Model both = Model.Create(
            two,
            new Dictionary<string, ParameterValues> { ["dense1.weight"] = new(two.Parameter("dense1.weight").Parameter, [1.0, 0, 0, 0]) }
        );
        evaluation = both.Evaluate(
            new DataSet(
                [
                    [1.0, 0],
                    [2, 0],
                    [6, 0],
                ],
                new double[][] { [1, 1e6 - 1], [2, 1e6], [6, 1e6 + 1] }
            ),
            Loss.MeanSquaredError
        );
        Assert.Equal((1 + (1 - 3 * 1e12 / 2)) / 2, evaluation.R2!.Value, 1e-12 * 1e12);
    }
}

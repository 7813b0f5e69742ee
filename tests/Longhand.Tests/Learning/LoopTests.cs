namespace Longhand.Tests.Learning;

/// <summary>What the training loop promises, whatever is trained.</summary>
public class LoopTests
{
    [Fact]
    public void An_epoch_takes_every_example_once_in_an_order_of_its_own()
    {
        var batches = new BatchPlan(10, 4, shuffle: true, carryOver: false, new RandomStream(1, "s"));
        int[] first = [.. batches.NextEpoch().SelectMany(b => b.ToArray())],
            second = [.. batches.NextEpoch().SelectMany(b => b.ToArray())];
        Assert.Equal(Enumerable.Range(0, 10), first.Order());
        Assert.Equal(Enumerable.Range(0, 10), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal([4, 4, 2], new BatchPlan(10, 4, false, false, new RandomStream(1, "s")).NextEpoch().Select(b => b.Length));
        Assert.Equal([10], new BatchPlan(10, 0, false, false, new RandomStream(1, "s")).NextEpoch().Select(b => b.Length));
    }

    [Fact]
    public void A_loss_that_leaves_the_finite_numbers_stops_the_run_and_names_the_layer()
    {
        var data = new DataSet(
            [
                [1e30],
                [-1e30],
            ],
            new double[][] { [0], [1] }
        );
        TrainingResult run = Network
            .Parse("1 -> dense 3 -> dense 1")
            .Run(data, new Training { Loss = Loss.HalfMeanSquaredError, Epochs = 50 });
        Assert.Equal(StopReason.NotFinite, run.Stopped);
        Assert.Matches("First to leave the finite numbers: .*dense", run.Problem);
        Assert.Throws<TrainingFailedException>(() =>
            Network.Parse("1 -> dense 3 -> dense 1").Train(data, new Training { Loss = Loss.HalfMeanSquaredError, Epochs = 50 })
        );
    }

    [Fact]
    public void A_run_that_diverges_is_stopped_too()
    {
        DataSet data = Data.Plane();
        TrainingResult run = Network
            .Parse("2 -> dense 8 relu -> dense 1")
            .Run(
                data,
                new Training
                {
                    Loss = Loss.HalfMeanSquaredError,
                    Optimizer = Optimizer.Sgd(100),
                    Epochs = 100,
                }
            );
        Assert.Equal(StopReason.NotFinite, run.Stopped);
        Assert.Contains("smaller learning rate", run.Problem);
    }

    [Fact]
    public void Cancelling_stops_after_the_present_update_and_keeps_the_model()
    {
        using var source = new CancellationTokenSource();
        int updates = 0;
        TrainingResult run = Network
            .Parse("2 -> dense 4 tanh -> dense 1")
            .Run(
                Data.Circles(),
                new Training
                {
                    Loss = Loss.BinaryCrossEntropyWithLogits,
                    Cancellation = source.Token,
                    OnUpdate = (_, _) =>
                    {
                        if (++updates == 7)
                            source.Cancel();
                    },
                }
            );
        Assert.Equal(StopReason.Cancelled, run.Stopped);
        Assert.Equal(7, run.History[^1].Updates);
        Assert.Equal(7, updates);
    }

    [Fact]
    public void Each_random_stream_leaves_the_others_alone()
    {
        Model Start(string network, ulong seed) =>
            Network
                .Parse(network)
                .Train(
                    Data.Circles(),
                    new Training
                    {
                        Loss = Loss.BinaryCrossEntropyWithLogits,
                        Epochs = 0,
                        Seed = seed,
                    }
                );
        // Dropout draws from a stream of its own, so the weights are the same with it.
        Assert.Equal(
            Start("2 -> dense 4 tanh -> dense 1", 1)["dense2.weight"].Data,
            Start("2 -> dense 4 tanh -> dropout 0.5 -> dense 1", 1)["dense2.weight"].Data
        );
        Assert.NotEqual(
            Start("2 -> dense 4 tanh -> dense 1", 1)["dense2.weight"].Data,
            Start("2 -> dense 4 tanh -> dense 1", 2)["dense2.weight"].Data
        );
    }

    [Fact]
    public void Changing_what_one_stream_is_used_for_leaves_the_others()
    {
        // Which examples come when, as the losses of the first epoch tell with a rate of 0; and the weights.
        (double[] Losses, float[] Weights) Run(string network, Training training)
        {
            var losses = new List<double>();
            TrainingResult run = Network.Parse(network).Run(Data.Moons(64), training with { OnEpoch = r => losses.Add(r.Loss ?? 0) });
            return ([.. losses], run.Model["dense1.weight"].Data);
        }
        var usual = new Training
        {
            Loss = Loss.BinaryCrossEntropyWithLogits,
            Optimizer = Optimizer.Sgd(0.5),
            Epochs = 2,
            Batch = 10,
        };
        Training still = usual with { Optimizer = Optimizer.Sgd(0) };
        // Without shuffles the weights begin the same; with another start the order stays the same.
        Assert.Equal(
            Run("2 -> dense 4 tanh -> dense 1", still).Weights,
            Run("2 -> dense 4 tanh -> dense 1", still with { Shuffle = false }).Weights
        );
        Assert.NotEqual(
            Run("2 -> dense 4 tanh -> dense 1", usual).Losses,
            Run("2 -> dense 4 tanh -> dense 1", usual with { Shuffle = false }).Losses
        );
        // A dropout that drops nothing, and an initialiser that draws otherwise, leave the order: zero weights tell it by the bias alone.
        Training zero = usual with
        {
            Initializer = Initializer.Zero,
            // In single precision the two networks may run on different kernels, which round differently.
            DoublePrecision = true,
        };
        Assert.Equal(Run("2 -> dense 4 tanh -> dense 1", zero).Losses, Run("2 -> dense 9 tanh -> dropout 0 -> dense 1", zero).Losses);
        Assert.NotEqual(
            Run("2 -> dense 4 tanh -> dense 1", zero).Losses,
            Run("2 -> dense 4 tanh -> dense 1", zero with { Seed = 2 }).Losses
        );
    }

    [Fact]
    public void Both_precisions_follow_the_same_path()
    {
        foreach (string regularization in (string[])["none", "l1 0.01", "l2 0.01"])
        {
            EpochReport Run(bool doubles) =>
                Network
                    .Parse("2 -> dense 6 tanh -> dense 1")
                    .Run(
                        Data.Moons(200),
                        new Training
                        {
                            Loss = Loss.BinaryCrossEntropyWithLogits,
                            Optimizer = Optimizer.Adam(0.01),
                            Epochs = 20,
                            Regularization = Regularization.Parse(regularization),
                            DoublePrecision = doubles,
                        }
                    )
                    .History[^1];
            EpochReport single = Run(false),
                precise = Run(true);
            Assert.Equal(precise.Train!.Loss, single.Train!.Loss, 1e-4);
            Assert.Equal(precise.Penalty, single.Penalty, 1e-4);
            Assert.Equal(regularization == "none", precise.Penalty == 0);
        }
    }

    [Fact]
    public void History_keeps_copies_not_the_same_array_again_and_again()
    {
        var weights = new List<float>();
        Network
            .Parse("2 -> dense 1")
            .Run(
                Data.Blobs(100),
                new Training
                {
                    Loss = Loss.BinaryCrossEntropyWithLogits,
                    Epochs = 3,
                    OnEpoch = report => weights.Add(report.Parameters()[0].Single(0)),
                }
            );
        Assert.Equal(4, weights.Distinct().Count());
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_training_starts()
    {
        void Refused(string network, DataSet data, string loss, string message) =>
            Assert.Contains(
                message,
                Assert
                    .ThrowsAny<LonghandException>(() => Network.Parse(network).Run(data, new Training { Loss = Loss.Parse(loss) }))
                    .Message
            );
        Refused("3 -> dense 1", Data.Circles(), "bce-logits", "reads 3");
        Refused("2 -> dense 1", Data.Circles(), "cross-entropy", "bce-logits");
        Refused("4 -> dense 2", Data.Iris(), "cross-entropy", "class 2");
        Refused("2 -> dense 2", Data.Plane(), "mse", "2 outputs");
    }

    [Fact]
    public void A_bias_before_batchnorm_makes_no_difference_to_what_is_learnt()
    {
        DataSet data = Data.Moons(120);
        float[][] outputs =
        [
            .. ((string[])["", " nobias"]).Select(bias =>
            {
                Network network = Network.Parse($"2 -> dense 6{bias} -> batchnorm -> tanh -> dense 1");
                // The same start for what both have; the bias itself starts anywhere.
                Model start = Model.Create(Network.Parse("2 -> dense 6 nobias -> batchnorm -> tanh -> dense 1"));
                Model model = network.Train(
                    data,
                    new Training
                    {
                        Loss = Loss.BinaryCrossEntropyWithLogits,
                        Optimizer = Optimizer.Sgd(0.1),
                        Batch = 40,
                        // The running mean starts at 0, without the bias; after 240 updates 0.9²⁴⁰ of that is left.
                        Epochs = 80,
                        DoublePrecision = true,
                        Start = start.Network.Parameters.Index().ToDictionary(p => p.Item.Name, p => start.Values[p.Index]),
                    }
                );
                return Enumerable.Range(0, 20).Select(i => model.Predict(Array.ConvertAll(data[i].Input, v => (float)v))[0]).ToArray();
            }),
        ];
        foreach ((float with, float without) in outputs[0].Zip(outputs[1]))
            Assert.Equal(without, with, 1e-5);
    }
}

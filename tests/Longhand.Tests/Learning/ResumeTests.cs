using System.Text;
using Longhand.Tests.Formats;

namespace Longhand.Tests.Learning;

/// <summary>A run that is interrupted and continued ends as one that never stopped.</summary>
public class ResumeTests
{
    private static readonly DataSet data = Data.Moons(90);

    private static Training Usual =>
        new()
        {
            Loss = Loss.BinaryCrossEntropyWithLogits,
            Optimizer = Optimizer.Adam(0.01),
            Epochs = 7,
            Batch = 16,
            Validation = Data.Moons(40, seed: 2),
        };

    /// <summary>Everything that a run may have to remember.</summary>
    private static readonly Dictionary<string, (string Network, Training Training)> runs = new()
    {
        ["adam"] = ("2 -> dense 6 tanh -> dense 1", Usual),
        ["double precision"] = ("2 -> dense 6 tanh -> dense 1", Usual with { DoublePrecision = true }),
        ["dropout and batchnorm"] = ("2 -> dense 6 -> batchnorm -> relu -> dropout 0.3 -> dense 1", Usual),
        ["dropout and batchnorm in double precision"] = (
            "2 -> dense 6 -> batchnorm -> relu -> dropout 0.3 -> dense 1",
            Usual with
            {
                DoublePrecision = true,
            }
        ),
        ["three kept numbers, a schedule by steps"] = (
            "2 -> dense 6 tanh -> dense 1",
            Usual with
            {
                Optimizer = Optimizer.NAdam(0.02),
                Schedule = Schedule.Cosine() with { PerStep = true, Warmup = 5 },
                Clip = GradientClipping.Norm(0.1),
            }
        ),
        ["plateau"] = (
            "2 -> dense 6 tanh -> dense 1",
            Usual with
            {
                Optimizer = Optimizer.Sgd(1, momentum: 0.9),
                Schedule = Schedule.Plateau(patience: 0, factor: 0.5),
                MeasureEachEpoch = false,
            }
        ),
        ["early stopping"] = (
            "2 -> dense 6 tanh -> dense 1",
            Usual with
            {
                Optimizer = Optimizer.Sgd(3, momentum: 0.9),
                Epochs = 30,
                EarlyStopping = new(2),
                Regularization = new(0, 0.01),
                ClassWeights = ClassWeights.Of(1, 3),
            }
        ),
        ["playground"] = (
            "2 -> dense 4 tanh -> dense 1 tanh",
            Usual with
            {
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.3),
                Batch = 37,
                Conventions = Conventions.Playground,
                Regularization = new(0.05, 0),
            }
        ),
        ["playground in double precision"] = (
            "2 -> dense 4 tanh -> dense 1 tanh",
            Usual with
            {
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.3),
                Batch = 37,
                Conventions = Conventions.Playground,
                Regularization = new(0.05, 0),
                DoublePrecision = true,
            }
        ),
        ["a single batch"] = ("2 -> dense 6 tanh -> dense 1", Usual with { Batch = 0, Optimizer = Optimizer.Adagrad() }),
    };

    public static TheoryData<string> Runs => [.. runs.Keys];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_that_is_cancelled_again_and_again_ends_with_the_bits_of_one_that_never_was(string name)
    {
        (string notation, Training training) = runs[name];
        Network network = Network.Parse(notation);
        TrainingResult whole = network.Run(data, training);
        foreach (int part in (int[])[1, 4, 6, 11])
        {
            using var folder = new TemporaryFolder();
            TrainingResult? end = null;
            for (int starts = 0; end is null or { Stopped: StopReason.Cancelled }; starts++)
            {
                Assert.True(starts < 500, "it does not get on");
                using var source = new CancellationTokenSource();
                int updates = 0;
                end = network.Run(
                    data,
                    training with
                    {
                        Checkpoints = new(folder.Path) { EveryEpochs = 2 },
                        Resume = Checkpoint.Newest(folder.Path, Assert.Fail),
                        Cancellation = source.Token,
                        OnUpdate = (_, _) =>
                        {
                            if (++updates == part)
                                source.Cancel();
                        },
                    }
                );
            }
            Same(whole, end);
            Assert.InRange(Directory.GetFiles(folder.Path).Length, 1, 2);
        }
    }

    [Fact]
    public void A_checkpoint_is_taken_between_updates_when_it_is_time()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 6 tanh -> dense 1");
        var seen = new List<int>();
        TrainingResult run = network.Run(
            data,
            Usual with
            {
                Checkpoints = new(folder.Path) { Every = TimeSpan.Zero },
                OnUpdate = (_, _) => seen.Add(Checkpoint.Newest(folder.Path)!.Updates),
            }
        );
        // As each update is told, the one before it has been saved.
        Assert.Equal(Enumerable.Range(0, seen.Count), seen);
        Assert.Equal(run.History[^1].Updates, Checkpoint.Newest(folder.Path)!.Updates);
    }

    [Fact]
    public void A_run_may_be_made_longer_unless_its_schedule_looks_at_the_length()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 6 tanh -> dense 1");
        TrainingResult whole = network.Run(data, Usual with { Epochs = 9 });
        network.Run(data, Usual with { Epochs = 4, Checkpoints = new(folder.Path) });
        Checkpoint found = Checkpoint.Newest(folder.Path)!;
        Assert.Equal((4, 4, 24), (found.Epoch, found.Epochs, found.Updates));
        Same(whole, network.Run(data, Usual with { Epochs = 9, Resume = found }));
        // Nothing is left to be done, and nothing changes.
        Same(network.Run(data, Usual with { Epochs = 4 }), network.Run(data, Usual with { Epochs = 4, Resume = found }));
        Assert.Contains(
            "has 4 epochs behind it already, but 3 are asked for",
            Assert.Throws<LonghandException>(() => network.Run(data, Usual with { Epochs = 3, Resume = found })).Message
        );

        using var cosine = new TemporaryFolder();
        network.Run(data, Usual with { Schedule = Schedule.Cosine(), Epochs = 4, Checkpoints = new(cosine.Path) });
        Assert.Contains(
            "epochs \"4\" there, \"9\" here",
            Assert
                .Throws<LonghandException>(() =>
                    network.Run(data, Usual with { Schedule = Schedule.Cosine(), Epochs = 9, Resume = Checkpoint.Newest(cosine.Path) })
                )
                .Message
        );
    }

    [Fact]
    public void A_checkpoint_of_another_experiment_is_refused_with_what_differs()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 6 tanh -> dense 1");
        network.Run(data, Usual with { Epochs = 1, Checkpoints = new(folder.Path) });
        Checkpoint found = Checkpoint.Newest(folder.Path)!;
        void Refused(string message, Network other, DataSet set, Training training) =>
            Assert.Contains(
                message,
                Assert.Throws<LonghandException>(() => other.Run(set, training with { Resume = found })).Message,
                StringComparison.Ordinal
            );
        Refused("optimizer \"adam lr=0.01\" there, \"sgd lr=0.1\" here", network, data, Usual with { Optimizer = Optimizer.Sgd() });
        Refused("seed \"1\" there, \"2\" here; shuffle \"true\" there", network, data, Usual with { Seed = 2, Shuffle = false });
        Refused("clip not given there, \"norm 1\" here", network, data, Usual with { Clip = GradientClipping.Norm(1) });
        Refused("network ", Network.Parse("2 -> dense 7 tanh -> dense 1"), data, Usual);
        Refused("data \"moons, 90 × 2, checksum ", network, Data.Moons(90, noise: 0.2), Usual);
        Refused(
            "weights not given there",
            network,
            data,
            Usual with
            {
                Start = new Dictionary<string, ParameterValues>
                {
                    ["dense2.bias"] = new(network.Parameter("dense2.bias").Parameter, new double[1]),
                },
            }
        );
        // Threads change nothing, and neither do what is only told and how often.
        network.Run(data, Usual with { Resume = found, Threads = 3, MeasureEachEpoch = false });
    }

    [Fact]
    public void Checkpoints_of_an_earlier_run_are_not_mixed_with_those_of_a_new_one()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 1");
        Training training = Usual with { Epochs = 1, Checkpoints = new(folder.Path) };
        network.Run(data, training);
        Assert.Contains(
            "holds the checkpoints of an earlier run",
            Assert.Throws<LonghandException>(() => network.Run(data, training)).Message
        );
    }

    /// <summary>A process can be killed behind its last checkpoint and before it deletes the older ones.</summary>
    [Fact]
    public void What_a_killed_run_had_no_time_to_delete_goes_even_if_there_is_nothing_left_to_do()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 1");
        Training training = Usual with
        {
            Epochs = 3,
            Checkpoints = new(folder.Path) { EveryEpochs = 1 },
        };
        network.Run(data, training);
        string[] files = [.. Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal)];
        File.Copy(files[0], Path.Combine(folder.Path, "checkpoint-0000000001.safetensors"));
        network.Run(data, training with { Resume = Checkpoint.Newest(folder.Path) });
        Assert.Equal(files, Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_newest_checkpoint_that_is_not_whole_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        Network network = Network.Parse("2 -> dense 6 tanh -> dense 1");
        TrainingResult whole = network.Run(data, Usual with { Epochs = 6 });
        network.Run(
            data,
            Usual with
            {
                Epochs = 4,
                Checkpoints = new(folder.Path) { EveryEpochs = 1 },
            }
        );
        string[] files = [.. Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(["checkpoint-0000000018.safetensors", "checkpoint-0000000024.safetensors"], files.Select(Path.GetFileName));
        byte[] newest = File.ReadAllBytes(files[1]);
        var random = new RandomStream(1, "damage");
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = i % 2 == 0 ? newest[..random.Below(newest.Length)] : [.. newest];
            if (i % 2 == 1)
                damaged[random.Below(newest.Length)] ^= (byte)(1 << random.Below(8));
            File.WriteAllBytes(files[1], damaged);
            var warnings = new List<string>();
            Checkpoint found = Checkpoint.Newest(folder.Path, warnings.Add)!;
            if (found.Updates == 24)
            {
                // A bit that means nothing: of the padding, or of a text that a reader does not need.
                Assert.Empty(warnings);
                continue;
            }
            Assert.Equal(18, found.Updates);
            Assert.StartsWith($"A checkpoint that is not whole is passed over. {files[1]}", Assert.Single(warnings));
            if (i < 4)
                Same(whole, network.Run(data, Usual with { Epochs = 6, Resume = found }));
        }
        // Going on in the folder, the damaged one is gone.
        Same(whole, network.Run(data, Usual with { Epochs = 6, Checkpoints = new(folder.Path), Resume = Checkpoint.Newest(folder.Path) }));
        Assert.Equal(36, Checkpoint.Newest(folder.Path, Assert.Fail)!.Updates);
        File.WriteAllText(Path.Combine(folder.Path, "checkpoint-0000000099.safetensors"), "");
        foreach (string path in Directory.GetFiles(folder.Path))
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes("{}"));
        Assert.Null(Checkpoint.Newest(folder.Path));
        Assert.Null(Checkpoint.Newest(Path.Combine(folder.Path, "none"), Assert.Fail));
    }

    [Fact]
    public void A_folder_that_nothing_can_be_written_into_is_named_before_training_begins()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file");
        File.WriteAllText(file, "");
        foreach (string place in (string[])[file, "/proc/self/none"])
        {
            int epochs = 0;
            LonghandException refused = Assert.Throws<LonghandException>(() =>
                Network.Parse("2 -> dense 1").Run(data, Usual with { Checkpoints = new(place), OnUpdate = (_, _) => epochs++ })
            );
            Assert.StartsWith($"Cannot use the folder {place} for checkpoints: ", refused.Message);
            Assert.Equal(0, epochs);
        }
    }

    private static void Same(TrainingResult expected, TrainingResult found)
    {
        Assert.Equal(expected.Stopped, found.Stopped);
        Assert.Equal(expected.RestoredEpoch, found.RestoredEpoch);
        foreach ((ParameterValues one, ParameterValues other) in expected.Model.Values.Zip(found.Model.Values))
            Assert.Equal(one.ToDoubles(), other.ToDoubles());
        // A cancelled epoch is not part of the history of the run that goes on.
        Assert.Equal(expected.History.Select(Told), found.History.Select(Told));
        Assert.Equal(Told(expected.Final), Told(found.Final));
    }

    private static (int, double?, double, Measurement?, double, int) Told(EpochReport report) =>
        (report.Epoch, report.Loss, report.Penalty, report.Validation, report.LearningRate, report.Updates);
}

using System.Text.Json;
using Longhand.Layers;

namespace Longhand.Tests.Learning;

/// <summary>Schedules, early stopping, clipping and class weights at work in a run.</summary>
public class StoppingTests
{
    // Few examples, much noise and many units: it learns them by heart.
    private static readonly DataSet few = Data.Moons(40, noise: 0.4);
    private static readonly DataSet others = Data.Moons(200, noise: 0.4, seed: 2);

    private static Training Overfitting =>
        new()
        {
            Loss = Loss.BinaryCrossEntropyWithLogits,
            Optimizer = Optimizer.Adam(0.02),
            Epochs = 200,
            Validation = others,
            EarlyStopping = new(10),
        };

    [Theory]
    [InlineData("2 -> dense 64 relu -> dense 64 relu -> dense 1", false)]
    [InlineData("2 -> dense 64 -> batchnorm -> relu -> dense 64 relu -> dense 1", false)]
    [InlineData("2 -> dense 64 -> batchnorm -> relu -> dense 16 relu -> dense 1", true)]
    public void An_overfitting_run_is_stopped_and_the_best_epoch_restored(string notation, bool precise)
    {
        Network network = Network.Parse(notation);
        Training training = Overfitting with { DoublePrecision = precise, Epochs = precise ? 60 : 200 };
        TrainingResult run = network.Run(few, training);
        Assert.Equal(StopReason.Early, run.Stopped);
        int best = run.RestoredEpoch!.Value;
        Assert.Equal(best + 10, run.History[^1].Epoch);
        Assert.Equal(run.History.Skip(1).Min(report => report.Validation!.Loss), run.History[best].Validation!.Loss);
        Assert.Equal(run.History[best].Validation, run.Final.Validation);
        Assert.Equal(run.History[best].Train, run.Final.Train);
        // The model itself, measured anew by a run that trains nothing.
        TrainingResult again = network.Run(
            few,
            training with
            {
                Epochs = 0,
                EarlyStopping = null,
                Start = network.Parameters.Index().ToDictionary(p => p.Item.Name, p => run.Model.Values[p.Index]),
            }
        );
        Assert.Equal(run.History[best].Validation, again.Final.Validation);
        Assert.Equal(run.History[best].Train, again.Final.Train);
    }

    [Fact]
    public void Without_restoring_the_model_is_that_of_the_last_epoch()
    {
        Network network = Network.Parse("2 -> dense 64 relu -> dense 64 relu -> dense 1");
        TrainingResult kept = network.Run(few, Overfitting with { EarlyStopping = new(10, Restore: false) });
        Assert.Null(kept.RestoredEpoch);
        Assert.Same(kept.History[^1], kept.Final);
        TrainingResult restored = network.Run(few, Overfitting);
        Assert.Equal(restored.History.Select(h => h.Validation), kept.History.Select(h => h.Validation));
        Assert.NotEqual(restored.Model["dense1.weight"].Data, kept.Model["dense1.weight"].Data);
        TrainingResult plain = network.Run(few, Overfitting with { EarlyStopping = null, Epochs = kept.History[^1].Epoch });
        Assert.Equal(plain.Model["dense1.weight"].Data, kept.Model["dense1.weight"].Data);
    }

    [Fact]
    public void What_is_restored_is_measured_whole_even_where_only_the_end_is()
    {
        Network network = Network.Parse("2 -> dense 64 relu -> dense 64 relu -> dense 1");
        TrainingResult each = network.Run(few, Overfitting with { Test = few }),
            end = network.Run(few, Overfitting with { Test = few, MeasureEachEpoch = false });
        Assert.Null(end.History[1].Train);
        Assert.NotNull(end.History[1].Validation);
        Assert.Equal(each.RestoredEpoch, end.RestoredEpoch);
        Assert.Equal(each.Final.Train, end.Final.Train);
        Assert.Equal(each.Final.Test, end.Final.Test);
        Assert.Equal(each.Model["dense2.weight"].Data, end.Model["dense2.weight"].Data);
    }

    // Keras: improvement is strict, by more than min-delta; it ends when so many epochs in a row have brought none.
    [Theory]
    [InlineData("patience=2", new[] { 3.0, 2, 2, 2 }, 2, 4)]
    [InlineData("patience=2", new[] { 3.0, 2, 2, 1, 5, 4 }, 4, 6)]
    [InlineData("patience=1", new[] { 1.0, 1 }, 1, 2)]
    [InlineData("patience=0", new[] { 3.0, 2, 2 }, 2, 3)]
    [InlineData("patience=2 min-delta=0.5", new[] { 3.0, 2.5, 2.4 }, 3, 0)]
    [InlineData("patience=2 min-delta=0.5", new[] { 3.0, 2.5, 2.5 }, 1, 3)]
    [InlineData("patience=2", new[] { double.NaN, double.NaN }, 0, 2)]
    [InlineData("patience=0", new[] { double.NaN }, 0, 0)]
    [InlineData("patience=2", new[] { 3.0, double.NaN, 2 }, 3, 0)]
    public void Early_stopping_follows_the_rule(string text, double[] losses, int best, int ends)
    {
        EarlyStopping rule = EarlyStopping.Parse(text);
        Assert.Equal(text, rule.ToString());
        Assert.Equal(best, rule.Judge(losses).Best);
        Assert.Equal(ends, Enumerable.Range(1, losses.Length).FirstOrDefault(n => rule.Judge(losses.AsSpan(0, n)).Ends));
    }

    [Theory]
    [InlineData("", "patience is missing")]
    [InlineData("patience=x", "patience is \"x\", but a whole number is needed")]
    [InlineData("patience=1 restore=no", "restore is \"no\", but true or false is needed")]
    [InlineData("patience=1 min-delta=-1", "min-delta is -1, but at least 0 is needed")]
    [InlineData("pateince=1", "Did you mean \"patience\"?")]
    public void Early_stopping_that_cannot_be_read(string text, string message) =>
        Assert.Contains(message, Assert.Throws<LonghandException>(() => EarlyStopping.Parse(text)).Message);

    [Fact]
    public void What_watches_needs_something_held_out()
    {
        Network network = Network.Parse("2 -> dense 1");
        Training training = Overfitting with { Validation = null };
        Assert.StartsWith(
            "early stopping watches the validation loss, but nothing is held out: give validation: 0.1",
            Assert.Throws<LonghandException>(() => network.Run(few, training)).Message
        );
        Assert.StartsWith(
            "the schedule plateau patience=10 factor=0.1 to=0 watches the validation loss",
            Assert
                .Throws<LonghandException>(() => network.Run(few, training with { EarlyStopping = null, Schedule = Schedule.Plateau() }))
                .Message
        );
    }

    [Fact]
    public void A_schedule_decides_what_each_epoch_and_each_update_is_trained_with()
    {
        Network network = Network.Parse("2 -> dense 1");
        Training training = Overfitting with { EarlyStopping = null, Optimizer = Optimizer.Sgd(0.1), Epochs = 4, Batch = 10 };
        TrainingResult run = network.Run(few, training with { Schedule = Schedule.Step(2, 0.5) });
        Assert.Equal([0.1, 0.1, 0.1, 0.05, 0.05], run.History.Select(report => report.LearningRate));
        // Four updates an epoch: the last of the first one is number 3 of 16.
        run = network.Run(few, training with { Schedule = Schedule.Cosine() with { PerStep = true } });
        Assert.Equal(0.05 * (1 + Math.Cos(Math.PI * 3 / 16)), run.History[1].LearningRate, 1e-15);
        // With a rate of 0 nothing moves.
        run = network.Run(few, training with { Schedule = Schedule.Exponential(0), Epochs = 2 });
        Assert.Equal(0, run.History[2].LearningRate);
        Assert.Equal(run.History[1].Train, run.History[2].Train);
        // No bound on the rate of a plateau but what its losses say.
        run = network.Run(few, training with { Schedule = Schedule.Plateau(0, 0.5), Optimizer = Optimizer.Sgd(0), Epochs = 4 });
        Assert.Equal([0, 0, 0, 0, 0], run.History.Select(report => report.LearningRate));
    }

    [Fact]
    public void A_callback_can_end_the_run()
    {
        TrainingResult run = Network
            .Parse("2 -> dense 8 tanh -> dense 1")
            .Run(few, Overfitting with { EarlyStopping = null, StopWhen = report => report.Epoch == 3 });
        Assert.Equal(StopReason.Early, run.Stopped);
        Assert.Equal(3, run.History[^1].Epoch);
        Assert.Same(run.History[^1], run.Final);
    }

    [Theory]
    [InlineData("1.0", "norm 1")]
    [InlineData("norm 2", "norm 2")]
    [InlineData("value 0.5", "value 0.5")]
    public void Clipping_is_read(string text, string written)
    {
        Assert.Equal(written, GradientClipping.Parse(text).ToString());
        Assert.Equal(GradientClipping.Parse(text), GradientClipping.Parse(written));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("value")]
    [InlineData("by 1")]
    [InlineData("norm 1 2")]
    [InlineData("")]
    public void Clipping_that_cannot_be_read(string text) =>
        Assert.Contains("a number above 0 is needed", Assert.Throws<LonghandException>(() => GradientClipping.Parse(text)).Message);

    // One update by gradient descent with rate 1 moves the parameters by the clipped gradient.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_clipped_together_or_one_by_one(bool precise)
    {
        Network network = Network.Parse("2 -> dense 3 tanh -> dense 1");
        double[] Move(GradientClipping? clip, Regularization? regularization = null)
        {
            Training training = new()
            {
                Loss = Loss.SumOfSquaredErrors,
                Optimizer = Optimizer.Sgd(1),
                Epochs = 1,
                Batch = 0,
                DoublePrecision = precise,
                Clip = clip,
                Regularization = regularization ?? Regularization.None,
            };
            double[] Values(int epochs) =>
                [.. network.Train(Data.Plane(50), training with { Epochs = epochs }).Values.SelectMany(v => v.ToDoubles())];
            return [.. Values(0).Zip(Values(1), (before, after) => before - after)];
        }
        static double Norm(double[] vector) => Math.Sqrt(vector.Sum(v => v * v));
        double tolerance = precise ? 1e-9 : 1e-5;
        double[] free = Move(null),
            together = Move(GradientClipping.Norm(0.5)),
            single = Move(GradientClipping.Value(0.5));
        Assert.True(Norm(free) > 1);
        Assert.Equal(0.5, Norm(together), 1e-5);
        double factor = 0.5 / (Norm(free) + 1e-6);
        foreach ((double one, double clipped) in free.Zip(together))
            Assert.Equal(factor * one, clipped, tolerance);
        foreach ((double one, double clipped) in free.Zip(single))
            Assert.Equal(Math.Clamp(one, -0.5, 0.5), clipped, tolerance);
        Assert.Equal(free, Move(GradientClipping.Norm(1e6)));
        // The slope of a penalty is part of what is clipped.
        Assert.Equal(0.5, Norm(Move(GradientClipping.Norm(0.5), new(0, 100))), 1e-5);
    }

    // PyTorch's weighted cross-entropy: Σ wᵢLᵢ / Σ wᵢ. Examples that count twice are examples that stand there twice.
    [Theory]
    [InlineData(false, "cross-entropy")]
    [InlineData(true, "cross-entropy")]
    [InlineData(false, "sse")]
    [InlineData(true, "sse")]
    public void A_class_that_counts_twice_is_a_class_whose_examples_stand_there_twice(bool precise, string loss)
    {
        DataSet iris = Data.Iris();
        DataSet twice = iris.Select(Enumerable.Range(0, iris.Count).SelectMany(i => Enumerable.Repeat(i, iris.Class(i) == 1 ? 2 : 1)));
        TrainingResult Run(DataSet data, ClassWeights? weights) =>
            Network
                .Parse("4 -> dense 3")
                .Run(
                    data,
                    new Training
                    {
                        Loss = Loss.Parse(loss),
                        Optimizer = Optimizer.Sgd(loss == "sse" ? 1e-5 : 0.1),
                        Epochs = 5,
                        Batch = 0,
                        Shuffle = false,
                        DoublePrecision = precise,
                        ClassWeights = weights,
                    }
                );
        TrainingResult weighted = Run(iris, ClassWeights.Of(1, 2, 1)),
            repeated = Run(twice, null);
        double tolerance = precise ? 1e-12 : 1e-5;
        foreach ((EpochReport one, EpochReport other) in weighted.History.Zip(repeated.History).Skip(1))
            Assert.Equal(other.Loss!.Value, one.Loss!.Value, tolerance * (1 + Math.Abs(other.Loss.Value)));
        foreach ((ParameterValues one, ParameterValues other) in weighted.Model.Values.Zip(repeated.Model.Values))
            for (int i = 0; i < one.Length; i++)
                Assert.Equal(other.Double(i), one.Double(i), tolerance);
        Assert.NotEqual(Run(iris, null).Model.Values[0].ToDoubles(), weighted.Model.Values[0].ToDoubles());
        Assert.Equal(
            weighted.Model.Values[0].ToDoubles(),
            Run(iris, ClassWeights.Of(new Dictionary<string, double> { ["versicolor"] = 2 })).Model.Values[0].ToDoubles()
        );
    }

    [Theory]
    [InlineData(false, 1e-6)]
    [InlineData(true, 1e-12)]
    public void Weighted_cross_entropy_is_that_of_PyTorch(bool precise, double tolerance)
    {
        JsonElement golden = JsonDocument
            .Parse(File.ReadAllBytes(Path.Combine(Golden.Root, "tests", "golden", "class_weights.json")))
            .RootElement;
        var network = Network.Parse("3 -> dense 4 tanh -> dense 3");
        double[] Numbers(string of) => [.. golden.GetProperty(of).EnumerateArray().Select(v => v.GetDouble())];
        double[][] inputs =
        [
            .. golden.GetProperty("inputs").EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray()),
        ];
        double[][] Of(string what) =>
            [
                .. network.Parameters.Select(p =>
                    golden.GetProperty(what).GetProperty(p.Name).EnumerateArray().Select(v => v.GetDouble()).ToArray()
                ),
            ];
        double[][] start = Of("start");
        TrainingResult Run(int epochs) =>
            network.Run(
                new DataSet(inputs, [.. Numbers("labels").Select(label => (int)label)]),
                new Training
                {
                    Loss = Loss.Parse("cross-entropy"),
                    Optimizer = Optimizer.Sgd(golden.GetProperty("rate").GetDouble()),
                    Epochs = epochs,
                    Batch = 0,
                    Shuffle = false,
                    DoublePrecision = precise,
                    ClassWeights = ClassWeights.Of(Numbers("weights")),
                    Start = network
                        .Parameters.Index()
                        .ToDictionary(p => p.Item.Name, p => new ParameterValues(p.Item.Parameter, start[p.Index])),
                }
            );
        double[] losses = Numbers("losses");
        TrainingResult whole = Run(losses.Length);
        Near(losses, [.. whole.History.Skip(1).Select(report => report.Loss!.Value)]);
        double[][] gradients = Of("gradients"),
            end = Of("parameters");
        double rate = golden.GetProperty("rate").GetDouble();
        IReadOnlyList<ParameterValues> once = Run(1).Model.Values;
        for (int p = 0; p < start.Length; p++)
        {
            Near([.. start[p].Zip(gradients[p], (w, g) => w - rate * g)], once[p].ToDoubles());
            Near(end[p], whole.Model.Values[p].ToDoubles());
        }

        void Near(double[] expected, double[] found)
        {
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void Balanced_weights_let_every_class_count_alike()
    {
        DataSet skew = Data.Iris().Select([.. Enumerable.Range(0, 50), .. Enumerable.Range(50, 10), .. Enumerable.Range(100, 30)]);
        double[] weights = ClassWeights.Balanced.For(skew);
        Assert.Equal([90 / 150.0, 90 / 30.0, 90 / 90.0], weights);
        Assert.Contains(
            "has no class \"setoza\". Did you mean \"setosa\"?",
            Refusal(ClassWeights.Of(new Dictionary<string, double> { ["setoza"] = 1 }))
        );
        Assert.Contains("2 class weights, but iris has 3 classes", Refusal(ClassWeights.Of(1, 2)));
        Assert.Throws<LonghandException>(() => ClassWeights.Of(1, 0));
        Assert.Contains(
            "targets of plane are values",
            Assert.Throws<LonghandException>(() => ClassWeights.Balanced.For(Data.Plane())).Message
        );
        string Refusal(ClassWeights of) => Assert.Throws<LonghandException>(() => of.For(skew)).Message;
    }

    [Theory]
    [InlineData("2 -> dense 6 -> batchnorm -> relu -> dropout 0.3 -> dense 1")]
    [InlineData("2 -> dense 300 relu -> dense 200 relu -> dense 1")]
    public void Threads_change_no_bit(string notation)
    {
        Training training = Overfitting with
        {
            Epochs = 5,
            EarlyStopping = null,
            Clip = GradientClipping.Norm(0.1),
            ClassWeights = ClassWeights.Balanced,
            Batch = 100,
        };
        float[][] Values(int threads) =>
            [.. Network.Parse(notation).Train(others, training with { Threads = threads }).Values.Select(v => v.ToSingles())];
        Assert.Equal(Values(1), Values(3));
        Assert.Equal(Values(1), Values(8));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Longhand.Tests.Commands;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests;

/// <summary>Scaled inputs and stratified parts: found on the training part, kept with the model, the same for whoever asks.</summary>
public class ScalingTests
{
    private static double[] Column(DataSet data, int column) => [.. Enumerable.Range(0, data.Count).Select(i => data[i].Input[column])];

    [Fact]
    public void Standard_has_mean_0_and_deviation_1_and_minmax_fills_0_to_1()
    {
        (DataSet train, DataSet test) = Data.Iris().Split(0.7);
        DataSet standard = InputScaling.Standard(train).Apply(train),
            minmax = InputScaling.MinMax(train).Apply(train);
        for (int c = 0; c < 4; c++)
        {
            double[] column = Column(standard, c);
            Assert.Equal(0, column.Average(), 1e-12);
            Assert.Equal(1, column.Average(x => x * x), 1e-12);
            Assert.Equal(0, Column(minmax, c).Min());
            Assert.Equal(1, Column(minmax, c).Max());
        }
        // The test part has had no say, and is measured on the same scale.
        InputScaling scaling = InputScaling.Standard(train);
        Assert.Equal((test[0].Input[2] - scaling.Shift[2]) / scaling.Divisor[2], scaling.Apply(test)[0].Input[2]);
        Assert.NotEqual(scaling.Shift, InputScaling.Standard(Data.Iris()).Shift);
        Assert.Same(standard, scaling.Apply(standard));
    }

    [Fact]
    public void What_is_constant_or_far_from_zero_does_no_harm()
    {
        var data = new DataSet(
            [
                [5.0, 1e9 + 1],
                [5.0, 1e9 + 2],
                [5.0, 1e9 + 3],
            ],
            [
                [0.0],
                [0],
                [0],
            ]
        );
        DataSet scaled = InputScaling.Standard(data).Apply(data);
        Assert.Equal([0.0, 0, 0], Column(scaled, 0));
        Assert.Equal(
            [-Math.Sqrt(1.5), 0, Math.Sqrt(1.5)],
            Column(scaled, 1).Select(x => Math.Round(x, 12)),
            (a, b) => Math.Abs(a - b) < 1e-9
        );
        Assert.Equal([0.0, 0, 0], Column(InputScaling.MinMax(data).Apply(data), 0));
    }

    [Fact]
    public void Images_are_scaled_channel_by_channel()
    {
        var data = new DataSet(Rows.Of([1.0, 3, 10, 30, 5, 7, 50, 70], 4), Shape.Image(1, 2, 2), Rows.Of(new double[2], 1));
        InputScaling scaling = InputScaling.MinMax(data);
        Assert.Equal([1.0, 10], scaling.Shift);
        Assert.Equal([6.0, 60], scaling.Divisor);
        Assert.Equal([0, 1 / 3.0, 0, 1 / 3.0], scaling.Apply(data)[0].Input);
    }

    [Fact]
    public void Many_numbers_are_scaled_when_they_are_read_and_are_the_same()
    {
        const int width = 9000,
            count = 2000;
        var bytes = new byte[width * count];
        new Random(1).NextBytes(bytes);
        DataSet large = new DataSet(Rows.Of(bytes, width, 255), null, Rows.Of(new double[count], 1)).Slice(0, count - 1),
            small = large.Slice(3, 2);
        var scaling = new InputScaling(
            "minmax",
            [.. Enumerable.Range(0, width).Select(i => i / 7.0)],
            [.. Enumerable.Range(1, width).Select(i => i / 3.0)]
        );
        DataSet lazy = scaling.Apply(large),
            kept = scaling.Apply(small);
        Assert.Equal(kept[1].Input, lazy[4].Input);
        float[] one = new float[width],
            other = new float[width];
        kept.CopyInput(1, one);
        lazy.CopyInput(4, other);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_model_scales_what_it_is_asked_and_keeps_its_scale_in_its_file()
    {
        using var folder = new TemporaryFolder();
        (DataSet train, DataSet test) = Data.Iris().Split(0.7);
        InputScaling scaling = InputScaling.Standard(train);
        Model model = Network.Parse("4 -> dense 3").Train(scaling.Apply(train), new Training { Loss = Loss.CrossEntropy, Epochs = 3 });
        Evaluation raw = model.Evaluate(test),
            scaled = model.Evaluate(scaling.Apply(test));
        Assert.Equal(scaled.Loss, raw.Loss);
        Assert.Equal(model.Explain(scaling.Apply(test)[5]).ToText(), model.Explain(test[5]).ToText());
        model.Save(folder.File("m.safetensors"));
        Model loaded = Model.Load(folder.File("m.safetensors"));
        Assert.Equal(scaling.Shift, loaded.Scaling!.Shift);
        Assert.Equal(scaling.Divisor, loaded.Scaling.Divisor);
        Assert.Equal(raw.Loss, loaded.Evaluate(test).Loss);
        // By hand: the network's own numbers on the scaled input.
        var input = new float[4];
        test.CopyInput(0, input);
        double[] x = test[0].Input;
        scaling.Apply(x);
        float[] w = model["dense1.weight"].Data,
            b = model["dense1.bias"].Data;
        for (int o = 0; o < 3; o++)
            Assert.Equal(b[o] + Enumerable.Range(0, 4).Sum(i => w[4 * o + i] * x[i]), model.Predict(input)[o], 1e-5);
    }

    [Fact]
    public void An_experiment_finds_the_scale_on_its_training_part_and_its_model_keeps_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), string.Concat(Enumerable.Range(0, 40).Select(i => $"{1000 + 3 * i},{i % 7},{i % 2}\n")));
        File.WriteAllText(
            folder.File("e.yaml"),
            """
            network: 2 -> dense 4 tanh -> dense 1
            data: csv t.csv
            scale: standard
            loss: bce-logits
            train: {epochs: 3, batch: 8, split: 0.5, validation: 0.2, stratify: true}
            """
        );
        CommandLine trained = CommandLine.Run("train", folder.File("e.yaml"), "--json", "--model", folder.File("m.safetensors"));
        Assert.Equal("", trained.Error);
        Model model = Model.Load(folder.File("m.safetensors"));
        Longhand.Experiments.Experiment experiment = Longhand.Experiments.Experiment.Load(folder.File("e.yaml"));
        Longhand.Experiments.ExperimentData data = experiment.LoadData();
        Assert.Equal(16, data.Train.Count);
        Assert.Equal(0, Column(data.Train, 0).Average(), 1e-12);
        Assert.Equal(data.Train.Scaling!.Shift, model.Scaling!.Shift);
        Assert.Equal(8, Enumerable.Range(0, 16).Count(i => data.Train.Class(i) == 1));
        double test = trained.Events()[^1].GetProperty("test").GetProperty("loss").GetDouble();
        Assert.Equal(test, model.Evaluate(data.Test!).Loss, 1e-6);
        // What is asked on the command line is not scaled yet.
        double asked = CommandLine
            .Run("predict", folder.File("m.safetensors"), "--input", "1000,0", "--json")
            .Json()
            .GetProperty("output")[0]
            .GetDouble();
        Assert.Equal(model.Predict([1000f, 0f])[0], asked, 1e-6);
    }

    [Theory]
    [InlineData("scale: standrad\ndata: circle\n", "scale: ")]
    [InlineData("scale: standard\n", "there are no data on which a scale could be found")]
    public void A_scale_that_cannot_be_is_refused(string keys, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("e.yaml"), "network: 2 -> dense 1\nloss: mse\n" + keys);
        Assert.Contains(expected, CommandLine.Run("train", folder.File("e.yaml")).Refusal());
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("standard shift=1 divisor=0")]
    [InlineData("standard shift=1,2 divisor=1")]
    [InlineData("robust shift=1,2 divisor=1,1")]
    [InlineData("standard shift=1,2,3 divisor=1,1,1")]
    [InlineData("standard shift=1,x divisor=1,1")]
    [InlineData("standard shift=NaN,1 divisor=1,1")]
    public void A_scale_in_a_file_that_cannot_be_is_refused(string text) =>
        Assert.ThrowsAny<LonghandException>(() => ScalingText.Read(text, [2]));

    [Fact]
    public void A_stratified_split_gives_each_class_its_share_to_within_one() =>
        Prop.ForAll(
                Gen.Choose(2, 300).ToArbitrary(),
                Gen.Choose(1, 99).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (count, percent, seed) =>
                {
                    int first = count * percent / 100;
                    if (first == 0)
                        return true;
                    var random = new Random(seed);
                    // A class that many examples have, and some that few have.
                    int[] classes = [.. Enumerable.Range(0, count).Select(_ => Math.Max(0, random.Next(-6, 5)))];
                    var data = new DataSet(Rows.Of([.. Enumerable.Range(0, count).Select(i => (double)i)], 1), null, classes);
                    (DataSet a, DataSet b) = data.Split(percent / 100.0, (ulong)seed, stratify: true);
                    int[] numbers = [.. Column(a, 0).Concat(Column(b, 0)).Select(x => (int)x)];
                    return a.Count == first
                        && numbers.Order().SequenceEqual(Enumerable.Range(0, count))
                        && classes
                            .Distinct()
                            .All(c =>
                                Math.Abs(
                                    Enumerable.Range(0, a.Count).Count(i => a.Class(i) == c)
                                        - classes.Count(k => k == c) * (double)first / count
                                ) < 1
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Values_cannot_be_stratified() =>
        Assert.Contains(
            "A stratified split needs classes",
            Assert.Throws<LonghandException>(() => Data.Plane().Split(0.5, stratify: true)).Message
        );
}

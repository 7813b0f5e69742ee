using Longhand.Tests.Formats;

namespace Longhand.Tests.Learning;

/// <summary>Models: saved, loaded, asked from many threads.</summary>
public class ModelTests
{
    [Fact]
    public void A_loaded_model_is_the_saved_one_and_knows_what_it_was_trained_with()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "m.safetensors"),
            again = Path.Combine(folder.Path, "again.safetensors");
        foreach (bool precise in (bool[])[false, true])
        {
            (DataSet train, DataSet test) = Data.Iris().Split(0.8);
            Model model = Network
                .Parse("4 -> dense 8 tanh -> dense 3")
                .Train(
                    train,
                    new Training
                    {
                        Loss = Loss.CrossEntropy,
                        Optimizer = Optimizer.Adam(0.01),
                        Epochs = 5,
                        DoublePrecision = precise,
                    }
                );
            model.Save(path);
            Model loaded = Model.Load(path);
            Assert.Equal(model.Values.SelectMany(v => v.ToDoubles()), loaded.Values.SelectMany(v => v.ToDoubles()));
            Assert.Equal(model.Evaluate(test).Loss, loaded.Evaluate(test).Loss);
            Assert.Equal(model.ClassNames, loaded.ClassNames);
            Assert.Equal(model.Explain(test[0]).ToText(), loaded.Explain(test[0]).ToText());
            loaded.Save(again);
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        }
    }

    [Fact]
    public void Predictions_from_many_threads_are_those_of_one()
    {
        Model model = Model.Create(Network.Parse("8x8 -> dense 32 gelu -> dense 10 softmax"));
        DataSet digits = Data.Digits();
        float[][] inputs = [.. Enumerable.Range(0, 200).Select(i => Array.ConvertAll(digits[i].Input, v => (float)v))];
        float[][] expected = [.. inputs.Select(x => model.Predict(x))];
        Parallel.For(
            0,
            8 * inputs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal(expected[i % inputs.Length], model.Predict(inputs[i % inputs.Length]))
        );
    }

    [Theory]
    [InlineData("8x8 -> dense 32 gelu -> dense 10 softmax", 64)]
    [InlineData("2 -> dense 5 tanh -> dense 2", 2)]
    [InlineData("6x5x3 -> conv 4 3x3 relu -> maxpool 2 -> conv 2 1x1", 90)]
    public void Many_at_once_are_predicted_as_each_by_itself(string notation, int length)
    {
        Model model = Model.Create(Network.Parse(notation));
        int outputs = (int)model.Network.Output.Length;
        var random = new Random(2);
        foreach (int count in (int[])[0, 1, 3, 17, 300])
        foreach (int threads in (int[])[1, 2])
        {
            float[] inputs = [.. Enumerable.Range(0, count * length).Select(_ => random.NextSingle() - 0.5f)];
            var found = new float[count * outputs];
            model.Predict(inputs, found, threads);
            Assert.Equal([.. inputs.Chunk(length).SelectMany(x => model.Predict(x))], found);
        }
        // What is warm allocates nothing.
        var some = new float[17 * length];
        var room = new float[17 * outputs];
        for (int i = 0; i < 3; i++)
            model.Predict(some, room);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            model.Predict(some, room);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Contains("no whole number", Assert.Throws<ShapeException>(() => model.Predict(new float[length + 1], room)).Message);
        Assert.Contains("there is room for", Assert.Throws<ShapeException>(() => model.Predict(new float[length], room)).Message);
    }

    [Fact]
    public void Confusion_counts_every_example_once()
    {
        (DataSet train, DataSet test) = Data.Iris().Split(0.7);
        Evaluation evaluation = Network
            .Parse("4 -> dense 3")
            .Train(
                train,
                new Training
                {
                    Loss = Loss.CrossEntropy,
                    Optimizer = Optimizer.Adam(0.05),
                    Epochs = 30,
                }
            )
            .Evaluate(test);
        int[] all = [.. evaluation.Confusion!.Cast<int>()];
        Assert.Equal(test.Count, all.Sum());
        Assert.Equal(evaluation.Accuracy!.Value, (double)Enumerable.Range(0, 3).Sum(c => evaluation.Confusion![c, c]) / test.Count, 1e-12);
    }

    [Theory]
    [InlineData("dense1.wieght", "Did you mean \"dense1.weight\"?")]
    [InlineData("conv9", "It has dense1.weight, dense1.bias")]
    public void An_unknown_parameter_is_answered_with_the_known(string name, string message) =>
        Assert.Contains(message, Assert.Throws<LonghandException>(() => Model.Create(Network.Parse("2 -> dense 1"))[name]).Message);

    [Fact]
    public void A_network_too_large_for_memory_is_counted_but_not_filled()
    {
        Network network = Network.Parse("1080x1920x3 -> dense 256 -> dense 10");
        Assert.Equal(1_592_527_626, network.ParameterCount);
        Assert.Throws<LonghandException>(() => Model.Create(Network.Parse("1080x1920x3 -> dense 2560 -> dense 10")));
    }
}

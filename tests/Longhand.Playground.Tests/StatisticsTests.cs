using System.Text.Json.Nodes;
using Longhand.Experiments;

namespace Longhand.Playground.Tests;

/// <summary>What is said of layers, examples and classes, against sums made here.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private PlaygroundServer server = null!;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("network=2/dense+5+relu/dense+3+sigmoid/dense+1+sigmoid&loss=bce&data=gauss+n=700+noise=0.2+seed=7&optimizer=adam+lr=0.01")]
    [InlineData("network=2/dense+3/dense+1&loss=mse&data=plane+n=100+noise=0+seed=0.5")]
    public void The_statistics_of_layers_are_those_of_plain_sums(string link)
    {
        var setup = Setup.Read(Settings.FromLink(link));
        using var course = new Course(setup, setup.Draw());
        course.Run(long.MaxValue, 5);
        IReadOnlyList<ParameterValues> values = course.Loop.Values();
        IReadOnlyList<LayerStatistics> found = LayerStatistics.Of(setup, values);
        int count = LayerStatistics.ExamplesOf(setup);
        Assert.Equal(Math.Min(256, setup.Data.Train.Count), count);

        double[][] x = [.. Enumerable.Range(0, count).Select(s => setup.Data.Train[s].Input.ToArray().Select(v => (double)v).ToArray())];
        for (int l = 0; l < setup.Layers.Count; l++)
        {
            UnitLayer layer = setup.Layers[l];
            double[] weights = values[layer.Parameters[0]].ToDoubles().ToArray(),
                bias = values[layer.Parameters[1]].ToDoubles().ToArray();
            double[][] z =
            [
                .. x.Select(row =>
                    Enumerable
                        .Range(0, layer.Units)
                        .Select(u => bias[u] + row.Select((v, i) => v * weights[u * row.Length + i]).Sum())
                        .ToArray()
                ),
            ];
            Func<double, double> value = layer.Activation switch
            {
                "tanh" => Math.Tanh,
                "relu" => v => Math.Max(0, v),
                "sigmoid" => v => 1 / (1 + Math.Exp(-v)),
                _ => v => v,
            };
            Func<double, bool>? isFlat = layer.Activation switch
            {
                "tanh" => v => 1 - Math.Tanh(v) * Math.Tanh(v) < 0.05,
                "relu" => v => v <= 0,
                "sigmoid" => v => 1 / (2 + Math.Exp(v) + Math.Exp(-v)) < 0.0125,
                _ => null,
            };
            x = [.. z.Select(row => row.Select(value).ToArray())];
            double[] all = [.. x.SelectMany(row => row)];
            Assert.Equal(all.Average(), found[l].Mean, 1e-9);
            Assert.Equal(Math.Sqrt(all.Average(v => v * v) - all.Average() * all.Average()), found[l].Spread, 1e-7);
            Assert.Equal(Math.Sqrt(weights.Concat(bias).Sum(v => v * v)), found[l].WeightNorm, 1e-9);
            if (isFlat is null)
            {
                Assert.Null(found[l].Flat);
                Assert.Null(found[l].Dead);
                continue;
            }
            Assert.Equal(z.SelectMany(row => row).Average(v => isFlat(v) ? 1.0 : 0), found[l].Flat!.Value, 1e-3);
            Assert.Equal(Enumerable.Range(0, layer.Units).Average(u => z.All(row => isFlat(row[u])) ? 1.0 : 0), found[l].Dead!.Value, 1e-9);
        }

        // The gradient: by central differences of the loss over the same examples, in double precision.
        for (int l = 0; l < setup.Layers.Count; l++)
        {
            double squares = 0;
            foreach (int p in setup.Layers[l].Parameters)
                for (int k = 0; k < values[p].Length; k++)
                {
                    const double h = 1e-5;
                    double slope = (LossAt(setup, values, count, p, k, h) - LossAt(setup, values, count, p, k, -h)) / (2 * h);
                    squares += slope * slope;
                }
            Assert.Equal(Math.Sqrt(squares), found[l].GradientNorm, 1e-6);
        }
        Assert.Equal(Math.Sqrt(found.Sum(s => s.GradientNorm * s.GradientNorm)), course.Loop.GradientNorm(), 1e-5);
    }

    [Fact]
    public void Dead_units_and_vanishing_gradients_are_seen()
    {
        var setup = Setup.Read(Settings.FromLink("network=2/dense+2+relu/dense+1+tanh"));
        using var course = new Course(setup, setup.Draw());
        course.Edit("dense1.bias", 0, -1000);
        course.Edit("dense1.bias", 1, 1000);
        IReadOnlyList<LayerStatistics> found = LayerStatistics.Of(setup, course.Loop.Values());
        Assert.Equal((0.5, 0.5), (found[0].Dead, found[0].Flat));

        var deep = Setup.Read(
            Settings.FromLink(
                "network=2/dense+8+sigmoid/dense+8+sigmoid/dense+8+sigmoid/dense+8+sigmoid/dense+8+sigmoid/dense+8+sigmoid/dense+1+tanh"
            )
        );
        using var sigmoids = new Course(deep, deep.Draw());
        found = LayerStatistics.Of(deep, sigmoids.Loop.Values());
        Assert.True(found[0].GradientNorm < 1e-2 * found[^1].GradientNorm);
    }

    [Fact]
    public async Task Operations_add_up_to_the_gradient_of_the_batch()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, "data=circle+n=20+noise=0+seed=0.5&optimizer=sgd+lr=1&batch=4");
        using Live page = live;
        JsonNode before = await live.FrameAsync();
        JsonNode? answer = null;
        // 4 examples of 6 layers there and back with the loss between.
        for (int example = 1; example <= 4; example++)
        {
            await live.SendAsync(new { type = "step", by = "example" });
            JsonNode frame = await live.FrameAsync();
            Assert.Equal(
                (example, 4, 13),
                ((int)frame["within"]!["example"]!, (int)frame["within"]!["of"]!, (int)frame["within"]!["operation"]!)
            );
            await live.SendAsync(
                new
                {
                    type = "ask",
                    id = example,
                    about = "operation",
                    with = new { example, operation = 13 },
                }
            );
            answer = (await live.ReadAsync())["answer"]!;
            Assert.Equal(example - 1, (int)answer["index"]!);
            Assert.Equal(6, answer["values"]!.AsArray().Count);
            Assert.Equal(6, answer["gradients"]!.AsArray().Count);
            Assert.Equal(before["weights"]!.ToJsonString(), frame["weights"]!.ToJsonString());
        }
        await live.SendAsync(new { type = "step", by = "example" });
        JsonNode after = await live.FrameAsync();
        Assert.Equal("update", (string?)after["within"]!["kind"]);
        Assert.Equal(1, (int)after["batch"]!);
        // The rate is 1: what a parameter loses is its gradient.
        for (int p = 0; p < 6; p++)
        for (int k = 0; k < before["weights"]![p]!.AsArray().Count; k++)
            Assert.Equal((double)before["weights"]![p]![k]! - (double)after["weights"]![p]![k]!, (double)answer!["sum"]![p]![k]!, 1e-6);
    }

    [Fact]
    public async Task An_operation_shows_what_is_known_and_nothing_of_what_comes()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "network=2/dense+2+relu/dense+1+tanh&epoch=0,1,20");
        using Live page = live;
        JsonNode frame = await live.FrameAsync(f => f["within"] is not null);
        Assert.Equal((1, 3, 2), ((int)frame["batch"]!, (int)frame["within"]!["example"]!, (int)frame["within"]!["operation"]!));
        Assert.Equal(
            ("forward", "relu1", 1),
            ((string?)frame["within"]!["kind"], (string?)frame["within"]!["node"], (int)frame["within"]!["layer"]!)
        );
        async Task<JsonNode> Ask(int operation)
        {
            await live.SendAsync(
                new
                {
                    type = "ask",
                    id = 1,
                    about = "operation",
                    with = new { example = 3, operation },
                }
            );
            return await live.ReadAsync();
        }
        JsonNode answer = (await Ask(2))["answer"]!;
        Assert.Equal(["dense1", "relu1"], answer["values"]!.AsArray().Select(v => (string?)v!["node"]));
        Assert.Null(answer["loss"]);
        Assert.Empty(answer["gradients"]!.AsArray());
        Assert.Equal(12, (int)answer["index"]!);
        answer = (await Ask(6))["answer"]!;
        Assert.NotNull(answer["loss"]);
        Assert.Equal(["tanh1"], answer["gradients"]!.AsArray().Select(v => (string?)v!["node"]));
        Assert.Contains("a whole number from 1 to 9", (string?)(await Ask(10))["reason"]);
    }

    [Fact]
    public async Task Metrics_are_those_of_the_library_with_the_class_of_each_example()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(
            server,
            "network=3/dense+4+tanh/dense+1+tanh&data=xor+n=200+noise=0.3+seed=0.5&epoch=20&features=x,y,x*y"
        );
        using Live page = live;
        JsonNode frame = await live.FrameAsync(f => !(bool)f["running"]!);
        await live.SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about = "metrics",
            }
        );
        JsonNode answer = (await live.ReadAsync())["answer"]!;
        int first = 0;
        foreach (string name in (string[])["train", "test"])
        {
            JsonNode set = answer[name]!;
            Assert.Equal((double)frame[name]!["loss"]!, (double)set["loss"]!, 1e-6);
            Assert.Equal((double)frame[name]!["accuracy"]!, (double)set["accuracy"]!, 1e-12);
            // Counted from what each example was taken for.
            var counted = new int[2, 2];
            for (int i = 0; i < (int)set["examples"]!; i++)
                counted[(double)opened["label"]![first + i]! > 0 ? 1 : 0, (int)answer["found"]![first + i]!]++;
            first += (int)set["examples"]!;
            for (int truth = 0; truth < 2; truth++)
            for (int taken = 0; taken < 2; taken++)
                Assert.Equal(counted[truth, taken], (int)set["confusion"]![truth]![taken]!);
            Assert.Equal((double)counted[1, 1] / (counted[1, 1] + counted[0, 1]), (double)set["classes"]![1]!["precision"]!, 1e-12);
            Assert.Equal((double)counted[1, 1] / (counted[1, 1] + counted[1, 0]), (double)set["classes"]![1]!["recall"]!, 1e-12);
        }
        Assert.Equal(200, first);
    }

    [Fact]
    public async Task Values_have_errors_in_the_place_of_a_confusion()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "data=plane+n=100+noise=0+seed=0.5&network=2/dense+1&loss=mse&epoch=3");
        using Live page = live;
        JsonNode frame = await live.FrameAsync(f => !(bool)f["running"]!);
        await live.SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about = "metrics",
            }
        );
        JsonNode answer = (await live.ReadAsync())["answer"]!;
        Assert.Null(answer["found"]);
        Assert.Equal(Math.Sqrt((double)frame["test"]!["loss"]!), (double)answer["test"]!["rmse"]!, 1e-6);
        Assert.InRange((double)answer["test"]!["mae"]!, 0, (double)answer["test"]!["rmse"]!);
        Assert.InRange((double)answer["test"]!["r2"]!, -10, 1);
    }

    [Fact]
    public async Task An_experiment_with_the_present_weights_starts_from_them()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 5 });
        await live.FrameAsync(f => (int)f["epoch"]! == 5 && !(bool)f["running"]!);
        await live.SendAsync(
            new
            {
                type = "edit",
                parameter = "dense1.weight",
                index = 0,
                value = 0.3,
            }
        );
        JsonNode frame = await live.FrameAsync();
        await live.SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about = "experiment",
            }
        );
        string text = (string)(await live.ReadAsync())["answer"]!["experiment"]!;
        Experiment experiment = Experiment.Read(text, "exported", AppContext.BaseDirectory);
        ExperimentData data = experiment.LoadData();
        EpochReport start = new Trainer(experiment.Network, data.Train, experiment.ToTraining(data) with { Epochs = 0 }).Run().Final;
        Assert.Equal((double)frame["train"]!["loss"]!, start.Train!.Loss);
        Assert.Equal((double)frame["test"]!["loss"]!, start.Test!.Loss);
    }

    private static double LossAt(Setup setup, IReadOnlyList<ParameterValues> values, int count, int parameter, int index, double by)
    {
        double[] moved = values[parameter].ToDoubles().ToArray();
        moved[index] += by;
        ParameterValues[] all =
        [
            .. setup.Network.Parameters.Select(
                (p, i) => new ParameterValues(p.Parameter, i == parameter ? moved : values[i].ToDoubles().ToArray())
            ),
        ];
        double[] losses = ExamplePass.Through(setup, all, [.. Enumerable.Range(0, count)], 1).Losses;
        return setup.Experiment.Loss!.IsSum ? losses.Sum() : losses.Average();
    }
}

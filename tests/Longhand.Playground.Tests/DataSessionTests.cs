using System.Text.Json.Nodes;
using Longhand.Experiments;

namespace Longhand.Playground.Tests;

/// <summary>Data of every kind in a session: several classes, tables, one's own points; schedules; data and models out and in.</summary>
public sealed class DataSessionTests : IAsyncLifetime
{
    private const string Iris =
        "network=4/dense+6+tanh/dense+3&data=iris&features=all&scale=standard&loss=cross-entropy&optimizer=adam+lr=0.03";

    private PlaygroundServer server = null!;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("network=2/dense+5+tanh/dense+4&data=blobs+n=120+classes=4+noise=2+seed=3&loss=cross-entropy")]
    [InlineData("network=2/dense+5+tanh/dense+3+softmax&data=blobs+n=120+classes=3+noise=2+seed=3&loss=cross-entropy-probs&scale=minmax")]
    [InlineData("network=2/dense+5+tanh/dense+3+tanh&data=blobs+n=90+classes=3&loss=mse&regularization=l1+0.001+l2+0.01&conventions=keras")]
    [InlineData(Iris)]
    [InlineData("network=2/dense+4+tanh/dense+1+tanh&data=points+'1,2+0.5,3+1.5,2.5;-1,0+-2,-1+-1.5,0.5'&batch=2")]
    [InlineData("network=2/dense+4+tanh/dense+1&data=points+'1,2,0.5+0.5,3,1+1.5,2.5,0+-1,0,-1'&batch=1&conventions=textbook")]
    [InlineData("network=2/dense+4+relu/dense+1&data=formula+'y+>+sin(3*x)'+n=80+noise=0.1&loss=bce-logits")]
    [InlineData("network=2/dense+4+leakyrelu+0.2/dense+1+swish+learn&data=formula+'x*y/6'+n=80+extent=3&loss=huber+delta=0.5")]
    [InlineData("network=2/dense+3+elu+0.5/dense+1&data=table+'a,b,out;1,2,0.5;2,1,0.25;3,3,1;0,1,0;5,4,2'&split=0.6&batch=all&init=he")]
    [InlineData("schedule=cosine+to=0.001&epochs=20")]
    [InlineData("schedule=one-cycle+max=0.2+per=step&epochs=20&data=circle+n=100+noise=0.1+seed=1")]
    [InlineData("schedule=step+every=3+factor=0.5+warmup=2&epochs=20")]
    [InlineData("schedule=exponential+factor=0.9&epochs=20&optimizer=sgd+lr=0.1+momentum=0.9+nesterov")]
    [InlineData("schedule=cosine-restarts+every=4+growth=2&epochs=20&optimizer=nadam+lr=0.01+beta1=0.8")]
    [InlineData("schedule=cyclic+from=0.001+to=0.1+every=6&epochs=20&optimizer=rmsprop+lr=0.01+momentum=0.5")]
    [InlineData("schedule=plateau+patience=1+factor=0.5&epochs=20&validation=0.2&optimizer=adagrad+lr=0.5&conventions=pytorch")]
    public async Task What_a_page_exports_trains_elsewhere_to_the_same_losses(string link)
    {
        const int epochs = 20;
        (Live live, JsonNode opened) = await Live.OpenAsync(server, link);
        using Live page = live;
        Assert.True((string?)opened["type"] == "opened", (string?)opened["reason"]);
        await live.SendAsync(new { type = "play", until = epochs });
        JsonNode frame = await live.FrameAsync(f => (int)f["epoch"]! == epochs);
        Experiment experiment = Experiment.Read((string)opened["experiment"]!, "exported", AppContext.BaseDirectory);
        ExperimentData data = experiment.LoadData();
        EpochReport last = new Trainer(experiment.Network, data.Train, experiment.ToTraining(data) with { Epochs = epochs }).Run().Final;
        Assert.Equal(last.Train!.Loss, (double)frame["train"]!["loss"]!);
        Assert.Equal(last.Test!.Loss, (double)frame["test"]!["loss"]!);
        Assert.Equal(last.Train.Accuracy, (double?)frame["train"]!["accuracy"]);
        Assert.Equal(last.Penalty, (double)frame["penalty"]!);
    }

    [Fact]
    public async Task Several_classes_have_a_picture_each_and_one_of_who_wins()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(
            server,
            "network=2/dense+5+tanh/dense+4&data=blobs+n=120+classes=4+seed=3&loss=cross-entropy"
        );
        using Live page = live;
        Assert.Equal(["0", "1", "2", "3"], opened["classNames"]!.AsArray().Select(c => (string)c!));
        Assert.Equal([0, 1, 2, 3], opened["label"]!.AsArray().Select(l => (int)(double)l!).Distinct().Order());
        Assert.Equal(4, opened["bounds"]!.AsArray().Count);
        int small = (int)opened["smallSide"]!,
            side = (int)opened["side"]!;
        Assert.Equal((5 + 4) * small * small + side * side, (int)(await live.FrameAsync())["maps"]!);
    }

    [Fact]
    public void The_winner_of_each_place_is_the_class_that_the_model_says_there()
    {
        var setup = Setup.Read(
            Settings.FromLink("network=2/dense+5+tanh/dense+3&data=blobs+n=90+classes=3+seed=3&loss=cross-entropy&init=glorot")
        );
        var maps = new UnitMaps(setup);
        var bytes = new byte[maps.Length];
        IReadOnlyList<ParameterValues> values = setup.Draw();
        maps.Draw(values, bytes);
        var model = new Model(setup.Network, values);
        ReadOnlySpan<byte> winners = bytes.AsSpan(^(UnitMaps.Side * UnitMaps.Side)..);
        for (int i = 0; i < winners.Length; i += 97)
        {
            float x = (float)(setup.Plane!.X.Low + (setup.Plane.X.High - setup.Plane.X.Low) * (i % UnitMaps.Side) / (UnitMaps.Side - 1)),
                y = (float)(setup.Plane.Y.High - (setup.Plane.Y.High - setup.Plane.Y.Low) * (i / UnitMaps.Side) / (UnitMaps.Side - 1));
            float[] output = model.Predict([x, y]);
            Assert.Equal(Array.IndexOf(output, output.Max()), winners[i] / UnitMaps.Steps);
        }
    }

    [Fact]
    public async Task A_table_has_no_plane_but_histograms_and_predictions()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, Iris);
        using Live page = live;
        Assert.Null(opened["bounds"]);
        Assert.Equal(["setosa", "versicolor", "virginica"], opened["classNames"]!.AsArray().Select(c => (string)c!));
        Assert.Equal(4, opened["features"]!.AsArray().Count);
        Assert.Equal((6 + 3) * UnitHistograms.Bytes, (int)(await live.FrameAsync())["maps"]!);
        await live.SendAsync(new { type = "play", until = 60 });
        JsonNode frame = await live.FrameAsync(f => (int)f["epoch"]! == 60);
        Assert.InRange((double)frame["test"]!["accuracy"]!, 0.9, 1);
        JsonNode answer = await AskAsync(live, "predictions", new { part = "test", count = 75 });
        JsonNode[] rows = [.. answer["rows"]!.AsArray().Select(r => r!)];
        Assert.Equal(75, rows.Length);
        double right = rows.Count(r => (int)r["class"]! == (int)r["decided"]!) / 75.0;
        Assert.Equal((double)frame["test"]!["accuracy"]!, right, 1e-9);
        Assert.All(rows, r => Assert.Equal(1, r["shares"]!.AsArray().Sum(s => (double)s!), 1e-5));
        Assert.All(rows, r => Assert.InRange((double)r["input"]![0]!, 4, 8));
    }

    [Theory]
    [InlineData("iris", "network=4/dense+4+tanh/dense+2+tanh/dense+3", "cross-entropy", "all")]
    [InlineData("blobs n=100 classes=5", "network=2/dense+4+tanh/dense+2+tanh/dense+5", "cross-entropy", "x, y")]
    [InlineData("plane n=100", "network=2/dense+4+tanh/dense+2+tanh/dense+1&", "half-mse", "x, y")]
    [InlineData("points '1,2 3,4 5,6;0,1 0,2 0,3;1,1 2,2 2,3'", "network=2/dense+4+tanh/dense+2+tanh/dense+3", "cross-entropy", "x, y")]
    [InlineData("xor n=100", "network=2/dense+4+tanh/dense+2+tanh/dense+1+tanh&", "half-mse", "x, y")]
    public async Task Inputs_outputs_and_loss_follow_the_data_and_come_back(string data, string network, string loss, string features)
    {
        (Live live, JsonNode first) = await Live.OpenAsync(server, "");
        using Live page = live;
        await live.SendAsync(
            new
            {
                type = "open",
                settings = new { data },
                fit = true,
            }
        );
        JsonNode opened = await live.ReadAsync();
        Assert.True((string?)opened["type"] == "opened", (string?)opened["reason"]);
        Assert.StartsWith(network.TrimEnd('&'), (string?)opened["link"]);
        Assert.Equal((loss, features), ((string?)opened["settings"]!["loss"], (string?)opened["settings"]!["features"]));
        var settings = opened["settings"]!.AsObject().ToDictionary(p => p.Key, p => (string)p.Value!);
        settings["data"] = (string)first["settings"]!["data"]!;
        await live.SendAsync(
            new
            {
                type = "open",
                settings,
                fit = true,
            }
        );
        JsonNode back = await live.ReadAsync();
        Assert.Equal((string?)first["settings"]!["network"], (string?)back["settings"]!["network"]);
        Assert.Equal((string?)first["settings"]!["loss"], (string?)back["settings"]!["loss"]);
    }

    [Fact]
    public async Task A_pasted_table_becomes_a_line_of_data_that_a_link_holds()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        const string text =
            "id;length;width;kind\n1;1,5;0,2;small, round\n2;4,7;1,4;large\n3;1,3;?;small, round\n4;4,5;1,5;large\n5;4,9;1,5;large\n";
        JsonNode seen = await AskAsync(live, "csv", new { text });
        Assert.Equal(["id", "length", "width", "kind"], seen["columns"]!.AsArray().Select(c => (string)c!));
        Assert.Equal("1,5", (string?)seen["rows"]![0]![1]);
        await Refused(
            live,
            "csv",
            new
            {
                text,
                target = new[] { 3 },
                ignore = new[] { 0 },
            },
            "line 4, column 3 (\"width\"): a value is missing"
        );
        JsonNode taken = await AskAsync(
            live,
            "csv",
            new
            {
                text,
                target = new[] { 3 },
                ignore = new[] { 0 },
                missing = "mean",
            }
        );
        string line = (string)taken["data"]!;
        Assert.Equal(
            "table 'length,width,target;1.5,0.2,small  round;4.7,1.4,large;1.3,1.15,small  round;4.5,1.5,large;4.9,1.5,large'",
            line
        );
        await live.SendAsync(
            new
            {
                type = "open",
                settings = new { data = line, batch = "2" },
                fit = true,
            }
        );
        JsonNode opened = await live.ReadAsync();
        Assert.Equal(["large", "small  round"], opened["classNames"]!.AsArray().Select(c => (string)c!));
        (Live second, JsonNode same) = await Live.OpenAsync(server, (string)opened["link"]!);
        using Live window = second;
        Assert.Equal(opened["x"]!.ToJsonString(), same["x"]!.ToJsonString());
    }

    [Fact]
    public void The_line_of_a_table_reads_back_to_the_same_examples()
    {
        ExperimentKinds.Register();
        foreach (
            (DataSet data, string kind) in ((DataSet, string)[])
                [
                    (Data.Iris(), "auto"),
                    (Data.Plane(20), "values"),
                    (
                        new DataSet(
                            [
                                [1, 2.5],
                                [1e-9, 3],
                            ],
                            (double[][])
                                [
                                    [1, 2],
                                    [3, 4],
                                ]
                        ),
                        "auto"
                    ),
                    (
                        new DataSet(
                            [
                                [1, 2.5],
                                [1e-9, 3],
                            ],
                            (double[][])
                                [
                                    [1, 2],
                                    [3, 4],
                                ]
                        )
                        {
                            InputNames = ["7", "b c"],
                        },
                        "auto"
                    ),
                ]
        )
        {
            DataSet read = Data.Make(TableText.Write(data, kind)).All;
            Assert.Equal((data.Count, data.HasClasses), (read.Count, read.HasClasses));
            for (int i = 0; i < data.Count; i++)
            {
                Assert.Equal(data[i].Input, read[i].Input);
                Assert.Equal(data[i].Target, read[i].Target);
                Assert.Equal(data[i].Class, read[i].Class);
            }
        }
    }

    [Fact]
    public async Task A_model_goes_out_as_longhand_train_writes_it_and_comes_back()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, "");
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 5 });
        JsonNode trained = await live.FrameAsync(f => (int)f["epoch"]! == 5);
        JsonNode model = await AskAsync(live, "model", new { });
        byte[] bytes = Convert.FromBase64String((string)model["bytes"]!);

        string exported = ((string)opened["experiment"]!).Replace("epochs: 10", "epochs: 5");
        Experiment experiment = Experiment.Read(exported, "exported", AppContext.BaseDirectory);
        ExperimentData data = experiment.LoadData();
        Model elsewhere = experiment.Finished(new Trainer(experiment.Network, data.Train, experiment.ToTraining(data)).Run().Model, data);
        using var stream = new MemoryStream();
        elsewhere.Save(stream);
        Assert.Equal(stream.ToArray(), bytes);

        await live.SendAsync(new { type = "reset" });
        await live.FrameAsync(f => (int)f["epoch"]! == 0);
        await live.SendAsync(new { type = "load", model = (string)model["bytes"]! });
        JsonNode loaded = await live.FrameAsync(f => (bool)f["touched"]!);
        Assert.Equal(trained["weights"]!.ToJsonString(), loaded["weights"]!.ToJsonString());
        Assert.Equal((double)trained["test"]!["loss"]!, (double)loaded["test"]!["loss"]!);
        await live.SendAsync(new { type = "load", model = "!" });
        Assert.Contains("base 64", (string?)(await live.ReadAsync())["reason"]);
        bytes[^1] = 0x7f;
        bytes[^2] = 0x80;
        await live.SendAsync(new { type = "load", model = Convert.ToBase64String(bytes) });
        Assert.Contains("not finite", (string?)(await live.ReadAsync())["reason"]);
        await live.SendAsync(new { type = "load", model = Convert.ToBase64String(bytes[..40]) });
        Assert.Contains("the model", (string?)(await live.ReadAsync())["reason"]);

        await live.SendAsync(new { type = "open", settings = new { network = "2 -> dense 3 tanh -> dense 2 tanh -> dense 1 tanh" } });
        Assert.Equal("opened", (string?)(await live.ReadAsync())["type"]);
        await live.SendAsync(new { type = "load", model = (string)model["bytes"]! });
        Assert.Contains("dense1.weight has sizes [4, 2], but the network needs [3, 2]", (string?)(await live.ReadAsync())["reason"]);
    }

    [Fact]
    public async Task Data_go_out_as_the_command_writes_them()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "data=points+'1,2+0.5,3;-1,0+-2,-1'&batch=1");
        using Live page = live;
        JsonNode answer = await AskAsync(live, "data", new { });
        Assert.Equal("x,y,class\n1,2,0\n-1,0,1\n0.5,3,0\n-2,-1,1\n", (string?)answer["text"]);
        Assert.Equal("points.csv", (string?)answer["file"]);
    }

    [Theory]
    [InlineData("data=points+'1,2'", "a semicolon begins the next")]
    [InlineData("data=points+'1,2;NaN,1'", "\"NaN\" is no number")]
    [InlineData("data=points+'1,2;1e300,1'", "\"1e300\" is no number")]
    [InlineData("data=points+'1,2;1,2,3'", "but the points before have 2")]
    [InlineData("data=points+'1,2;3'", "is no point")]
    [InlineData("data=points+'1,2", "never closed")]
    [InlineData("data=formula+'y+>+sin(3*x'", "never closed")]
    [InlineData("data=formula+'y+>+100'", "holds at none of the 500 points")]
    [InlineData("data=formula+'lg(x)'", "Did you mean \"ln\"?")]
    [InlineData("data=formula+'ln(x)'&network=2/dense+1", "is not a finite number at x =")]
    [InlineData("data=formula+'y>x'+n=1000000", "10000 examples is the limit")]
    [InlineData("data=formula+'y>x'+extent=0", "extent is 0")]
    [InlineData("data=table+'a,b;1,2;x,3'", "line 3, column 1 (\"a\"): \"x\" is not a number")]
    [InlineData("data=blobs+classes=20+n=100&network=2/dense+20&loss=cross-entropy", "10 is the most that are told apart")]
    [InlineData("data=blobs+classes=3+n=90", "Give the network one output per class", true)]
    [InlineData("data=iris&features=all", "The network reads 2", true)]
    [InlineData("schedule=cosin", "Did you mean \"cosine\"?")]
    [InlineData("schedule=cosine&epochs=0", "a schedule needs the length of a run")]
    [InlineData("schedule=cosine&epochs=1000000000", "from 1 to 100000 epochs")]
    [InlineData("schedule=plateau", "nothing is held out")]
    [InlineData("validation=2", "from 0 to below 1")]
    [InlineData("scale=big", "scale")]
    [InlineData("init=constant", "the value is missing")]
    [InlineData("optimizer=adam+beta1=2", "beta1")]
    public async Task What_is_wrong_with_data_or_a_choice_is_said(string link, string reason, bool inAnyCase = false)
    {
        (Live live, JsonNode answer) = await Live.OpenAsync(server, link);
        using Live page = live;
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string)answer["reason"]!, inAnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_too_long_are_refused_and_those_within_the_limit_taken_in_time()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        async Task<JsonNode> Open(string data)
        {
            await live.SendAsync(
                new
                {
                    type = "open",
                    settings = new { data },
                    fit = true,
                }
            );
            return await live.ReadAsync();
        }
        string many = string.Join(' ', Enumerable.Range(0, 4000).Select(i => $"{i % 7},{i % 5}"));
        Assert.Equal("opened", (string?)(await Open($"points '{many};{many}'"))["type"]);
        Assert.Contains("10000 is the limit", (string?)(await Open($"points '{many};{many};{many}'"))["reason"]!);
        Assert.Contains("100000 is the limit", (string?)(await Open($"points '{new string('1', 100_000)},2;1,2'"))["reason"]);
        string slow = string.Join('+', Enumerable.Repeat("sin(x)^y", 100));
        Assert.Contains("500 is the limit", (string?)(await Open($"formula 'y > {slow}' n=10000"))["reason"]);
        Assert.Contains(
            "nested more than",
            (string?)(await Open($"formula '{new string('(', 240)}x{new string(')', 240)} > y' n=10000"))["reason"]
        );
        Assert.Contains(
            "1000000 is the limit",
            (string?)(await RefusedAsync(live, "csv", new { text = new string('1', 1_000_001) }))["reason"]
        );
        await Refused(live, "csv", new { text = "a,b\n1,2\n3\n", target = new[] { 1 } }, "line 3: here are 1 fields");
        await Refused(live, "csv", new { text = "a,b\n1,2\n", target = new[] { 7 } }, "whole numbers from 0 to 1");
        await Refused(live, "csv", new { text = "" }, "there is nothing in it");
        await Refused(live, "csv", new { text = "a\n1" }, "a single column");
    }

    private static async Task<JsonNode> AskAsync(Live live, string about, object with)
    {
        await live.SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about,
                with,
            }
        );
        JsonNode answer = await live.ReadAsync();
        Assert.True((string?)answer["type"] == "answer", (string?)answer["reason"]);
        return answer["answer"]!;
    }

    private static async Task<JsonNode> RefusedAsync(Live live, string about, object with)
    {
        await live.SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about,
                with,
            }
        );
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        return answer;
    }

    private static async Task Refused(Live live, string about, object with, string reason) =>
        Assert.Contains(reason, (string?)(await RefusedAsync(live, about, with))["reason"]);
}

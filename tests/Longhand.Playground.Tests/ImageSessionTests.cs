using System.Text.Json.Nodes;
using Longhand.Numbers;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;
using Longhand.Reference;

namespace Longhand.Playground.Tests;

/// <summary>What a session with images promises: maps, sums, slopes and counts that are those of the library.</summary>
public sealed class ImageSessionTests : IAsyncLifetime
{
    private const string Common =
        "&data=digits&loss=cross-entropy&optimizer=adam+lr=0.01&batch=32&split=0.8&init=pytorch&conventions=pytorch&features=x,+y";

    private const string Small = "network=8x8x1/conv+8+3x3+pad+same+relu/maxpool+2/dense+10" + Common;

    private const string Mixed =
        "network=8x8x1/conv+4+3x3+pad+1/batchnorm/relu/avgpool+2/conv+6+3x3+pad+same+groups+2+tanh/maxpool+2/dropout+0.2/dense+12+relu/dense+10"
        + Common;

    private PlaygroundServer server = null!;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_small_network_learns_the_digits_and_classifies_drawn_ones()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, Small);
        using Live page = live;
        Assert.Equal((1437, 360), ((int)opened["images"]!["train"]!, (int)opened["images"]!["test"]!));
        await live.SendAsync(new { type = "play", until = 15 });
        JsonNode frame = await live.FrameAsync(f => !(bool)f["running"]!);
        Assert.Equal(15, (int)frame["epoch"]!);
        double accuracy = (double)frame["test"]!["accuracy"]!;
        Assert.True(accuracy >= 0.95, $"test accuracy {accuracy}");
        var wrong = new List<string>();
        for (int digit = 0; digit < 10; digit++)
            foreach ((double scale, double x) in ((double, double)[])[(1, 0), (0.4, 0.2)])
            {
                JsonNode answer = await live.AskAsync("classify", new { lines = HandDrawn.Lines(digit, scale, x) });
                if ((int)answer["answer"]!["found"]! != digit)
                    wrong.Add($"{digit} at {scale}: {answer["answer"]!["found"]} {answer["answer"]!["image"]!.ToJsonString()}");
            }
        Assert.True(wrong.Count <= 1, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_maps_and_filters_of_a_frame_are_those_of_the_reference()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, Mixed);
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 2 });
        await live.FrameAsync(f => !(bool)f["running"]!);
        await live.SendAsync(
            new
            {
                type = "look",
                set = "test",
                index = 7,
            }
        );
        JsonNode frame = await live.FrameAsync();
        Moment moment = MomentOf(Mixed, 2);
        (ReferenceRun<Float64> run, Example example) = Reference(moment, 7);
        JsonNode image = frame["image"]!;
        Assert.Equal(
            ("test", 7, false, example.Class),
            ((string?)image["set"], (int)image["index"]!, (bool)image["own"]!, (int?)image["class"])
        );
        Assert.Equal(1, image["scores"]!.AsArray().Sum(s => (double)s!), 1e-9);
        ImageView view = moment.Setup.Images!;
        // Flatten and dropout only hand on.
        Assert.Equal(
            ["input", "conv1", "batchnorm1", "relu1", "avgpool1", "conv2", "tanh1", "maxpool1", "dense1", "relu2", "dense2"],
            opened["images"]!["columns"]!.AsArray().Select(c => (string?)c!["name"])
        );
        byte[] pictures = live.Pictures;
        int at = 0;
        foreach ((int k, ImageColumn column) in view.Columns.Index())
        {
            float[] values = [.. run.Value(column.Value).ToArray().Select(v => (float)v.Value)];
            at += Compare(values[..column.Length], pictures.AsSpan(at, column.Length), (float)image["largest"]![k]!, k == 0 ? 1 : 0);
            if (column.Filters is not { } filters)
                continue;
            Assert.Equal(filters.Sizes[0] * filters.Sizes[1] * filters.Sizes[2] * filters.Sizes[3], filters.Length);
            at += Compare(
                moment.State.Values[filters.Parameter].ToSingles(),
                pictures.AsSpan(at, filters.Length),
                (float)image["largestFilter"]![k]!
            );
        }
        Assert.Equal(pictures.Length, at);
    }

    [Fact]
    public async Task Every_number_of_every_layer_is_the_sum_that_is_said()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Mixed);
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 2 });
        await live.FrameAsync(f => !(bool)f["running"]!);
        Moment moment = MomentOf(Mixed, 2);
        (ReferenceRun<Float64> run, Example _) = Reference(moment, 3);
        var kinds = new HashSet<string>();
        foreach (ImageColumn column in moment.Setup.Images!.Columns)
        foreach (int channel in (int[])[0, column.Shape.Channels - 1])
        foreach (
            (int row, int c) in column.Shape.IsImage ? ((int, int)[])[(0, 0), (column.Shape.Height - 1, column.Shape.Width / 2)] : [(0, 0)]
        )
        {
            string place = column.Shape.IsImage ? $"{column.Name}[{channel},{row},{c}]" : $"{column.Name}[{channel}]";
            JsonNode answer = (await live.AskAsync("pixel", new { at = place, example = 3 }))["answer"]!;
            double value = (double)answer["value"]!;
            int flat = (channel * column.Shape.Height + row) * column.Shape.Width + c;
            Assert.Equal(run.Value(column.Value).Flat(flat).Value, value, 1e-9);
            kinds.Add((string)answer["kind"]!);
            Assert.Equal(value, SumOf(answer), 1e-9);
        }
        Assert.Equal(["element", "input", "max", "mean", "planes", "terms"], kinds.Order());
    }

    [Fact]
    public async Task The_winners_of_a_pool_are_the_largest_under_each_window()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Small);
        using Live page = live;
        await live.SendAsync(new { type = "step" });
        await live.FrameAsync(f => (int)f["epoch"]! == 1);
        (ReferenceRun<Float64> run, Example _) = Reference(MomentOf(Small, 1), 0);
        JsonNode answer = (await live.AskAsync("pixel", new { at = "maxpool1[5,1,2]" }))["answer"]!;
        Assert.Equal([2, 3], answer["rows"]!.AsArray().Select(r => (int)r!));
        Assert.Equal([4, 5], answer["columns"]!.AsArray().Select(r => (int)r!));
        double[] patch = [.. answer["patch"]!.AsArray().Select(v => (double)v!)];
        Assert.Equal(patch.Max(), patch[(int)answer["winner"]![0]! * 2 + (int)answer["winner"]![1]!]);
        int[] winners = [.. answer["winners"]!.AsArray().Select(w => (int)w!)];
        Assert.Equal(16, winners.Length);
        foreach (int winner in winners)
        {
            (int row, int column) = (winner / 8 / 2 * 2, winner % 8 / 2 * 2);
            var window = new List<double>();
            foreach ((int i, int j) in ((int, int)[])[(0, 0), (0, 1), (1, 0), (1, 1)])
                window.Add(run.Value(2).Flat((5 * 8 + row + i) * 8 + column + j).Value);
            Assert.Equal(window.Max(), run.Value(2).Flat(5 * 64 + winner).Value);
        }
    }

    [Fact]
    public async Task The_saliency_is_the_central_difference_of_the_loss()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Mixed);
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 2 });
        await live.FrameAsync(f => !(bool)f["running"]!);
        JsonNode answer = (await live.AskAsync("saliency", new { set = "train", example = 11 }))["answer"]!;
        Moment moment = MomentOf(Mixed, 2);
        Example example = moment.Setup.Data.Train[11];
        Assert.Equal(example.Class, (int)answer["class"]!);
        const double step = 1e-6;
        double LossAt(int pixel, double by)
        {
            double[] image = [.. example.Input];
            image[pixel] += by;
            Grid<Float64> output = Run(moment, image).Output;
            var target = new Grid<Float64>(1, output.Length);
            target[0, example.Class!.Value] = new Float64(1);
            return moment.Setup.Experiment.Loss!.Value(output, target, 0).Value;
        }
        Assert.Equal(LossAt(0, 0), (double)answer["loss"]!, 1e-12);
        for (int pixel = 0; pixel < 64; pixel++)
            Assert.Equal((LossAt(pixel, step) - LossAt(pixel, -step)) / (2 * step), (double)answer["gradient"]![pixel]!, 1e-5);
    }

    [Fact]
    public async Task The_confusion_adds_up_and_the_worst_mistakes_come_first()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Small);
        using Live page = live;
        await live.SendAsync(new { type = "play", until = 2 });
        JsonNode frame = await live.FrameAsync(f => !(bool)f["running"]!);
        JsonNode answer = (await live.AskAsync("confusion", new { set = "test" }))["answer"]!;
        int[][] confusion = [.. answer["confusion"]!.AsArray().Select(row => row!.AsArray().Select(n => (int)n!).ToArray())];
        Assert.Equal(360, confusion.Sum(row => row.Sum()));
        int right = Enumerable.Range(0, 10).Sum(c => confusion[c][c]);
        Assert.Equal((double)frame["test"]!["accuracy"]!, right / 360.0);
        Assert.Equal((double)frame["test"]!["loss"]!, (double)answer["loss"]!, 1e-5);
        Assert.Equal(360 - right, (int)answer["wrong"]!);
        JsonArray worst = answer["worst"]!.AsArray();
        Assert.Equal(Math.Min(12, 360 - right), worst.Count);
        Assert.All(worst, e => Assert.NotEqual((int)e!["class"]!, (int)e["found"]!));
        Assert.Equal(worst.Select(e => (double)e!["loss"]!).OrderDescending(), worst.Select(e => (double)e!["loss"]!));
        for (int truth = 0; truth < 10; truth++)
        for (int found = 0; found < 10; found++)
        {
            if (confusion[truth][found] == 0 && found != (truth + 1) % 10)
                continue;
            JsonNode pictures = (
                await live.AskAsync(
                    "pictures",
                    new
                    {
                        @class = truth,
                        found,
                        count = 100,
                    }
                )
            )["answer"]!;
            Assert.Equal(confusion[truth][found], (int)pictures["count"]!);
            Assert.Equal(confusion[truth][found], pictures["examples"]!.AsArray().Count);
            if (found == truth)
                break;
        }
    }

    [Fact]
    public async Task A_picture_of_ones_own_is_in_the_frames_while_training_goes_on()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Small);
        using Live page = live;
        await live.SendAsync(new { type = "look", lines = HandDrawn.Lines(0) });
        await live.SendAsync(new { type = "play", until = 15 });
        JsonNode image = (await live.FrameAsync(f => !(bool)f["running"]!))["image"]!;
        Assert.True((bool)image["own"]!);
        Assert.Null(image["class"]);
        Assert.Equal(0, (int)image["found"]!);
        // The drawing as the digits are: sixteen steps of ink.
        byte[] drawn = live.Pictures[..64];
        JsonNode answer = (await live.AskAsync("classify", new { lines = HandDrawn.Lines(0) }))["answer"]!;
        Assert.All(answer["image"]!.AsArray(), v => Assert.Equal(Math.Round((double)v! * 16), (double)v! * 16, 1e-6));
        string cells = string.Concat(answer["image"]!.AsArray().Select(v => ((int)Math.Round(255 * (double)v!)).ToString("x2", null)));
        JsonNode same = (await live.AskAsync("classify", new { cells }))["answer"]!;
        Assert.Equal(answer["scores"]!.ToJsonString(), same["scores"]!.ToJsonString());
        Assert.Equal(answer["scores"]!.AsArray().Select(s => (double)s!), image["scores"]!.AsArray().Select(s => (double)s!));
        Assert.Contains(drawn, b => b == 254);
    }

    [Theory]
    [InlineData("classify", "{\"lines\":\"12\"}", "four hexadecimal digits")]
    [InlineData("classify", "{\"lines\":\"zzzz\"}", "is no line")]
    [InlineData("classify", "{\"lines\":[1]}", "a text is needed")]
    [InlineData("classify", "{\"cells\":\"00\"}", "each of the 64 pixels")]
    [InlineData("classify", "{\"cells\":\"00\",\"lines\":\"\"}", "either lines or cells")]
    [InlineData("classify", "{\"example\":360}", "0 to 359")]
    [InlineData("classify", "{\"example\":-1}", "a whole number")]
    [InlineData("classify", "{\"set\":\"tset\"}", "Did you mean \"test\"?")]
    [InlineData("pixel", "{}", "pixel, at: a text is needed")]
    [InlineData("pixel", "{\"at\":\"conv1[8,0,0]\"}", "8")]
    [InlineData("pixel", "{\"at\":\"conv2[0,0,0]\"}", "Did you mean \"conv1\"?")]
    [InlineData("pixel", "{\"at\":\"conv1.weight[0,0,0,0]\"}", "is a weight")]
    [InlineData("saliency", "{\"class\":10}", "from 0 to 9")]
    [InlineData("pictures", "{\"count\":1000}", "from 1 to 120")]
    [InlineData("pictures", "{\"clas\":1}", "Did you mean \"class\"?")]
    [InlineData("confusion", "{\"worst\":99}", "from 0 to 24")]
    public async Task What_is_asked_wrongly_is_refused_with_the_reason(string about, string with, string reason)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Small);
        using Live page = live;
        JsonNode answer = await live.AskAsync(about, JsonNode.Parse(with)!);
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string?)answer["reason"]);
    }

    [Theory]
    [InlineData("{\"type\":\"look\",\"index\":360}", "0 to 359")]
    [InlineData("{\"type\":\"look\",\"set\":\"all\"}", "train or test")]
    [InlineData("{\"type\":\"look\",\"lines\":\"12345\"}", "is no line")]
    [InlineData("{\"type\":\"look\",\"cells\":\"\"}", "each of the 64 pixels")]
    public async Task A_look_at_nothing_is_refused_and_what_was_looked_at_stays(string message, string reason)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, Small);
        using Live page = live;
        await live.SendTextAsync(message);
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string?)answer["reason"]);
        Assert.Equal(0, (int)(await live.FrameAsync())["image"]!["index"]!);
    }

    [Fact]
    public async Task Lines_that_are_too_long_and_images_of_other_data_are_refused()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        foreach (
            (string about, string reason) in ((string, string)[])
                [("pixel", "no images"), ("confusion", "no images"), ("classify", "no images")]
        )
            Assert.Contains(reason, (string?)(await live.AskAsync(about, new { }))["reason"]);
        await live.SendAsync(new { type = "look", lines = new string('0', 4000) });
        Assert.Contains("2000 characters", (string?)(await live.ReadAsync())["reason"]);
    }

    [Theory]
    [InlineData("network=8x8x1/conv+8+3x3+relu/dense+9", "outputs for 0 to 8 only")]
    [InlineData("network=9x9x1/dense+10", "8×8×1")]
    [InlineData("network=8x8x1/conv+8+3x3+pad+same+as+a/conv+8+3x3+pad+same/add+a/dense+10", "draws chains")]
    [InlineData("network=8x8x1/dense+1000000/dense+10", "500000 is the limit")]
    [InlineData("network=8x8x1/dense+1000000000", "500000 is the limit")]
    [InlineData("network=8x8x1/conv+400+3x3+pad+50/globalavgpool/dense+10", "numbers for one image")]
    [InlineData(
        "network=8x8x1/conv+32+3x3+pad+same/conv+64+3x3+pad+same/conv+64+3x3+pad+same/dense+10&batch=all",
        "million multiplications"
    )]
    [InlineData("network=8x8x1/conv+8+3x3+rleu/dense+10", "Did you mean \"relu\"?")]
    [InlineData("network=8x8x1/conv+8+9x9/dense+10", "too few")]
    [InlineData("network=8x8x1/conv+8+3x3", "end it with flatten or a dense layer")]
    [InlineData("network=28x28x1/dense+10&data=mnist", "longhand playground --mnist DIR")]
    [InlineData("network=28x28x1/dense+10&data=fashion+/etc", "longhand playground --fashion DIR")]
    [InlineData("network=32x32x3/dense+10&data=cifar10+/etc", "cifar10 is none of them")]
    public async Task A_network_that_cannot_be_drawn_is_refused_with_the_reason(string link, string reason)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        string rest = link.Contains("&data=", StringComparison.Ordinal)
            ? Common.Replace("&data=digits", "", StringComparison.Ordinal)
            : Common;
        if (link.Contains("&batch=", StringComparison.Ordinal))
            rest = rest.Replace("&batch=32", "", StringComparison.Ordinal);
        await live.SendAsync(new { type = "open", link = link + rest });
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string?)answer["reason"]);
        Assert.Equal(0, (int)(await live.FrameAsync())["epoch"]!);
    }

    [Fact]
    public async Task Sets_that_were_given_to_the_command_are_trained_on_and_shared()
    {
        DataSet all = Longhand.Data.Digits();
        (DataSet First, DataSet Second) parts = (Named(all.Slice(0, 600), "mnist"), Named(all.Slice(600, 100), "mnist"));
        await using PlaygroundServer own = await PlaygroundServer.StartAsync(
            new PlaygroundOptions { Port = 0, Images = [parts] },
            TestContext.Current.CancellationToken
        );
        (Live live, JsonNode opened) = await Live.OpenAsync(own, Small.Replace("data=digits", "data=mnist", StringComparison.Ordinal));
        using Live page = live;
        Assert.Equal(
            (600, 100, "mnist"),
            ((int)opened["images"]!["train"]!, (int)opened["images"]!["test"]!, (string?)opened["images"]!["data"])
        );
        Assert.DoesNotContain("split", (string?)opened["experiment"]);
        await live.SendAsync(new { type = "open", link = Small.Replace("data=digits", "data=mnist+/etc", StringComparison.Ordinal) });
        Assert.Contains("names no folder", (string?)(await live.ReadAsync())["reason"]);
    }

    private static DataSet Named(DataSet data, string name)
    {
        var rows = new double[data.Count * 64];
        for (int i = 0; i < data.Count; i++)
            data.CopyInput(i, rows.AsSpan(i * 64, 64));
        return new DataSet(Rows.Of(rows, 64), data.InputShape, [.. Enumerable.Range(0, data.Count).Select(data.Class)]) { Name = name };
    }

    // What a session holds after so many epochs, computed without it.
    private static Moment MomentOf(string link, int epochs)
    {
        var setup = Setup.Read(Settings.FromLink(link));
        using var loop = new TrainingLoop(setup, setup.Draw());
        for (int i = 0; i < epochs; i++)
            loop.StepEpoch();
        return loop.Moment();
    }

    private static (ReferenceRun<Float64> Run, Example Example) Reference(Moment moment, int index)
    {
        Example example = moment.Setup.Data.Test![index];
        return (Run(moment, example.Input), example);
    }

    private static ReferenceRun<Float64> Run(Moment moment, double[] image)
    {
        Network network = moment.Setup.Network;
        var run = new ReferenceRun<Float64>(
            network,
            [
                .. network.Parameters.Select(
                    (p, i) => moment.State.Values[i].Grid(p.Parameter, k => new Float64(moment.State.Values[i].Double(k)))
                ),
            ],
            new Grid<Float64>([.. image.Select(v => new Float64(v))], 1, 1, 8, 8)
        );
        run.Forward();
        return run;
    }

    private static int Compare(float[] values, ReadOnlySpan<byte> bytes, float largest, float least = 0)
    {
        Assert.Equal(Math.Max(least, values.Max(Math.Abs)), largest, 1e-5f * (1 + largest));
        for (int i = 0; i < values.Length; i++)
            // The engine computes in single precision: a number on the border between two bytes may be on its other side.
            Assert.InRange(bytes[i] - ImageFrames.Quantised(values[i], largest), -1, 1);
        return values.Length;
    }

    private static double SumOf(JsonNode answer)
    {
        double Total(string list, string of) => answer[list]!.AsArray().Sum(p => (double)p![of]!);
        double rest = (double?)answer["bias"] ?? 0;
        switch ((string)answer["kind"]!)
        {
            case "planes":
                foreach (JsonNode? plane in answer["planes"]!.AsArray())
                    Assert.Equal(
                        plane!["patch"]!.AsArray().Zip(plane["kernel"]!.AsArray(), (x, w) => (double)x! * (double)w!).Sum(),
                        (double)plane["sum"]!,
                        1e-9
                    );
                return Total("planes", "sum") + (double)answer["othersSum"]! + rest;
            case "terms":
                return Total("terms", "product") + (double)answer["othersSum"]! + rest;
            case "max":
                return answer["patch"]!.AsArray().Max(v => (double?)v ?? double.NegativeInfinity);
            case "mean":
                return answer["patch"]!.AsArray().Sum(v => (double?)v ?? 0) / (int)answer["counted"]!;
            default:
                return (double)answer["value"]!;
        }
    }
}

using System.Text.Json.Nodes;

namespace Longhand.Playground.Tests;

/// <summary>Runs that end by themselves, and the curves that a page is sent.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private PlaygroundServer server = null!;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("train-below", 0.1, "train", "loss")]
    [InlineData("test-below", 0.1, "test", "loss")]
    [InlineData("train-accuracy", 0.95, "train", "accuracy")]
    [InlineData("test-accuracy", 0.9, "test", "accuracy")]
    public async Task A_run_ends_at_the_first_epoch_where_its_condition_holds(string kind, double value, string set, string field)
    {
        bool Holds(JsonNode frame) => field == "loss" ? (double)frame[set]!["loss"]! < value : (double)frame[set]!["accuracy"]! >= value;
        (Live live, JsonNode _) = await Live.OpenAsync(server, "optimizer=sgd+lr=0.1");
        using Live page = live;
        await live.SendAsync(new { type = "play", stop = new { kind, value } });
        JsonNode frame = await live.FrameAsync(f => !(bool)f["running"]!);
        Assert.Equal(kind, (string?)frame["stopped"]!["kind"]);
        Assert.Equal(value, (double)frame["stopped"]!["value"]!);
        Assert.Equal((double)frame[set]![field]!, (double)frame["stopped"]!["found"]!);
        Assert.True(Holds(frame));
        Assert.NotEqual(0, (int)frame["epoch"]!);
        Assert.Equal(0, (int)frame["batch"]!);
        // It holds already.
        await live.SendAsync(new { type = "play", stop = new { kind, value } });
        JsonNode again = await live.FrameAsync(f => !(bool)f["running"]!);
        Assert.Equal((int)frame["epoch"]!, (int)again["epoch"]!);
        Assert.Equal(kind, (string?)again["stopped"]!["kind"]);
        // The epoch before, it did not.
        await live.SendAsync(new { type = "back" });
        JsonNode before = await live.FrameAsync(f => f["seeking"] is null);
        Assert.Equal((int)frame["epoch"]! - 1, (int)before["epoch"]!);
        Assert.False(Holds(before));
        Assert.Null(before["stopped"]);
    }

    [Fact]
    public async Task A_run_ends_at_an_epoch_and_says_so_and_a_step_does_not()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        await live.SendAsync(new { type = "step" });
        Assert.Null((await live.FrameAsync(f => (int)f["epoch"]! == 1 && !(bool)f["running"]!))["stopped"]);
        await live.SendAsync(new { type = "play", until = 9 });
        JsonNode frame = await live.FrameAsync(f => (int)f["epoch"]! == 9 && !(bool)f["running"]!);
        Assert.Equal(("epoch", 9), ((string?)frame["stopped"]!["kind"], (int)frame["stopped"]!["value"]!));
    }

    [Fact]
    public void A_gradient_that_is_small_and_a_loss_that_no_longer_falls_end_a_run()
    {
        var setup = Setup.Read(
            Settings.FromLink("network=2/dense+1&data=plane+n=100+noise=0+seed=0.5&optimizer=sgd+lr=0.01&loss=mse&batch=all")
        );
        using var course = new Course(setup, setup.Draw()) { Rule = new StopRule("gradient-below", 0.001, setup) };
        course.Run(long.MaxValue, 100_000);
        Assert.Equal("gradient-below", course.Stopped!.Kind);
        Assert.True(course.Loop.GradientNorm() < 0.001);
        course.Back("epoch");
        while (course.IsSeeking)
            course.Run(long.MaxValue, 0);
        Assert.True(course.Loop.GradientNorm() >= 0.001);

        using var flat = new Course(setup, setup.Draw()) { Rule = new StopRule("train-flat", 20, setup) };
        flat.Run(long.MaxValue, 100_000);
        Assert.Equal("train-flat", flat.Stopped!.Kind);
        var losses = flat.Losses.Rows.ToDictionary(r => r.Epoch, r => r.Train);
        int end = flat.Loop.Epoch;
        // In the last twenty epochs it fell by no more than a thousandth; in the twenty before those by more.
        Assert.True(losses[end] >= losses[end - 20] * (1 - 1e-3) || losses[end - 1] >= losses[end - 20] * (1 - 1e-3));
        Assert.True(losses[end - 20] < losses[end - 40] * (1 - 1e-3));
    }

    [Theory]
    [InlineData("", "test-blow", 1, "Did you mean \"test-below\"?")]
    [InlineData("", "", 1, "no condition")]
    [InlineData("", "test-below", -1, "a number from 0 on")]
    [InlineData("split=1", "test-below", 1, "no test data")]
    [InlineData("data=plane+n=50+noise=0+seed=0.5", "train-accuracy", 1, "no classes")]
    public async Task What_cannot_be_asked_for_is_refused(string link, string kind, double value, string reason)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, link);
        using Live page = live;
        await live.SendAsync(new { type = "play", stop = new { kind, value } });
        Assert.Contains(reason, (string?)(await live.ReadAsync())["reason"]);
        Assert.False((bool)(await live.FrameAsync())["running"]!);
    }

    [Fact]
    public async Task A_page_is_sent_the_whole_curve_and_then_what_is_new_of_it()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "epoch=30&regularization=l2+0.01");
        using Live page = live;
        var rows = new List<JsonArray>();
        async Task<JsonNode> Frame(Predicate<JsonNode> wanted)
        {
            while (true)
            {
                await live.SendAsync(new { type = "frame", show = (string[])["curve"] });
                JsonNode frame = await live.ReadAsync();
                int from = (int)frame["curve"]!["from"]!;
                Assert.InRange(from, 0, rows.Count);
                rows.RemoveRange(from, rows.Count - from);
                rows.AddRange(frame["curve"]!["rows"]!.AsArray().Select(r => r!.AsArray()));
                if (wanted(frame))
                    return frame;
            }
        }
        JsonNode linked = await Frame(f => (int)f["epoch"]! == 30 && !(bool)f["running"]!);
        Assert.Equal(Enumerable.Range(0, 31), rows.Select(r => (int)r[0]!));
        Assert.Equal((double)linked["train"]!["loss"]!, (double)rows[30][1]!);
        Assert.Equal((double)linked["test"]!["loss"]!, (double)rows[30][2]!);
        Assert.Equal((double)linked["penalty"]!, (double)rows[30][3]!);
        Assert.Equal(0.03, (double)rows[30][4]!);
        await live.SendAsync(new { type = "back" });
        await Frame(f => (int)f["epoch"]! == 29 && f["seeking"] is null);
        Assert.Equal(30, rows.Count);
        await live.SendAsync(new { type = "play", until = 1500 });
        await Frame(f => (int)f["epoch"]! == 1500 && !(bool)f["running"]!);
        Assert.Equal(Enumerable.Range(0, 751).Select(i => 2 * i), rows.Select(r => (int)r[0]!));
    }

    [Fact]
    public async Task A_pinned_run_of_a_link_is_trained_again_to_the_same_curve()
    {
        const string link = "data=xor+n=60+noise=0.1+seed=0.5&optimizer=adam+lr=0.01&epoch=25";
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        async Task<JsonNode> Ask(string asked)
        {
            await live.SendAsync(
                new
                {
                    type = "ask",
                    id = 1,
                    about = "curve",
                    with = new { link = asked },
                }
            );
            return await live.ReadAsync();
        }
        JsonNode answer = (await Ask(link))["answer"]!;
        var setup = Setup.Read(Settings.FromLink(link));
        using var course = new Course(setup, setup.Draw());
        course.Run(long.MaxValue, 25);
        Assert.Equal(25, (int)answer["epoch"]!);
        Assert.Equal("adam lr=0.01", (string?)answer["settings"]!["optimizer"]);
        Assert.Equal(course.Losses.Rows.Select(r => r.Train), answer["rows"]!.AsArray().Select(r => (double)r![1]!));
        Assert.Equal(course.Losses.Rows.Select(r => r.Test), answer["rows"]!.AsArray().Select(r => (double?)r![2]));
        Assert.Contains("Did you mean \"network\"?", (string?)(await Ask("netwrk=2"))["reason"]);
    }
}

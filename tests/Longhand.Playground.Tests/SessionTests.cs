using System.Text.Json.Nodes;
using Longhand.Experiments;

namespace Longhand.Playground.Tests;

/// <summary>What a page's session promises: the numbers of TensorFlow Playground, and those of <c>longhand train</c>.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private PlaygroundServer server = null!;

    [Fact]
    public async Task Questions_are_answered_beside_training_and_what_is_wrong_is_said_with_their_mark()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        async Task<JsonNode> Ask(object question)
        {
            await live.SendAsync(question);
            return await live.ReadAsync();
        }
        JsonNode answer = await Ask(
            new
            {
                type = "ask",
                id = 7,
                about = "summary",
                with = new { network = "2 -> dense 3 tanh -> dense 1" },
            }
        );
        Assert.Equal(("answer", 7), ((string?)answer["type"], (int)answer["id"]!));
        Assert.Equal([9, 0, 4], answer["answer"]!["layers"]!.AsArray().Select(l => (int)l!["parameters"]!));
        foreach (
            (string about, object with, string reason) in ((string, object, string)[])
                [
                    ("sumary", new { }, "Did you mean \"summary\"?"),
                    ("summary", new { }, "summary, network: a text is needed"),
                    ("summary", new { network = 3 }, "a text is needed"),
                    ("summary", new { netwrk = "2" }, "Did you mean \"network\"?"),
                    ("summary", new { network = "2 -> dens 3" }, "Did you mean \"dense\"?"),
                ]
        )
        {
            answer = await Ask(
                new
                {
                    type = "ask",
                    id = 8,
                    about,
                    with,
                }
            );
            Assert.Equal(("refused", 8), ((string?)answer["type"], (int)answer["id"]!));
            Assert.Contains(reason, (string?)answer["reason"]);
        }
    }

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    // From running that page's source: seed "0.5", its defaults, epoch 100.
    [Theory]
    [InlineData("dataset=circle&seed=0.5", .018132957760, .014069555348)]
    [InlineData("activation=tanh&dataset=xor&seed=0.5&learningRate=0.03", .013214867318, .011916648854)]
    [InlineData("dataset=gauss&seed=0.5&networkShape=4,2&batchSize=10", .000495547952, .000506950279)]
    [InlineData("dataset=spiral&seed=0.5&noise=0&percTrainData=50", .442396869485, .522165225392)]
    [InlineData("problem=regression&regDataset=reg-plane&seed=0.5", .000515031063, .000505674694)]
    [InlineData("problem=regression&regDataset=reg-gauss&seed=0.5&x=true&y=true", .017637834400, .022030899040)]
    public async Task A_link_of_TensorFlow_Playground_gives_its_losses(string link, double train, double test)
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, link);
        using (live)
        {
            Assert.Equal("opened", (string?)opened["type"]);
            Assert.Empty(opened["notes"]!.AsArray());
            await live.SendAsync(new { type = "play", until = 100 });
            JsonNode frame = await live.FrameAsync(f => (int)f["epoch"]! >= 100);
            Assert.Equal(100, (int)frame["epoch"]!);
            Assert.Equal(train, (double)frame["train"]!["loss"]!, 1e-6);
            Assert.Equal(test, (double)frame["test"]!["loss"]!, 1e-6);
        }
    }

    [Fact]
    public async Task What_a_link_of_TensorFlow_Playground_asks_for_in_vain_is_said()
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(
            server,
            "activation=swish&dataset=xor&noise=90&tutorial=foo&footer_hide=true&sinX=true&y_hide=true&discretize=true"
        );
        using (live)
        {
            string notes = string.Join('\n', opened["notes"]!.AsArray().Select(n => (string)n!));
            foreach (string said in (string[])["\"swish\"", "noise is 90; 50 is taken", "tutorial", "does not have: footer", "no seed"])
                Assert.Contains(said, notes);
            Assert.Equal("x, sin(x)", (string?)opened["settings"]!["features"]);
            Assert.Equal("true", (string?)opened["settings"]!["discretize"]);
            Assert.Equal("xor n=500 noise=0.5 seed=0.5", (string?)opened["settings"]!["data"]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(
        "network=3/dense+3+relu/dense+1+sigmoid&data=gauss+n=200+noise=0.2+seed=7&features=x,y,x*y&loss=bce&optimizer=adam+lr=0.01&batch=7&split=0.7"
    )]
    [InlineData("data=moons+n=120+noise=0.1+seed=3&conventions=pytorch&init=glorot&seed=5&regularization=l2+0.01&batch=all")]
    [InlineData("data=spiral+n=100+noise=0+seed=0.25&weights=77")]
    public async Task The_experiment_of_a_page_trains_elsewhere_to_the_same_losses(string link)
    {
        const int epochs = 20;
        (Live live, JsonNode opened) = await Live.OpenAsync(server, link);
        using (live)
        {
            for (int i = 0; i < epochs; i++)
                await live.SendAsync(new { type = "step" });
            JsonNode frame = await live.FrameAsync(f => (int)f["epoch"]! == epochs);
            Experiment experiment = Experiment.Read((string)opened["experiment"]!, "exported", AppContext.BaseDirectory);
            ExperimentData data = experiment.LoadData();
            EpochReport last = new Trainer(experiment.Network, data.Train, experiment.ToTraining(data) with { Epochs = epochs })
                .Run()
                .Final;
            Assert.Equal(last.Train!.Loss, (double)frame["train"]!["loss"]!);
            Assert.Equal(last.Test!.Loss, (double)frame["test"]!["loss"]!);
            Assert.Equal(last.Penalty, (double)frame["penalty"]!);
        }
    }

    [Fact]
    public async Task Reset_keeps_the_initial_weights_and_a_seed_draws_others_again_and_again()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        string before = (await live.FrameAsync())["weights"]!.ToJsonString();
        await live.SendAsync(new { type = "step" });
        string after = (await live.FrameAsync(f => (int)f["epoch"]! == 1))["weights"]!.ToJsonString();
        await live.SendAsync(new { type = "reset" });
        Assert.NotEqual(before, after);
        Assert.Equal(before, (await live.FrameAsync(f => (int)f["epoch"]! == 0))["weights"]!.ToJsonString());

        async Task<string> With(string weights)
        {
            await live.SendAsync(new { type = "open", settings = new { weights } });
            Assert.Equal("opened", (string?)(await live.ReadAsync())["type"]);
            return (await live.FrameAsync())["weights"]!.ToJsonString();
        }
        string seven = await With("7");
        Assert.NotEqual(before, seven);
        Assert.NotEqual(seven, await With("8"));
        Assert.Equal(seven, await With("7"));
    }

    [Fact]
    public async Task Batches_make_an_epoch_and_the_same_numbers()
    {
        (Live one, JsonNode _) = await Live.OpenAsync(server, "");
        (Live other, JsonNode _) = await Live.OpenAsync(server, "");
        using (one)
        using (other)
        {
            for (int i = 0; i < 24; i++)
                await one.SendAsync(new { type = "step", by = "batch" });
            JsonNode almost = await one.FrameAsync(f => (int)f["batch"]! == 24);
            Assert.Equal(0, (int)almost["epoch"]!);
            await one.SendAsync(new { type = "step", by = "batch" });
            await other.SendAsync(new { type = "step" });
            JsonNode a = await one.FrameAsync(f => (int)f["epoch"]! == 1),
                b = await other.FrameAsync(f => (int)f["epoch"]! == 1);
            Assert.Equal(0, (int)a["batch"]!);
            Assert.Equal(b["weights"]!.ToJsonString(), a["weights"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_weight_is_set_by_hand_and_the_losses_follow()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        JsonNode before = await live.FrameAsync();
        await live.SendAsync(
            new
            {
                type = "edit",
                parameter = "dense3.bias",
                index = 0,
                value = 1.5,
            }
        );
        JsonNode after = await live.FrameAsync();
        Assert.Equal(1.5, (double)after["weights"]![5]![0]!);
        Assert.True((bool)after["touched"]!);
        Assert.NotEqual((double)before["train"]!["loss"]!, (double)after["train"]!["loss"]!);
        await live.SendAsync(
            new
            {
                type = "edit",
                parameter = "dense3.bais",
                index = 0,
                value = 1.5,
            }
        );
        Assert.Contains("Did you mean \"dense3.bias\"?", (string?)(await live.ReadAsync())["reason"]);
        await live.SendAsync(
            new
            {
                type = "edit",
                parameter = "dense3.bias",
                index = 1,
                value = 1.5,
            }
        );
        Assert.Contains("there is no number 1", (string?)(await live.ReadAsync())["reason"]);
    }

    [Fact]
    public async Task A_new_rate_leaves_the_weights_and_the_epoch_as_they_are()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        await live.SendAsync(new { type = "step" });
        JsonNode before = await live.FrameAsync(f => (int)f["epoch"]! == 1);
        await live.SendAsync(
            new
            {
                type = "open",
                settings = new { optimizer = "sgd lr=0.3" },
                keep = true,
            }
        );
        Assert.Equal("opened", (string?)(await live.ReadAsync())["type"]);
        JsonNode after = await live.FrameAsync();
        Assert.Equal(1, (int)after["epoch"]!);
        Assert.Equal(0.3, (double)after["rate"]!);
        Assert.Equal(before["weights"]!.ToJsonString(), after["weights"]!.ToJsonString());
    }

    [Theory]
    [InlineData(7, 0, "epoch=7")]
    [InlineData(7, 3, "epoch=7,3")]
    [InlineData(0, 2, "epoch=0,2")]
    public async Task A_link_with_an_epoch_shows_what_its_page_showed(int epochs, int batches, string link)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        for (int i = 0; i < epochs; i++)
            await live.SendAsync(new { type = "step" });
        if (epochs > 0)
            await live.FrameAsync(f => (int)f["epoch"]! == epochs && !(bool)f["running"]!);
        for (int i = 0; i < batches; i++)
            await live.SendAsync(new { type = "step", by = "batch" });
        await live.SendAsync(new { type = "play", until = epochs });
        JsonNode shown = await live.FrameAsync(f => (int)f["batch"]! == batches && !(bool)f["running"]!);
        // Why it ended is no part of where it stands.
        shown.AsObject().Remove("stopped");
        (Live second, JsonNode _) = await Live.OpenAsync(server, link);
        using Live window = second;
        JsonNode same = await second.FrameAsync(f => !(bool)f["running"]!);
        Assert.Equal(shown.ToJsonString(), same.ToJsonString());
    }

    [Fact]
    public async Task A_loss_that_leaves_the_finite_numbers_stops_the_run_and_its_origin_is_named()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(
            server,
            "network=2/dense+4+relu/dense+1&data=plane+n=200+noise=0+seed=0.5&optimizer=sgd+lr=1000"
        );
        using Live page = live;
        await live.SendAsync(new { type = "play" });
        JsonNode frame = await live.FrameAsync(f => f["problem"] is not null);
        Assert.False((bool)frame["running"]!);
        Assert.Contains("First to leave the finite numbers:", (string?)frame["problem"]);
        await live.SendAsync(new { type = "play" });
        Assert.False((bool)(await live.FrameAsync())["running"]!);
    }

    [Theory]
    [InlineData("network=2/dens+4/dense+1", "Did you mean \"dense\"?")]
    [InlineData("network=2/dense+4/dense+12&loss=mse", "10 is the most that are told apart")]
    [InlineData("network=2/9*(dense+4)/dense+1", "write repeated layers out")]
    [InlineData("network=2/dense+4000/dense+1", "1000 is the limit")]
    [InlineData("network=2/dropout+0.5/dense+1", "dropout1 is something else")]
    [InlineData("network=3/dense+1", "examples")]
    [InlineData("data=mnist+/etc", "longhand playground --mnist DIR")]
    [InlineData("data=csv+/etc/passwd+target=x", "csv is none of them")]
    [InlineData("data=circle+n=1000000", "10000 examples is the limit")]
    [InlineData("data=circle+n=20&batch=50", "batch is 50, but only 10 examples")]
    [InlineData("loss=bce", "put a sigmoid behind")]
    [InlineData("loss=cross-entropy", "bce-logits")]
    [InlineData("optimizer=sdg", "Did you mean \"sgd\"?")]
    [InlineData("features=x,,y", "nothing between two commas")]
    [InlineData("features=x,log(x)", "not a finite number")]
    [InlineData("epoch=100000000", "a link trains at most 100000 epochs")]
    [InlineData("epoch=many", "a whole number")]
    [InlineData("epoch=3,1,2,4", "a whole number")]
    [InlineData("batch=10}", "batch")]
    [InlineData("netwrk=2/dense+1", "Did you mean \"network\"?")]
    [InlineData("weights=x", "weights is \"x\"")]
    [InlineData("test=maybe", "true or false")]
    public async Task What_cannot_be_shown_is_refused_with_the_reason_and_the_page_stays(string link, string reason)
    {
        (Live live, JsonNode first) = await Live.OpenAsync(server, "");
        using Live page = live;
        Assert.Equal("opened", (string?)first["type"]);
        await live.SendAsync(new { type = "open", link });
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string?)answer["reason"]);
        Assert.DoesNotContain("settings, line", (string?)answer["reason"]);
        Assert.Equal(0, (int)(await live.FrameAsync())["epoch"]!);
    }
}

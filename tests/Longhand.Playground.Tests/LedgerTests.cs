using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Tests;

/// <summary>The working of the present network: what <c>longhand explain</c> and <c>longhand grade</c> say of it, and nothing that was not checked.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private PlaygroundServer server = null!;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("", "scalar", 0)]
    [InlineData("features=x,+y,+x*y&network=3/dense+3+relu/dense+1+tanh&regularization=l2+0.01", "scalar", 7)]
    [InlineData("loss=bce&network=2/dense+3+sigmoid/dense+1+sigmoid&data=xor+n=100+noise=0.1+seed=0.2", "matrix", 3)]
    public async Task The_lines_are_those_of_explain_for_the_exported_experiment(string link, string view, int example)
    {
        (Live live, JsonNode opened) = await Live.OpenAsync(server, $"{link}&epoch=2");
        using Live page = live;
        JsonNode frame = await live.FrameAsync(f => (bool)f["running"]! == false);
        JsonNode answer = await AskAsync(live, "ledger", new { example, view });
        string folder = Directory.CreateTempSubdirectory("longhand").FullName;
        string file = Path.Combine(folder, "experiment.yaml");
        await File.WriteAllTextAsync(file, WithWeights(opened, frame), TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        string number = example.ToString(CultureInfo.InvariantCulture);
        int exit = Cli.Cli.Run(
            ["explain", file, "--sample", number, "--view", view, "--json"],
            TextReader.Null,
            output,
            error,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.True(exit == 0, error.ToString());
        Directory.Delete(folder, recursive: true);
        JsonArray expected = JsonNode.Parse(output.ToString())!["working"]!.AsArray();
        JsonArray lines = answer["lines"]!.AsArray();
        Assert.Equal(expected.Select(l => (string?)l!["line"]), lines.Select(l => (string?)l!["text"]));
        Assert.Equal(expected.Select(l => (string?)l!["key"]), lines.Select(l => (string?)l!["key"]));
        Assert.Contains("update", lines.Select(l => (string?)l!["section"]));
    }

    [Theory]
    [InlineData("sgd lr=0.1 momentum=0.9")]
    [InlineData("adam lr=0.05")]
    public async Task The_update_of_the_next_batch_is_the_one_that_the_engine_makes(string optimizer)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(
            server,
            $"network=2/dense+3+tanh/dense+1+tanh&optimizer={optimizer.Replace(' ', '+')}&batch=4&epoch=1,2"
        );
        using Live page = live;
        await live.FrameAsync(f => (bool)f["running"]! == false);
        JsonNode answer = await AskAsync(live, "ledger", new { set = "batch", digits = 8 });
        Assert.Equal((1, 2), ((int)answer["epoch"]!, (int)answer["batch"]!));
        Assert.Equal(4, answer["next"]!.AsArray().Count);
        await live.SendAsync(new { type = "step", by = "batch" });
        JsonNode after = await live.FrameAsync(f => (int)f["batch"]! == 3);
        Dictionary<string, double> worked = answer["lines"]!
            .AsArray()
            .Where(l => ((string)l!["key"]!).StartsWith("steps[0].parameters.dense1.weight", StringComparison.Ordinal))
            .GroupBy(l => (string)l!["key"]!)
            .ToDictionary(g => g.Key, g => double.Parse(((string)g.Last()!["result"]!).Replace('−', '-'), CultureInfo.InvariantCulture));
        for (int i = 0; i < 6; i++)
            Assert.Equal((double)after["weights"]![0]![i]!, worked[$"steps[0].parameters.dense1.weight[{i / 2}][{i % 2}]"], 2e-6);
    }

    [Fact]
    public async Task A_typed_example_is_worked_with_its_exact_numbers_and_single_places_alone()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "features=x,+y,+x*y&network=3/dense+2+tanh/dense+1");
        using Live page = live;
        JsonNode answer = await AskAsync(
            live,
            "ledger",
            new
            {
                set = "own",
                input = "0.5, -0.2",
                target = "0.25",
            }
        );
        Assert.Contains("·(−0.1)", (string?)answer["lines"]![0]!["text"]);
        answer = await AskAsync(live, "ledger", new { set = "own", input = "1/2; 3" });
        Assert.All(answer["lines"]!.AsArray(), line => Assert.Equal("forward", (string?)line!["section"]));
        answer = await AskAsync(live, "ledger", new { at = (string[])["tanh1[1]", "dense1.weight[0,2]"] });
        Assert.Contains("tanh1.output[1]", answer["lines"]!.AsArray().Select(l => (string?)l!["key"]));
        Assert.DoesNotContain("tanh1.output[0]", answer["lines"]!.AsArray().Select(l => (string?)l!["key"]));
        foreach (
            (string writing, string sign) in ((string, string)[])
                [("markdown", "```math"), ("latex", @"\documentclass"), ("html", "<!DOCTYPE html>")]
        )
        {
            answer = await AskAsync(live, "ledger", new Dictionary<string, object> { ["as"] = writing });
            Assert.Contains(sign, (string?)answer["text"]);
        }
    }

    [Fact]
    public async Task Answers_are_marked_right_rounded_wrong_with_the_slip_and_by_what_was_gone_on_with()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "network=2/dense+2+tanh/dense+1&data=circle");
        using Live page = live;
        object asks(string[] lines, string[] written, string view = "scalar") =>
            new
            {
                set = "own",
                input = "1, 2",
                target = "1",
                view,
                lines,
                written,
            };
        JsonNode ledger = await AskAsync(
            live,
            "ledger",
            new
            {
                set = "own",
                input = "1, 2",
                target = "1",
            }
        );
        JsonArray lines = ledger["lines"]!.AsArray();
        JsonNode Line(string key) => lines.First(l => (string?)l!["key"] == key)!;
        string z = (string)Line("dense1.output[0]")["id"]!,
            h = (string)Line("tanh1.output[0]")["id"]!,
            other = (string)Line("tanh1.output[1]")["id"]!;
        double value = Number(Line("dense1.output[0]"));
        async Task<JsonNode> Marks(params (string Id, string Text)[] answers) =>
            (await AskAsync(live, "grade", asks([.. answers.Select(a => a.Id)], [.. answers.Select(a => a.Text)])))["marks"]!;
        Assert.Equal("right", (string?)(await Marks((z, (string)Line("dense1.output[0]")["result"]!)))[z]!["verdict"]);
        Assert.Equal("rounded", (string?)(await Marks((z, value.ToString("0.00", CultureInfo.InvariantCulture))))[z]!["verdict"]);
        Assert.Equal("unread", (string?)(await Marks((z, "about one")))[z]!["verdict"]);
        // The bias was left out: 0.1.
        JsonNode slip = (await Marks((z, (value - 0.1).ToString("0.0000", CultureInfo.InvariantCulture))))[z]!;
        Assert.Equal("wrong", (string?)slip["verdict"]);
        Assert.Contains("bias", (string?)slip["sentence"]);
        // A wrong z, and the right tanh of it.
        JsonNode both = await Marks((z, "0.5"), (h, Math.Tanh(0.5).ToString("0.0000", CultureInfo.InvariantCulture)), (other, "7"));
        Assert.Equal(
            ("wrong", "follows", "wrong"),
            ((string?)both[z]!["verdict"], (string?)both[h]!["verdict"], (string?)both[other]!["verdict"])
        );
        // In matrices each number is marked by itself.
        JsonNode matrix = await AskAsync(
            live,
            "grade",
            asks(["s1:0", "s1:1"], [(string)Line("dense1.output[0]")["result"]!, "9"], "matrix")
        );
        Assert.Equal(("right", "wrong"), ((string?)matrix["marks"]!["s1:0"]!["verdict"], (string?)matrix["marks"]!["s1:1"]!["verdict"]));
    }

    [Fact]
    public async Task What_an_optimizer_keeps_is_marked_too_though_grade_has_no_key_for_it()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "network=2/dense+1&optimizer=adam&epoch=1");
        using Live page = live;
        await live.FrameAsync(f => (bool)f["running"]! == false);
        JsonNode ledger = await AskAsync(live, "ledger", new { });
        JsonNode line = ledger["lines"]!.AsArray().First(l => ((string)l!["name"]!).StartsWith('m'))!;
        string id = (string)line["id"]!;
        foreach ((string text, string verdict) in ((string, string)[])[((string)line["result"]!, "right"), ("17", "wrong")])
            Assert.Equal(
                verdict,
                (string?)
                    (await AskAsync(live, "grade", new { lines = (string[])[id], written = (string[])[text] }))["marks"]![id]!["verdict"]
            );
    }

    [Theory]
    [InlineData("""{ "set": "tset" }""", "Did you mean \"test\"?")]
    [InlineData("""{ "example": 250 }""", "from 0 to 249")]
    [InlineData("""{ "example": -1 }""", "from 0 to 249")]
    [InlineData("""{ "example": "1" }""", "a whole number")]
    [InlineData("""{ "digits": 99 }""", "from 2 to 12")]
    [InlineData("""{ "view": "matrx" }""", "Did you mean \"matrix\"?")]
    [InlineData("""{ "exmple": 1 }""", "Did you mean \"example\"?")]
    [InlineData("""{ "set": "own" }""", "2 numbers are needed")]
    [InlineData("""{ "set": "own", "input": "1, x" }""", "ledger, input:")]
    [InlineData("""{ "set": "own", "input": "1, 2", "target": "1, 2" }""", "one number is needed")]
    [InlineData("""{ "set": "own", "input": "1e999999999, 2" }""", "ledger, input:")]
    [InlineData("""{ "at": ["dens1[0]"] }""", "Did you mean \"dense1\"?")]
    [InlineData("""{ "at": ["dense1[9]"] }""", "counted from 0 to 3")]
    [InlineData("""{ "at": "dense1[0]" }""", "a list of texts")]
    [InlineData("""{ "at": [1] }""", "item 1 of the list")]
    [InlineData("""{ "as": "pdf" }""", "page, markdown, latex, html")]
    public async Task What_is_wrong_is_refused_with_a_reason(string arguments, string reason)
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        using Live page = live;
        Assert.Contains(reason, await RefusalAsync(live, "ledger", JsonNode.Parse(arguments)!));
    }

    [Fact]
    public async Task What_is_too_much_is_refused_with_the_limit()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "batch=40");
        using (live)
        {
            Assert.Contains("32 can be worked together", await RefusalAsync(live, "ledger", new { set = "batch" }));
            Assert.Contains(
                "16 is the limit",
                await RefusalAsync(live, "ledger", new { at = Enumerable.Repeat("dense1[0]", 17).ToArray() })
            );
            Assert.Contains(
                "1000 is the limit",
                await RefusalAsync(live, "grade", new { lines = Enumerable.Repeat("s1", 1001).ToArray(), written = Array.Empty<string>() })
            );
            Assert.Contains(
                "no line \"s9999\"",
                await RefusalAsync(live, "grade", new { lines = (string[])["s9999"], written = (string[])["1"] })
            );
            Assert.Contains(
                "1 answers to 2 lines",
                await RefusalAsync(live, "grade", new { lines = (string[])["s1", "s2"], written = (string[])["1"] })
            );
            Assert.Contains(
                "answered twice",
                await RefusalAsync(live, "grade", new { lines = (string[])["s1", "s1"], written = (string[])["1", "1"] })
            );
        }
        (live, _) = await Live.OpenAsync(server, "network=2/dense+120+relu/dense+120+relu/dense+1&batch=30");
        using (live)
        {
            Assert.Contains("Take one example", await RefusalAsync(live, "ledger", new { set = "batch" }));
            // One example of it is worked, as much of it as can be read.
            JsonNode answer = await AskAsync(live, "ledger", new { });
            Assert.True((int)answer["worked"]! < (int)answer["total"]!);
        }
        using Live unopened = await Live.ConnectAsync(server);
        await unopened.ReadAsync();
        Assert.Contains("no experiment is open", await RefusalAsync(unopened, "ledger", new { }));
    }

    private static double Number(JsonNode line) => double.Parse(((string)line["result"]!).Replace('−', '-'), CultureInfo.InvariantCulture);

    private static async Task<JsonNode> AskAsync(Live live, string about, object with)
    {
        JsonNode answer = await SendAsync(live, about, with);
        Assert.True((string?)answer["type"] == "answer", answer.ToJsonString());
        return answer["answer"]!;
    }

    private static async Task<string> RefusalAsync(Live live, string about, object with)
    {
        JsonNode answer = await SendAsync(live, about, with);
        Assert.Equal("refused", (string?)answer["type"]);
        return (string)answer["reason"]!;
    }

    private static async Task<JsonNode> SendAsync(Live live, string about, object with)
    {
        await live.SendTextAsync(
            JsonSerializer.Serialize(
                new
                {
                    type = "ask",
                    id = 1,
                    about,
                    with,
                }
            )
        );
        return await live.ReadAsync();
    }

    // The experiment as the page exports it, with the weights that it shows.
    private static string WithWeights(JsonNode opened, JsonNode frame)
    {
        var text = new StringBuilder((string)opened["experiment"]!).Append("weights:\n");
        foreach ((int p, JsonNode? name) in opened["parameters"]!.AsArray().Index())
        {
            JsonArray numbers = frame["weights"]![p]!.AsArray();
            bool isWeight = ((string)name!).EndsWith("weight", StringComparison.Ordinal);
            int rows = opened["parameters"]!.AsArray().Count > p + 1 ? frame["weights"]![p + 1]!.AsArray().Count : 0;
            IEnumerable<string> written = numbers.Select(n => n!.ToJsonString());
            text.Append(
                isWeight
                    ? $"  {name}: [{string.Join(", ", written.Chunk(numbers.Count / rows).Select(row => $"[{string.Join(", ", row)}]"))}]\n"
                    : $"  {name}: [{string.Join(", ", written)}]\n"
            );
        }
        return text.ToString();
    }
}

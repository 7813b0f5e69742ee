using System.Text.Json.Nodes;
using Longhand.Playground.Questions;

namespace Longhand.Playground.Tests;

/// <summary>What the bench of shapes is answered: the table that <c>longhand summary</c> prints, its formulas, and its text with a row changed.</summary>
public sealed class ShapesQuestionTests
{
    private const string Course = "64x64x1 -> Conv4-5-Pvalid-S2 -> Pool3 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5";

    private static JsonObject Ask(string about, JsonObject with)
    {
        var question = Question.Find(about);
        // As the page gets it.
        return JsonNode.Parse(question.Answer(new Asked(question, with, null)).ToJsonString())!.AsObject();
    }

    private static string Refused(string about, JsonObject with) => Assert.ThrowsAny<LonghandException>(() => Ask(about, with)).Message;

    private static string[] Lines(string cell, string network, string? set = null)
    {
        var with = new JsonObject { ["network"] = network, ["cell"] = cell };
        if (set is not null)
            with["set"] = set;
        return [.. Ask("why", with)["lines"]!.AsArray().Select(line => (string)line!)];
    }

    [Fact]
    public void The_courses_table_has_its_shapes_parameters_and_formulas()
    {
        JsonObject answer = Ask("summary", new JsonObject { ["network"] = Course });
        JsonNode[] layers = [.. answer["layers"]!.AsArray().Select(layer => layer!).Where(layer => (string?)layer["kind"] != "flatten")];
        Assert.Equal(["[31,31,5]", "[10,10,5]", "[8,8,5]", "[4,4,5]", "[5]"], layers.Select(layer => layer["output"]!.ToJsonString()));
        Assert.Equal([85, 0, 230, 0, 405], layers.Select(layer => (int)layer["parameters"]!));
        Assert.Equal(720, (int)answer["parameters"]!);
        Assert.Equal(["(3·3·5 + 1)·5 = 230"], Lines("conv2.parameters", Course));
        Assert.Equal("height: floor((64 + 2·0 − 1·(4 − 1) − 1)/2) + 1 = 31", Lines("conv1.output", Course)[0]);
        JsonNode row = answer["rows"]![3]!;
        Assert.Equal("Conv3-5-Pvalid-S1", Course[(int)row["start"]!..(int)row["end"]!]);
        Assert.Null(answer["rows"]![5]!["start"]);
    }

    [Theory]
    [InlineData(Course)]
    [InlineData("16x16x8 as a -> conv 8 3x3 pad same relu as main -> from a -> conv 8 1x1 as short -> from main -> add short -> relu")]
    [InlineData("n -> dense m -> dense r sigmoid -> dense s", "n=4,m=3")]
    public void It_is_the_command_lines_own_answer(string network, string? set = null)
    {
        JsonNode Told(params string[] words)
        {
            using StringWriter output = new(),
                error = new();
            string[] numbers = set is null ? [] : ["--set", set];
            Assert.Equal(0, Cli.Cli.Run([.. words, "--json", .. numbers], TextReader.Null, output, error));
            return JsonNode.Parse(output.ToString())!;
        }
        var with = new JsonObject
        {
            ["network"] = network,
            ["batch"] = 8,
            ["dtype"] = "f16",
        };
        if (set is not null)
            with["set"] = set;
        JsonObject answer = Ask("summary", with);
        answer.Remove("rows");
        answer.Remove("optimizer");
        Assert.Equal(Told("summary", network, "--batch", "8", "--dtype", "f16").ToJsonString(), answer.ToJsonString());
        if (set is null)
            Assert.Equal(
                Told("summary", network, "--why", "conv1.macs").ToJsonString(),
                Ask("why", new JsonObject { ["network"] = network, ["cell"] = "conv1.macs" }).ToJsonString()
            );
    }

    [Fact]
    public void Five_convolutions_see_5_9_13_17_and_21_pixels()
    {
        JsonObject answer = Ask("summary", new JsonObject { ["network"] = "32x32x1 -> 5 * (conv 4 5x5 pad 2 relu)" });
        Assert.Equal(
            [5, 9, 13, 17, 21],
            answer["layers"]!
                .AsArray()
                .Where(layer => (string?)layer!["kind"] == "conv")
                .Select(layer => (int)layer!["receptiveField"]![0]!)
        );
    }

    [Fact]
    public void Letters_are_formulas_and_with_numbers_both()
    {
        const string network = "n -> dense m -> dense r sigmoid -> dense s";
        JsonObject answer = Ask("summary", new JsonObject { ["network"] = network });
        Assert.Equal("m·n + m", (string?)answer["layers"]![0]!["parameters"]);
        answer = Ask("summary", new JsonObject { ["network"] = network, ["set"] = "n=4, m=3,r=2,s=1" });
        Assert.Equal(15, (int)answer["numbers"]!["layers"]![0]!["parameters"]!);
        Assert.Equal(["(4 + 1)·3 = 15"], Lines("dense1.parameters", network, "n=4,m=3,r=2,s=1"));
        Assert.Contains("letters", Refused("why", new JsonObject { ["network"] = network, ["cell"] = "dense1.parameters" }));
    }

    [Fact]
    public void Batch_type_and_optimizer_say_what_memory_it_takes()
    {
        JsonObject answer = Ask(
            "summary",
            new JsonObject
            {
                ["network"] = "2 -> dense 3 -> dense 1",
                ["batch"] = 10,
                ["dtype"] = "f64",
                ["optimizer"] = "adam lr=0.01",
            }
        );
        Assert.Equal(13 * 8, (int)answer["memory"]!["parameters"]!);
        Assert.Equal((2 + 3 + 1) * 10 * 8, (int)answer["memory"]!["forward"]!);
        Assert.Equal(2 * 13 * 8, (int)answer["memory"]!["optimizer"]!);
    }

    [Fact]
    public void The_table_is_taken_away_as_csv_and_markdown()
    {
        string csv = (string)Ask("table", new JsonObject { ["network"] = Course, ["format"] = "csv" })["text"]!;
        string[] lines = csv.TrimEnd().Split("\r\n");
        Assert.Equal("name,layer,output,weights,biases,parameters,MACs,receptive field,jump,start,bytes,keeps", lines[0]);
        Assert.Equal("conv1,conv 5 4x4 stride 2,31×31×5,80,5,85,76880,4×4,2×2,0 0,19220,x", lines[2]);
        Assert.StartsWith("total,,,705,15,720,91680,", lines[^1]);
        Assert.All(lines, line => Assert.Equal(12, line.Split(',').Length));
        string markdown = (string)Ask("table", new JsonObject { ["network"] = Course, ["format"] = "markdown" })["text"]!;
        Assert.Contains("| conv2 | conv 5 3x3 | 8×8×5 | 225 | 5 | 230 |", markdown);
        Assert.Contains("Did you mean \"csv\"?", Refused("table", new JsonObject { ["network"] = Course, ["format"] = "cvs" }));
    }

    [Fact]
    public void A_row_is_changed_in_the_text_and_what_would_be_no_network_is_refused()
    {
        JsonObject Edit(int row, string @do, string? text = null) =>
            new()
            {
                ["network"] = Course,
                ["row"] = row,
                ["do"] = @do,
                ["text"] = text,
            };
        string Made(JsonObject edit) => (string)Ask("edit", edit)["network"]!;
        Assert.Equal(Course.Replace("Pool3", "avgpool 2"), Made(Edit(2, "change", "avgpool 2")));
        Assert.Equal(Course.Replace(" -> Pool3", ""), Made(Edit(2, "remove")));
        Assert.Equal(Course.Replace("Pool3", "Pool3 -> relu"), Made(Edit(2, "add", " relu ")));
        Assert.Equal("64x64x1 -> Pool3 -> Conv4-5-Pvalid-S2 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5", Made(Edit(2, "up")));
        Assert.Equal(
            [2, 2, 3, 1],
            new[] { Edit(2, "change", "relu"), Edit(2, "remove"), Edit(2, "add", "relu"), Edit(2, "up") }.Select(edit =>
                (int)Ask("edit", edit)["row"]!
            )
        );
        Assert.Contains("Did you mean \"maxpool\"?", Refused("edit", Edit(2, "change", "maxpol 2")));
        Assert.Contains("window", Refused("edit", Edit(2, "change", "maxpool 99")));
        Assert.Contains("a layer is needed", Refused("edit", Edit(2, "change", "  ")));
        Assert.Contains("Did you mean \"remove\"?", Refused("edit", Edit(2, "remov")));
        Assert.Contains("from 0 to 6", Refused("edit", Edit(7, "remove")));
    }

    [Theory]
    [InlineData("2 -> dense 3 -> relu -> dense 1", 2, "change", "tanh -> dense 4", "0 1 2 4")]
    [InlineData("2 -> dense 3 -> relu -> dense 1", 2, "remove", null, "0 1 - 2")]
    [InlineData("2 -> dense 3 -> relu -> dense 1", 1, "add", "tanh", "0 1 3 4")]
    [InlineData("2 -> dense 3 -> relu -> dense 1", 2, "up", null, "0 2 1 3")]
    [InlineData("2 -> dense 3 -> relu -> dense 1", 1, "down", null, "0 2 1 3")]
    [InlineData("2 -> 2 * (dense 3 -> relu) -> dense 1", 2, "remove", null, "0 1 - 2 - 3")]
    [InlineData("2 -> 2 * (dense 3 -> relu) -> dense 1", 2, "add", "tanh", "0 1 2 4 5 7")]
    [InlineData("4x4x1 -> conv 2 3x3 -> dense 2", 1, "remove", null, "0 - - 2")]
    public void It_is_said_which_row_each_row_has_become(string network, int row, string what, string? text, string rows)
    {
        var asked = new JsonObject
        {
            ["network"] = network,
            ["row"] = row,
            ["do"] = what,
            ["text"] = text,
        };
        Assert.Equal(rows, string.Join(' ', Ask("edit", asked)["rows"]!.AsArray().Select(now => now?.ToString() ?? "-")));
    }

    [Fact]
    public void Linear_layers_collapse_in_symbols()
    {
        JsonObject answer = Ask("collapse", new JsonObject { ["network"] = "2 -> dense 2 nobias -> dense 1 nobias" });
        Assert.Equal(2, answer["weight"]![0]!.AsArray().Count);
        Assert.Equal(6, (int)answer["parameters"]!["before"]!);
        Assert.Equal(2, (int)answer["parameters"]!["after"]!);
        Assert.Contains("tanh1", Refused("collapse", new JsonObject { ["network"] = "2 -> dense 2 tanh -> dense 1" }));
        Assert.Contains("at most", Refused("collapse", new JsonObject { ["network"] = "20 -> dense 20" }));
        Assert.Contains("as numbers", Refused("collapse", new JsonObject { ["network"] = "n -> dense 2" }));
    }

    public static TheoryData<string, string, string> Hostile =>
        new()
        {
            { "summary", """{"network":"2 -> dens 3"}""", "Did you mean \"dense\"?" },
            { "summary", """{"network":"1001 -> 1001 * (dense 1)"}""", "1000 is the limit" },
            { "summary", """{"network":"2 -> 100000 * (dense 1 relu)"}""", "layers" },
            { "summary", """{"network":"999999999x999999999x999999999 -> conv 999999999 3"}""", "64 bits" },
            { "summary", """{"network":"2 -> dense 3","batch":0}""", "batch: a whole number" },
            { "summary", """{"network":"2 -> dense 3","batch":"many"}""", "batch: a whole number" },
            { "summary", """{"network":"2 -> dense 3","dtype":"f31"}""", "f16, f32 or f64" },
            { "summary", """{"network":"2 -> dense 3","set":"n=4"}""", "no size of the network is called" },
            { "summary", """{"network":"n -> dense 3","set":"n"}""", "a letter and its number" },
            { "summary", """{"network":"n -> dense 3","set":"n=4,n=5"}""", "given twice" },
            { "summary", """{"network":"2 -> dense 3","optimizer":"adm"}""", "Did you mean" },
            { "why", """{"network":"2 -> dense 3"}""", "cell: a text is needed" },
            { "why", """{"network":"2 -> dense 3","cell":"dense1.paramters"}""", "Did you mean" },
            { "why", """{"network":"2 -> dense 3","cell":"dense9.macs"}""", "no layer" },
            { "edit", """{"network":"2 -> dense 3","row":-1,"do":"remove"}""", "from 0 to 1" },
            { "edit", """{"network":"2 -> dense 3","row":1,"do":"change","text":"dense 3 -> 2000 * (relu)"}""", "1000 is the limit" },
            { "edit", """{"network":"2 -> dense 3","row":1,"do":"change","text":")(*\u0000"}""", "part" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_cannot_be_is_refused_with_a_reason(string about, string with, string reason) =>
        Assert.Contains(reason, Refused(about, JsonNode.Parse(with)!.AsObject()));

    [Fact]
    public void A_text_without_end_is_refused_before_it_is_read()
    {
        string text = "2 -> " + new string('x', Limits.NetworkLength);
        Assert.Contains("characters are too many", Refused("summary", new JsonObject { ["network"] = text }));
    }
}

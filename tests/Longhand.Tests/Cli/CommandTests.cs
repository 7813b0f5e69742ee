using System.Text.Json;
using System.Text.RegularExpressions;
using Longhand.Cli;
using Longhand.Cli.Commands;
using Longhand.Experiments;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>What the commands do and write.</summary>
public partial class CommandTests
{
    private static string Sample(string name) => Path.Combine(Golden.Root, "samples", name + ".yaml");

    private static string[] Names(JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];

    // Times and speeds differ from run to run.
    [GeneratedRegex(@"in [0-9.]+ (ms|s), [0-9,]+ examples a second")]
    private static partial Regex Speed();

    [Fact]
    public void A_summary_shows_shapes_and_parameters()
    {
        JsonElement json = CommandLine.Run("summary", "8x8 -> dense 100 relu -> dense 10", "--json").Json();
        Assert.Equal(["input", "layers", "parameters", "macs", "memory", "warnings"], Names(json));
        Assert.Equal([8, 8, 1], json.GetProperty("input").EnumerateArray().Select(e => e.GetInt32()));
        JsonElement dense = json.GetProperty("layers")[1];
        Assert.Equal(["name", "kind", "output", "parameters", "weights", "biases"], Names(dense).Take(6));
        Assert.Equal("dense1", dense.GetProperty("name").GetString());
        Assert.Equal(6500, dense.GetProperty("parameters").GetInt64());
        Assert.Equal(6400, dense.GetProperty("weights").GetInt64());
        Assert.Equal(100, dense.GetProperty("biases").GetInt64());
        Assert.Equal("[100]", dense.GetProperty("output").GetRawText());
        Assert.Equal(7510, json.GetProperty("parameters").GetInt64());
        Golden.Check("summary-digits", CommandLine.Run("summary", Sample("digits")).Output);
        Golden.Check("summary-course", CommandLine.Run("summary", CourseNetwork).Output);
    }

    private const string CourseNetwork = "64x64x1 -> Conv4-5-Pvalid-S2 -> Pool3 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5";

    [Fact]
    public void A_summary_has_every_field_that_is_promised()
    {
        JsonElement json = CommandLine
            .Run("summary", "9x8x2 -> conv 3 4x3 pad 1 stride 2x1 relu -> dense 4", "--batch", "10", "--dtype", "f64", "--json")
            .Json();
        JsonElement conv = json.GetProperty("layers")[0],
            dense = json.GetProperty("layers")[3];
        string Raw(JsonElement of, string name) => of.GetProperty(name).GetRawText();
        Assert.Equal(
            [
                "name",
                "kind",
                "output",
                "parameters",
                "weights",
                "biases",
                "macs",
                "receptiveField",
                "jump",
                "start",
                "outputBytes",
                "stored",
            ],
            Names(conv)
        );
        Assert.Equal(("[4,8,3]", "75", "2304"), (Raw(conv, "output"), Raw(conv, "parameters"), Raw(conv, "macs")));
        Assert.Equal(("[4,3]", "[2,1]", "[-1,-1]"), (Raw(conv, "receptiveField"), Raw(conv, "jump"), Raw(conv, "start")));
        Assert.Equal(("7680", "[\"x\"]"), (Raw(conv, "outputBytes"), Raw(conv, "stored")));
        Assert.Equal(("[9,8]", "null", "[0,0]"), (Raw(dense, "receptiveField"), Raw(dense, "jump"), Raw(dense, "start")));
        Assert.Equal("""{"parameters":3704,"forward":34880,"stored":26880,"optimizer":0,"storedByCourse":15680}""", Raw(json, "memory"));
    }

    [Fact]
    public void A_number_of_a_summary_is_accounted_for()
    {
        Assert.Equal("(4·4·1 + 1)·5 = 85\n", CommandLine.Run("summary", CourseNetwork, "--why", "conv1.parameters").Output);
        JsonElement json = CommandLine.Run("summary", CourseNetwork, "--why", "macs", "--json").Json();
        Assert.Equal("76880 + 14400 + 400 = 91680", json.GetProperty("lines")[0].GetString());
        Assert.Contains("Did you mean \"conv1\"?", CommandLine.Run("summary", CourseNetwork, "--why", "cnov1.macs").Refusal());
        Assert.Contains("f16, f32 or f64", CommandLine.Run("summary", "2 -> dense 1", "--dtype", "int8").Refusal());
        Assert.Contains("--batch", CommandLine.Run("summary", "2 -> dense 1", "--batch", "0").Refusal());
    }

    [Fact]
    public void The_optimizer_of_a_file_counts_in_its_summary()
    {
        const string file = "network: 2 -> dense 3 tanh -> dense 1\noptimizer: adam lr=0.01\n";
        JsonElement memory = CommandLine.RunWith(file, "summary", "-", "--json").Json().GetProperty("memory");
        Assert.Equal(2 * 4 * 13, memory.GetProperty("optimizer").GetInt64());
    }

    [Fact]
    public void A_summary_of_a_billion_parameters_takes_no_memory_for_them()
    {
        CommandLine run = CommandLine.Run("summary", "1080x1920x3 -> dense 256 -> dense 10", "--json");
        Assert.Equal(1_592_527_626, run.Json().GetProperty("parameters").GetInt64());
    }

    [Fact]
    public void One_example_of_the_data_is_explained_without_a_batch_level()
    {
        JsonElement json = CommandLine.Run("explain", Sample("iris"), "--sample", "3", "--json", "--no-working").Json();
        Assert.Equal(3, json.GetProperty("output").GetArrayLength());
        Assert.Equal(4, json.GetProperty("gradients").GetProperty("input").GetArrayLength());
        Assert.Contains("there are 105 examples", CommandLine.Run("explain", Sample("iris"), "--sample", "105").Refusal());
        Assert.Contains("--sample N", CommandLine.Run("explain", Sample("iris")).Refusal());
    }

    [Fact]
    public void Height_comes_first_and_a_summary_says_so()
    {
        JsonElement warning = CommandLine.Run("summary", "1x28x28 -> dense 10", "--json").Json().GetProperty("warnings")[0];
        Assert.Equal("height-first", warning.GetProperty("code").GetString());
        Assert.Contains("28x28x1", warning.GetProperty("message").GetString());
    }

    [Fact]
    public void Training_is_told_in_a_few_plain_lines()
    {
        CommandLine run = CommandLine.Run("train", Sample("circle"), "--precision", "f64", "--epochs", "25", "--threads", "1");
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
        Assert.DoesNotContain('\e', run.Output);
        Assert.InRange(run.Output.Count(c => c == '\n'), 10, 30);
        Golden.Check("train-circle", Speed().Replace(run.Output, "in TIME, SPEED examples a second"));
    }

    [Fact]
    public void Training_writes_an_event_a_line()
    {
        CommandLine run = CommandLine.Run("train", Sample("circle"), "--json", "--epochs", "3", "--seed", "7");
        Assert.Equal("", run.Error);
        List<JsonElement> events = run.Events();
        Assert.Equal(5, events.Count);
        Assert.Equal(["event", "epoch", "penalty", "train", "test", "learningRate"], Names(events[0]));
        Assert.Equal(["event", "epoch", "loss", "penalty", "train", "test", "learningRate"], Names(events[1]));
        Assert.Equal([0, 1, 2, 3], events.Take(4).Select(e => e.GetProperty("epoch").GetInt32()));
        Assert.Equal(["loss", "accuracy"], Names(events[1].GetProperty("test")));
        JsonElement result = events[4];
        Assert.Equal(["event", "epochs", "seconds", "samplesPerSecond", "stopped", "train", "test"], Names(result));
        Assert.Equal("epochs", result.GetProperty("stopped").GetString());
        Assert.Equal(events[3].GetProperty("test").GetRawText(), result.GetProperty("test").GetRawText());
        // The same seed gives the same numbers, another one others.
        Assert.Equal(
            events[3].GetRawText(),
            CommandLine.Run("train", Sample("circle"), "--json", "--epochs", "3", "--seed", "7", "--threads", "2").Events()[3].GetRawText()
        );
        Assert.NotEqual(
            events[3].GetRawText(),
            CommandLine.Run("train", Sample("circle"), "--json", "--epochs", "3", "--seed", "8").Events()[3].GetRawText()
        );
    }

    [Fact]
    public void History_has_the_parameters_of_every_event()
    {
        List<JsonElement> events = CommandLine.Run("train", Sample("xor"), "--json", "--epochs", "2", "--history").Events();
        Assert.All(events, e => Assert.Equal(4, e.GetProperty("parameters").GetProperty("dense1.weight").GetArrayLength()));
        Assert.NotEqual(events[0].GetProperty("parameters").GetRawText(), events[1].GetProperty("parameters").GetRawText());
        Assert.Equal(events[2].GetProperty("parameters").GetRawText(), events[3].GetProperty("parameters").GetRawText());
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_1()
    {
        const string diverging = "network: 2 -> dense 1\nloss: half-mse\ndata: plane n=100\noptimizer: sgd lr=1e30\n";
        CommandLine run = CommandLine.RunWith(diverging, "train", "-", "--json");
        Assert.Equal(1, run.Exit);
        JsonElement result = run.Events()[^1];
        Assert.Equal("nan", result.GetProperty("stopped").GetString());
        Assert.Equal(JsonValueKind.Null, run.Events()[^2].GetProperty("loss").ValueKind);
        Assert.Contains(run.Events()[^2].GetProperty("lossReason").GetString(), new[] { "not a number", "infinite" });
        Assert.StartsWith("longhand: The loss became ", run.Error);
        Assert.Contains("dense1", run.Error);
        Assert.Equal(1, CommandLine.RunWith(diverging, "train", "-").Exit);
    }

    [Fact]
    public void Ctrl_C_ends_cleanly_with_the_model_written()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        CommandLine run = CommandLine.RunWith(
            "",
            null,
            cancellation.Token,
            "train",
            Sample("circle"),
            "--json",
            "--model",
            folder.File("m.safetensors")
        );
        Assert.Equal(130, run.Exit);
        Assert.Equal("cancelled", run.Events()[^1].GetProperty("stopped").GetString());
        Assert.Equal(2, Model.Load(folder.File("m.safetensors")).Predict([1, 2]).Length + 1);
    }

    [Fact]
    public void A_model_is_kept_measured_and_asked()
    {
        using var folder = new TemporaryFolder();
        string model = folder.File("circles.safetensors");
        Assert.Equal(0, CommandLine.Run("train", Sample("circles"), "--model", model).Exit);
        JsonElement evaluation = CommandLine.Run("evaluate", model, "--data", "circles seed=2", "--json").Json();
        Assert.Equal(
            ["loss", "accuracy", "confusion", "scores", "macroPrecision", "macroRecall", "macroF1", "examples", "classes"],
            Names(evaluation)
        );
        Assert.InRange(evaluation.GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.Equal(1000, evaluation.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(n => n.GetInt32())));
        JsonElement one = CommandLine.Run("predict", model, "--input", "0.5, 0", "--json").Json();
        JsonElement two = CommandLine.Run("predict", model, "--input", "[[0.5, 0], [1, 0]]", "--json").Json();
        Assert.Equal($"[{one.GetProperty("output").GetRawText()}", two.GetProperty("output").GetRawText()[..^1].Split("],[")[0] + "]");
        Assert.Equal("1", one.GetProperty("class").GetString());
        Assert.Contains("right", CommandLine.Run("evaluate", model, "--data", "circles seed=2").Output);
        Assert.Equal(
            20,
            CommandLine.Run("predict", model, "--data", "circles n=20", "--json").Json().GetProperty("output").GetArrayLength()
        );
        Assert.Contains("expected [2] numbers, found 3 numbers", CommandLine.Run("predict", model, "--input", "1, 2, 3").Refusal());
    }

    [Fact]
    public void Explain_works_without_a_file()
    {
        string[] line =
        [
            "explain",
            "1 -> dense 1 nobias relu -> dense 1 nobias",
            "--input",
            "1",
            "--target",
            "5",
            "--loss",
            "half-mse",
            "--set",
            "dense1.weight=3",
            "--set",
            "dense2.weight=2",
            "--optimizer",
            "sgd lr=0.1",
        ];
        JsonElement json = CommandLine.Run([.. line, "--json"]).Json();
        Assert.Equal("[6]", json.GetProperty("output").GetRawText());
        Assert.Equal("[[2]]", json.GetProperty("gradients").GetProperty("dense1.weight").GetRawText());
        Assert.Equal("[[3]]", json.GetProperty("gradients").GetProperty("dense2.weight").GetRawText());
        JsonElement after = json.GetProperty("steps")[0].GetProperty("parameters");
        Assert.Equal(2.8, after.GetProperty("dense1.weight")[0][0].GetDouble(), 1e-12);
        Assert.Equal(1.7, after.GetProperty("dense2.weight")[0][0].GetDouble(), 1e-12);
        Assert.Contains("max(0, ", CommandLine.Run(line).Output);
        // A parameter that was forgotten is named, beside the answer and not in it.
        CommandLine forgotten = CommandLine.Run("explain", "1 -> dense 1", "--input", "1", "--set", "dense1.weight=3");
        Assert.Equal(0, forgotten.Exit);
        Assert.Contains("drawn (pytorch, seed 1): dense1.bias", forgotten.Error);
    }

    [Fact]
    public void Check_compares_four_gradients()
    {
        JsonElement json = CommandLine.Run("check", Sample("hand-worked"), "--json").Json();
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Equal(["parameter", "index"], Names(json.GetProperty("worst")).Take(2));
        Assert.True(CommandLine.Run("check", Sample("moons"), "--json").Json().GetProperty("ok").GetBoolean());
    }

    [Fact]
    public void Data_are_shown()
    {
        JsonElement json = CommandLine.Run("data", "iris", "--json").Json();
        Assert.Equal(["name", "rows", "columns", "input", "classes", "counts", "head"], Names(json));
        Assert.Equal(150, json.GetProperty("rows").GetInt32());
        Assert.Equal(4, json.GetProperty("columns").GetArrayLength());
        Assert.Equal("[5.1,3.5,1.4,0.2]", json.GetProperty("head")[0].GetProperty("input").GetRawText());
        Assert.Equal("setosa", json.GetProperty("head")[0].GetProperty("class").GetString());
        Golden.Check("data-iris", CommandLine.Run("data", "iris").Output);
        Golden.Check("data-xor", CommandLine.Run("data", "boolean", "A xor B").Output);
        Assert.Contains("o 0   + 1", CommandLine.Run("data", "moons", "n=50").Output);
        Golden.Check("data-digits", CommandLine.Run("data", "digits").Output);
    }

    [Fact]
    public void Every_new_experiment_is_sound()
    {
        string[] needFiles = [.. Data.Kinds.Where(kind => kind.Operands.Count > 0 && kind.Name != "boolean").Select(kind => kind.Name)];
        foreach (string topic in Templates.Names)
        {
            string text = CommandLine.Run("new", topic).Output;
            Assert.StartsWith("# ", text);
            if (needFiles.Contains(topic))
                Assert.NotNull(Experiment.Read(text, topic, Directory.GetCurrentDirectory()));
            else
            {
                CommandLine run = CommandLine.RunWith(text, "train", "-", "--epochs", "1");
                Assert.Equal((0, ""), (run.Exit, run.Error));
            }
        }
        Assert.Equal(0, CommandLine.RunWith(CommandLine.Run("new", "explain").Output, "explain", "-").Exit);
    }

    [Fact]
    public void The_digits_are_learned()
    {
        JsonElement result = CommandLine.Run("train", Sample("digits"), "--json").Events()[^1];
        Assert.InRange(result.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.96, 1);
    }

    [Fact]
    public void Xor_is_learned_from_all_four_rows()
    {
        JsonElement result = CommandLine.Run("train", Sample("xor"), "--json").Events()[^1];
        Assert.Equal(1, result.GetProperty("train").GetProperty("accuracy").GetDouble());
        Assert.False(result.TryGetProperty("test", out _));
    }

    [Fact]
    public void A_dead_unit_is_named()
    {
        const string dead = """
            network: 2 -> dense 2 relu -> dense 1
            weights: {dense1.weight: [[1, 1], [-1, -1]], dense1.bias: [0, -1]}
            data: boolean "A or B"
            loss: bce-logits
            train: {epochs: 1}
            """;
        Assert.Contains(
            "Unit 2 of the 2 of relu1 is dead: it gives 0 for every example, so that no gradient can wake it.\n",
            CommandLine.RunWith(dead, "train", "-").Output
        );
    }

    [Fact]
    public void Out_writes_the_same_text_into_a_file()
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run("summary", "2 -> dense 1", "--json", "--out", folder.File("s.json"));
        Assert.Equal((0, "", ""), (run.Exit, run.Output, run.Error));
        Assert.Equal(CommandLine.Run("summary", "2 -> dense 1", "--json").Output, File.ReadAllText(folder.File("s.json")));
    }

    [Fact]
    public void Help_shows_examples_of_every_command()
    {
        Assert.Contains("longhand new circle", CommandLine.Run().Output);
        string all = CommandLine.Run("--help").Output;
        foreach ((string command, string[] examples) in Examples.ByCommand)
        {
            Assert.Contains($"  {command} ", all);
            CommandLine help = CommandLine.Run(command, "--help");
            Assert.Equal(0, help.Exit);
            Assert.Contains($"longhand {command} ", help.Output);
            Assert.All(examples, example => Assert.Contains(example, help.Output));
        }
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", CommandLine.Run("--version").Output);
    }

    [Fact]
    public void Colours_and_drawing_over_are_for_terminals_that_take_them()
    {
        CommandLine On(bool color, bool redraw) =>
            CommandLine.RunWith("", new Terminal(true, color, redraw, 100), default, "train", Sample("xor"), "--epochs", "3");
        Assert.DoesNotContain('\e', On(color: false, redraw: false).Output);
        CommandLine live = On(color: false, redraw: true);
        Assert.Equal((0, ""), (live.Exit, live.Error));
        Assert.DoesNotMatch(@"\e\[[0-9;]*m", live.Output);
        Assert.Matches(@"\e\[[0-9;]*m", On(color: true, redraw: true).Output);
        Assert.Contains("of 3", live.Output);
    }
}

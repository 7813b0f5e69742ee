using System.Text.Json;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The commands <c>minimize</c>, <c>truth</c> and <c>design</c>.</summary>
public class FunctionCommandTests
{
    private static readonly string[] course = ["minimize", "y^2 + (y-x)^2", "--start", "x=1,y=1"];

    // The XOR network of relus with both output biases of the course's sheet.
    private static string[] Xor(string bias) =>
        [
            "truth",
            "2 -> dense 2 relu -> dense 1",
            "--set",
            "dense1.weight=[[1, -1], [-1, 1]]",
            "--set",
            "dense1.bias=[-0.5, -0.5]",
            "--set",
            "dense2.weight=[[1, 1]]",
            "--set",
            $"dense2.bias={bias}",
        ];

    [Fact]
    public void Minimize_writes_the_promised_json()
    {
        JsonElement json = CommandLine.Run([.. course, "--optimizer", "sgd lr=10", "--steps", "1", "--json"]).Json();
        Assert.Equal("{\"x\":\"−2(y − x)\",\"y\":\"2y + 2(y − x)\"}", json.GetProperty("gradient").GetRawText());
        JsonElement point = json.GetProperty("stationary")[0];
        Assert.Equal("{\"x\":0,\"y\":0}", point.GetProperty("point").GetRawText());
        Assert.Equal("minimum", point.GetProperty("kind").GetString());
        JsonElement[] path = [.. json.GetProperty("path").EnumerateArray()];
        Assert.Equal(2, path.Length);
        Assert.Equal(0, path[0].GetProperty("step").GetInt32());
        Assert.Equal("{\"x\":1,\"y\":-19}", path[1].GetProperty("point").GetRawText());
        Assert.Equal("{\"x\":40,\"y\":-78}", path[1].GetProperty("gradient").GetRawText());
        Assert.Equal(761, path[1].GetProperty("value").GetDouble());
        Assert.Equal(Math.Sqrt(362), path[1].GetProperty("distance").GetDouble(), 1e-12);
        Assert.True(json.GetProperty("diverges").GetBoolean());
    }

    [Fact]
    public void Each_command_reads_as_it_is_meant_to()
    {
        Golden.Check(
            "minimize-course",
            CommandLine.Run([.. course, "--optimizer", "sgd lr=0.1 momentum=0.9", "--steps", "2", "--plot"]).Output
        );
        Golden.Check("minimize-kink", CommandLine.Run("minimize", "max(x, 1 - x) + abs(x)", "--start", "x=2", "--steps", "2").Output);
        Golden.Check("truth-xor", CommandLine.Run(Xor("-0.5")).Output);
        Golden.Check("design-xor", CommandLine.Run("design", "A xor B").Output);
        Golden.Check("design-sigmoid", CommandLine.Run("design", "A and (B or not C)", "--units", "sigmoid").Output);
        Golden.Check("design-parity-relu", CommandLine.Run("design", "parity(A, B, C)", "--units", "relu").Output);
    }

    [Theory]
    [InlineData("-0.5", 2)]
    [InlineData("-0.1", 0)]
    public void Truth_says_where_a_value_lies_on_the_threshold(string bias, int onThreshold)
    {
        JsonElement json = CommandLine.Run([.. Xor(bias), "--json"]).Json();
        Assert.Equal("[\"A\",\"B\"]", json.GetProperty("inputs").GetRawText());
        JsonElement[] rows = [.. json.GetProperty("rows").EnumerateArray()];
        Assert.Equal([0, 1, 1, 0], rows.Select(row => row.GetProperty("output").GetInt32()));
        Assert.Equal(onThreshold, rows.Count(row => row.TryGetProperty("onThreshold", out _)));
        Assert.Equal("A xor B", json.GetProperty("function").GetString());
        Assert.Equal("[1,0]", rows[2].GetProperty("input").GetRawText());
    }

    [Fact]
    public void Truth_takes_thresholds_several_outputs_and_what_only_fractions_decide()
    {
        Assert.Equal("false", CommandLine.Run([.. Xor("-0.5"), "--threshold", "0.1", "--json"]).Json().GetProperty("function").GetString());
        JsonElement adder = CommandLine
            .Run("truth", "2 -> dense 2 step", "--set", "dense1.weight=[[1, 1], [1, 1]]", "--set", "dense1.bias=[-1.5, -0.5]", "--json")
            .Json();
        Assert.Equal("[\"A and B\",\"A or B\"]", adder.GetProperty("function").GetRawText());
        Assert.Equal("[0,1]", adder.GetProperty("rows")[1].GetProperty("output").GetRawText());
        // In doubles 0.1 + 0.2 − 0.3 is above 0; in fractions it is 0.
        JsonElement tenths = CommandLine
            .Run("truth", "2 -> dense 1", "--set", "dense1.weight=[[0.1, 0.2]]", "--set", "dense1.bias=-0.3", "--json")
            .Json();
        Assert.True(tenths.GetProperty("rows")[3].GetProperty("onThreshold").GetBoolean());
        Assert.Equal("A and B", tenths.GetProperty("function").GetString());
    }

    [Fact]
    public void A_design_is_an_experiment_that_truth_reads_back()
    {
        using var folder = new TemporaryFolder();
        foreach (string units in new[] { "step", "relu", "sigmoid" })
        foreach (string text in new[] { "A xor B", "not (A and B)", "parity(A, B, C, D)", "(A and B) or (C and not D)" })
        {
            string file = folder.File("design.yaml");
            JsonElement json = CommandLine.Run("design", text, "--units", units, "--json", "--out", file).Json();
            Assert.True(json.GetProperty("verified").GetBoolean());
            JsonElement truth = CommandLine.Run("truth", file, "--json").Json();
            Assert.Equal(json.GetProperty("function").GetString(), truth.GetProperty("function").GetString());
            Assert.Equal(0, CommandLine.Run("explain", file).Exit);
        }
    }

    [Fact]
    public void A_picture_goes_into_a_file_and_the_text_beside_it()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("picture.svg");
        foreach (
            string[] args in (string[][])
                [
                    ["design", "A xor B"],
                    course,
                    ["minimize", "1/x + x", "--start", "x=2"],
                ]
        )
        {
            CommandLine run = CommandLine.Run([.. args, "--out", file]);
            Assert.Equal(0, run.Exit);
            Assert.NotEmpty(run.Output);
            var picture = System.Xml.Linq.XDocument.Load(file);
            Assert.Equal("svg", picture.Root!.Name.LocalName);
            Assert.DoesNotContain("NaN", File.ReadAllText(file));
        }
    }

    [Fact]
    public void A_single_unit_for_xor_is_refused_with_the_proof()
    {
        string message = CommandLine.Run("design", "A xor B", "--hidden", "0").Refusal();
        Assert.Contains("(A, B) = (0, 1) true:  w_B + b ≥ 0", message);
        Assert.Contains("added up:  w_A + w_B + 2b ≥ 0", message);
        Assert.Contains("added up:  w_A + w_B + 2b < 0", message);
        Assert.Equal(0, CommandLine.Run("design", "A and B", "--hidden", "0").Exit);
    }

    [Fact]
    public void A_path_that_leaves_the_numbers_fails_with_its_step()
    {
        CommandLine run = CommandLine.Run("minimize", "x^2 - ln(x)", "--start", "x=1", "--optimizer", "sgd lr=3");
        Assert.Equal(1, run.Exit);
        Assert.Equal("longhand: after step 1, where x = −2, ln(x) in f is ln(−2), which is not a number.\n", run.Error);
        CommandLine json = CommandLine.Run("minimize", "x^2 - ln(x)", "--start", "x=1", "--optimizer", "sgd lr=3", "--json");
        Assert.Equal(1, json.Exit);
        Assert.Contains("\"value\":null,\"valueReason\":\"not a number\"", json.Output);
    }

    [Theory]
    [InlineData("minimize needs a start, such as --start x=1", "minimize", "x^2")]
    [InlineData("--start: y has no value", "minimize", "x^2 + y", "--start", "x=1")]
    [InlineData("no variable \"zebra\". It has x.", "minimize", "x^2", "--start", "zebra=1")]
    [InlineData("no variable \"wieght\". Did you mean \"weight\"?", "minimize", "weight^2", "--start", "wieght=1")]
    [InlineData("gives x twice", "minimize", "x^2", "--start", "x=1,x=2")]
    [InlineData("--start x: \"one\"", "minimize", "x^2", "--start", "x=one")]
    [InlineData("unknown function \"tahn\". Did you mean \"tanh\"?", "minimize", "tahn(x)", "--start", "x=1")]
    [InlineData("Did you mean \"adam\"?", "minimize", "x^2", "--start", "x=1", "--optimizer", "adma")]
    [InlineData("ln(−1), which is not a number", "minimize", "ln(x)", "--start", "x=-1")]
    [InlineData("1/0, which is beyond all numbers", "minimize", "1/x", "--start", "x=0")]
    [InlineData("room for one or two variables", "minimize", "x+y+z", "--start", "x=1,y=1,z=1", "--plot")]
    [InlineData("has no variable", "minimize", "2+3", "--start", "x=1")]
    [InlineData("at most 16 inputs", "truth", "17 -> dense 1")]
    [InlineData("at most 16 inputs", "truth", "4x4 -> dense 1")]
    [InlineData("--threshold: ", "truth", "2 -> dense 1", "--threshold", "half")]
    [InlineData("has 3 rows", "design", "--table", "011")]
    [InlineData("found \"2\"", "design", "--table", "0120")]
    [InlineData("not both", "design", "A or B", "--table", "0110")]
    [InlineData("needs a Boolean expression", "design")]
    [InlineData("has no variable", "design", "1 or 0")]
    [InlineData("Did you mean \"relu\"?", "design", "A or B", "--units", "rleu")]
    [InlineData("2 hidden units are enough", "design", "A xor B", "--hidden", "1")]
    [InlineData("drawn for two inputs", "design", "A or B or C", "--out", "x.svg")]
    public void Bad_input_is_refused(string expected, params string[] args) => Assert.Contains(expected, CommandLine.Run(args).Refusal());
}

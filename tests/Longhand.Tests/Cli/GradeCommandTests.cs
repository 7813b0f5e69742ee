using System.Text.Json;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>Marking on the command line.</summary>
public class GradeCommandTests
{
    private static string Sample { get; } = Path.Combine(Golden.Root, "samples", "hand-worked.yaml");

    private static CommandLine Grade(string answers, params string[] options) =>
        CommandLine.RunWith(answers, ["grade", Sample, "-", .. options]);

    [Fact]
    public void The_sample_is_marked_line_by_line()
    {
        string answers = Path.Combine(Golden.Root, "samples", "answers", "hand-worked.yaml");
        CommandLine run = CommandLine.Run("grade", Sample, answers);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Golden.Check("grade-hand-worked", run.Output);
        JsonElement json = CommandLine.Run("grade", Sample, answers, "--json").Json();
        Assert.Equal("dense2.output[0]", json.GetProperty("firstError").GetString());
        JsonElement first = json.GetProperty("answers")[4];
        Assert.Equal("wrong", first.GetProperty("verdict").GetString());
        Assert.Equal(1.10591, first.GetProperty("expected").GetDouble(), 1e-5);
        Assert.Equal("bias-forgotten", first.GetProperty("slip").GetString());
        Assert.Equal("follows", json.GetProperty("answers")[6].GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("dense1.output[0]: 0.3775")]
    [InlineData("dense1.output[0]: '0,3775'")]
    [InlineData("dense1.output[0]: 151/400")]
    [InlineData("dense1.output[0]: 3.775e-1")]
    [InlineData("dense1.output[0]: 0.4")]
    [InlineData("dense1.output: [0.3775, 0.3925]")]
    [InlineData("dense1.output: ['0,3775', ?]")]
    [InlineData("{\"dense1.output\": [0.3775, 0.3925], \"loss\": 0.298}")]
    [InlineData("dense1:\n  output: [0.3775, 0.3925]\n")]
    [InlineData("gradients:\n  dense2.bias: [0.1385, −0.0381]\n")]
    [InlineData("steps:\n- loss: 0.29837\n  parameters: {dense1.bias: [0.3456, 0.3450]}\n")]
    [InlineData("steps[1].loss: 0.28047")]
    [InlineData("steps[2].parameters.dense2.bias[0]: 0.3874")]
    [InlineData("output: [0.7514, 0.7729]")]
    [InlineData("z¹₁: 0.3775\nz12: 0.3925\nh1: 0.5933\nŷ₁: 0.7514\nyhat2: 0.7729\nL: 0.2984")]
    [InlineData("∂L/∂w²₁₁: 0.08217\ndL/dw2_12: 0.08267\nw²₁₁′: 0.3589\nw212': 0.4087")]
    public void Answers_may_be_written_in_many_ways(string answers)
    {
        JsonElement json = Grade(answers, "--json").Json();
        Assert.Equal(JsonValueKind.Null, json.GetProperty("firstError").ValueKind);
        Assert.All(json.GetProperty("answers").EnumerateArray(), a => Assert.Equal("right", a.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData("", "standard input: the file is empty, but answers are needed.")]
    [InlineData("[1, 2]", "line 1, column 1: answers are a map that begins like \"dense1.output[0]: 0.5\", found a list of 2.")]
    [InlineData("dense1.outptu[0]: 1", "line 1, column 1: nothing here is called \"dense1.outptu[0]\". Did you mean \"dense1.output\"?")]
    [InlineData("loss: 1\nnonsense: 2", "line 2, column 1: nothing here is called \"nonsense\". There are dense1.output, ")]
    [InlineData("dense1.output[2]: 1", "\"dense1.output[2]\" is outside: dense1.output is [2], and \"2\" is not from 0 to 1.")]
    [InlineData("dense1.output[-1]: 1", "\"-1\" is not from 0 to 1")]
    [InlineData("dense1.output[0][1]: 1", "has 2 indices, but dense1.output is [2].")]
    [InlineData("loss[0]: 1", "has 1 index, but loss is a single number.")]
    [InlineData("loss: [1, 2]", "line 1, column 7: loss is a single number, found a list of 2.")]
    [InlineData("loss: .nan", "line 1, column 7: loss: \".nan\" is not a finite number")]
    [InlineData("loss: much", "line 1, column 7: loss: \"much\" is not a number")]
    [InlineData("loss: 1\nloss: 2", "the key \"loss\" is given twice")]
    [InlineData("loss: 1\nL: 1", "line 2, column 1: loss is answered twice.")]
    [InlineData("steps[0].loss: 1\nloss: 1", "line 2, column 1: loss is answered twice.")]
    [InlineData("dense1.output: [0,38, 0,39]", "In a list a comma separates: write decimals with a point, or in quotation marks")]
    [InlineData("dense1.output: [1, 2, 3]", "dense1.output: expected 2 numbers, found 3")]
    [InlineData("steps[99999999999].loss: 1", "at most 10,000 updates")]
    [InlineData("loss:\n", "nothing is answered yet.")]
    [InlineData("loss: *a", "points to another place")]
    [InlineData("loss: {a: {b: 1}}", "nothing here is called \"loss.a.b\"")]
    public void What_cannot_be_marked_is_refused_in_a_sentence(string answers, string expected) =>
        Assert.Contains(expected, Grade(answers).Refusal());

    [Fact]
    public void Hostile_answers_are_refused_in_a_sentence()
    {
        Assert.Contains("nested more than 50 deep", Grade($"loss: {new string('[', 3000)}{new string(']', 3000)}").Refusal());
        Assert.Contains("100000 characters", Grade($"loss: {new string('9', 100_000)}").Refusal());
        Assert.Contains("nothing here is called", Grade($"{{\"{new string('a', 5000)}\": 1}}").Refusal());
        Assert.Contains("nothing here is called", Grade($"{{\"{string.Concat(Enumerable.Repeat("[0]", 20_000))}\": 1}}").Refusal());
        Assert.Contains("larger than 20 MB", Grade(new string('#', 21_000_000)).Refusal());
        Assert.Contains(
            "has 20000 indices, but loss is a single number",
            Grade($"{{\"loss{string.Concat(Enumerable.Repeat("[0]", 20_000))}\": 1}}").Refusal()
        );
        using var folder = new TemporaryFolder();
        Assert.Contains("there is no such file", CommandLine.Run("grade", Sample, folder.File("none.yaml")).Refusal());
        Assert.Contains(
            "grade needs an experiment file and a file of answers, for example: longhand grade",
            CommandLine.Run("grade", Sample).Refusal()
        );
        Assert.Contains("not both", CommandLine.Run("grade", "-", "-").Refusal());
        Assert.Contains("--tolerance \"x\"", Grade("loss: 1", "--tolerance", "x").Refusal());
        Assert.Contains("Did you mean \"backward\"?", CommandLine.Run("grade", Sample, "--template", "--only", "bakward").Refusal());
    }

    [Fact]
    public void Without_a_target_there_is_nothing_behind_the_output()
    {
        const string forward = "network: 1 -> dense 1\nweights: {dense1.weight: [[2]], dense1.bias: [1]}\ninput: [3]\n";
        using var folder = new TemporaryFolder();
        string file = folder.File("forward.yaml");
        File.WriteAllText(file, forward);
        Assert.Contains("there is no loss and target", CommandLine.RunWith("loss: 1", "grade", file, "-").Refusal());
        Assert.Equal(
            JsonValueKind.Null,
            CommandLine.RunWith("output[0]: 7", "grade", file, "-", "--json").Json().GetProperty("firstError").ValueKind
        );
        File.WriteAllText(file, forward + "target: [1]\nloss: mse\n");
        Assert.Contains("there is no optimizer", CommandLine.RunWith("steps[0].loss: 1", "grade", file, "-").Refusal());
    }

    [Fact]
    public void A_tolerance_lets_more_pass()
    {
        string? First(params string[] options) => Grade("loss: 0.29", ["--json", .. options]).Json().GetProperty("firstError").GetString();
        Assert.Equal("loss", First());
        Assert.Null(First("--tolerance", "0.01"));
        Assert.Null(First("--tolerance", "5%"));
        Assert.Equal("loss", First("--tolerance", "1%"));
    }

    [Fact]
    public void The_template_filled_with_the_working_is_all_right()
    {
        CommandLine template = CommandLine.Run("grade", Sample, "--template");
        Assert.Equal((0, ""), (template.Exit, template.Error));
        JsonElement working = CommandLine.Run("explain", Sample, "--json").Json().GetProperty("working");
        var values = working.EnumerateArray().ToDictionary(w => w.GetProperty("key").GetString()!, w => w.GetProperty("value").GetDouble());
        string[] lines = template.Output.Split('\n');
        string[] keys = [.. lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => l[..l.IndexOf(':')])];
        Assert.Equal(values.Keys.Order(), keys.Order());
        string filled = string.Join(
            "\n",
            keys.Select(key => $"{key}: {values[key].ToString("F6", System.Globalization.CultureInfo.InvariantCulture)}")
        );
        JsonElement json = Grade(filled, "--json").Json();
        Assert.Equal(values.Count, json.GetProperty("right").GetInt32());
        Assert.Equal(values.Keys, json.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("key").GetString()!));
        Assert.Contains("nothing is answered yet", Grade(template.Output).Refusal());
        string forward = CommandLine.Run("grade", Sample, "--template", "--only", "forward").Output;
        Assert.DoesNotContain("loss", forward);
        Assert.Equal(
            8,
            CommandLine.Run("grade", Sample, "--template", "--only", "forward", "--json").Json().GetProperty("keys").GetArrayLength()
        );
    }
}

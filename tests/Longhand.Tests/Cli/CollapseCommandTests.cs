using System.Text.Json;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The command <c>collapse</c>.</summary>
public class CollapseCommandTests
{
    private const string Letters =
        "network: 2 -> dense 2 nobias -> dense 1 nobias\nweights: {dense1.weight: [[a, c], [b, d]], dense2.weight: [[e, f]]}\n";

    private static string[] Names(JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];

    [Fact]
    public void Words_in_a_file_are_symbols()
    {
        JsonElement json = CommandLine.RunWith(Letters, "collapse", "-", "--json").Json();
        Assert.Equal("[[\"ae + bf\",\"ce + df\"]]", json.GetProperty("weight").GetRawText());
        Assert.Equal("[\"0\"]", json.GetProperty("bias").GetRawText());
        Assert.True(json.GetProperty("exact").GetBoolean());
        Assert.Equal(1, json.GetProperty("rank").GetInt32());
        Assert.DoesNotContain("weightValues", Names(json));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("letters.yaml"), Letters);
        string text = CommandLine.Run("collapse", folder.File("letters.yaml")).Output;
        Assert.StartsWith("One layer: y = Wx\n  ω₁ = ae + bf\n  ω₂ = ce + df\n", text);
        Assert.Contains("Parameters: 6 before, 2 after.", text);
    }

    [Fact]
    public void Numbers_come_as_fractions_with_their_values()
    {
        JsonElement json = CommandLine
            .Run(
                "collapse",
                "1 -> dense 2 -> dense 1",
                "--set",
                "dense1.weight=[[1/3], [0.5]]",
                "--set",
                "dense1.bias=[0, 1]",
                "--set",
                "dense2.weight=[[1, -1]]",
                "--set",
                "dense2.bias=0.25",
                "--json"
            )
            .Json();
        Assert.Equal("[[\"-1/6\"]]", json.GetProperty("weight").GetRawText());
        Assert.Equal("[\"-3/4\"]", json.GetProperty("bias").GetRawText());
        Assert.Equal(-1 / 6.0, json.GetProperty("weightValues")[0][0].GetDouble());
        Assert.Equal(-0.75, json.GetProperty("biasValues")[0].GetDouble());
        Assert.Equal(7, json.GetProperty("parameters").GetProperty("before").GetInt32());
    }

    [Fact]
    public void Networks_without_weights_and_files_of_notation_are_read()
    {
        Assert.Contains("ω₁₁ = w¹₁₁w²₁₁", CommandLine.Run("collapse", "2 -> dense 1 nobias -> dense 2 nobias").Output);
        Assert.Contains("ω₁ = w₁", CommandLine.RunWith("2 -> dense 1\n", "collapse", "-").Output);
    }

    [Theory]
    [InlineData("2 -> dense 3 -> dense 2 relu -> dense 1", "relu1 (relu) is not linear")]
    [InlineData("2 -> dense 3 -> dens 1", "Did you mean \"dense\"?")]
    [InlineData("1080x1920x3 -> dense 256 -> dense 10", "too large to collapse")]
    public void What_does_not_collapse_is_refused(string network, string expected) =>
        Assert.Contains(expected, CommandLine.Run("collapse", network).Refusal());

    [Theory]
    [InlineData("explain")]
    [InlineData("train")]
    [InlineData("check")]
    [InlineData("summary")]
    public void Words_are_weights_for_no_other_command(string command)
    {
        string message = CommandLine.RunWith(Letters, command, "-").Refusal();
        Assert.Equal(
            "standard input, line 2, column 28: weights.dense1.weight: \"a\" is not a number; words stand for weights in collapse alone.",
            message
        );
    }

    [Theory]
    [InlineData("[[a, 1/x], [b, d]]", "\"1/x\"")]
    [InlineData("[[a, nan], [b, d]]", "\"nan\"")]
    [InlineData("[[a, c]]", "expected [2][2] numbers, found 1 row.")]
    [InlineData("[[a, [c]], [b, d]]", "found a list of 1 at [0][1]")]
    public void Lists_of_words_are_checked_as_those_of_numbers_are(string weight, string expected) =>
        Assert.Contains(expected, CommandLine.Run("collapse", "2 -> dense 2 nobias", "--set", $"dense1.weight={weight}").Refusal());
}

using System.Text.Json;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The command <c>activations</c>.</summary>
public class ActivationsCommandTests
{
    [Fact]
    public void One_name_gives_an_object_and_several_an_array()
    {
        JsonElement relu = CommandLine.Run("activations", "relu", "--json").Json();
        Assert.Equal("relu", relu.GetProperty("name").GetString());
        Assert.Equal(0, relu.GetProperty("derivativeAtZero").GetProperty("left").GetDouble());
        Assert.Equal(1, relu.GetProperty("derivativeAtZero").GetProperty("right").GetDouble());
        Assert.Equal("[0,null]", relu.GetProperty("range").GetRawText());
        Assert.Equal("infinite", relu.GetProperty("rangeReason").GetString());
        Assert.False(relu.GetProperty("differentiable").GetBoolean());
        Assert.True(relu.GetProperty("monotone").GetBoolean());
        foreach (string name in new[] { "zeroCentred", "linear", "saturates" })
            Assert.False(relu.GetProperty(name).GetBoolean());
        JsonElement two = CommandLine.Run("activations", "swish", "beta=2", "elu 0.5", "--json").Json();
        Assert.Equal(["swish beta=2", "elu alpha=0.5"], two.EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        JsonElement step = CommandLine.Run("activations", "step", "--json").Json().GetProperty("derivativeAtZero");
        Assert.Equal("infinite", step.GetProperty("leftReason").GetString());
    }

    [Fact]
    public void Without_a_name_all_are_compared()
    {
        JsonElement all = CommandLine.Run("activations", "--json").Json();
        string?[] names = [.. all.EnumerateArray().Select(e => e.GetProperty("name").GetString())];
        Assert.Contains("gelu-tanh", names);
        Assert.DoesNotContain("softmax", names);
        Assert.All(
            all.EnumerateArray(),
            e => Assert.True(e.GetProperty("saturates").ValueKind is JsonValueKind.True or JsonValueKind.False)
        );
        string text = CommandLine.Run("activations").Output;
        Assert.Contains("softmax is not element-wise", text);
        Assert.Contains("logsoftmax is not element-wise", text);
        Assert.Matches(@"leakyrelu +\(−∞, ∞\) +0\.01 left, 1 right", text);
    }

    [Fact]
    public void A_name_shows_formulas_numbers_and_a_plot()
    {
        string text = CommandLine.Run("activations", "swish beta=2").Output;
        Assert.Contains("y = x·σ(2·x)", text);
        Assert.Matches("beta → 0 +x/2\n", text);
        Assert.Matches("beta → ∞ +relu\n", text);
        Assert.Contains("* value   ' slope", text);
        Assert.Contains("differentiable everywhere", text);
        Assert.Contains("swish learn learns its beta", CommandLine.Run("activations", "swish learn").Output);
    }

    [Theory]
    [InlineData("sigmiod", "Did you mean \"sigmoid\"?")]
    [InlineData("dense 3", "dense is a layer, no activation. Activations are ")]
    [InlineData("elu alhpa=2", "alpha")]
    public void Bad_names_are_refused(string name, string expected) =>
        Assert.Contains(expected, CommandLine.Run("activations", name).Refusal());
}

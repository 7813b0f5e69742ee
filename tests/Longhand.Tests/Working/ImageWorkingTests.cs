using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Convolutions, pools and batchnorm worked by hand.</summary>
public class ImageWorkingTests
{
    [Fact]
    public void The_convolution_of_two_channels_on_the_course_sheet()
    {
        // One channel of the picture is the other plus one; the filter's second channel has -2 where the first has -1.
        int[] picture = [2, 3, 4, 5, 3, 5, 7, 9, 4, 7, 10, 13, 5, 9, 13, 17];
        string[] input = [.. picture.Select(v => $"{v}"), .. picture.Select(v => $"{v + 1}")];
        Solution solution = Explain(
            "4x4x2 -> conv 1 3x3 pad 1 nobias relu -> maxpool 3 stride 1 pad 1",
            new() { ["conv1.weight"] = ["0", "1", "0", "1", "-1", "1", "0", "1", "0", "0", "1", "0", "1", "-2", "1", "0", "1", "0"] },
            input
        );
        Grid<Float64> map = solution.Layers[0].Output;
        Assert.Equal([6, 14, 14, 27], [map[0, 0, 0, 0].Value, map[0, 0, 0, 1].Value, map[0, 0, 1, 0].Value, map[0, 0, 1, 1].Value]);
        Assert.Equal(27, solution.Output[0, 0, 0, 0].Value);
        string[] lines = [.. solution.Steps.Select(s => s.Line)];
        // Row by row: what lies in the padding is left out.
        Assert.Equal(
            "z₁₁ = w₁₂₂x₁₁₁ + w₁₂₃x₁₁₂ + w₁₃₂x₁₂₁ + w₁₃₃x₁₂₂ + w₂₂₂x₂₁₁ + w₂₂₃x₂₁₂ + w₂₃₂x₂₂₁ + w₂₃₃x₂₂₂"
                + " = −1·2 + 1·3 + 1·3 + 0·5 − 2·3 + 1·4 + 1·4 + 0·6 = 6",
            lines[0]
        );
        Assert.Contains("ŷ₁₁ = max(h₁₁, h₁₂, h₂₁, h₂₂) = max(6, 14, 14, 27) = 27", lines);
    }

    [Fact]
    public void Batchnorm_opens_its_mean_and_variance_channel_by_channel()
    {
        Solution solution = Explain(
            "2 -> batchnorm -> dense 1 nobias",
            new() { ["batchnorm1.weight"] = ["2", "1"], ["dense1.weight"] = ["1", "0"] },
            ["1", "0"],
            ["5", "3"]
        );
        string[] lines = [.. solution.Steps.Select(s => s.Line)];
        Assert.Equal(
            [
                "μ₁ = (x⁽¹⁾₁ + x⁽²⁾₁)/2 = (1 + 5)/2 = 3",
                "σ²₁ = ((x⁽¹⁾₁ − μ₁)² + (x⁽²⁾₁ − μ₁)²)/2 = ((1 − 3)² + (5 − 3)²)/2 = 4",
                "σ₁ = √(σ²₁ + 0.00001) = √(4 + 0.00001) ≈ 2.00000",
                "n⁽¹⁾₁ = γ₁(x⁽¹⁾₁ − μ₁)/σ₁ + β₁ ≈ 2·(1 − 3)/2.00000 + 0 ≈ −2.00000",
                "μ₂ = (x⁽¹⁾₂ + x⁽²⁾₂)/2 = (0 + 3)/2 = 1.5",
            ],
            lines.Take(5)
        );
        Assert.Contains("M₁′ = 0.9·M₁ + 0.1·μ₁ = 0.9·0 + 0.1·3 = 0.3", lines);
        Assert.Contains("V₁′ = 0.9·V₁ + 0.1·σ²₁·2 = 0.9·1 + 0.1·4·2 = 1.7", lines);
        // The way back uses the mean and the spread that were found on the way forward.
        Assert.Equal(1, lines.Count(line => line.StartsWith("σ²₁ =", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_two_batchnorms_name_carries_their_number()
    {
        Solution solution = Explain("1 -> batchnorm -> dense 1 -> batchnorm", [], ["1"], ["3"]);
        string[] names = [.. solution.Steps.Select(s => s.Name.ToString())];
        Assert.Equal(1, names.Count(n => n == "μ₁₁"));
        Assert.Equal(1, names.Count(n => n == "σ²₂₁"));
    }

    [Fact]
    public void In_inference_the_running_values_stand_in_and_stay()
    {
        Solution solution = Explain(
            "1 -> batchnorm eps=0 -> dense 1 nobias",
            new() { ["batchnorm1.running_var"] = ["4"], ["dense1.weight"] = ["1"] },
            false,
            ["6"]
        );
        Assert.Equal(
            ["σ₁ = √V = √4 ≈ 2.00000", "n = γ(x − M)/σ₁ + β ≈ 1·(6 − 0)/2.00000 + 0 ≈ 3.00000"],
            solution.Steps.Take(2).Select(s => s.Line)
        );
        Assert.Equal(3, solution.Output[0, 0].Value);
        Assert.Equal(4, solution.Updates[0].Parameters[3][0].Value);
    }

    [Fact]
    public void A_single_example_has_no_variance_to_explain() =>
        Assert.EndsWith(
            "training needs at least 2 examples in a batch, but there is 1. Explain a batch of several examples, or inference (mode: inference).",
            Assert.Throws<LonghandException>(() => Explain("1 -> batchnorm -> dense 1", [], ["6"])).Message
        );

    private static Solution Explain(string network, Dictionary<string, string[]> weights, params string[][] inputs) =>
        Explain(network, weights, true, inputs);

    private static Solution Explain(string network, Dictionary<string, string[]> weights, bool training, params string[][] inputs)
    {
        Network parsed = Network.Parse(network);
        return Solution.Explain(
            Model.Create(
                parsed,
                weights.ToDictionary(
                    pair => pair.Key,
                    pair => new ParameterValues(parsed.Parameter(pair.Key).Parameter, [.. pair.Value.Select(text => Rational.Parse(text))])
                )
            ),
            new ExplainRequest
            {
                Inputs = [.. inputs.Select(row => row.Select(text => Rational.Parse(text)).ToArray())],
                Targets = [.. inputs.Select(_ => new[] { Rational.Of(1, 1) })],
                IsBatch = inputs.Length > 1,
                Loss = parsed.Output.IsImage ? null : Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.1),
                Training = training,
            }
        );
    }
}

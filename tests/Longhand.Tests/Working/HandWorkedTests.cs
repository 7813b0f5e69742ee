using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Exercises with known answers, line by line as a person would write them.</summary>
public class HandWorkedTests
{
    [Fact]
    public void A_scalar_network_is_worked_as_on_the_course_sheet()
    {
        Solution solution = Explain(
            "1 -> dense 1 nobias relu -> dense 1 nobias",
            new() { ["dense1.weight"] = ["3"], ["dense2.weight"] = ["2"] },
            ["1"],
            ["5"],
            "half-mse",
            "sgd lr=0.1"
        );
        Assert.Equal(
            [
                "z = w₁x = 3·1 = 3",
                "h = max(0, z) = max(0, 3) = 3",
                "ŷ = w₂h = 2·3 = 6",
                "L = ½(ŷ − y)² = ½(6 − 5)² = 0.5",
                "∂L/∂ŷ = ŷ − y = 6 − 5 = 1",
                "∂L/∂w₂ = ∂L/∂ŷ·h = 1·3 = 3",
                "∂L/∂h = ∂L/∂ŷ·w₂ = 1·2 = 2",
                "∂L/∂z = ∂L/∂h·𝟙(h > 0) = 2·1 = 2",
                "∂L/∂w₁ = ∂L/∂z·x = 2·1 = 2",
                "∂L/∂x = ∂L/∂z·w₁ = 2·3 = 6",
                "w₁′ = w₁ − 0.1·∂L/∂w₁ = 3 − 0.1·2 = 2.8",
                "w₂′ = w₂ − 0.1·∂L/∂w₂ = 2 − 0.1·3 = 1.7",
            ],
            solution.Steps.Select(s => s.Line)
        );
    }

    [Fact]
    public void A_sigmoid_network_without_biases_gives_the_series_results_to_two_digits()
    {
        // Hidden sums 0.18 and 0.14 from x = (1, 2); 0.22 at the output to two digits.
        Solution solution = Explain(
            "2 -> dense 2 nobias sigmoid -> dense 1 nobias sigmoid",
            new() { ["dense1.weight"] = ["0.1", "0.04", "0.1", "0.02"], ["dense2.weight"] = ["0.3", "0.105"] },
            ["1", "2"],
            ["0"],
            "bce",
            null,
            digits: 2
        );
        string[] results = [.. solution.Steps.Take(7).Select(s => $"{s.Name} {s.Result}")];
        Assert.Equal(["z¹₁ 0.18", "z¹₂ 0.14", "h₁ 0.54", "h₂ 0.53", "z²₁ 0.22", "ŷ 0.55", "L 0.81"], results);
    }

    [Fact]
    public void A_step_exactly_on_its_threshold_is_pointed_out()
    {
        Solution solution = Explain(
            "2 -> dense 2 relu -> dense 1 step",
            new()
            {
                ["dense1.weight"] = ["1", "-1", "-1", "1"],
                ["dense1.bias"] = ["-0.5", "-0.5"],
                ["dense2.weight"] = ["1", "1"],
                ["dense2.bias"] = ["-0.5"],
            },
            ["0", "1"],
            null,
            null,
            null
        );
        WorkingStep output = solution.Steps[^1];
        Assert.Equal(1, output.Value);
        Assert.Contains("lies exactly on the threshold", output.Note);
    }

    [Fact]
    public void Class_targets_of_a_cross_entropy_are_put_in_at_once()
    {
        Solution solution = Explain(
            "2 -> dense 2 nobias",
            new() { ["dense1.weight"] = ["1", "0", "0", "1"] },
            ["1", "2"],
            null,
            "cross-entropy",
            null,
            label: 1
        );
        Assert.Contains("L = ln(e^ŷ₁ + e^ŷ₂) − ŷ₂ = ln(e^1 + e^2) − 2 ≈ 0.313262", solution.Steps.Select(s => s.Line));
    }

    [Fact]
    public void Momentum_is_written_with_its_own_line_and_carried_to_the_next_step()
    {
        Solution solution = Explain(
            "1 -> dense 1 nobias",
            new() { ["dense1.weight"] = ["1"] },
            ["1"],
            ["0"],
            "half-mse",
            "sgd lr=0.1 momentum=0.9",
            steps: 2
        );
        Assert.Equal(
            [
                "v(w) = ∂L/∂w = 1",
                "w′ = w − 0.1·v(w) = 1 − 0.1·1 = 0.9",
                "v(w) = 0.9·v(w) + ∂L/∂w = 0.9·1 + 0.9 = 1.8",
                "w′ = w − 0.1·v(w) = 0.9 − 0.1·1.8 = 0.72",
            ],
            solution.Steps.Where(s => s.Section == WorkingSection.Update).Select(s => s.Line)
        );
    }

    [Fact]
    public void Names_of_the_users_own_replace_the_letters()
    {
        Network network = Network.Parse("2 -> dense 2 nobias relu -> dense 1 nobias");
        Solution solution = Solution.Explain(
            Model.Create(network),
            new ExplainRequest
            {
                Inputs =
                [
                    [1, 2],
                ],
                Names = new Dictionary<string, string> { ["dense1.weight"] = "U" },
            }
        );
        Assert.Equal("U₁₁x₁ + U₁₂x₂", solution.Steps[0].Symbolic);
        Assert.Equal("w₁h₁ + w₂h₂", solution.Steps[^1].Symbolic);
    }

    [Fact]
    public void A_penalty_stands_apart_from_the_loss_and_acts_on_the_update()
    {
        Network network = Network.Parse("1 -> dense 1");
        Solution solution = Solution.Explain(
            Model.Create(
                network,
                new Dictionary<string, ParameterValues>
                {
                    ["dense1.weight"] = Values(network, "dense1.weight", ["3"]),
                    ["dense1.bias"] = Values(network, "dense1.bias", ["1"]),
                }
            ),
            new ExplainRequest
            {
                Inputs =
                [
                    [1],
                ],
                Targets =
                [
                    [5],
                ],
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.1),
                Regularization = new(L2: 0.5),
            }
        );
        Assert.Equal(0.5, solution.Loss);
        Assert.Equal(2.25, solution.Penalty);
        Assert.Contains("g(w) = ∂L/∂w + ½w = −1 + 0.5·3 = 0.5", solution.Steps.Select(s => s.Line));
        Assert.Contains("b′ = b − 0.1·∂L/∂b = 1 − 0.1·(−1) = 1.1", solution.Steps.Select(s => s.Line));
    }

    [Fact]
    public void An_array_with_an_index_above_nine_has_all_its_indices_in_brackets()
    {
        Solution solution = Solution.Explain(
            Model.Create(Network.Parse("1 -> dense 10 tanh -> dense 1")),
            new ExplainRequest
            {
                Inputs =
                [
                    [1],
                ],
            }
        );
        Assert.Equal("w¹[1,1]x + b¹[1]", solution.Steps[0].Symbolic);
        Assert.Equal("h[10] = tanh(z[10])", solution.Steps[19].Line[..19]);
    }

    private static Solution Explain(
        string network,
        Dictionary<string, string[]> weights,
        string[] input,
        string[]? target,
        string? loss,
        string? optimizer,
        int digits = 6,
        int steps = 1,
        int? label = null
    )
    {
        Network parsed = Network.Parse(network);
        return Solution.Explain(
            Model.Create(parsed, weights.ToDictionary(w => w.Key, w => Values(parsed, w.Key, w.Value))),
            new ExplainRequest
            {
                Inputs = [Array.ConvertAll(input, text => Rational.Parse(text))],
                Targets = target is null ? null : [Array.ConvertAll(target, text => Rational.Parse(text))],
                Classes = label is { } c ? [c] : null,
                Loss = loss is null ? null : Loss.Parse(loss),
                Optimizer = optimizer is null ? null : Optimizer.Parse(optimizer),
                Steps = steps,
                Conventions = Conventions.PyTorch with { Digits = digits },
            }
        );
    }

    private static ParameterValues Values(Network network, string parameter, string[] texts) =>
        new(network.Parameter(parameter).Parameter, Array.ConvertAll(texts, text => Rational.Parse(text)));
}

using System.Text.Json;
using Longhand.Experiments;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Commands;

/// <summary>The ways in which explain writes the same working, as a user sees them.</summary>
public class ExplainViewTests
{
    private static readonly string[] Xor =
    [
        "explain",
        "2 -> dense 2 nobias relu -> dense 1 nobias relu",
        "--set",
        "dense1.weight=[[-1, 1], [1, -1]]",
        "--set",
        "dense2.weight=[[1, 1]]",
        "--loss",
        "sse",
    ];

    private static readonly string[] Batch =
    [
        "explain",
        "2 -> dense 2 leakyrelu -> dense 1",
        "--input",
        "[[1, 2], [0.5, -1]]",
        "--target",
        "[[1], [0]]",
        "--loss",
        "mse",
        "--set",
        "dense1.weight=[[1, -1], [0.5, 2]]",
        "--set",
        "dense1.bias=[0, 1]",
        "--set",
        "dense2.weight=[[1, -2]]",
        "--set",
        "dense2.bias=[0.5]",
    ];

    private static string HandWorked => Path.Combine(Golden.Root, "samples", "hand-worked.yaml");

    [Fact]
    public void The_hand_worked_example_in_matrices() => Check("explain-matrix-column", "explain", HandWorked, "--view", "matrix");

    [Fact]
    public void The_same_with_vectors_as_rows() =>
        Golden.Check("explain-matrix-row", Text(Experiment("conventions: {vectors: row}"), View.Matrix));

    [Fact]
    public void The_xor_network_of_the_course_with_its_transposed_gradient()
    {
        string text = Text(
            Read(
                """
                network: 2 -> dense 2 nobias relu -> dense 1 nobias relu
                weights: {dense1.weight: [[-1, 1], [1, -1]], dense2.weight: [[1, 1]]}
                input: [0, 1]
                target: [0]
                loss: sse
                conventions: {gradient: transposed}
                """
            ),
            View.Matrix
        );
        Golden.Check("explain-matrix-transposed", text);
        // (A, B)ᵀ times the row of slopes.
        Assert.Contains("∂L/∂W¹ = x·(∂L/∂z¹)ᵀ", text);
    }

    [Fact]
    public void A_batch_and_two_steps_of_adam_in_matrices() =>
        Check("explain-matrix-batch", [.. Batch, "--view", "matrix", "--optimizer", "adam lr=0.1", "--steps", "2"]);

    [Fact]
    public void Fractions_are_exact_as_long_as_nothing_but_arithmetic_is_done()
    {
        string[] relu = [.. Batch[..1], "2 -> dense 2 relu -> dense 1", .. Batch[2..], "--exact", "--optimizer", "sgd lr=0.1"];
        string text = Check("explain-exact", relu);
        Assert.Contains("exact fractions throughout", text);
        Assert.DoesNotContain("≈", text[text.IndexOf("Given", StringComparison.Ordinal)..]);
        string sigmoid = CommandLine.Run("explain", HandWorked, "--exact").Output.ReplaceLineEndings(" ");
        Assert.Contains("= 3/20·1/20 + 1/5·1/10 + 7/20 = 151/400", sigmoid);
        Assert.Contains("h₁ = σ(z¹₁) = σ(151/400) ≈ 0.593270", sigmoid);
        Assert.Contains("(no fraction because of σ: from here on in decimals)", sigmoid);
        Assert.Contains("from h₁, since σ is no fraction", sigmoid);
    }

    [Fact]
    public void A_long_fraction_is_written_in_decimals_and_says_so()
    {
        string text = CommandLine
            .Run(
                "explain",
                "2 -> dense 1",
                "--input",
                "[1/1234567, 1/7654321]",
                "--set",
                "dense1.weight=[[1/1000003, 1/1000033]]",
                "--set",
                "dense1.bias=[0]",
                "--exact"
            )
            .Output;
        Assert.Contains("1/1000003·1/1234567 + 1/1000033·1/7654321 + 0", text);
        Assert.Contains("written in decimals", text);
    }

    [Fact]
    public void The_chain_rule_is_the_sum_over_all_paths() =>
        Check("explain-chain", "explain", HandWorked, "--chain", "dense1.weight[0,1]", "--chain", "input[1]", "--show", "both");

    [Fact]
    public void Of_a_batch_each_sample_has_its_share_and_the_gradient_is_their_mean()
    {
        string text = CommandLine.Run([.. Batch, "--chain", "dense1.weight[0,1]"]).Output;
        Assert.Contains("∂L/∂w¹₁₂ = ½(∂L⁽¹⁾/∂w¹₁₂ + ∂L⁽²⁾/∂w¹₁₂)", Collapsed(text));
        Assert.Contains("(as found backwards)", text);
    }

    [Fact]
    public void Many_paths_are_counted_and_added_up_though_few_are_written()
    {
        string text = CommandLine
            .Run(
                "explain",
                "2 -> dense 4 tanh -> dense 4 tanh -> dense 2",
                "--input",
                "1, 2",
                "--target",
                "1, 0",
                "--loss",
                "mse",
                "--init",
                "constant=0.25",
                "--chain",
                "input[0]"
            )
            .Output;
        Assert.Contains("32 paths, 12 of them written out", Collapsed(text));
        Assert.Contains("[20 more: ", text);
    }

    [Fact]
    public void Symbols_alone_and_numbers_alone()
    {
        string symbols = CommandLine.Run("explain", HandWorked, "--show", "symbols").Output;
        Assert.Contains("    z¹₁ = w¹₁₁x₁ + w¹₁₂x₂ + b¹₁\n", symbols);
        Assert.DoesNotContain("0.3775", symbols);
        string numbers = CommandLine.Run("explain", HandWorked, "--show", "numbers").Output;
        Assert.Contains("    z¹₁ = 0.15·0.05 + 0.2·0.1 + 0.35 = 0.3775\n", numbers);
        Assert.DoesNotContain("w¹₁₁x₁", numbers);
    }

    [Fact]
    public void Rounded_lines_go_on_with_what_is_printed()
    {
        string text = CommandLine.Run("explain", HandWorked, "--rounding", "line", "--digits", "2").Output;
        // σ(0.38) is 0.594 and not σ(0.3775) = 0.593; 0.4·0.59 + 0.45·0.6 + 0.6 = 1.106.
        Assert.Contains("h₁ = σ(z¹₁) = σ(0.38) ≈ 0.59", text);
        Assert.Contains("each line goes on with its rounded result", Collapsed(text));
        Assert.Contains("= 0.4·0.59 + 0.45·0.6 + 0.6", text);
    }

    [Fact]
    public void Outputs_may_have_names_of_the_users_own()
    {
        string text = Text(Experiment("names: {dense1.output: s, dense1.weight: U, sigmoid1.output: a}"), View.Scalar);
        Assert.Contains("s₁ = U₁₁x₁ + U₁₂x₂ + b¹₁", text);
        Assert.Contains("a₁ = σ(s₁)", text);
    }

    [Fact]
    public void The_json_of_a_matrix_line_is_nested_like_the_array()
    {
        JsonElement[] lines = [.. CommandLine.Run([.. Batch, "--view", "matrix", "--json"]).Json().GetProperty("working").EnumerateArray()];
        JsonElement z = lines.First(l => l.GetProperty("key").GetString() == "dense1.output");
        Assert.Equal([-1.0, 5.5], z.GetProperty("value")[0].EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal([1.5, -0.75], z.GetProperty("value")[1].EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(2, z.GetProperty("tolerance").GetArrayLength());
        JsonElement loss = lines.First(l => l.GetProperty("key").GetString() == "loss");
        Assert.True(loss.GetProperty("tolerance").GetDouble() > 0);
    }

    [Theory]
    [InlineData("--view", "matrx", "Did you mean \"matrix\"?")]
    [InlineData("--show", "all", "expected symbols, numbers or both")]
    [InlineData("--rounding", "up", "expected full or line")]
    [InlineData("--chain", "dense9.weight[0]", "Did you mean")]
    [InlineData("--chain", "sigmoid1[0]", "the chain rule is written for numbers of parameters and of the input")]
    public void What_cannot_be_asked_for_is_refused(string option, string value, string part) =>
        Assert.Contains(part, CommandLine.Run("explain", HandWorked, option, value).Refusal());

    [Fact]
    public void Exact_and_rounded_contradict_each_other() =>
        Assert.Contains("drop one of the two", CommandLine.Run("explain", HandWorked, "--exact", "--rounding", "line").Refusal());

    [Fact]
    public void A_chain_without_a_loss_or_without_saying_the_sample_is_refused()
    {
        Assert.Contains(
            "a gradient needs a target and a loss",
            CommandLine.Run([.. Xor, "--input", "0, 1", "--chain", "dense1.weight[0,0]"]).Refusal()
        );
        Assert.Contains("say of which, such as input[0,1]", CommandLine.Run([.. Batch, "--chain", "input[1]"]).Refusal());
    }

    private static string Check(string name, params string[] args)
    {
        CommandLine run = CommandLine.Run(args);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Golden.Check(name, run.Output);
        return run.Output;
    }

    private static string Collapsed(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static Experiment Read(string text) => Longhand.Experiments.Experiment.Read(text, "test.yaml", ".");

    private static Experiment Experiment(string more) => Read(File.ReadAllText(HandWorked) + "\n" + more);

    private static string Text(Experiment experiment, View view) =>
        Solution
            .Explain(
                experiment.CreateModel(),
                new ExplainRequest
                {
                    Inputs = experiment.Input!.Rows,
                    Targets = experiment.Target?.Rows,
                    Loss = experiment.Loss,
                    Optimizer = experiment.HasOptimizer ? experiment.Optimizer : null,
                    Conventions = experiment.Conventions,
                    Names = experiment.Names,
                    View = view,
                }
            )
            .ToText();
}

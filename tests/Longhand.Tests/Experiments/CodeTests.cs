using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Experiments;
using Longhand.Experiments.Code;

namespace Longhand.Tests.Experiments;

/// <summary>Programs that reproduce a run: what they say, and that they find the same numbers.</summary>
public sealed class CodeTests
{
    private const string Circle = """
        network: 2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh
        data: circle n=40 noise=0.1 seed=0.5
        features: ["x", "x*y"]
        loss: half-mse
        optimizer: sgd lr=0.03
        init: playground
        regularization: l1 0.01
        train: {batch: 7, split: 0.5, epochs: 30}
        conventions: playground
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("numpy")]
    [InlineData("pytorch")]
    public void A_program_is_written_as_it_was_looked_at(string language) =>
        Golden.CheckTrained($"tests/Longhand.Tests/Golden/code-{language}.txt", Write(Circle, language));

    // The sample is what the command writes, and CI runs it: it ends with an error where it does not find the same numbers.
    [Fact]
    public void The_program_in_CSharp_is_the_sample_that_CI_runs() =>
        Golden.CheckTrained("samples/written-code.cs", Write(Circle, "csharp"));

    [Theory]
    [InlineData(
        "2 -> dense 4 tanh -> dense 1 tanh",
        "circle n=40",
        "half-mse",
        "sgd lr=0.03 momentum=0.9 dampening=0.2",
        "l2 0.01",
        "playground"
    )]
    [InlineData("2 -> dense 4 relu -> dense 1 sigmoid", "moons n=40", "bce", "adam lr=0.01", "none", "pytorch")]
    [InlineData("2 -> dense 4 gelu -> dense 1", "moons n=40", "bce-logits", "sgd lr=0.1 momentum=0.9 nesterov", "l1 0.01", "pytorch")]
    [InlineData("2 -> dense 4 elu -> dense 1", "moons n=40", "hinge", "adagrad lr=0.1", "none", "pytorch")]
    [InlineData("4 -> dense 5 swish -> dense 3", "iris", "cross-entropy", "nadam lr=0.01 weight-decay=0.01", "l2 0.01", "pytorch")]
    [InlineData("4 -> dense 5 leakyrelu -> dense 3 softmax", "iris", "cross-entropy-probs", "adamw lr=0.01", "none", "pytorch")]
    [InlineData("4 -> dense 5 softplus -> dense 3 logsoftmax", "iris", "kl", "rmsprop lr=0.01 momentum=0.5", "none", "pytorch")]
    [InlineData("4 -> dense 5 gelu-tanh -> dense 3 softmax", "iris", "kl-probs", "sgd lr=0.1", "none", "pytorch")]
    [InlineData("4 -> dense 5 arctan -> dense 3 sigmoid", "iris", "mse", "adam lr=0.01 eps-inside-root", "none", "textbook")]
    [InlineData("4 -> dense 5 sin as a -> dense 3 nobias", "iris", "huber delta=0.5", "sgd lr=0.1", "none", "pytorch")]
    [InlineData("2 -> dense 4 tanh -> dense 1", "plane n=40", "sse", "sgd lr=0.001", "none", "pytorch")]
    public async Task The_program_in_NumPy_finds_the_same_losses(
        string network,
        string data,
        string loss,
        string optimizer,
        string penalty,
        string conventions
    )
    {
        Assert.SkipUnless(await HasNumPyAsync(), "no python3 with numpy: apt-get install python3-numpy");
        string code = Write(
            $"""
            network: "{network}"
            data: {data}
            loss: {loss}
            optimizer: {optimizer}
            regularization: {penalty}
            train: {"{batch: 7, epochs: 4}"}
            conventions: {conventions}
            """,
            "numpy"
        );
        (int exit, string output, string errors) = await PythonAsync(code);
        Assert.True(exit == 0, errors + code);
        MatchCollection pairs = Regex.Matches(output, @"loss +(\S+) +\(Longhand: (\S+)\)");
        Assert.Equal(4, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(1, Number(pair.Groups[1].Value) / Number(pair.Groups[2].Value), 1e-4));
    }

    [Theory]
    [InlineData("numpy", "network: 8x8 -> conv 2 3x3 -> dense 10\ndata: digits\nloss: cross-entropy\ntrain: {epochs: 0}", "conv1")]
    [InlineData("numpy", "network: 4 -> dense 3\ndata: iris\nloss: cross-entropy\ntrain: {epochs: 0, schedule: cosine}", "schedule")]
    [InlineData(
        "pytorch",
        "network: 4 -> dense 3\ndata: iris\nloss: cross-entropy\noptimizer: adam eps-inside-root\ntrain: {epochs: 0}",
        "eps-inside-root"
    )]
    [InlineData(
        "pytorch",
        "network: 4 as a -> dense 4 -> add a -> dense 3\ndata: iris\nloss: cross-entropy\ntrain: {epochs: 0}",
        "joins branches"
    )]
    [InlineData("numpy", "network: 4 -> dense 3\ndata: iris\nloss: hinge\ntrain: {epochs: 0}", "hinge for 3 outputs")]
    [InlineData("nunpy", "network: 4 -> dense 3\ndata: iris\nloss: cross-entropy\ntrain: {epochs: 0}", "Did you mean \"numpy\"?")]
    public void What_a_language_cannot_say_is_refused_with_a_sentence(string language, string experiment, string reason) =>
        Assert.Contains(reason, Assert.Throws<LonghandException>(() => Write(experiment, language)).Message);

    [Fact]
    public void A_convolutional_network_is_written_in_PyTorch()
    {
        string code = Write(
            "network: 8x8 -> conv 2 3x3 pad same relu -> maxpool 2 -> dense 10\ndata: digits\nloss: cross-entropy\ntrain: {epochs: 0}",
            "pytorch"
        );
        Assert.Contains("F.conv2d(F.pad(x, (1, 1, 1, 1), value=0), p[\"conv1.weight\"], p[\"conv1.bias\"], stride=(1, 1))", code);
        Assert.Contains("maxpool1 = F.max_pool2d(relu1, (2, 2), stride=(2, 2))", code);
    }

    private static string Write(string experiment, string language) =>
        CodeLanguage.Find(language).Write(CodeRun.Of(Experiment.Read(experiment, "test", AppContext.BaseDirectory), Token));

    // The last bits of trained weights are those of one instruction set.
    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<bool> HasNumPyAsync()
    {
        try
        {
            return (await PythonAsync("import numpy")).Exit == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Exit, string Output, string Errors)> PythonAsync(string code)
    {
        // The system's own, where there are several: what a package manager has installed is seen by that one.
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        using Process process = Process.Start(
            new ProcessStartInfo(python, "-")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await process.StandardInput.WriteAsync(code);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output, await errors);
    }
}

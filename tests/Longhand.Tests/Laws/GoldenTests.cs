using System.Text.Json;
using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>The declarations in double precision against PyTorch's values; see tests/golden.</summary>
public class GoldenTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int, string> Activations => Lab.Cases("activations");
    public static TheoryData<int, string> ImageActivations => Lab.Cases("imageActivations");
    public static TheoryData<int, string> Dense => Lab.Cases("dense");
    public static TheoryData<int, string> Mixture => Lab.Cases("mixture");
    public static TheoryData<int, string> Losses => Lab.Cases("losses");
    public static TheoryData<int, string> Optimizers => Lab.Cases("optimizers");
    public static TheoryData<int, string> Networks => Lab.Cases("networks");

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_is_that_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("activations")[index];
        LayerIs(golden, Layer.Kinds.Parse(text), []);
        if (golden.TryGetProperty("beta", out JsonElement beta))
            LayerIs(golden, new LearnedSwish(), [("beta", beta, golden.GetProperty("dbeta"))]);
    }

    [Theory]
    [MemberData(nameof(ImageActivations))]
    public void An_activation_over_channels_is_that_of_PyTorch(int index, string text) =>
        LayerIs(Lab.Golden("imageActivations")[index], Layer.Kinds.Parse(text), []);

    [Theory]
    [MemberData(nameof(Dense))]
    public void A_dense_layer_is_that_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("dense")[index];
        (string, JsonElement, JsonElement) weight = ("weight", golden.GetProperty("weight"), golden.GetProperty("dW"));
        LayerIs(
            golden,
            Layer.Kinds.Parse(text),
            golden.TryGetProperty("bias", out JsonElement bias) ? [weight, ("bias", bias, golden.GetProperty("db"))] : [weight]
        );
    }

    [Theory]
    [MemberData(nameof(Mixture))]
    public void A_mixture_is_that_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("mixture")[index];
        LayerIs(golden, Layer.Kinds.Parse(text), [("weight", golden.GetProperty("weight"), golden.GetProperty("dW"))]);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_is_that_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("losses")[index];
        Loss loss = Loss.Parse(text);
        Grid<Float64> output = Lab.Grid(golden.GetProperty("output")),
            target = Target(golden, loss, output),
            gradient = new([.. output.Sizes]);
        loss.Gradient(output, target, gradient);
        Lab.Near([golden.GetProperty("value").GetDouble()], [loss.Value(output, target).Value], Tolerance, text);
        // PyTorch's bce ends its divisor at 1e-12 as single precision has it, 4e-9 beside; one of the probabilities is that small.
        double tolerance = text == "bce" ? 5e-9 : Tolerance;
        Lab.Near(Lab.Numbers(golden.GetProperty("gradient")), Lab.Doubles(gradient), tolerance, text + ": gradient");
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_is_that_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("optimizers")[index];
        Optimizer optimizer = Optimizer.Parse(text);
        Float64[] weights = Lab.Grid(golden.GetProperty("start")).ToArray();
        Float64[][] state = [.. weights.Select(_ => new Float64[optimizer.State.Count])];
        for (int step = 0; step < golden.GetProperty("gradients").GetArrayLength(); step++)
        {
            Update(optimizer, step + 1, weights, Lab.Numbers(golden.GetProperty("gradients")[step]), state);
            Lab.Near(
                Lab.Numbers(golden.GetProperty("values")[step]),
                Array.ConvertAll(weights, w => w.Value),
                Tolerance,
                $"{text}, update {step + 1}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_and_its_training_are_those_of_PyTorch(int index, string text)
    {
        JsonElement golden = Lab.Golden("networks")[index];
        Network network = Build(text);
        Loss loss = Loss.Parse(golden.GetProperty("loss").GetString()!);
        Optimizer optimizer = Optimizer.Parse(golden.GetProperty("optimizer").GetString()!);
        Grid<Float64> input = Lab.Grid(golden.GetProperty("input"));
        Grid<Float64>[] parameters = [.. network.Parameters.Select(p => Lab.Grid(golden.GetProperty("parameters").GetProperty(p.Name)))];
        Float64[][][] state =
        [
            .. parameters.Select(p => Enumerable.Range(0, p.Length).Select(_ => new Float64[optimizer.State.Count]).ToArray()),
        ];
        for (int step = 1; step <= golden.GetProperty("losses").GetArrayLength(); step++)
        {
            var run = new ReferenceRun<Float64>(network, parameters, input, training: true);
            Grid<Float64> output = run.Forward(),
                target = Target(golden, loss, output),
                gradient = new([.. output.Sizes]);
            loss.Gradient(output, target, gradient);
            run.Backward(gradient);
            Lab.Near([golden.GetProperty("losses")[step - 1].GetDouble()], [loss.Value(output, target).Value], Tolerance, text);
            if (step == 1)
            {
                Lab.Near(Lab.Numbers(golden.GetProperty("output")), Lab.Doubles(output), Tolerance, text);
                JsonElement gradients = golden.GetProperty("gradients");
                Lab.Near(Lab.Numbers(gradients.GetProperty("input")), Lab.Doubles(run.Gradient(0)!), Tolerance, "input");
                foreach ((int i, NetworkParameter p) in network.Parameters.Index())
                    Lab.Near(Lab.Numbers(gradients.GetProperty(p.Name)), Lab.Doubles(run.ParameterResults[i]), Tolerance, p.Name);
            }
            for (int i = 0; i < parameters.Length; i++)
            {
                Float64[] weights = parameters[i].ToArray();
                Update(optimizer, step, weights, Lab.Doubles(run.ParameterResults[i]), state[i]);
                parameters[i] = new(weights, [.. parameters[i].Sizes]);
            }
        }
        foreach ((int i, NetworkParameter p) in network.Parameters.Index())
            Lab.Near(Lab.Numbers(golden.GetProperty("after").GetProperty(p.Name)), Lab.Doubles(parameters[i]), Tolerance, p.Name);
    }

    private static void LayerIs(JsonElement golden, Layer layer, (string Name, JsonElement Value, JsonElement Gradient)[] given)
    {
        Grid<Float64> x = Lab.Grid(golden.GetProperty("x")),
            dy = Lab.Grid(golden.GetProperty("dy"));
        // A list of numbers is so many samples of one feature.
        if (x.Rank == 1)
            (x, dy) = (new(x.ToArray(), x.Length, 1), new(dy.ToArray(), x.Length, 1));
        Shape shape = x.Rank == 2 ? [x.Size(1)] : [x.Size(2), x.Size(3), x.Size(1)];
        Network network = Network.Chain(shape, layer);
        Assert.Equal(given.Select(g => $"{network.Nodes[0].Name}.{g.Name}"), network.Parameters.Select(p => p.Name));
        var run = new ReferenceRun<Float64>(
            network,
            [.. given.Select((g, i) => new Grid<Float64>(Lab.Grid(g.Value).ToArray(), [.. network.Parameters[i].Parameter.Sizes]))],
            x,
            training: true
        );
        run.Forward();
        run.Backward(dy);
        Lab.Near(Lab.Numbers(golden.GetProperty("y")), Lab.Doubles(run.Output), Tolerance, layer.Notation);
        Lab.Near(Lab.Numbers(golden.GetProperty("dx")), Lab.Doubles(run.Gradient(0)!), Tolerance, layer.Notation + ": dx");
        for (int i = 0; i < given.Length; i++)
            // A sum over inputs of ±1000 is only as precise as its largest term.
            Lab.Near(Lab.Numbers(given[i].Gradient), Lab.Doubles(run.ParameterResults[i]), Tolerance, given[i].Name);
    }

    private static Grid<Float64> Target(JsonElement golden, Loss loss, Grid<Float64> output)
    {
        if (golden.GetProperty("targetKind").GetString() != "index")
            return Lab.Grid(golden.GetProperty("target"));
        var rows = golden
            .GetProperty("target")
            .EnumerateArray()
            .SelectMany(label => loss.Encode(label.GetInt32(), output.Size(1), OutputRange.Unbounded));
        return new([.. rows.Select(t => new Float64(t))], [.. output.Sizes]);
    }

    private static void Update(Optimizer optimizer, int step, Float64[] weights, double[] gradients, Float64[][] state)
    {
        var constants = new Float64[Optimizer.MaximumConstants];
        optimizer.Constants(step, new Float64(optimizer.LearningRate), constants);
        for (int i = 0; i < weights.Length; i++)
            weights[i] = optimizer.Next(weights[i], new(gradients[i]), state[i], constants);
    }

    // "2 -> dense 3 tanh -> dense 1": the golden file has dense layers with at most an activation behind.
    private static Network Build(string text)
    {
        string[] parts = text.Split(" -> ");
        return Network.Chain(
            [int.Parse(parts[0])],
            parts
                .Skip(1)
                .Select(part => part.Split(' '))
                .SelectMany(words => words.Skip(2).Select(Layer.Kinds.Parse).Prepend(new Dense(int.Parse(words[1]))))
        );
    }
}

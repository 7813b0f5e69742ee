using Longhand.Activations;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>Networks whose values are read by several layers: what they send back adds up, in the reference and in plans.</summary>
public class BranchTests
{
    public static TheoryData<string> Names => [.. networks.Keys];

    private static readonly Dictionary<string, Func<Network>> networks = new()
    {
        ["a value read by three layers"] = () =>
            new NetworkBuilder([4])
                .Add(new Dense(3))
                .Add(Activation.Tanh)
                .As("a")
                .Add(new Dense(5))
                .As("b")
                .From("a")
                .Add(new Dense(5))
                .Add(Activation.Sigmoid)
                .As("c")
                .From("a")
                .Add(new Dense(5, bias: false))
                .Add(new Add(), "b", "c")
                .Add(Activation.Swish())
                .Add(new Dense(2))
                .Build(),
        ["the input read by three layers"] = () =>
            new NetworkBuilder([4])
                .As("in")
                .Add(new Dense(3))
                .As("b")
                .From("in")
                .Add(Activation.Sine)
                .As("c")
                .From("in")
                .Add(new Concat(), "b", "c")
                .Add(new Dense(2))
                .Build(),
        ["a value added to itself"] = () =>
            new NetworkBuilder([4]).Add(new Dense(3)).As("a").Add(new Add(), "a", "a").Add(Activation.Tanh).Add(new Dense(2)).Build(),
        ["a dense layer whose sum is read beside its activation"] = () =>
            new NetworkBuilder([4])
                .Add(new Dense(3))
                .As("z")
                .Add(Activation.Gelu)
                .As("h")
                .From("z")
                .Add(new Concat(), "h")
                .Add(new Dense(2))
                .Build(),
        ["branches that lead nowhere"] = () =>
            new NetworkBuilder([4])
                .Add(new Dense(3))
                .As("a")
                .Add(new Dense(7))
                .Add(Activation.Relu)
                .Add(new Dense(6))
                .From("a")
                .Add(Activation.Tanh)
                .Add(new Dense(2))
                .As("out")
                .Add(new Dense(9))
                .From("out")
                .Build(),
        ["images joined by channels"] = () =>
            new NetworkBuilder([3, 2, 2])
                .Add(Activation.Tanh)
                .As("a")
                .Add(new Softmax())
                .As("b")
                .From("a")
                .Add(Activation.Swish())
                .Add(new Concat(), "a", "b")
                .As("wide")
                .Add(Activation.Sine)
                .Add(new Add(), "wide")
                .Add(new Dense(2))
                .Build(),
        ["a flatten that keeps its memory, read three times"] = () =>
            new NetworkBuilder([3, 2, 1])
                .Add(Activation.Tanh)
                .Add(new Flatten())
                .As("f")
                .Add(new Dense(4))
                .As("g")
                .From("f")
                .Add(new Dense(4))
                .Add(new Add(), "g")
                .Add(new Concat(), "f")
                .Add(new Dense(2))
                .Build(),
        ["a join as the output"] = () =>
            new NetworkBuilder([4]).Add(new Dense(2)).As("a").Add(Activation.Tanh).Add(new Dense(2)).Add(new Add(), "a").Build(),
        ["an output that another layer reads, too"] = () =>
            new NetworkBuilder([4]).Add(new Dense(2)).Add(Activation.Tanh).As("out").Add(new Dense(5)).From("out").Build(),
        ["learnt swish and a mixture"] = () =>
            new NetworkBuilder([4])
                .Add(new Dense(3))
                .Add(new LearnedSwish(0.7))
                .As("h")
                .Add(new Mixture())
                .As("m")
                .From("h")
                .Add(new Concat(), "m")
                .Add(new Dense(2))
                .Build(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_add_up(string name)
    {
        Network network = networks[name]();
        foreach (int batch in (int[])[1, 3])
        {
            GradientCheck check = GradientCheck.Run(
                Lab.Model(network, 71),
                Lab.Random(72, Lab.BatchOf(network, batch)),
                Lab.Random(73, batch, 2),
                Loss.HalfMeanSquaredError
            );
            Assert.True(check.Ok, $"{name}: {check.Worst}");
            Assert.True(check.KernelCompared);
        }
    }

    [Fact]
    public void What_leads_nowhere_has_gradient_zero()
    {
        Network network = networks["branches that lead nowhere"]();
        GradientCheck check = GradientCheck.Run(
            Lab.Model(network, 74),
            Lab.Random(75, 3, 4),
            Lab.Random(76, 3, 2),
            Loss.HalfMeanSquaredError
        );
        foreach (GradientComparison c in check.Comparisons.Where(c => c.Parameter is "dense2.weight" or "dense3.bias" or "dense5.weight"))
            Assert.Equal((0.0, 0.0), (c.Reference, c.Other));
        Assert.Contains(check.Comparisons, c => c.Parameter == "dense5.weight");
        Assert.Contains(check.Comparisons, c => c.Parameter == "dense4.weight" && c.Reference != 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_the_reference(string name)
    {
        Network network = networks[name]();
        Model model = Lab.Model(network, 77);
        Grid<Float64> input = Lab.Random(78, Lab.BatchOf(network, 1));
        Lab.Near(
            Lab.Reference(model, input, null, training: false).Output,
            Array.ConvertAll(model.Predict(Array.ConvertAll(Lab.Doubles(input), v => (float)v)), v => (double)v),
            1e-5,
            name
        );
    }
}

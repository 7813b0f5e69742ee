using System.Text.Json;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>Image layers against values from PyTorch.</summary>
public class GoldenImageTests
{
    private static readonly (string Parameter, string Gradient)[] gradients = [("weight", "dW"), ("bias", "db")];

    private static readonly (string Parameter, string Before, string After)[] carried =
    [
        ("running_mean", "runningMean", "runningMeanAfter"),
        ("running_var", "runningVar", "runningVarAfter"),
    ];

    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, string>();
            foreach (string section in (string[])["conv", "maxpool", "avgpool", "globalavgpool", "batchnorm", "imageActivations"])
            foreach ((int i, JsonElement one) in Lab.Golden(section).Index())
                cases.Add(section, i, one.GetProperty("text").GetString()!);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string section, int index, string text)
    {
        JsonElement golden = Lab.Golden(section)[index];
        Grid<Float64> x = Lab.Grid(golden.GetProperty("x"));
        bool training = !golden.TryGetProperty("mode", out JsonElement mode) || mode.GetString() == "training";
        Network network = Network.Chain(x.Rank == 2 ? [x.Size(1)] : [x.Size(2), x.Size(3), x.Size(1)], Layer.Kinds.Parse(text));
        var given = new Dictionary<string, ParameterValues>();
        foreach (NetworkParameter p in network.Parameters)
        {
            string property = carried.FirstOrDefault(c => c.Parameter == p.Parameter.Name).Before ?? p.Parameter.Name;
            given[p.Name] = new ParameterValues(p.Parameter, Lab.Numbers(golden.GetProperty(property)));
        }
        Model model = Model.Create(network, given);
        var (y, dx, results) = Lab.Reference(model, x, Lab.Grid(golden.GetProperty("dy")), training);
        Lab.Near(Lab.Numbers(golden.GetProperty("y")), y, 1e-12, $"{text}: y");
        Lab.Near(Lab.Numbers(golden.GetProperty("dx")), dx, 1e-12, $"{text}: dx");
        foreach ((int i, NetworkParameter p) in network.Parameters.Index())
        {
            string property =
                carried.FirstOrDefault(c => c.Parameter == p.Parameter.Name).After
                ?? gradients.First(g => g.Parameter == p.Parameter.Name).Gradient;
            Lab.Near(Lab.Numbers(golden.GetProperty(property)), results[i], 1e-12, $"{text}: {p.Name}");
        }
        if (golden.TryGetProperty("indices", out JsonElement indices))
            AssertWinners(network, x, Lab.Numbers(indices));
    }

    // One upstream gradient at a time: it arrives at the winner that PyTorch names, among equals too.
    private static void AssertWinners(Network network, Grid<Float64> x, double[] winners)
    {
        int pixels = x.Size(2) * x.Size(3),
            outputs = network.Output.Height * network.Output.Width;
        for (int k = 0; k < winners.Length; k++)
        {
            var run = new ReferenceRun<Float64>(network, [], x);
            Grid<Float64> y = run.Forward(),
                dy = new([.. y.Sizes]);
            for (int i = 0; i < dy.Length; i++)
                dy.SetFlat(i, new(i == k ? 1 : 0));
            run.Backward(dy);
            int at = Array.FindIndex(Lab.Doubles(run.Gradient(0)!), g => g != 0);
            Assert.Equal(k / outputs * pixels + winners[k], at);
        }
    }
}

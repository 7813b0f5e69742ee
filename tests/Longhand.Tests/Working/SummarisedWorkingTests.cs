using System.Globalization;
using System.Text.Json;
using Longhand.Numbers;
using Longhand.Tests.Commands;
using Longhand.Tests.Laws;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Large arrays are shown at a glance and never dumped; what is shown of them is true.</summary>
public class SummarisedWorkingTests
{
    [Theory]
    [InlineData("784 -> dense 256 relu -> dense 10", 400)]
    [InlineData("28x28 -> conv 8 3x3 pad same relu -> maxpool 2 -> conv 16 3x3 pad same relu -> maxpool 2 -> dense 10", 700)]
    [InlineData("12x12x3 -> conv 6 5x5 -> batchnorm -> avgpool 2 -> globalavgpool -> dense 3", 700)]
    public void A_large_network_is_worked_on_a_few_screens(string notation, int most)
    {
        Model model = Lab.Model(Network.Parse(notation), 1, 0.1);
        Solution solution = AtTests.Explain(model, Lab.Random(2, Lab.BatchOf(model.Network, 1)), []);
        string[] lines = solution.ToText().Split('\n');
        Assert.InRange(lines.Length, 50, most);
        Assert.All(lines, line => Assert.InRange(line.EnumerateRunes().Count(), 0, 80));
        Assert.InRange(solution.Steps.Count, 20, 200);
        Assert.Contains(
            "[channel,row,column] opens any of them, counted from 0",
            solution.ToText().Replace("[number]", "[channel,row,column]")
        );
        var reader = new LineReader(6);
        Assert.All(solution.Steps, step => Assert.Null(reader.Disagreement(step.Numbers, step.Result)));
        // All numbers are there for a program.
        Assert.Equal(model.Network.Parameters.Select(p => (int)p.Parameter.Length), solution.Gradients.Select(g => g.Length));
    }

    [Fact]
    public void Every_number_in_a_grid_is_the_value_to_half_a_unit_of_its_last_digit()
    {
        int cells = 0,
            corners = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            Network network = RandomCnnTests.RandomNetwork(new Random(seed));
            // Very large, very small, and between.
            Model model = Lab.Model(
                network,
                (ulong)seed,
                (seed % 3) switch
                {
                    0 => 1e-4,
                    1 => 0.5,
                    _ => 1e5,
                }
            );
            Solution solution;
            try
            {
                solution = AtTests.Explain(model, Lab.Random((ulong)seed, Lab.BatchOf(network, 2)), []);
            }
            catch (LonghandException e) when (e.Message.Contains("training needs"))
            {
                continue;
            }
            foreach (WorkingBlock block in solution.Blocks)
            {
                if (block.Map is not { } map)
                    continue;
                Grid<Float64> values = Values(solution, map.Key);
                double[] all = Lab.Doubles(values);
                Assert.Equal((all.Min(), all.Max()), (map.Least, map.Greatest));
                foreach ((int p, MapPlane plane) in map.Planes.Index())
                foreach ((int i, IReadOnlyList<string> row) in plane.Rows.Index())
                foreach ((int j, string cell) in row.Index())
                {
                    double value = all[(p * plane.Height + i) * plane.Width + j],
                        unit = Math.Pow(10, plane.Exponent),
                        printed = double.Parse(cell.Replace('−', '-'), CultureInfo.InvariantCulture) * unit,
                        half = cell == "0" || plane.IsExact ? 0 : Decimals.HalfUnit(cell) * unit;
                    Assert.True(
                        Math.Abs(printed - value) <= half * (1 + 1e-9) + 1e-15 * Math.Abs(value),
                        $"seed {seed}, {map.Key}: {cell} for {value:R}"
                    );
                    cells++;
                }
                corners += map.Planes.Any(plane => plane.Rows.Count < plane.Height || plane.Rows[0].Count < plane.Width) ? 1 : 0;
            }
        }
        Assert.True(cells > 5000 && corners > 10, $"{cells} numbers, {corners} corners");
    }

    [Fact]
    public void The_working_in_json_is_bounded_and_says_what_it_left_out()
    {
        string file =
            $"network: 100 -> dense 50 relu -> dense 3\nloss: half-mse\noptimizer: adam lr=0.1\ntarget: [1, 0, 0]\ninput: [{string.Join(", ", Enumerable.Range(1, 100))}]\n";
        JsonElement json = CommandLine.RunWith(file, "explain", "-", "--json").Json();
        Assert.InRange(json.GetProperty("working").GetArrayLength(), 10, 60);
        JsonElement weights = json.GetProperty("summarised")
            .EnumerateArray()
            .Single(m => m.GetProperty("key").GetString() == "gradients.dense1.weight");
        Assert.Equal((1, 5000), (weights.GetProperty("worked").GetInt32(), weights.GetProperty("total").GetInt32()));
        Assert.Equal([50, 100], weights.GetProperty("sizes").EnumerateArray().Select(s => s.GetInt32()));
        Assert.Equal(50, json.GetProperty("gradients").GetProperty("dense1.weight").GetArrayLength());
        Assert.Equal(100, json.GetProperty("steps")[0].GetProperty("parameters").GetProperty("dense1.weight")[49].GetArrayLength());
    }

    [Fact]
    public void Updates_without_end_are_computed_and_not_written_out()
    {
        CommandLine ran = CommandLine.Run(
            "explain",
            "2 -> dense 2 nobias",
            "--input",
            "1,2",
            "--target",
            "1,0",
            "--loss",
            "half-mse",
            "--optimizer",
            "sgd lr=0.01",
            "--steps",
            "2000"
        );
        Assert.Equal(0, ran.Exit);
        Assert.Contains("to 2000 are computed, too, but not written out", ran.Output);
        Assert.InRange(ran.Output.Split('\n').Length, 5000, 20_000);
    }

    // What is worked in full and what is only computed must not differ: the same network with and without its lines.
    [Theory]
    [InlineData("sgd lr=0.1 momentum=0.9 nesterov")]
    [InlineData("adam lr=0.01")]
    [InlineData("rmsprop lr=0.01 momentum=0.5")]
    public void What_is_not_written_out_is_computed_to_the_same_bits(string optimizer)
    {
        foreach (Conventions conventions in (Conventions[])[Conventions.PyTorch, Conventions.Playground])
        {
            Network network = Network.Parse("3 -> dense 4 tanh -> dense 2");
            Model model = Lab.Model(network, 5, 0.5);
            ExplainRequest request = new()
            {
                Inputs =
                [
                    [1, 2, 3],
                ],
                Targets =
                [
                    [1, 0],
                ],
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Parse(optimizer),
                Regularization = new(0.01, 0.02),
                Conventions = conventions,
                Steps = 4,
            };
            Solution full = Solution.Explain(model, request),
                one = Solution.Explain(model, request with { At = [Place.Parse("dense1.weight[1,1]", network)] });
            Assert.True(full.Steps.Count > 4 * one.Steps.Count);
            foreach ((var a, var b) in full.Updates.Zip(one.Updates))
            {
                Assert.Equal(a.Loss, b.Loss);
                Assert.Equal(a.Parameters.SelectMany(Lab.Doubles), b.Parameters.SelectMany(Lab.Doubles));
            }
        }
    }

    private static Grid<Float64> Values(Solution solution, string key)
    {
        Network network = solution.Model.Network;
        if (key == "gradients.input")
            return solution.InputGradient!;
        if (key.StartsWith("gradients."))
            return solution.Gradients[network.Parameters.ToList().FindIndex(p => $"gradients.{p.Name}" == key)];
        string[] parts = key.Split('.');
        (Grid<Float64> output, Grid<Float64>? gradient) = solution.Layers[network.Nodes.ToList().FindIndex(n => n.Name == parts[0])];
        return parts[1] == "output" ? output : gradient!;
    }
}

using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Tests.Commands;
using Longhand.Tests.Laws;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Single numbers opened with <c>--at</c>.</summary>
public class AtTests
{
    // The convolution of the course sheet: the second channel is the first plus one.
    internal const string CourseSheet = """
        network: 4x4x2 -> conv 1 3x3 pad 1 nobias relu -> maxpool 3 stride 1 pad 1
        weights:
          conv1.weight: [[[[0, 1, 0], [1, -1, 1], [0, 1, 0]], [[0, 1, 0], [1, -2, 1], [0, 1, 0]]]]
        input:
          - [[2, 3, 4, 5], [3, 5, 7, 9], [4, 7, 10, 13], [5, 9, 13, 17]]
          - [[3, 4, 5, 6], [4, 6, 8, 10], [5, 8, 11, 14], [6, 10, 14, 18]]
        """;

    private const string Trained = """
        network: 4x4 -> conv 2 3x3 relu as maps -> avgpool 2 -> dense 1
        weights:
          conv1.weight: [[[[1, 0, -1], [2, 0, -2], [1, 0, -1]]], [[[0, 1, 0], [1, -4, 1], [0, 1, 0]]]]
          conv1.bias: [0.5, 0]
          dense1.weight: [[0.5, -0.25]]
          dense1.bias: [0.1]
        input: [[[1, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 1, 2]]]
        target: [1]
        loss: half-mse
        optimizer: sgd lr=0.1
        """;

    [Fact]
    public void The_course_sheet_in_full() => Golden.Check("explain-course-convolution", Text(CourseSheet));

    [Fact]
    public void A_pixel_of_a_convolution_and_of_a_pool() =>
        Golden.Check("explain-at-course", Text(CourseSheet, "--at", "conv1[0,0,0]", "--at", "conv1[0,1,1]", "--at", "maxpool1[0,0,0]"));

    [Fact]
    public void A_pixel_on_the_way_back_its_kernel_and_its_input() =>
        Golden.Check(
            "explain-at-backward",
            Text(Trained, "--at", "conv1[0,0,1]")
                + Text(Trained, "--at", "maps[0,0,1]", "--at", "avgpool1[0,0,0]")
                + Text(Trained, "--at", "conv1.weight[0,0,1,2]", "--at", "input[0,1,1]")
        );

    [Fact]
    public void The_json_has_the_lines_of_that_place_alone_and_all_else_whole()
    {
        var all = CommandLine.RunWith(Trained, "explain", "-", "--json").Json();
        var one = CommandLine.RunWith(Trained, "explain", "-", "--json", "--at", "conv1[1,1,0]").Json();
        foreach (string field in (string[])["output", "loss", "penalty", "layers", "gradients", "steps"])
            Assert.Equal(all.GetProperty(field).GetRawText(), one.GetProperty(field).GetRawText());
        string[] keys = [.. one.GetProperty("working").EnumerateArray().Select(line => line.GetProperty("key").GetString()!)];
        Assert.Equal(["conv1.output[1][1][0]", "conv1.outputGradient[1][1][0]"], keys.Take(2));
        Assert.All(keys.Skip(2), key => Assert.StartsWith("conv1.0.6.gives.", key));
        Assert.True(all.GetProperty("working").GetArrayLength() > 2 * keys.Length);
    }

    [Fact]
    public void In_a_batch_every_sample_or_one_is_opened()
    {
        const string file =
            "network: 2 -> dense 2\nweights: {dense1.weight: [[1, 2], [3, 4]], dense1.bias: [0, 1]}\ninput: [[1, 2], [3, 4], [5, 6]]\n";
        Assert.Equal(["ŷ⁽¹⁾₂", "ŷ⁽²⁾₂", "ŷ⁽³⁾₂"], Names("dense1[1]"));
        Assert.Equal(["ŷ⁽²⁾₂"], Names("dense1[1,1]"));

        string[] Names(string place) =>
            [
                .. CommandLine
                    .RunWith(file, "explain", "-", "--json", "--at", place)
                    .Json()
                    .GetProperty("working")
                    .EnumerateArray()
                    .Select(line => line.GetProperty("name").GetString()!),
            ];
    }

    [Fact]
    public void Any_number_of_random_networks_opens_to_lines_that_read_back_to_the_reference()
    {
        int opened = 0,
            shares = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            Network network = RandomCnnTests.RandomNetwork(random);
            Model model = Lab.Model(network, (ulong)seed, 0.5);
            Grid<Float64> x = Lab.Random((ulong)seed, Lab.BatchOf(network, 2));
            Place[] places = [AnyValue(), AnyValue(), AnyParameter(), Value(0)];
            Solution solution;
            try
            {
                solution = Explain(model, x, places);
            }
            catch (LonghandException e) when (e.Message.Contains("training needs"))
            {
                continue;
            }
            ReferenceRun<Float64> run = Reference(model, x);
            var reader = new LineReader(solution.Request.Conventions.Digits);
            foreach (WorkingStep step in solution.Steps)
                Assert.Null(reader.Disagreement(step.Numbers, step.Result));
            foreach (Place place in places)
            {
                if (place.IsParameter)
                {
                    Is(
                        solution,
                        network.Parameters[place.Array].Name,
                        gradient: true,
                        run.ParameterResults[place.Array].Flat(place.Index).Value
                    );
                    opened++;
                    continue;
                }
                string name = place.Array == 0 ? "input" : network.Nodes[place.Array - 1].Name;
                int at = run.Value(place.Array).Length / 2 + place.Index;
                if (place.Array > 0)
                    Is(solution, name, gradient: false, run.Value(place.Array).Flat(at).Value);
                if (run.Gradient(place.Array) is { } gradient)
                    Is(solution, name, gradient: true, gradient.Flat(at).Value);
                opened++;
            }
            shares += solution.Steps.Count(s => s.IsShare);

            Place AnyValue() => Value(1 + random.Next(network.Nodes.Count));
            Place Value(int value)
            {
                int[] sizes = network.ShapeOf(value).MemoryOrder();
                string name = value == 0 ? "input" : network.Nodes[value - 1].Name;
                return Place.Parse($"{name}[1,{string.Join(',', sizes.Select(size => random.Next(size)))}]", network, samples: 2);
            }
            Place AnyParameter()
            {
                NetworkParameter[] trained = [.. network.Parameters.Where(p => p.Parameter.Trainable)];
                NetworkParameter any = trained[random.Next(trained.Length)];
                return Place.Parse($"{any.Name}[{string.Join(',', any.Parameter.Sizes.Select(size => random.Next(size)))}]", network);
            }
        }
        Assert.True(opened > 150 && shares > 300, $"{opened} opened, {shares} shares");
    }

    [Fact]
    public void The_terms_that_a_pixel_gives_are_those_of_the_sums_they_stand_in()
    {
        // Every pixel of the only filter is asked for: what all of them give to a kernel entry is its gradient.
        Network network = Network.Parse("5x4x2 -> conv 1 2x3 stride 2x1 pad 1 nobias tanh -> dense 2");
        Model model = Lab.Model(network, 3, 0.5);
        Grid<Float64> x = Lab.Random(7, Lab.BatchOf(network, 1));
        Shape map = network.Nodes[0].Output;
        Solution solution = Explain(
            model,
            x,
            [
                .. Enumerable
                    .Range(0, map.Height)
                    .SelectMany(i => Enumerable.Range(0, map.Width).Select(j => Place.Parse($"conv1[0,{i},{j}]", network))),
            ]
        );
        foreach (
            IGrouping<string, WorkingStep> entry in solution
                .Steps.Where(s => s.IsShare)
                .GroupBy(s => s.Key[(s.Key.IndexOf("gives.") + 6)..])
        )
        {
            int flat = Array.IndexOf(
                [.. Keys(entry.Key.StartsWith("input") ? [2, 5, 4] : [1, 2, 2, 3])],
                entry.Key[entry.Key.IndexOf('[')..]
            );
            double sum = entry.Key.StartsWith("input") ? solution.InputGradient!.Flat(flat).Value : solution.Gradients[0].Flat(flat).Value;
            Assert.Equal(sum, entry.Sum(s => s.Value), 1e-12);
        }

        static IEnumerable<string> Keys(int[] sizes) =>
            sizes.Aggregate(
                (IEnumerable<string>)[""],
                (before, size) => before.SelectMany(text => Enumerable.Range(0, size).Select(i => $"{text}[{i}]"))
            );
    }

    private static void Is(Solution solution, string name, bool gradient, double expected)
    {
        string kind = gradient ? "radient" : ".output[";
        Assert.Contains(solution.Steps, s => !s.IsShare && s.Block == name && s.Key.Contains(kind) && s.Value.Equals(expected));
    }

    internal static Solution Explain(Model model, Grid<Float64> x, Place[] places) =>
        Solution.Explain(
            model,
            new ExplainRequest
            {
                Inputs =
                [
                    .. x.ToArray().Chunk(x.Length / x.Size(0)).Select(row => Array.ConvertAll(row, v => Rational.FromDouble(v.Value))),
                ],
                Targets = [.. Enumerable.Repeat(Enumerable.Repeat((Rational)1, model.Network.Output[0]).ToArray(), x.Size(0))],
                IsBatch = x.Size(0) > 1,
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.1),
                At = places,
            }
        );

    private static ReferenceRun<Float64> Reference(Model model, Grid<Float64> x)
    {
        var run = new ReferenceRun<Float64>(model.Network, Lab.Parameters(model), x, training: true);
        Grid<Float64> output = run.Forward(),
            target = new(Enumerable.Repeat(new Float64(1), output.Length).ToArray(), [.. output.Sizes]),
            gradient = new([.. output.Sizes]);
        Loss.HalfMeanSquaredError.Gradient(output, target, gradient);
        run.Backward(gradient);
        return run;
    }

    private static string Text(string file, params string[] options)
    {
        CommandLine ran = CommandLine.RunWith(file, ["explain", "-", .. options]);
        Assert.Equal((0, ""), (ran.Exit, ran.Error));
        Assert.All(ran.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 82));
        return ran.Output;
    }
}

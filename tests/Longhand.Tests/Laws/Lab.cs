using System.Text.Json;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>What the tests of laws share: random numbers, one layer run alone, golden values.</summary>
internal static class Lab
{
    /// <summary>Where rules break if they break anywhere.</summary>
    public static readonly double[] HardValues = [-1000, -50, -20, -1, -1e-9, 1e-9, 1, 20, 50, 1000];

    public static TheoryData<string> Examples<T>(Registry<T> registry) => [.. registry.All.SelectMany(kind => kind.Examples)];

    /// <summary>Shapes of which each layer can read some.</summary>
    private static readonly Shape[] shapes =
    [
        [1],
        [5],
        [37],
        [1, 1, 3],
        [6, 5, 2],
        [8, 8, 1],
        [9, 7, 3],
        [4, 5, 8],
    ];

    /// <summary>The shapes that a layer can read, with the network that has it alone (and a flatten before it, where it needs one).</summary>
    public static IEnumerable<Network> Alone(Layer layer)
    {
        int found = 0;
        foreach (Shape shape in shapes)
        {
            Network? network = null;
            try
            {
                network = Network.Chain(shape, layer);
            }
            catch (ShapeException) { }
            if (network is null)
                continue;
            found++;
            yield return network;
        }
        Assert.NotEqual(0, found);
    }

    public static Model Model(Network network, ulong seed, double scale = 1)
    {
        var random = new RandomStream(seed, "test parameters");
        return Longhand.Model.Create(
            network,
            network.Parameters.ToDictionary(
                p => p.Name,
                p =>
                {
                    var values = new double[p.Parameter.Length];
                    // What is carried along may be a variance; exact in single precision, so that kernels start from the same numbers.
                    foreach (ref double v in values.AsSpan())
                        v = (float)(p.Parameter.Trainable ? scale * random.Normal() : random.Uniform(0.5, 1.5));
                    return new ParameterValues(p.Parameter, values);
                }
            )
        );
    }

    /// <summary>Random numbers, each a float.</summary>
    public static Grid<Float64> Random(ulong seed, params ReadOnlySpan<int> sizes)
    {
        var random = new RandomStream(seed, "test numbers");
        var grid = new Grid<Float64>(sizes);
        for (int i = 0; i < grid.Length; i++)
        {
            // A little away from 0, where many rules have a kink.
            double value = random.Normal();
            grid.SetFlat(i, new Float64((float)(value + Math.CopySign(1e-3, value))));
        }
        return grid;
    }

    /// <summary>The same with every third number a hard one.</summary>
    public static Grid<Float64> Hard(ulong seed, params ReadOnlySpan<int> sizes)
    {
        Grid<Float64> grid = Random(seed, sizes);
        var random = new RandomStream(seed, "hard numbers");
        for (int i = 0; i < grid.Length; i++)
            if (random.Below(3) == 0)
                grid.SetFlat(i, new Float64((float)HardValues[random.Below(HardValues.Length)]));
        return grid;
    }

    public static int[] BatchOf(Network network, int samples) => [samples, .. network.Input.MemoryOrder()];

    public static double[] Doubles<T>(Grid<T> grid)
        where T : IScalar<T> => Array.ConvertAll(grid.ToArray(), v => v.Value);

    public static Grid<T> Read<T>(Grid<Float64> grid, Func<double, T> number) =>
        new(Array.ConvertAll(grid.ToArray(), v => number(v.Value)), [.. grid.Sizes]);

    public static Grid<Float64>[] Parameters(Model model) =>
        [.. model.Network.Parameters.Select((p, i) => model.Values[i].Grid(p.Parameter, k => new Float64(model.Values[i].Double(k))))];

    public static MaskKey Mask(int node) => new(RandomStream.Mix((ulong)node + 77), 3);

    /// <summary>Output, input gradient and parameter results of the reference, in double precision.</summary>
    public static (double[] Output, double[] InputGradient, double[][] Parameters) Reference(
        Model model,
        Grid<Float64> input,
        Grid<Float64>? upstream,
        bool training
    )
    {
        var run = new ReferenceRun<Float64>(model.Network, Parameters(model), input, training, Mask);
        run.Forward();
        if (upstream is null)
            return (Doubles(run.Output), [], []);
        run.Backward(upstream);
        return (Doubles(run.Output), Doubles(run.Gradient(0)!), [.. run.ParameterResults.Select(Doubles)]);
    }

    /// <summary>The same by the steps that a plan is made of, laid one by one so that the gradient of the input is computed, too.</summary>
    public static (double[] Output, double[] InputGradient, double[][] Parameters) Steps(
        Model model,
        Grid<Float64> input,
        Grid<Float64>? upstream,
        bool training
    )
    {
        Network network = model.Network;
        int batch = input.Size(0);
        using var pool = new WorkerPool(1);
        var values = new List<FloatBuffer> { new(input.Length) };
        var gradients = new List<FloatBuffer> { new(input.Length) };
        var steps = new List<PlanStep>();
        var results = new List<FloatBuffer>();
        Fill(values[0], network.Input, batch, input);
        foreach (Node node in network.Nodes)
        {
            values.Add(new(batch * node.Output.Length));
            gradients.Add(new(batch * node.Output.Length));
            FloatBuffer[] parameters =
            [
                .. network.Parameters.Index().Where(p => p.Item.Node == node).Select(p => Buffer(model.Values[p.Index].ToSingles())),
            ];
            FloatBuffer[] own = [.. parameters.Select(p => new FloatBuffer(p.Length))];
            results.AddRange(own);
            steps.Add(
                node.Layer.Lay(
                    new PlanSite
                    {
                        Node = node,
                        Batch = batch,
                        Training = training,
                        Pool = pool,
                        InputShapes = [network.ShapeOf(node.Inputs[0])],
                        Inputs = [values[node.Inputs[0]]],
                        Output = values[node.Value],
                        InputGradients = [training ? gradients[node.Inputs[0]] : null],
                        OutputGradient = training ? gradients[node.Value] : null,
                        Parameters = parameters,
                        ParameterResults = training ? own : [],
                        Mask = () => Mask(node.Index),
                    }
                )
            );
        }
        foreach (PlanStep step in steps)
            step.Forward();
        double[] output = Contents(values[^1], network.Output, batch);
        if (upstream is null)
            return (output, [], []);
        Fill(gradients[^1], network.Output, batch, upstream);
        foreach (PlanStep step in steps.AsEnumerable().Reverse())
            step.Backward();
        return (
            output,
            Contents(gradients[0], network.Input, batch),
            [.. results.Select(r => Array.ConvertAll(r.Span.ToArray(), v => (double)v))]
        );
    }

    /// <summary>|a − b| ≤ tolerance · max(1, |b|), NaN where NaN.</summary>
    public static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> found, double tolerance, string what, double scale = 1)
    {
        Assert.Equal(expected.Count, found.Count);
        for (int i = 0; i < expected.Count; i++)
            if (
                !(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(scale, Math.Abs(expected[i])))
                && expected[i] != found[i]
                && !(double.IsNaN(expected[i]) && double.IsNaN(found[i]))
            )
                Assert.Fail($"{what} [{i}]: {found[i]:R} instead of {expected[i]:R}, apart by {Math.Abs(expected[i] - found[i]):G3}");
    }

    public static double Largest(IEnumerable<double> values) => values.Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Σ y·dy of a network, read with any number: what upstream gradients of dy are the gradient of.</summary>
    public static T Weighed<T>(Network network, Grid<T>[] parameters, Grid<T> input, Grid<Float64> upstream, bool training)
        where T : IScalar<T>
    {
        Grid<T> output = new ReferenceRun<T>(network, parameters, input, training, Mask).Forward();
        T sum = T.Of(0);
        for (int i = 0; i < output.Length; i++)
            sum += output.Flat(i) * T.Of(upstream.Flat(i).Value);
        return sum;
    }

    // --- golden values -------------------------------------------------------------------------

    private static readonly Lazy<JsonDocument> golden = new(() =>
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Longhand.slnx")))
            folder = Path.GetDirectoryName(folder);
        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "tests", "golden", "pytorch.json")));
    });

    public static IReadOnlyList<JsonElement> Golden(string section) => [.. golden.Value.RootElement.GetProperty(section).EnumerateArray()];

    /// <summary>Every case of a section by its position and text.</summary>
    public static TheoryData<int, string> Cases(string section)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int i, JsonElement one) in Golden(section).Index())
            cases.Add(i, one.GetProperty("text").GetString()!);
        return cases;
    }

    /// <summary>Nested arrays as a grid; a single number has no sizes.</summary>
    public static Grid<Float64> Grid(JsonElement nested)
    {
        var sizes = new List<int>();
        for (JsonElement e = nested; e.ValueKind == JsonValueKind.Array; e = e[0])
            sizes.Add(e.GetArrayLength());
        var values = new List<Float64>();
        Collect(nested);
        return new([.. values], [.. sizes]);

        void Collect(JsonElement e)
        {
            if (e.ValueKind == JsonValueKind.Array)
                foreach (JsonElement part in e.EnumerateArray())
                    Collect(part);
            else
                values.Add(new(e.GetDouble()));
        }
    }

    public static double[] Numbers(JsonElement nested) => Doubles(Grid(nested));

    private static FloatBuffer Buffer(float[] values)
    {
        var buffer = new FloatBuffer(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    private static Grid<Float32> View(FloatBuffer buffer, Shape shape, int batch) =>
        shape.IsImage ? buffer.ImageGrid(batch, shape) : buffer.Grid([batch, shape[0]]);

    private static void Fill(FloatBuffer buffer, Shape shape, int batch, Grid<Float64> from)
    {
        Grid<Float32> view = View(buffer, shape, batch);
        for (int i = 0; i < view.Length; i++)
            view.SetFlat(i, new((float)from.Flat(i).Value));
    }

    private static double[] Contents(FloatBuffer buffer, Shape shape, int batch) => Doubles(View(buffer, shape, batch));
}

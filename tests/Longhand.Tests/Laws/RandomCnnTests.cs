using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>Random convolutional networks: the plan, the reference, dual numbers and differences agree.</summary>
public class RandomCnnTests
{
    private static readonly string[] sizes = ["1", "2", "3", "4", "1x3", "3x1", "2x3", "4x2"];
    private static readonly string[] strides = ["1", "1", "2", "3", "5", "1x2", "2x1", "3x2"];
    private static readonly string[] paddings = ["valid", "same", "1", "0x1", "1x0", "1/0/0/1", "0/1/1/0", "2/0/1/3", "2"];
    private static readonly string[] dilations = ["1", "1", "1", "2", "1x2", "3x1"];
    private static readonly string[] filters = ["1", "2", "3", "4", "6", "8", "16", "17", "24"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_hundred_random_specifications_compute_what_the_reference_computes(int seed)
    {
        for (int i = 0; i < 10; i++)
        {
            var random = new Random(seed * 100 + i);
            Network network = RandomNetwork(random);
            Assert.Equal(network.ToString(), Network.Parse(network.ToString()).ToString());
            int batch = random.Next(1, 4);
            if (!Trains(network, batch))
                batch = 2;
            string what = $"seed {seed}.{i}, batch {batch}: {network}";
            Model model = Lab.Model(network, (ulong)seed, 0.5);
            Grid<Float64> x = Lab.Random((ulong)i, Lab.BatchOf(network, batch)),
                dy = Lab.Random((ulong)i + 50, batch, network.Output[0]);
            var (output, _, gradients) = Lab.Reference(model, x, dy, training: true);
            Derivatives(model, x, dy, gradients, what);
            (float[] Output, float[][] Gradients)? first = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                (float[] Output, float[][] Gradients) found = Planned(model, x, dy, threads);
                first ??= found;
                Assert.Equal(first.Value.Output, found.Output);
                Assert.Equal(first.Value.Gradients, found.Gradients);
            }
            // Batchnorm of nearly equal numbers makes small errors large.
            Lab.Near(output, Doubles(first!.Value.Output), 1e-4, what, Math.Max(1, Lab.Largest(output)));
            double largest = Math.Max(1, gradients.Max(Lab.Largest));
            for (int p = 0; p < gradients.Length; p++)
                Lab.Near(gradients[p], Doubles(first.Value.Gradients[p]), 1e-3, $"{what}, {network.Parameters[p].Name}", largest);
        }
    }

    // Along one random direction of all parameters at once.
    private static void Derivatives(Model model, Grid<Float64> x, Grid<Float64> dy, double[][] gradients, string what)
    {
        Network network = model.Network;
        Grid<Float64>[] parameters = Lab.Parameters(model);
        double[][] directions =
        [
            .. parameters.Select(
                (p, i) =>
                    network.Parameters[i].Parameter.Trainable ? Lab.Doubles(Lab.Random((ulong)i + 900, [.. p.Sizes])) : new double[p.Length]
            ),
        ];
        double slope = gradients.Zip(directions, (g, d) => g.Zip(d, (a, b) => a * b).Sum()).Sum(),
            scale = Math.Max(1, gradients.Zip(directions, (g, d) => g.Zip(d, (a, b) => Math.Abs(a * b)).Sum()).Sum());
        Grid<Dual>[] moving = [.. parameters.Select((p, i) => Moved(p, directions[i], (value, by) => new Dual(value, by)))];
        double derivative = Lab.Weighed(network, moving, Lab.Read(x, Dual.Of), dy, training: true).Derivative;
        Lab.Near([derivative], [slope], 1e-10, what, scale);
        const double h = 1e-6;
        Lab.Near([(8 * (At(h) - At(-h)) - (At(2 * h) - At(-2 * h))) / (12 * h)], [slope], 1e-5, what + ", by difference", scale);

        double At(double away) =>
            Lab.Weighed(
                network,
                [.. parameters.Select((p, i) => Moved(p, directions[i], (value, by) => new Float64(value + away * by)))],
                x,
                dy,
                training: true
            ).Value;

        static Grid<T> Moved<T>(Grid<Float64> grid, double[] by, Func<double, double, T> number) =>
            new([.. Lab.Doubles(grid).Zip(by, number)], [.. grid.Sizes]);
    }

    private static (float[] Output, float[][] Gradients) Planned(Model model, Grid<Float64> x, Grid<Float64> dy, int threads)
    {
        Network network = model.Network;
        using var pool = new WorkerPool(threads);
        var parameters = new ParameterBlock(network, model.Values, training: true);
        var plan = new Plan(network, parameters, x.Size(0), training: true, pool, _ => 0);
        Grid<Float32> input = plan.Input.ImageGrid(x.Size(0), network.Input);
        for (int i = 0; i < input.Length; i++)
            input.SetFlat(i, new((float)x.Flat(i).Value));
        plan.Forward();
        for (int i = 0; i < dy.Length; i++)
            plan.OutputGradient!.Span[i] = (float)dy.Flat(i).Value;
        plan.Backward();
        return (
            plan.Output.Span.ToArray(),
            [.. Enumerable.Range(0, network.Parameters.Count).Select(i => parameters.Result(i).Span.ToArray())]
        );
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);

    private static bool Trains(Network network, int batch)
    {
        try
        {
            network.RequireTrainable(batch);
            return true;
        }
        catch (LonghandException)
        {
            return false;
        }
    }

    internal static Network RandomNetwork(Random random)
    {
        var builder = new NetworkBuilder([random.Next(1, 10), random.Next(1, 10), random.Next(1, 5)]);
        for (int i = random.Next(1, 6), name = 1; i > 0; i--)
        {
            if (random.Next(4) > 0)
            {
                Try(builder, RandomLayer(random));
                continue;
            }
            builder.As($"n{name}");
            Try(builder, $"conv {builder.CurrentShape.Channels} {Any(sizes)} pad same");
            if (random.Next(2) == 0)
                builder.Add(new Add(), $"n{name}");
            else
                builder.Add(new Concat(), $"n{name}");
            name++;
        }
        builder.Add(new Dense(random.Next(1, 4)));
        return builder.Build();

        string Any(string[] texts) => texts[random.Next(texts.Length)];

        string RandomLayer(Random random) =>
            random.Next(8) switch
            {
                0 => "batchnorm eps=0.01",
                1 => Any(["tanh", "sigmoid", "swish", "globalavgpool"]),
                2 => $"maxpool {Moves()}{Any(["", " ceil"])}",
                3 => $"avgpool {Moves()}{Any(["", " ceil"])}{Any(["", " nopadcount"])}",
                _ => $"conv {Any(filters)} {Moves()}{Any(["", "", " depthwise", " groups 2", " groups 3"])}{Any(["", " nobias"])}",
            };

        string Moves() => $"{Any(sizes)} stride {Any(strides)} pad {Any(paddings)} dilation {Any(dilations)}";
    }

    // What does not fit is left out.
    private static void Try(NetworkBuilder builder, string text)
    {
        try
        {
            builder.Add(Layer.Kinds.Parse(text));
        }
        catch (LonghandException e)
        {
            Assert.InRange(e.Message.Length, 20, 600);
        }
    }
}

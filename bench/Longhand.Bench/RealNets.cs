using System.Diagnostics;

namespace Longhand.Bench;

/// <summary>W5 to W8: networks of the size that people train on digits and small images.</summary>
internal static class RealNets
{
    public const string Dense = "784 -> dense 256 relu -> dense 10";
    public const string Conv = "28x28 -> conv 32 3x3 relu -> conv 64 3x3 relu -> maxpool 2 -> dense 128 relu -> dense 10";
    private const string Small = "64x64 -> conv 5 4x4 stride 2 relu -> maxpool 3 -> conv 5 3x3 relu -> maxpool 2 -> dense 5";

    // Three products of two operations for each multiplication; the first layer has no gradient to send back.
    private const double DenseFlop = 60_000 * 2.0 * (2.0 * 784 * 256 + 3 * 256 * 10),
        ConvForward = 26.0 * 26 * 32 * 9 + 24 * 24 * 64 * 288 + 9216 * 128 + 1280,
        ConvFlop = 2.0 * (3 * ConvForward - 26.0 * 26 * 32 * 9),
        HeavyFlop = 3 * 8 * 2.0 * (64.0 * 64 * 64 * 16 * (3 + 9 * 64) + 640);

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W5", "MNIST 784-256-10, an epoch", "s", false, int.MaxValue, DenseFlop, MnistDense),
        new("W6", "MNIST conv net, samples", "/s", true, int.MaxValue, ConvFlop, MnistConv),
        new("W7", "small conv net, steps of 32", "/s", true, int.MaxValue, 0, (_, threads) => Noise(Small, 32, 5, 100, 30, threads)),
        new("W8", "ten conv 64 4×4, steps of 8", "/s", true, int.MaxValue, HeavyFlop, (_, threads) => Noise(Heavy(), 8, 10, 1, 1, threads)),
    ];

    private static DataSet? digits;

    /// <summary>MNIST's training images, or noise of the same shape.</summary>
    public static DataSet Digits(Options options)
    {
        if (digits is not null)
            return digits;
        if (options.Mnist is { } folder)
            return digits = Data.Mnist(folder).Train;
        var random = new Random(1);
        var pixels = new float[60_000 * 784];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = random.NextSingle();
        return digits = new DataSet(
            Rows.Of(pixels, 784),
            Shape.Image(28, 28, 1),
            [.. Enumerable.Range(0, 60_000).Select(_ => random.Next(10))]
        );
    }

    private static Func<double> MnistDense(Options options, int threads)
    {
        DataSet data = Digits(options);
        var trainer = new Steps("28x28 -> flatten -> dense 256 relu -> dense 10", Loss.CrossEntropy, Optimizer.Sgd(0.05, 0.9), threads);
        var batches = new BatchPlan(data.Count, 128, shuffle: true, carryOver: false, new RandomStream(1, RandomStream.Shuffles));
        trainer.Epochs(data.Slice(0, 12_800), new BatchPlan(12_800, 128, false, false, new RandomStream(1, "warm")), 1, 0.05);
        return () => trainer.Epochs(data, batches, 1, 0.05).TotalSeconds;
    }

    private static Func<double> MnistConv(Options options, int threads)
    {
        DataSet data = Digits(options);
        var trainer = new Steps(Conv, Loss.CrossEntropy, Optimizer.Sgd(0.01, 0.9), threads);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new Random(1).Shuffle(order);
        int place = 0;
        Func<int, double> measure = steps =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < steps; i++, place = (place + 64) % 59_000)
                trainer.Engine.Step(data, order.AsSpan(place, 64), 0.01);
            return steps * 64 / clock.Elapsed.TotalSeconds;
        };
        measure(5);
        return () => measure(20);
    }

    private static Func<double> Noise(string network, int batch, int classes, int steps, int warm, int threads)
    {
        Shape input = Network.Parse(network).Input;
        var random = new Random(1);
        int width = (int)input.Length;
        float[] pixels = [.. Enumerable.Range(0, batch * width).Select(_ => random.NextSingle())];
        var data = new DataSet(Rows.Of(pixels, width), input, [.. Enumerable.Range(0, batch).Select(_ => random.Next(classes))]);
        var trainer = new Steps(network, Loss.CrossEntropy, Optimizer.Sgd(0.01), threads);
        int[] all = [.. Enumerable.Range(0, batch)];
        Func<int, double> measure = count =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < count; i++)
                trainer.Engine.Step(data, all, 0.01);
            return count / clock.Elapsed.TotalSeconds;
        };
        measure(warm);
        return () => measure(steps);
    }

    private static string Heavy() =>
        "64x64x3" + string.Concat(Enumerable.Repeat(" -> conv 64 4x4 pad same relu", 10)) + " -> globalavgpool -> dense 10";
}

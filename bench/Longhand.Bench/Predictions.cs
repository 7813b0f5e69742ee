using System.Diagnostics;

namespace Longhand.Bench;

/// <summary>W10: prediction with the networks of W5 and W6, one example and 256 at a time.</summary>
internal static class Predictions
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W10 dense 1", "dense net, one example", "µs", false, int.MaxValue, 0, (_, threads) => Of(RealNets.Dense, 1, 2000, threads)),
        new("W10 dense 256", "dense net, 256 at once", "/s", true, int.MaxValue, 0, (_, threads) => Of(RealNets.Dense, 256, 150, threads)),
        new("W10 conv 1", "conv net, one example", "µs", false, int.MaxValue, 0, (_, threads) => Of(RealNets.Conv, 1, 200, threads)),
        new("W10 conv 256", "conv net, 256 at once", "/s", true, int.MaxValue, 0, (_, threads) => Of(RealNets.Conv, 256, 4, threads)),
    ];

    private static Func<double> Of(string network, int batch, int calls, int threads)
    {
        var model = Model.Create(Network.Parse(network));
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, batch * 784).Select(_ => random.NextSingle())];
        var outputs = new float[batch * 10];
        Func<int, double> measure = count =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < count; i++)
                model.Predict(inputs, outputs, threads);
            double seconds = clock.Elapsed.TotalSeconds / count;
            return batch == 1 ? seconds * 1e6 : batch / seconds;
        };
        measure(Math.Max(3, calls / 4));
        return () => measure(calls);
    }
}

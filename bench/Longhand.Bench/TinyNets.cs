using System.Diagnostics;

namespace Longhand.Bench;

/// <summary>W1 to W4: networks whose step takes less time than most engines need to begin one.</summary>
internal static class TinyNets
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "xor 2-2-1, a step", "µs", false, 1, 0, (_, _) => Xor()),
        new(
            "W2",
            "circle 2-4-2-1, an epoch of 250",
            "µs",
            false,
            1,
            0,
            (_, _) => Playground("2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh", Ring(), 2, 400)
        ),
        new(
            "W3",
            "spiral 7-8-8-8-1, an epoch of 250",
            "µs",
            false,
            1,
            0,
            (_, _) => Playground("7 -> dense 8 tanh -> dense 8 tanh -> dense 8 tanh -> dense 1 tanh", Spiral(), 7, 200)
        ),
        new("W4", "circles 2-100-1, 100 epochs of 1000", "ms", false, 1, 0, (_, _) => Circles()),
    ];

    private static Func<double> Xor()
    {
        var data = new DataSet(
            (float[][])
                [
                    [0, 0],
                    [0, 1],
                    [1, 0],
                    [1, 1],
                ],
            (float[][])
                [
                    [0],
                    [1],
                    [1],
                    [0],
                ]
        );
        int[] all = [0, 1, 2, 3];
        ulong seed = 1;
        Func<double> measure = () =>
        {
            using var trainer = new Steps("2 -> dense 2 relu -> dense 1", Loss.MeanSquaredError, Optimizer.Sgd(0.1), 1, seed++);
            trainer.Engine.Step(data, all, 0.1); // the first one compiles the plan
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < 500; i++)
                trainer.Engine.Step(data, all, 0.1);
            return clock.Elapsed.TotalMicroseconds / 500;
        };
        return Warm(measure, 40);
    }

    private static Func<double> Playground(string network, (double X, double Y, double Label)[] points, int features, int epochs)
    {
        float[][] inputs =
        [
            .. points.Select(p =>
            {
                double[] all = [p.X, p.Y, p.X * p.X, p.Y * p.Y, p.X * p.Y, Math.Sin(p.X), Math.Sin(p.Y)];
                return Array.ConvertAll(all[..features], v => (float)v);
            }),
        ];
        var data = new DataSet(inputs, [.. points.Select(p => new[] { (float)p.Label })]);
        // No shuffle, as in the peers' loop; the batches are gathered by index all the same.
        int[] order = [.. Enumerable.Range(0, data.Count)];
        var trainer = new Steps(network, Loss.HalfMeanSquaredError, Optimizer.Sgd(0.03), 1);
        return Warm(
            () =>
            {
                var clock = Stopwatch.StartNew();
                for (int epoch = 0; epoch < epochs; epoch++)
                for (int first = 0; first < order.Length; first += 10)
                    trainer.Engine.Step(data, order.AsSpan(first, 10), 0.03);
                return clock.Elapsed.TotalMicroseconds / epochs;
            },
            10
        );
    }

    private static Func<double> Circles()
    {
        DataSet data = Data.Circles(1000, noise: 0.03);
        var trainer = new Steps("2 -> dense 100 relu -> dense 1", Loss.BinaryCrossEntropyWithLogits, Optimizer.Sgd(0.1), 1);
        var batches = new BatchPlan(data.Count, 32, shuffle: true, carryOver: false, new RandomStream(1, RandomStream.Shuffles));
        return Warm(() => trainer.Epochs(data, batches, 100, 0.1).TotalMilliseconds, 3);
    }

    private static Func<double> Warm(Func<double> measure, int times)
    {
        for (int i = 0; i < times; i++)
            measure();
        return measure;
    }

    private static (double, double, double)[] Ring()
    {
        var random = new Random(1);
        return Shuffled(
            random,
            Enumerable
                .Range(0, 250)
                .Select(i =>
                {
                    double r = i < 125 ? 2.5 * random.NextDouble() : 3.5 + 1.5 * random.NextDouble(),
                        a = 2 * Math.PI * random.NextDouble();
                    return (r * Math.Sin(a), r * Math.Cos(a), i < 125 ? 1.0 : -1.0);
                })
        );
    }

    private static (double, double, double)[] Spiral() =>
        Shuffled(
            new Random(1),
            Enumerable
                .Range(0, 250)
                .Select(i =>
                {
                    double r = i % 125 / 125.0 * 5,
                        a = 3.5 * Math.PI * (i % 125) / 125 + (i < 125 ? 0 : Math.PI);
                    return (r * Math.Sin(a), r * Math.Cos(a), i < 125 ? 1.0 : -1.0);
                })
        );

    private static (double, double, double)[] Shuffled(Random random, IEnumerable<(double, double, double)> points)
    {
        (double, double, double)[] all = [.. points];
        random.Shuffle(all);
        return all;
    }
}

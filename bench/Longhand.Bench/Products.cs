using System.Diagnostics;
using Longhand.Kernels;

namespace Longhand.Bench;

/// <summary>W9: square matrix products, as a dense layer computes them, packing included.</summary>
internal static unsafe class Products
{
    /// <summary>The sizes.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [64, 128, 256, 512, 1024, 2048];

    public static IReadOnlyList<Workload> All { get; } =
    [
        .. Sizes.Select(n => new Workload(
            $"W9 {n}",
            $"C = A·B, {n}³",
            "GFLOP/s",
            true,
            int.MaxValue,
            1e9,
            (_, threads) => Square(n, threads)
        )),
    ];

    /// <summary>How many products one measurement takes.</summary>
    public static int Calls(int n) => (int)Math.Max(1, 4e9 / (2.0 * n * n * n));

    private static Func<double> Square(int n, int threads)
    {
        FloatBuffer a = new((long)n * n),
            b = new((long)n * n),
            c = new((long)n * n);
        var pool = new WorkerPool(threads);
        var random = new Random(1);
        for (int i = 0; i < a.Length; i++)
            (a.Pointer[i], b.Pointer[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        for (int i = 0; i < 3; i++)
            Gemm.Multiply(n, n, n, a.Pointer, b.Pointer, c.Pointer, pool);
        int calls = Calls(n);
        return () =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < calls; i++)
                Gemm.Multiply(n, n, n, a.Pointer, b.Pointer, c.Pointer, pool);
            return calls * 2.0 * n * n * n / clock.Elapsed.TotalSeconds / 1e9;
        };
    }
}

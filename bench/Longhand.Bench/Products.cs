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
        var work = new Work(n, threads);
        for (int i = 0; i < 3; i++)
            work.Multiply();
        int calls = Calls(n);
        return () =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < calls; i++)
                work.Multiply();
            return calls * 2.0 * n * n * n / clock.Elapsed.TotalSeconds / 1e9;
        };
    }

    private sealed class Work : IParallelWork
    {
        private const int RowsPerPart = 4 * Gemm.TileRows;
        private readonly FloatBuffer a,
            b,
            c,
            packed;
        private readonly WorkerPool pool;
        private readonly int n;
        private bool packing;

        public Work(int n, int threads)
        {
            this.n = n;
            (a, b, c) = (new((long)n * n), new((long)n * n), new((long)n * n));
            packed = new(Gemm.PackedLength(n, n));
            pool = new WorkerPool(threads);
            var random = new Random(1);
            for (int i = 0; i < a.Length; i++)
                (a.Pointer[i], b.Pointer[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        }

        public void Multiply()
        {
            packing = true;
            pool.Run(this, (n + Gemm.PanelWidth - 1) / Gemm.PanelWidth);
            packing = false;
            pool.Run(this, (n + RowsPerPart - 1) / RowsPerPart);
        }

        public void Part(int part)
        {
            if (packing)
                Gemm.PackPanel(b.Pointer, n, 1, n, n, part, packed.Pointer);
            else
                Gemm.Rows(part * RowsPerPart, Math.Min(n, (part + 1) * RowsPerPart), n, n, a.Pointer, n, 1, packed.Pointer, c.Pointer);
        }
    }
}

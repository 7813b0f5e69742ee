using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Longhand.Bench;

/// <summary>What the machine can do: multiply-adds on registers alone, in managed code, on so many threads.</summary>
internal static class Peak
{
    private const int Rounds = 4_000_000;

    /// <summary>GFLOP/s; the best of several attempts, as a peak is, or of one, as what can be had at the moment.</summary>
    public static double Measure(int threads, int attempts = 6)
    {
        double best = 0;
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            using var start = new Barrier(threads + 1);
            var spent = new double[threads];
            Thread[] workers =
            [
                .. Enumerable
                    .Range(0, threads)
                    .Select(i => new Thread(() =>
                    {
                        Loop(1000);
                        start.SignalAndWait();
                        var clock = Stopwatch.StartNew();
                        Loop(Rounds);
                        spent[i] = clock.Elapsed.TotalSeconds;
                    })),
            ];
            foreach (Thread worker in workers)
                worker.Start();
            start.SignalAndWait();
            foreach (Thread worker in workers)
                worker.Join();
            best = Math.Max(best, threads * 2.0 * 12 * Width * Rounds / spent.Max() / 1e9);
        }
        return best;
    }

    /// <summary>Floats in the widest vector that the runtime uses.</summary>
    public static int Width =>
        Vector512.IsHardwareAccelerated ? 16
        : Vector256.IsHardwareAccelerated ? 8
        : Vector128.IsHardwareAccelerated ? 4
        : 1;

    private static float Loop(int rounds) =>
        Vector512.IsHardwareAccelerated ? Wide(rounds)
        : Vector256.IsHardwareAccelerated ? Middle(rounds)
        : Narrow(rounds);

    // Twelve chains: more than latency times ports of any processor so far.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide(int rounds)
    {
        Vector512<float> m = Vector512.Create(0.999f),
            k = Vector512.Create(0.001f),
            a = k,
            b = k,
            c = k,
            d = k,
            e = k,
            f = k,
            g = k,
            h = k,
            i = k,
            j = k,
            l = k,
            n = k;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector512.MultiplyAddEstimate(a, m, k);
            b = Vector512.MultiplyAddEstimate(b, m, k);
            c = Vector512.MultiplyAddEstimate(c, m, k);
            d = Vector512.MultiplyAddEstimate(d, m, k);
            e = Vector512.MultiplyAddEstimate(e, m, k);
            f = Vector512.MultiplyAddEstimate(f, m, k);
            g = Vector512.MultiplyAddEstimate(g, m, k);
            h = Vector512.MultiplyAddEstimate(h, m, k);
            i = Vector512.MultiplyAddEstimate(i, m, k);
            j = Vector512.MultiplyAddEstimate(j, m, k);
            l = Vector512.MultiplyAddEstimate(l, m, k);
            n = Vector512.MultiplyAddEstimate(n, m, k);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + l + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Middle(int rounds)
    {
        Vector256<float> m = Vector256.Create(0.999f),
            k = Vector256.Create(0.001f),
            a = k,
            b = k,
            c = k,
            d = k,
            e = k,
            f = k,
            g = k,
            h = k,
            i = k,
            j = k,
            l = k,
            n = k;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector256.MultiplyAddEstimate(a, m, k);
            b = Vector256.MultiplyAddEstimate(b, m, k);
            c = Vector256.MultiplyAddEstimate(c, m, k);
            d = Vector256.MultiplyAddEstimate(d, m, k);
            e = Vector256.MultiplyAddEstimate(e, m, k);
            f = Vector256.MultiplyAddEstimate(f, m, k);
            g = Vector256.MultiplyAddEstimate(g, m, k);
            h = Vector256.MultiplyAddEstimate(h, m, k);
            i = Vector256.MultiplyAddEstimate(i, m, k);
            j = Vector256.MultiplyAddEstimate(j, m, k);
            l = Vector256.MultiplyAddEstimate(l, m, k);
            n = Vector256.MultiplyAddEstimate(n, m, k);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + l + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow(int rounds)
    {
        Vector128<float> m = Vector128.Create(0.999f),
            k = Vector128.Create(0.001f),
            a = k,
            b = k,
            c = k,
            d = k,
            e = k,
            f = k,
            g = k,
            h = k,
            i = k,
            j = k,
            l = k,
            n = k;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector128.MultiplyAddEstimate(a, m, k);
            b = Vector128.MultiplyAddEstimate(b, m, k);
            c = Vector128.MultiplyAddEstimate(c, m, k);
            d = Vector128.MultiplyAddEstimate(d, m, k);
            e = Vector128.MultiplyAddEstimate(e, m, k);
            f = Vector128.MultiplyAddEstimate(f, m, k);
            g = Vector128.MultiplyAddEstimate(g, m, k);
            h = Vector128.MultiplyAddEstimate(h, m, k);
            i = Vector128.MultiplyAddEstimate(i, m, k);
            j = Vector128.MultiplyAddEstimate(j, m, k);
            l = Vector128.MultiplyAddEstimate(l, m, k);
            n = Vector128.MultiplyAddEstimate(n, m, k);
        }
        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + l + n);
    }
}

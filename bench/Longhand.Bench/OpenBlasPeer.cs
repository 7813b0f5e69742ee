using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Longhand.Bench;

/// <summary>OpenBLAS on W9, in a process of its own because it reads its settings from the environment as it is loaded.</summary>
internal static unsafe partial class OpenBlasPeer
{
    public static int Serve()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            Console.Error.WriteLine($"{Library} is not installed");
            return 1;
        }
        Console.WriteLine($$"""{"name": "OpenBLAS", "version": "{{Marshal.PtrToStringUTF8(Config())?.Replace('"', ' ')}}"}""");
        var ready = new Dictionary<int, Func<double>>();
        while (Console.ReadLine() is { } line)
        {
            if (!line.StartsWith("W9 ", StringComparison.Ordinal))
            {
                Console.WriteLine("""{"skip": "OpenBLAS only multiplies matrices"}""");
                continue;
            }
            int n = int.Parse(line[3..], CultureInfo.InvariantCulture);
            if (!ready.TryGetValue(n, out Func<double>? measure))
                ready[n] = measure = Square(n);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"value": {{measure()}}}"""));
        }
        return 0;
    }

    private const string Library = "libopenblas.so.0";

    private static Func<double> Square(int n)
    {
        nuint size = (nuint)n * (nuint)n;
        float* a = (float*)NativeMemory.AlignedAlloc(size * 4, 64),
            b = (float*)NativeMemory.AlignedAlloc(size * 4, 64),
            c = (float*)NativeMemory.AlignedAlloc(size * 4, 64);
        var random = new Random(1);
        for (nuint i = 0; i < size; i++)
            (a[i], b[i], c[i]) = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, 0);
        int calls = Products.Calls(n);
        for (int i = 0; i < 3; i++)
            Multiply(a, b, c, n);
        return () =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < calls; i++)
                Multiply(a, b, c, n);
            return calls * 2.0 * n * n * n / clock.Elapsed.TotalSeconds / 1e9;
        };
    }

    // Row-major, neither transposed.
    private static void Multiply(float* a, float* b, float* c, int n) => Sgemm(101, 111, 111, n, n, n, 1, a, n, b, n, 0, c, n);

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(
        int order,
        int transposeA,
        int transposeB,
        int m,
        int n,
        int k,
        float alpha,
        float* a,
        int lda,
        float* b,
        int ldb,
        float beta,
        float* c,
        int ldc
    );

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial nint Config();
}

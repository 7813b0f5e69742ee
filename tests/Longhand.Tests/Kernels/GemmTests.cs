using Longhand.Kernels;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>Matrix products against plain loops in double precision, on every kind of edge.</summary>
public sealed unsafe class GemmTests
{
    [Fact]
    public void All_small_shapes()
    {
        var random = new Random(1);
        for (int m = 1; m <= 14; m++)
        for (int n = 1; n <= 40; n++)
            Check(random, m, n, 1 + (m * 7 + n * 3) % 40);
    }

    [Fact]
    public void Random_shapes()
    {
        var random = new Random(2);
        for (int i = 0; i < 300; i++)
            Check(random, random.Next(1, 41), random.Next(1, 41), random.Next(1, 41));
    }

    [Theory]
    [InlineData(129, 65, 300)]
    [InlineData(7, 1000, 33)]
    [InlineData(200, 17, 1)]
    [InlineData(61, 47, 1025)]
    public void Larger_shapes(int m, int n, int k) => Check(new Random(m), m, n, k);

    [Fact]
    public void A_row_has_the_same_bits_in_every_tile()
    {
        var random = new Random(3);
        const int n = 37,
            k = 53;
        float[] row = [.. Enumerable.Range(0, k).Select(_ => random.NextSingle() - 0.5f)];
        var b = new Guarded(k * n, 0, _ => random.NextSingle() - 0.5f);
        var packed = new Guarded((int)Gemm.PackedLength(k, n));
        for (int panel = 0; panel * Gemm.PanelWidth < n; panel++)
            Gemm.PackPanel(b.Pointer, n, 1, k, n, panel, packed.Pointer);
        float[]? first = null;
        for (int m = 1; m <= 13; m++)
        {
            var a = new Guarded(m * k, 0, i => row[i % k]);
            var c = new Guarded(m * n);
            Gemm.Rows(0, m, n, k, a.Pointer, k, 1, packed.Pointer, c.Pointer);
            for (int r = 0; r < m; r++)
                Assert.Equal(first ??= c.ToArray()[..n], c.ToArray()[(r * n)..((r + 1) * n)]);
        }
    }

    // A and B by both of their strides, C with a row before and a row behind that must stay.
    private static void Check(Random random, int m, int n, int k)
    {
        foreach (bool aTransposed in (bool[])[false, true])
        foreach (bool bTransposed in (bool[])[false, true])
        {
            var a = new Guarded(m * k, random.Next(4), _ => random.NextSingle() - 0.5f);
            var b = new Guarded(k * n, random.Next(4), _ => random.NextSingle() - 0.5f);
            var packed = new Guarded((int)Gemm.PackedLength(k, n), random.Next(4));
            var c = new Guarded(m * n, random.Next(4));
            (int aRow, int aColumn) = aTransposed ? (1, m) : (k, 1);
            (int bRow, int bColumn) = bTransposed ? (1, k) : (n, 1);
            for (int panel = 0; panel * Gemm.PanelWidth < n; panel++)
                Gemm.PackPanel(b.Pointer, bRow, bColumn, k, n, panel, packed.Pointer);
            Assert.DoesNotContain(float.NaN, packed.ToArray());
            int middle = random.Next(m + 1);
            Gemm.Rows(middle, m, n, k, a.Pointer, aRow, aColumn, packed.Pointer, c.Pointer);
            for (int i = 0; i < middle * n; i++)
                Assert.True(float.IsNaN(c[i]), "a row was set that nobody asked for");
            Gemm.Rows(0, middle, n, k, a.Pointer, aRow, aColumn, packed.Pointer, c.Pointer);
            for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0,
                    size = 0;
                for (int p = 0; p < k; p++)
                {
                    double product = (double)a[i * aRow + p * aColumn] * b[p * bRow + j * bColumn];
                    sum += product;
                    size += Math.Abs(product);
                }
                if (!(Math.Abs(c[i * n + j] - sum) <= (k + 1) * Math.ScaleB(size, -24)))
                    Assert.Fail($"{m}×{n}×{k} at ({i}, {j}): {c[i * n + j]}, but {sum}");
            }
            a.Check();
            b.Check();
            packed.Check();
            c.Check();
        }
    }
}

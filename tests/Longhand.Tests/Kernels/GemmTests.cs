using Longhand.Kernels;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>Register tiles and matrix products against plain loops in double precision, at every vector width and on every kind of edge.</summary>
public sealed unsafe class GemmTests
{
    /// <summary>The floats in a vector of each family of tiles that this machine has.</summary>
    public static TheoryData<int> Lanes => [.. TileFamily.All.Select(family => family.Lanes)];

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Every_tile_computes_its_sums_and_writes_nothing_else(int lanes)
    {
        TileFamily family = FamilyOf(lanes);
        var random = new Random(lanes);
        for (int rows = 1; rows <= family.MostRows; rows++)
        for (int vectors = 1; vectors <= 2; vectors++)
        for (int length = 0; length <= 3; length++)
        for (int stretches = 0; stretches <= 2; stretches++)
        for (int runs = 0; runs <= 2; runs++)
            foreach (bool near in new[] { false, true })
            {
                int width = vectors * lanes,
                    apart = width + random.Next(3),
                    aRow = near ? 1 : 17,
                    aStep = near ? 14 : 2;
                const int aStretch = 5,
                    aRun = 7,
                    bStretch = 3 * 40;
                var a = new Guarded(
                    (rows - 1) * aRow + 3 * aStep + 2 * aStretch + 2 * aRun,
                    random.Next(4),
                    _ => random.NextSingle() - 0.5f
                );
                var b = new Guarded(4 * bStretch, random.Next(4), _ => random.NextSingle() - 0.5f);
                var start = new Guarded(rows * width, random.Next(4), _ => random.NextSingle());
                var c = new Guarded(rows * apart, random.Next(4));
                var tile = new Tile
                {
                    A = a.Pointer,
                    ARow = aRow,
                    AStep = aStep,
                    AStretch = aStretch,
                    ARun = aRun,
                    B = b.Pointer,
                    BStep = width,
                    BStretch = bStretch,
                    Length = length,
                    Stretches = stretches,
                    Runs = runs,
                    Start = start.Pointer,
                    StartRow = width,
                    C = c.Pointer,
                    CRow = apart,
                };
                family.Kernel(rows, vectors, near)(&tile);
                for (int i = 0; i < rows; i++)
                for (int j = 0; j < apart; j++)
                {
                    if (j >= width)
                    {
                        Assert.True(float.IsNaN(c[i * apart + j]), "something was written between the rows");
                        continue;
                    }
                    double sum = start[i * width + j];
                    for (int r = 0; r < runs; r++)
                    for (int s = 0; s < stretches; s++)
                    for (int p = 0; p < length; p++)
                        sum +=
                            (double)a[i * aRow + r * aRun + s * aStretch + p * aStep] * b[(r * stretches + s) * bStretch + p * width + j];
                    Assert.Equal(sum, c[i * apart + j], 1e-5);
                }
                c.Check();
            }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void All_small_shapes(int lanes)
    {
        var random = new Random(1);
        for (int m = 1; m <= 15; m++)
        for (int n = 1; n <= 34; n++)
            Check(random, lanes, m, n, 1 + (m * 7 + n * 3) % 40);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Random_shapes(int lanes)
    {
        var random = new Random(2);
        for (int i = 0; i < 100; i++)
            Check(random, lanes, random.Next(1, 80), random.Next(1, 140), random.Next(1, 80));
    }

    /// <summary>What is cut into blocks along each side, and what lies a power of two apart.</summary>
    [Theory]
    [InlineData(129, 65, 300)]
    [InlineData(7, 1100, 33)]
    [InlineData(200, 17, 1)]
    [InlineData(61, 47, 1025)]
    [InlineData(40, 256, 256)]
    [InlineData(530, 600, 390)]
    [InlineData(1, 700, 800)]
    public void Larger_shapes(int m, int n, int k)
    {
        foreach (TileFamily family in TileFamily.All)
            Check(new Random(m), family.Lanes, m, n, k);
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void A_row_has_the_same_bits_in_every_tile_and_on_any_number_of_threads(int lanes)
    {
        var random = new Random(3);
        const int n = 150,
            k = 800;
        float[] row = [.. Enumerable.Range(0, k).Select(_ => random.NextSingle() - 0.5f)];
        var b = new Guarded(k * n, 0, _ => random.NextSingle() - 0.5f);
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3])
        {
            using var pool = new WorkerPool(threads);
            foreach (bool constantB in (bool[])[false, true]) // a row by itself goes another way where B is packed
            foreach (int m in (int[])[1, 2, 5, 13, 60, 64])
            {
                var a = new Guarded(m * k, 0, i => row[i % k]);
                var c = new Guarded(m * n);
                MatrixProduct product = Product(lanes, m, n, k, new Matrix(null, k, 1), new Matrix(null, n, 1), pool, constantB);
                product.Run(a.Pointer, b.Pointer, c.Pointer, n);
                for (int r = 0; r < m; r++)
                    Assert.Equal(first ??= c.ToArray()[..n], c.ToArray()[(r * n)..((r + 1) * n)]);
                c.Check();
            }
        }
    }

    [Fact]
    public void A_constant_right_side_is_read_once()
    {
        using var pool = new WorkerPool(1);
        var product = new MatrixProduct(2, 3, 4, new Matrix(null, 4, 1), new Matrix(null, 3, 1), pool, constantB: true);
        var a = new Guarded(8, 0, i => i);
        var b = new Guarded(12, 0, i => i);
        var c = new Guarded(6);
        product.Run(a.Pointer, b.Pointer, c.Pointer, 3);
        float[] before = c.ToArray();
        new Span<float>(b.Pointer, 12).Fill(float.NaN);
        product.Run(a.Pointer, b.Pointer, c.Pointer, 3);
        Assert.Equal(before, c.ToArray());
    }

    [Fact]
    public void A_product_outside_a_plan()
    {
        using var pool = new WorkerPool(2);
        float[] a = [1, 2, 3, 4, 5, 6],
            b = [7, 8, 9, 10, 11, 12],
            c = new float[4];
        fixed (
            float* pa = a,
                pb = b,
                pc = c
        )
            Gemm.Multiply(2, 2, 3, pa, pb, pc, pool);
        Assert.Equal([58f, 64, 139, 154], c);
    }

    [Fact]
    public void Transposes_of_every_size()
    {
        for (int rows = 0; rows < 20; rows++)
        for (int columns = 0; columns < 20; columns++)
        {
            var from = new Guarded(rows * (columns + 2), 1, i => i);
            var to = new Guarded(columns * (rows + 3));
            Packing.Transpose(from.Pointer, columns + 2, rows, columns, to.Pointer, rows + 3);
            for (int i = 0; i < columns; i++)
            for (int j = 0; j < rows + 3; j++)
                Assert.Equal(j < rows ? j * (columns + 2) + i : float.NaN, to[i * (rows + 3) + j]);
            to.Check();
        }
    }

    // A and B by both of their strides, C with a margin at the end of each row that must stay.
    private static void Check(Random random, int lanes, int m, int n, int k)
    {
        using var pool = new WorkerPool(1 + random.Next(2));
        foreach (bool aTransposed in (bool[])[false, true])
        foreach (bool bTransposed in (bool[])[false, true])
        {
            int margin = random.Next(3);
            var a = new Guarded(m * k, random.Next(4), _ => random.NextSingle() - 0.5f);
            var b = new Guarded(k * n, random.Next(4), _ => random.NextSingle() - 0.5f);
            var start = new Guarded(n, random.Next(4), _ => random.NextSingle());
            var c = new Guarded(m * (n + margin), random.Next(4));
            (int aRow, int aColumn) = aTransposed ? (1, m) : (k, 1);
            (int bRow, int bColumn) = bTransposed ? (1, k) : (n, 1);
            bool starts = random.Next(2) == 0;
            Product(lanes, m, n, k, new Matrix(null, aRow, aColumn), new Matrix(null, bRow, bColumn), pool)
                .Run(a.Pointer, b.Pointer, c.Pointer, n + margin, starts ? start.Pointer : null);
            (float[] x, float[] y, float[] z, float[] s) = (a.ToArray(), b.ToArray(), c.ToArray(), start.ToArray());
            int every = Math.Max(1, (int)((long)m * n * k / 2_000_000));
            for (int at = 0; at < m * n; at += every)
            {
                (int i, int j) = Math.DivRem(at, n);
                double sum = starts ? s[j] : 0,
                    size = Math.Abs(sum);
                for (int p = 0; p < k; p++)
                {
                    double product = (double)x[i * aRow + p * aColumn] * y[p * bRow + j * bColumn];
                    sum += product;
                    size += Math.Abs(product);
                }
                if (!(Math.Abs(z[i * (n + margin) + j] - sum) <= (k + 2) * Math.ScaleB(size, -24)))
                    Assert.Fail($"{m}×{n}×{k} at ({i}, {j}): {z[i * (n + margin) + j]}, but {sum}");
            }
            for (int i = 0; i < m; i++)
            for (int j = n; j < n + margin; j++)
                Assert.True(float.IsNaN(z[i * (n + margin) + j]), "something was written between the rows");
            c.Check();
        }
    }

    /// <summary>Rows that are copied to stand side by side, from matrices that lie row by row, column by column and neither.</summary>
    [Fact]
    public void Rows_are_interleaved()
    {
        var random = new Random(7);
        for (int rows = 1; rows <= 16; rows++)
            foreach (int columns in new[] { 1, 3, 4, 9, 34 })
            foreach ((int row, int column) in new[] { (columns + 1, 1), (1, rows + 2), (3, 3 * rows + 1) })
            {
                int step = rows > 8 ? 16 : (rows + 3) / 4 * 4;
                var from = new Guarded((rows - 1) * row + (columns - 1) * column + 1, random.Next(4), _ => random.NextSingle());
                var to = new Guarded(columns * step, random.Next(4));
                Packing.Interleave(new Matrix(from.Pointer, row, column), rows, columns, to.Pointer, step);
                for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    Assert.Equal(from[i * row + j * column], to[j * step + i]);
                to.Check();
            }
    }

    private static MatrixProduct Product(int lanes, int m, int n, int k, Matrix a, Matrix b, WorkerPool pool, bool constantB = false)
    {
        TileFamily.Force(FamilyOf(lanes));
        try
        {
            return new MatrixProduct(m, n, k, a, b, pool, constantB: constantB);
        }
        finally
        {
            TileFamily.Force(null);
        }
    }

    private static TileFamily FamilyOf(int lanes) => TileFamily.All.Single(family => family.Lanes == lanes);
}

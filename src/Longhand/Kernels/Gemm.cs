using System.Numerics;
using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// Matrix products C = A·B over floats. B is packed into panels of two vectors' width, [panel][k][width], padded with zeros; A is read in
/// place by two strides, so that a transposed A costs nothing. Each element of C is one chain of multiply-adds in the order of k, whatever
/// tile it falls into: the same bits on any number of threads and for any batch it stands in.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Rows of a register tile: 6 × 2 accumulators leave room for two vectors of B and one of A among 16 registers.</summary>
    public const int TileRows = 6;

    /// <summary>Columns of a register tile and of a packed panel: two vectors.</summary>
    public static int PanelWidth => 2 * Vector<float>.Count;

    /// <summary>Floats that the packed form of a k×n matrix takes.</summary>
    public static long PackedLength(int k, int n) => (long)(n + PanelWidth - 1) / PanelWidth * PanelWidth * k;

    /// <summary>Packs panel <paramref name="panel"/> of B, whose element (i, j) lies at b + i·rowStride + j·columnStride.</summary>
    public static void PackPanel(float* b, int rowStride, int columnStride, int k, int n, int panel, float* packed)
    {
        int width = PanelWidth,
            first = panel * width,
            columns = Math.Min(width, n - first);
        float* to = packed + (long)panel * width * k;
        float* from = b + (long)first * columnStride;
        if (columnStride == 1)
        {
            for (int i = 0; i < k; i++, to += width, from += rowStride)
            {
                Unsafe.CopyBlock(to, from, (uint)columns * sizeof(float));
                for (int j = columns; j < width; j++)
                    to[j] = 0;
            }
            return;
        }
        // Row by row of the panel: its columns are as many streams, which caches follow better than one column after the other.
        for (int i = 0; i < k; i++, to += width, from += rowStride)
        {
            float* element = from;
            for (int j = 0; j < columns; j++, element += columnStride)
                to[j] = *element;
            for (int j = columns; j < width; j++)
                to[j] = 0;
        }
    }

    /// <summary>Rows <paramref name="firstRow"/> up to <paramref name="endRow"/> of C[·×n] = A·B, with C row-major.</summary>
    /// <param name="firstRow">The first row that is set.</param>
    /// <param name="endRow">The row after the last.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="a">Element (i, p) lies at a + i·rowStride + p·columnStride.</param>
    /// <param name="rowStride">From row to row of A.</param>
    /// <param name="columnStride">From column to column of A.</param>
    /// <param name="packed">B, packed.</param>
    /// <param name="c">The result.</param>
    /// <param name="apart">From row to row of C; n where it is 0.</param>
    public static void Rows(
        int firstRow,
        int endRow,
        int n,
        int k,
        float* a,
        int rowStride,
        int columnStride,
        float* packed,
        float* c,
        int apart = 0
    )
    {
        apart = apart == 0 ? n : apart;
        int width = PanelWidth,
            panels = (n + width - 1) / width;
        float* edge = stackalloc float[TileRows * width];
        for (int row = firstRow; row < endRow; )
        {
            int rows = Math.Min(TileRows, endRow - row);
            for (int panel = 0; panel < panels; panel++)
            {
                int column = panel * width,
                    columns = Math.Min(width, n - column);
                bool whole = columns == width && (rows is 1 or TileRows);
                float* tile = whole ? c + (long)row * apart + column : edge;
                int stride = whole ? apart : width;
                float* b = packed + (long)column * k;
                float* from = a + (long)row * rowStride;
                if (rows == 1)
                    OneRow(k, from, columnStride, b, tile);
                else
                    SixRows(rows, k, from, rowStride, columnStride, b, tile, stride);
                if (!whole)
                    for (int r = 0; r < rows; r++)
                        Unsafe.CopyBlock(c + (long)(row + r) * apart + column, edge + r * width, (uint)columns * sizeof(float));
            }
            row += rows;
        }
    }

    // One local per accumulator: in an array or a stackalloc they would live in memory, three times slower. Of fewer than six rows the
    // last is computed several times over.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows(int rows, int k, float* a, int rowStride, int columnStride, float* b, float* c, int stride)
    {
        int w = Vector<float>.Count;
        Vector<float> c00 = default,
            c01 = default,
            c10 = default,
            c11 = default,
            c20 = default,
            c21 = default,
            c30 = default,
            c31 = default,
            c40 = default,
            c41 = default,
            c50 = default,
            c51 = default;
        int last = rows - 1;
        float* a1 = a + (long)rowStride * Math.Min(1, last),
            a2 = a + (long)rowStride * Math.Min(2, last),
            a3 = a + (long)rowStride * Math.Min(3, last),
            a4 = a + (long)rowStride * Math.Min(4, last),
            a5 = a + (long)rowStride * Math.Min(5, last);
        for (long p = 0, at = 0; p < k; p++, at += columnStride, b += 2 * w)
        {
            Vector<float> b0 = Vector.Load(b),
                b1 = Vector.Load(b + w);
            var x = new Vector<float>(a[at]);
            c00 = Vector.MultiplyAddEstimate(x, b0, c00);
            c01 = Vector.MultiplyAddEstimate(x, b1, c01);
            x = new Vector<float>(a1[at]);
            c10 = Vector.MultiplyAddEstimate(x, b0, c10);
            c11 = Vector.MultiplyAddEstimate(x, b1, c11);
            x = new Vector<float>(a2[at]);
            c20 = Vector.MultiplyAddEstimate(x, b0, c20);
            c21 = Vector.MultiplyAddEstimate(x, b1, c21);
            x = new Vector<float>(a3[at]);
            c30 = Vector.MultiplyAddEstimate(x, b0, c30);
            c31 = Vector.MultiplyAddEstimate(x, b1, c31);
            x = new Vector<float>(a4[at]);
            c40 = Vector.MultiplyAddEstimate(x, b0, c40);
            c41 = Vector.MultiplyAddEstimate(x, b1, c41);
            x = new Vector<float>(a5[at]);
            c50 = Vector.MultiplyAddEstimate(x, b0, c50);
            c51 = Vector.MultiplyAddEstimate(x, b1, c51);
        }
        c00.Store(c);
        c01.Store(c + w);
        c += stride;
        c10.Store(c);
        c11.Store(c + w);
        c += stride;
        c20.Store(c);
        c21.Store(c + w);
        c += stride;
        c30.Store(c);
        c31.Store(c + w);
        c += stride;
        c40.Store(c);
        c41.Store(c + w);
        c += stride;
        c50.Store(c);
        c51.Store(c + w);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(int k, float* a, int columnStride, float* b, float* c)
    {
        int w = Vector<float>.Count;
        Vector<float> c0 = default,
            c1 = default;
        for (long p = 0, at = 0; p < k; p++, at += columnStride, b += 2 * w)
        {
            var x = new Vector<float>(a[at]);
            c0 = Vector.MultiplyAddEstimate(x, Vector.Load(b), c0);
            c1 = Vector.MultiplyAddEstimate(x, Vector.Load(b + w), c1);
        }
        c0.Store(c);
        c1.Store(c + w);
    }
}

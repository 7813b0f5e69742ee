using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Longhand.Kernels;

/// <summary>A matrix in memory: element (i, j) lies at pointer + i·row + j·column.</summary>
internal readonly unsafe struct Matrix(float* pointer, nint row, nint column)
{
    public float* Pointer { get; } = pointer;

    /// <summary>Floats from row to row.</summary>
    public nint Row { get; } = row;

    /// <summary>Floats from column to column.</summary>
    public nint Column { get; } = column;

    /// <summary>The same matrix seen from an element.</summary>
    public Matrix From(nint i, nint j) => new(Pointer + i * Row + j * Column, Row, Column);
}

/// <summary>Copies of parts of matrices in the order in which a tile reads them.</summary>
internal static unsafe class Packing
{
    // Rows may lie far apart, where no processor foresees the next.
    private const int RowsAhead = 8;

    /// <summary>Copies the columns of a panel: k rows of <paramref name="width"/> floats, with zeros behind the last column.</summary>
    public static void Panel(Matrix b, int k, int columns, int width, float* packed)
    {
        if (b.Column != 1 && b.Row == 1)
        {
            // A few rows of the panel at a time, so that they are still at hand when the next columns are written beside these.
            const int rowsAtOnce = 64;
            for (int i = 0; i < k; i += rowsAtOnce)
                Transpose(b.Pointer + i, b.Column, columns, Math.Min(rowsAtOnce, k - i), packed + (nint)i * width, width);
            Clear(packed, k, columns, width);
            return;
        }
        if (b.Column == 1 && columns == width)
            for (int i = 0; i < k; i++)
            {
                Ahead.Fetch(b.Pointer + (i + RowsAhead) * b.Row, width);
                CopyBlock(b.Pointer + i * b.Row, packed + (nint)i * width, width);
            }
        else
        {
            for (int i = 0; i < k; i++)
            for (int j = 0; j < columns; j++)
                packed[(nint)i * width + j] = b.Pointer[i * b.Row + j * b.Column];
            Clear(packed, k, columns, width);
        }
    }

    /// <summary>Copies rows that lie <paramref name="fromRow"/> apart to rows <paramref name="toRow"/> apart.</summary>
    public static void Rows(float* from, nint fromRow, int rows, int columns, float* to, nint toRow)
    {
        for (int i = 0; i < rows; i++, from += fromRow, to += toRow)
            CopyBlock(from, to, columns);
    }

    /// <summary>Copies rows of a matrix that lies column by column, so that the rows of one column follow on those of the last.</summary>
    public static void Columns(Matrix from, int rows, int columns, float* to)
    {
        float* column = from.Pointer;
        for (int j = 0; j < columns; j++, column += from.Column, to += rows)
        for (int i = 0; i < rows; i++)
            to[i] = column[i * from.Row];
    }

    /// <summary>to[j, i] = from[i, j]; rows of <paramref name="from"/> lie <paramref name="fromRow"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* from, nint fromRow, int rows, int columns, float* to, nint toRow)
    {
        int i = 0;
        if (Avx.IsSupported)
            for (; i <= rows - 8; i += 8)
            {
                int j = 0;
                for (; j <= columns - 8; j += 8)
                    Transpose8(from + i * fromRow + j, fromRow, to + j * toRow + i, toRow);
                for (; j < columns; j++)
                for (int r = i; r < i + 8; r++)
                    to[j * toRow + r] = from[r * fromRow + j];
            }
        for (; i < rows; i++)
        for (int j = 0; j < columns; j++)
            to[j * toRow + i] = from[i * fromRow + j];
    }

    // Eight rows of eight. The halves of rows i and i + 4 are brought together as they are loaded, which costs no shuffle.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* from, nint row, float* to, nint toRow)
    {
        float* below = from + 4 * row;
        Vector256<float> a0 = Pair(from, below),
            a1 = Pair(from + row, below + row),
            a2 = Pair(from + 2 * row, below + 2 * row),
            a3 = Pair(from + 3 * row, below + 3 * row);
        Transpose4(a0, a1, a2, a3, to, toRow);
        a0 = Pair(from + 4, below + 4);
        a1 = Pair(from + row + 4, below + row + 4);
        a2 = Pair(from + 2 * row + 4, below + 2 * row + 4);
        a3 = Pair(from + 3 * row + 4, below + 3 * row + 4);
        Transpose4(a0, a1, a2, a3, to + 4 * toRow, toRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(
        Vector256<float> a0,
        Vector256<float> a1,
        Vector256<float> a2,
        Vector256<float> a3,
        float* to,
        nint toRow
    )
    {
        Vector256<float> b0 = Avx.UnpackLow(a0, a1),
            b1 = Avx.UnpackHigh(a0, a1),
            b2 = Avx.UnpackLow(a2, a3),
            b3 = Avx.UnpackHigh(a2, a3);
        Avx.Shuffle(b0, b2, 0b_01_00_01_00).Store(to);
        Avx.Shuffle(b0, b2, 0b_11_10_11_10).Store(to + toRow);
        Avx.Shuffle(b1, b3, 0b_01_00_01_00).Store(to + 2 * toRow);
        Avx.Shuffle(b1, b3, 0b_11_10_11_10).Store(to + 3 * toRow);
    }

    private static void Clear(float* packed, int rows, int columns, int width)
    {
        for (int i = 0; i < rows; i++)
        for (int j = columns; j < width; j++)
            packed[(nint)i * width + j] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlock(float* from, float* to, int count) =>
        Buffer.MemoryCopy(from, to, (long)count * sizeof(float), (long)count * sizeof(float));
}

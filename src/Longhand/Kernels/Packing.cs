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

    /// <summary>
    /// Copies a few rows of a matrix so that they stand side by side: column j of all of them, then column j + 1. What stands between the
    /// last row and the next column may be anything.
    /// </summary>
    /// <param name="from">The matrix, from its first row on.</param>
    /// <param name="rows">How many rows, no more than 16.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="step">Floats from column to column there: a multiple of 4, and 16 where there are more than 8 rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(Matrix from, int rows, int columns, float* to, int step)
    {
        if (from.Column != 1)
        {
            float* column = from.Pointer;
            if (from.Row == 1 && rows >= Vector256<float>.Count)
                for (int j = 0; j < columns; j++, column += from.Column, to += step)
                {
                    // The second ends where the rows end.
                    Vector256.Load(column).Store(to);
                    Vector256.Load(column + rows - Vector256<float>.Count).Store(to + rows - Vector256<float>.Count);
                }
            else
                for (int j = 0; j < columns; j++, column += from.Column, to += step)
                for (int i = 0; i < rows; i++)
                    to[i] = column[i * from.Row];
            return;
        }
        int whole = 0;
        if (Avx512F.IsSupported && rows > 8)
        {
            whole = columns / 4 * 4;
            Interleave16(from, rows, whole, to);
        }
        else if (Sse.IsSupported)
        {
            whole = columns / 4 * 4;
            for (int i = 0; i < rows; i += 4)
                Interleave4(from.From(i, 0), Math.Min(4, rows - i), whole, to + i, step);
        }
        for (int j = whole; j < columns; j++)
        for (int i = 0; i < rows; i++)
            to[j * step + i] = from.Pointer[i * from.Row + j];
    }

    // Behind the last row it stands once more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave4(Matrix from, int rows, int columns, float* to, int step)
    {
        float* row0 = from.Pointer,
            row1 = row0 + Math.Min(1, rows - 1) * from.Row,
            row2 = row0 + Math.Min(2, rows - 1) * from.Row,
            row3 = row0 + Math.Min(3, rows - 1) * from.Row;
        for (int j = 0; j < columns; j += 4, to += 4 * step)
        {
            Vector128<float> a = Vector128.Load(row0 + j),
                b = Vector128.Load(row1 + j),
                c = Vector128.Load(row2 + j),
                d = Vector128.Load(row3 + j),
                low01 = Sse.UnpackLow(a, b),
                high01 = Sse.UnpackHigh(a, b),
                low23 = Sse.UnpackLow(c, d),
                high23 = Sse.UnpackHigh(c, d);
            Sse.Shuffle(low01, low23, 0x44).Store(to);
            Sse.Shuffle(low01, low23, 0xee).Store(to + step);
            Sse.Shuffle(high01, high23, 0x44).Store(to + 2 * step);
            Sse.Shuffle(high01, high23, 0xee).Store(to + 3 * step);
        }
    }

    // Every fourth row in one vector, four columns of it: the halves are brought together as they are loaded, which costs no shuffle.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave16(Matrix from, int rows, int columns, float* to)
    {
        float** row = stackalloc float*[16];
        for (int i = 0; i < 16; i++)
            row[i] = from.Pointer + Math.Min(i, rows - 1) * from.Row;
        for (nint j = 0; j < columns; j += 4, to += 64)
        {
            Vector512<float> a = Every4th(row, j),
                b = Every4th(row + 1, j),
                c = Every4th(row + 2, j),
                d = Every4th(row + 3, j),
                low01 = Avx512F.UnpackLow(a, b),
                high01 = Avx512F.UnpackHigh(a, b),
                low23 = Avx512F.UnpackLow(c, d),
                high23 = Avx512F.UnpackHigh(c, d);
            Avx512F.Shuffle(low01, low23, 0x44).Store(to);
            Avx512F.Shuffle(low01, low23, 0xee).Store(to + 16);
            Avx512F.Shuffle(high01, high23, 0x44).Store(to + 32);
            Avx512F.Shuffle(high01, high23, 0xee).Store(to + 48);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Every4th(float** row, nint column) =>
        Vector512.Create(
            Vector256.Create(Vector128.Load(row[0] + column), Vector128.Load(row[4] + column)),
            Vector256.Create(Vector128.Load(row[8] + column), Vector128.Load(row[12] + column))
        );

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

using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// What a register tile computes: C = start + Σ A·B over one or several stretches of k, each element as one chain of multiply-adds in the
/// order of k. In a matrix product there is one stretch; under a convolution's kernel there are one or several in each of its rows.
/// </summary>
internal unsafe struct Tile
{
    /// <summary>Row 0 of A at the first k.</summary>
    public float* A;

    /// <summary>Floats from row to row of A, and from k to k.</summary>
    public nint ARow,
        AStep;

    /// <summary>Row 0 of B, and floats from one k to the next.</summary>
    public float* B;
    public nint BStep;

    /// <summary>Length of a stretch, how many there are, and how far the next lies behind the beginning of the last, in A and in B.</summary>
    public nint Length,
        Stretches,
        AStretch,
        BStretch;

    /// <summary>How often the stretches are gone through, and how far A lies further each time; B goes on.</summary>
    public nint Runs,
        ARun;

    /// <summary>What the sums begin with: C itself to add to it, a bias (0 from row to row), or zeros.</summary>
    public float* Start;
    public nint StartRow;

    /// <summary>The result.</summary>
    public float* C;
    public nint CRow;

    /// <summary>
    /// Always 0, which the compiler does not know: what is read from A + Zero it takes for another number than what is read from A. It would
    /// otherwise read it once, into a register, whatever <see cref="IRowsOfA.ReadEvery"/> says.
    /// </summary>
    public nint Zero;
}

/// <summary>
/// The micro-kernel: <typeparamref name="TRows"/> rows by one or two vectors, all sums in registers. One local for each sum: in an array they would
/// live in memory, three times slower. What a tile does not have is gone when the kernel is compiled for it, as the numbers of rows
/// and of vectors are constants of the type.
/// </summary>
internal static unsafe class TileKernel<TTile, TVector, TRows, TColumns, TRowsOfA>
    where TTile : struct, ITileVector<TVector>
    where TVector : unmanaged
    where TRows : struct, IConstant
    where TColumns : struct, IConstant
    where TRowsOfA : struct, IRowsOfA
{
    // A panel of B comes from the second cache, about 100 cycles away: so many steps. The processor foresees it too late, or not at all where
    // the panel ends a page.
    private const int StepsAhead = 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Tile* t)
    {
        nint row = t->StartRow;
        float* from = t->Start,
            second = from + (TColumns.Value > 1 ? TTile.Count : 0);
        // Of rows that the tile does not have, the first is loaded, and nobody looks at it.
        TVector r0 = TTile.Load(from),
            s0 = TTile.Load(second),
            r1 = TTile.Load(from + (TRows.Value > 1 ? 1 * row : 0)),
            s1 = TTile.Load(second + (TRows.Value > 1 ? 1 * row : 0)),
            r2 = TTile.Load(from + (TRows.Value > 2 ? 2 * row : 0)),
            s2 = TTile.Load(second + (TRows.Value > 2 ? 2 * row : 0)),
            r3 = TTile.Load(from + (TRows.Value > 3 ? 3 * row : 0)),
            s3 = TTile.Load(second + (TRows.Value > 3 ? 3 * row : 0)),
            r4 = TTile.Load(from + (TRows.Value > 4 ? 4 * row : 0)),
            s4 = TTile.Load(second + (TRows.Value > 4 ? 4 * row : 0)),
            r5 = TTile.Load(from + (TRows.Value > 5 ? 5 * row : 0)),
            s5 = TTile.Load(second + (TRows.Value > 5 ? 5 * row : 0)),
            r6 = TTile.Load(from + (TRows.Value > 6 ? 6 * row : 0)),
            s6 = TTile.Load(second + (TRows.Value > 6 ? 6 * row : 0)),
            r7 = TTile.Load(from + (TRows.Value > 7 ? 7 * row : 0)),
            s7 = TTile.Load(second + (TRows.Value > 7 ? 7 * row : 0)),
            r8 = TTile.Load(from + (TRows.Value > 8 ? 8 * row : 0)),
            s8 = TTile.Load(second + (TRows.Value > 8 ? 8 * row : 0)),
            r9 = TTile.Load(from + (TRows.Value > 9 ? 9 * row : 0)),
            s9 = TTile.Load(second + (TRows.Value > 9 ? 9 * row : 0)),
            r10 = TTile.Load(from + (TRows.Value > 10 ? 10 * row : 0)),
            s10 = TTile.Load(second + (TRows.Value > 10 ? 10 * row : 0)),
            r11 = TTile.Load(from + (TRows.Value > 11 ? 11 * row : 0)),
            s11 = TTile.Load(second + (TRows.Value > 11 ? 11 * row : 0)),
            r12 = TTile.Load(from + (TRows.Value > 12 ? 12 * row : 0)),
            s12 = TTile.Load(second + (TRows.Value > 12 ? 12 * row : 0)),
            r13 = TTile.Load(from + (TRows.Value > 13 ? 13 * row : 0)),
            s13 = TTile.Load(second + (TRows.Value > 13 ? 13 * row : 0));
        nint row1 = t->ARow,
            row2 = 2 * row1,
            row3 = 3 * row1,
            aStep = t->AStep * sizeof(float),
            bStep = t->BStep * sizeof(float);
        float* first = t->A,
            b = t->B;
        for (nint run = t->Runs; run > 0; run--, first += t->ARun)
        {
            float* a = first;
            for (nint stretch = t->Stretches; stretch > 0; stretch--, a += t->AStretch, b += t->BStretch)
            {
                float* a0 = a,
                    a4 = a + 4 * row1,
                    a8 = a + 8 * row1,
                    a12 = a + 12 * row1,
                    twin = a + t->Zero,
                    at = b;
                for (nint k = t->Length; k != 0; k--)
                {
                    TVector b0 = TTile.Load(at),
                        b1 = TColumns.Value > 1 ? TTile.Load(at + TTile.Count) : b0;
                    if (TRowsOfA.FetchAhead)
                    {
                        Ahead.Fetch((float*)((byte*)at + StepsAhead * bStep));
                        if (TColumns.Value * TTile.Count > Ahead.Line)
                            Ahead.Fetch((float*)((byte*)at + StepsAhead * bStep) + Ahead.Line);
                    }
                    TVector x = TTile.Broadcast(a0);
                    r0 = TTile.MultiplyAdd(x, b0, r0);
                    if (TColumns.Value > 1)
                        s0 = TTile.MultiplyAdd(TRowsOfA.ReadEvery > 0 ? TTile.Broadcast(twin) : x, b1, s0);
                    if (TRows.Value > 1)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 1 : a0 + row1);
                        r1 = TTile.MultiplyAdd(x, b0, r1);
                        if (TColumns.Value > 1)
                            s1 = TTile.MultiplyAdd(x, b1, s1);
                    }
                    if (TRows.Value > 2)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 2 : a0 + row2);
                        r2 = TTile.MultiplyAdd(x, b0, r2);
                        if (TColumns.Value > 1)
                            s2 = TTile.MultiplyAdd(TRowsOfA.ReadEvery == 2 ? TTile.Broadcast(twin + 2) : x, b1, s2);
                    }
                    if (TRows.Value > 3)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 3 : a0 + row3);
                        r3 = TTile.MultiplyAdd(x, b0, r3);
                        if (TColumns.Value > 1)
                            s3 = TTile.MultiplyAdd(x, b1, s3);
                    }
                    if (TRows.Value > 4)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 4 : a4);
                        r4 = TTile.MultiplyAdd(x, b0, r4);
                        if (TColumns.Value > 1)
                            s4 = TTile.MultiplyAdd(TRowsOfA.ReadEvery > 0 ? TTile.Broadcast(twin + 4) : x, b1, s4);
                    }
                    if (TRows.Value > 5)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 5 : a4 + row1);
                        r5 = TTile.MultiplyAdd(x, b0, r5);
                        if (TColumns.Value > 1)
                            s5 = TTile.MultiplyAdd(x, b1, s5);
                    }
                    if (TRows.Value > 6)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 6 : a4 + row2);
                        r6 = TTile.MultiplyAdd(x, b0, r6);
                        if (TColumns.Value > 1)
                            s6 = TTile.MultiplyAdd(TRowsOfA.ReadEvery == 2 ? TTile.Broadcast(twin + 6) : x, b1, s6);
                    }
                    if (TRows.Value > 7)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 7 : a4 + row3);
                        r7 = TTile.MultiplyAdd(x, b0, r7);
                        if (TColumns.Value > 1)
                            s7 = TTile.MultiplyAdd(x, b1, s7);
                    }
                    if (TRows.Value > 8)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 8 : a8);
                        r8 = TTile.MultiplyAdd(x, b0, r8);
                        if (TColumns.Value > 1)
                            s8 = TTile.MultiplyAdd(TRowsOfA.ReadEvery > 0 ? TTile.Broadcast(twin + 8) : x, b1, s8);
                    }
                    if (TRows.Value > 9)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 9 : a8 + row1);
                        r9 = TTile.MultiplyAdd(x, b0, r9);
                        if (TColumns.Value > 1)
                            s9 = TTile.MultiplyAdd(x, b1, s9);
                    }
                    if (TRows.Value > 10)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 10 : a8 + row2);
                        r10 = TTile.MultiplyAdd(x, b0, r10);
                        if (TColumns.Value > 1)
                            s10 = TTile.MultiplyAdd(TRowsOfA.ReadEvery == 2 ? TTile.Broadcast(twin + 10) : x, b1, s10);
                    }
                    if (TRows.Value > 11)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 11 : a8 + row3);
                        r11 = TTile.MultiplyAdd(x, b0, r11);
                        if (TColumns.Value > 1)
                            s11 = TTile.MultiplyAdd(x, b1, s11);
                    }
                    if (TRows.Value > 12)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 12 : a12);
                        r12 = TTile.MultiplyAdd(x, b0, r12);
                        if (TColumns.Value > 1)
                            s12 = TTile.MultiplyAdd(TRowsOfA.ReadEvery > 0 ? TTile.Broadcast(twin + 12) : x, b1, s12);
                    }
                    if (TRows.Value > 13)
                    {
                        x = TTile.Broadcast(TRowsOfA.AreNear ? a0 + 13 : a12 + row1);
                        r13 = TTile.MultiplyAdd(x, b0, r13);
                        if (TColumns.Value > 1)
                            s13 = TTile.MultiplyAdd(x, b1, s13);
                    }
                    // Steps in bytes: in floats they would be multiplied by four again each time.
                    a0 = (float*)((byte*)a0 + aStep);
                    twin = (float*)((byte*)twin + aStep);
                    a4 = (float*)((byte*)a4 + aStep);
                    a8 = (float*)((byte*)a8 + aStep);
                    a12 = (float*)((byte*)a12 + aStep);
                    at = (float*)((byte*)at + bStep);
                }
            }
        }
        float* c = t->C;
        row = t->CRow;
        Store(r0, s0, c);
        if (TRows.Value > 1)
            Store(r1, s1, c += row);
        if (TRows.Value > 2)
            Store(r2, s2, c += row);
        if (TRows.Value > 3)
            Store(r3, s3, c += row);
        if (TRows.Value > 4)
            Store(r4, s4, c += row);
        if (TRows.Value > 5)
            Store(r5, s5, c += row);
        if (TRows.Value > 6)
            Store(r6, s6, c += row);
        if (TRows.Value > 7)
            Store(r7, s7, c += row);
        if (TRows.Value > 8)
            Store(r8, s8, c += row);
        if (TRows.Value > 9)
            Store(r9, s9, c += row);
        if (TRows.Value > 10)
            Store(r10, s10, c += row);
        if (TRows.Value > 11)
            Store(r11, s11, c += row);
        if (TRows.Value > 12)
            Store(r12, s12, c += row);
        if (TRows.Value > 13)
            Store(r13, s13, c += row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector first, TVector second, float* to)
    {
        TTile.Store(first, to);
        if (TColumns.Value > 1)
            TTile.Store(second, to + TTile.Count);
    }
}

using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// One row by four panels. A single row has but one sum in each lane, and each waits for its last multiply-add: with two vectors it would wait
/// most of the time, with eight it does not. Each element is the same chain as in a <see cref="TileKernel{TTile, TVector, TRows, TColumns, TRowsOfA}"/>.
/// </summary>
internal static unsafe class RowTileKernel<TTile, TVector>
    where TTile : struct, ITileVector<TVector>
    where TVector : unmanaged
{
    /// <summary>Panels that are read side by side.</summary>
    public const int Panels = 4;

    /// <summary>Sets the tile; panels of B lie <see cref="Tile.BStretch"/> apart, and there is one stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Tile* t)
    {
        int n = TTile.Count;
        float* c = t->Start,
            a = t->A,
            b0 = t->B,
            b1 = b0 + t->BStretch,
            b2 = b1 + t->BStretch,
            b3 = b2 + t->BStretch;
        TVector r0 = TTile.Load(c),
            s0 = TTile.Load(c + n),
            r1 = TTile.Load(c + 2 * n),
            s1 = TTile.Load(c + 3 * n),
            r2 = TTile.Load(c + 4 * n),
            s2 = TTile.Load(c + 5 * n),
            r3 = TTile.Load(c + 6 * n),
            s3 = TTile.Load(c + 7 * n);
        nint aStep = t->AStep,
            bStep = t->BStep;
        for (nint k = t->Length; k > 0; k--)
        {
            TVector x = TTile.Broadcast(a);
            r0 = TTile.MultiplyAdd(x, TTile.Load(b0), r0);
            s0 = TTile.MultiplyAdd(x, TTile.Load(b0 + n), s0);
            r1 = TTile.MultiplyAdd(x, TTile.Load(b1), r1);
            s1 = TTile.MultiplyAdd(x, TTile.Load(b1 + n), s1);
            r2 = TTile.MultiplyAdd(x, TTile.Load(b2), r2);
            s2 = TTile.MultiplyAdd(x, TTile.Load(b2 + n), s2);
            r3 = TTile.MultiplyAdd(x, TTile.Load(b3), r3);
            s3 = TTile.MultiplyAdd(x, TTile.Load(b3 + n), s3);
            a += aStep;
            b0 += bStep;
            b1 += bStep;
            b2 += bStep;
            b3 += bStep;
        }
        c = t->C;
        TTile.Store(r0, c);
        TTile.Store(s0, c + n);
        TTile.Store(r1, c + 2 * n);
        TTile.Store(s1, c + 3 * n);
        TTile.Store(r2, c + 4 * n);
        TTile.Store(s2, c + 5 * n);
        TTile.Store(r3, c + 6 * n);
        TTile.Store(s3, c + 7 * n);
    }
}

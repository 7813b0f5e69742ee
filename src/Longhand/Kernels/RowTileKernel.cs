using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// One row by four panels. A single row has but one sum in each lane, and each waits for its last multiply-add: with two vectors it would wait
/// most of the time, with eight it does not. Each element is the same chain as in a <see cref="TileKernel{TVector, TRows, TColumns}"/>.
/// </summary>
internal static unsafe class RowTileKernel<TVector>
    where TVector : struct, ITileVector<TVector>
{
    /// <summary>Panels that are read side by side.</summary>
    public const int Panels = 4;

    /// <summary>Sets the tile; panels of B lie <see cref="Tile.BStretch"/> apart, and there is one stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Tile* t)
    {
        int n = TVector.Count;
        float* c = t->Start,
            a = t->A,
            b0 = t->B,
            b1 = b0 + t->BStretch,
            b2 = b1 + t->BStretch,
            b3 = b2 + t->BStretch;
        TVector r0 = TVector.Load(c),
            s0 = TVector.Load(c + n),
            r1 = TVector.Load(c + 2 * n),
            s1 = TVector.Load(c + 3 * n),
            r2 = TVector.Load(c + 4 * n),
            s2 = TVector.Load(c + 5 * n),
            r3 = TVector.Load(c + 6 * n),
            s3 = TVector.Load(c + 7 * n);
        nint aStep = t->AStep,
            bStep = t->BStep;
        for (nint k = t->Length; k > 0; k--)
        {
            TVector x = TVector.Broadcast(a);
            r0 = TVector.MultiplyAdd(x, TVector.Load(b0), r0);
            s0 = TVector.MultiplyAdd(x, TVector.Load(b0 + n), s0);
            r1 = TVector.MultiplyAdd(x, TVector.Load(b1), r1);
            s1 = TVector.MultiplyAdd(x, TVector.Load(b1 + n), s1);
            r2 = TVector.MultiplyAdd(x, TVector.Load(b2), r2);
            s2 = TVector.MultiplyAdd(x, TVector.Load(b2 + n), s2);
            r3 = TVector.MultiplyAdd(x, TVector.Load(b3), r3);
            s3 = TVector.MultiplyAdd(x, TVector.Load(b3 + n), s3);
            a += aStep;
            b0 += bStep;
            b1 += bStep;
            b2 += bStep;
            b3 += bStep;
        }
        c = t->C;
        TVector.Store(r0, c);
        TVector.Store(s0, c + n);
        TVector.Store(r1, c + 2 * n);
        TVector.Store(s1, c + 3 * n);
        TVector.Store(r2, c + 4 * n);
        TVector.Store(s2, c + 5 * n);
        TVector.Store(r3, c + 6 * n);
        TVector.Store(s3, c + 7 * n);
    }
}

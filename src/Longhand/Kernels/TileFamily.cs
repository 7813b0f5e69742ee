using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Longhand.Kernels;

/// <summary>
/// The register tiles of one vector width, a compiled kernel for each number of rows and of vectors. One is chosen when a plan is made:
/// never a width that the machine only imitates, which would be slower than no vectors at all.
/// </summary>
internal sealed unsafe class TileFamily
{
    [ThreadStatic]
    private static TileFamily? forced;

    // [how A is read][vectors − 1][rows − 1]
    private readonly delegate* <Tile*, void>[][][] kernels;

    private TileFamily(int lanes, delegate* <Tile*, void>[][][] kernels, delegate* <Tile*, void> singleRow, int rows)
    {
        this.kernels = kernels;
        SingleRow = singleRow;
        (Lanes, MostRows) = (lanes, rows);
    }

    /// <summary>Those that this machine has, the widest first; the last uses no vectors.</summary>
    public static IReadOnlyList<TileFamily> All { get; } = Supported();

    /// <summary>Those for plans that this thread makes: the widest, unless a test asked for others.</summary>
    public static TileFamily Current => forced ?? All[0];

    /// <summary>Floats in a vector.</summary>
    public int Lanes { get; }

    /// <summary>The kernel for a row by itself, <see cref="RowTileKernel{TTile, TVector}.Panels"/> panels wide.</summary>
    public delegate* <Tile*, void> SingleRow { get; }

    /// <summary>The tallest tile.</summary>
    public int MostRows { get; }

    /// <summary>Columns of the widest tile, and of a packed panel: two vectors.</summary>
    public int PanelWidth => 2 * Lanes;

    /// <summary>
    /// Whether a multiply-add can read one number for all lanes itself, so that a copy of A whose rows lie side by side is worth its while.
    /// </summary>
    public bool ReadsBroadcasts => Lanes == Tile512.Count;

    /// <summary>Lets this thread make plans with other tiles; null for the widest.</summary>
    public static void Force(TileFamily? family) => forced = family;

    /// <summary>The kernel for a tile.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="vectors">How many vectors, one or two.</param>
    /// <param name="near">Whether the rows of A lie side by side: <see cref="Tile.ARow"/> is 1.</param>
    /// <param name="ahead">Whether B is to be asked for ahead where that is so; only a matter of speed.</param>
    public delegate* <Tile*, void> Kernel(int rows, int vectors, bool near = false, bool ahead = false) =>
        kernels[
            !near ? 0
            : ahead ? 2
            : 1
        ][vectors - 1][rows - 1];

    /// <summary>Panels that so many columns take.</summary>
    public int Panels(int columns) => (columns + PanelWidth - 1) / PanelWidth;

    /// <summary>Floats that the packed form of a k×n matrix takes.</summary>
    public long PackedLength(int k, int n) => (long)Panels(n) * PanelWidth * k;

    private static List<TileFamily> Supported()
    {
        List<TileFamily> found = [];
        if (Vector512.IsHardwareAccelerated)
            found.Add(
                new(
                    Tile512.Count,
                    [
                        Kernels<Tile512, Vector512<float>, FarRows, FarRows>(),
                        Kernels<Tile512, Vector512<float>, NearRowsOfLow, NearRowsOfTall>(),
                        Kernels<Tile512, Vector512<float>, NearRowsOfLowAhead, NearRowsOfTallAhead>(),
                    ],
                    &RowTileKernel<Tile512, Vector512<float>>.Run,
                    14
                )
            );
        if (Vector256.IsHardwareAccelerated)
            found.Add(new(Tile256.Count, Kernels<Tile256, Vector256<float>>(), &RowTileKernel<Tile256, Vector256<float>>.Run, 6));
        // NEON has twice the registers of SSE.
        if (Vector128.IsHardwareAccelerated)
            found.Add(
                new(
                    Tile128.Count,
                    Kernels<Tile128, Vector128<float>>(),
                    &RowTileKernel<Tile128, Vector128<float>>.Run,
                    AdvSimd.IsSupported ? 12 : 6
                )
            );
        found.Add(new(Tile32.Count, Kernels<Tile32, float>(), &RowTileKernel<Tile32, float>.Run, 6));
        return found;
    }

    private static delegate* <Tile*, void>[][][] Kernels<TTile, TVector>()
        where TTile : struct, ITileVector<TVector>
        where TVector : unmanaged
    {
        delegate* <Tile*, void>[][] near = Kernels<TTile, TVector, NearRows, NearRows>();
        return [Kernels<TTile, TVector, FarRows, FarRows>(), near, near];
    }

    private static delegate* <Tile*, void>[][] Kernels<TTile, TVector, TLow, TTall>()
        where TTile : struct, ITileVector<TVector>
        where TVector : unmanaged
        where TLow : struct, IRowsOfA
        where TTall : struct, IRowsOfA => [Kernels<TTile, TVector, N1, TLow, TTall>(), Kernels<TTile, TVector, N2, TLow, TTall>()];

    private static delegate* <Tile*, void>[] Kernels<TTile, TVector, TVectors, TLow, TTall>()
        where TTile : struct, ITileVector<TVector>
        where TVector : unmanaged
        where TVectors : struct, IConstant
        where TLow : struct, IRowsOfA
        where TTall : struct, IRowsOfA =>
        [
            &TileKernel<TTile, TVector, N1, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N2, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N3, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N4, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N5, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N6, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N7, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N8, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N9, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N10, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N11, TVectors, TLow>.Run,
            &TileKernel<TTile, TVector, N12, TVectors, TTall>.Run,
            &TileKernel<TTile, TVector, N13, TVectors, TTall>.Run,
            &TileKernel<TTile, TVector, N14, TVectors, TTall>.Run,
        ];
}

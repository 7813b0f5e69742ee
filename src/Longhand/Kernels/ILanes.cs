using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// Floats side by side, of one of the machine's widths: what runs an element-wise rule as SIMD. Beyond the rules' own arithmetic it offers
/// what <see cref="LaneMath{V}"/> builds its functions from. A mask is lanes of all bits or none; "Int" reads the bits as whole numbers.
/// </summary>
internal unsafe interface ILanes<V> : IRowReal<V>
    where V : struct, ILanes<V>
{
    /// <summary>How many floats.</summary>
    static abstract int Count { get; }

    static abstract V Load(float* from);

    void Store(float* to);

    static abstract V All(float value);

    static abstract V Bits(int bits);

    /// <summary>a·b + c, rounded once where the processor can.</summary>
    static abstract V Fma(V a, V b, V c);

    static abstract V MinNative(V a, V b);

    static abstract V MaxNative(V a, V b);

    /// <summary>Where a &lt; b.</summary>
    static abstract V Below(V a, V b);

    /// <summary>Where a = b.</summary>
    static abstract V Same(V a, V b);

    static abstract V Choose(V mask, V yes, V no);

    /// <summary>Whether a mask is set anywhere.</summary>
    static abstract bool Any(V mask);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    static abstract V Xor(V a, V b);

    static abstract V AddInt(V a, V b);

    static abstract V SubtractInt(V a, V b);

    static abstract V MinInt(V a, V b);

    static abstract V EqualInt(V a, V b);

    static abstract V ShiftLeft(V a, int count);

    /// <summary>Shifts to the right; the sign moves in.</summary>
    static abstract V ShiftRight(V a, int count);

    /// <summary>Whole numbers as floats.</summary>
    static abstract V ToSingle(V whole);

    /// <summary>x = turns·π/2 + the result, which is at most π/4 away from 0; worked out in double precision.</summary>
    static abstract V QuarterTurns(V x, out V turns);

    /// <summary>
    /// The lanes of each of <paramref name="count"/> vectors at <paramref name="rows"/>, added up; zeros behind fill the sums up to
    /// <see cref="FloatBuffer.Padding"/>.
    /// </summary>
    static abstract void SumRows(float* rows, int count, float* sums);

    /// <summary>
    /// Turns rows into lanes: number c of row <paramref name="indices"/>[s] becomes lane s of vector c. Rows stand
    /// <paramref name="stride"/> floats apart, a multiple of 4 that reaches behind the last column.
    /// </summary>
    static abstract void Gather(float* rows, long stride, int* indices, int columns, float* to);
}

/// <summary>Which width of lanes is used.</summary>
internal static class LaneWidth
{
    /// <summary>No vector is wider; memory that vectors run over is padded to it.</summary>
    public const int Most = 16;

    /// <summary>Whether <see cref="Lanes512"/> are used rather than <see cref="Lanes"/>; tests turn it off.</summary>
    public static bool Is512 { get; set; } = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;

    /// <summary>How many floats stand side by side.</summary>
    public static int Count => Is512 ? Lanes512.Count : Lanes.Count;
}

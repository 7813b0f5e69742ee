using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Longhand.Kernels;

/// <summary>The vectors that a register tile is made of: one type for each width, so that a kernel is written once.</summary>
internal unsafe interface ITileVector<T>
    where T : struct, ITileVector<T>
{
    /// <summary>How many floats it holds.</summary>
    static abstract int Count { get; }

    static abstract T Load(float* from);

    /// <summary>One number in every lane.</summary>
    static abstract T Broadcast(float* from);

    /// <summary>x·y + sum, rounded once where the machine has such an instruction.</summary>
    static abstract T MultiplyAdd(T x, T y, T sum);

    static abstract void Store(T value, float* to);
}

/// <summary>16 floats: AVX-512.</summary>
internal readonly unsafe struct Tile512(Vector512<float> v) : ITileVector<Tile512>
{
    private readonly Vector512<float> v = v;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile512 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile512 Broadcast(float* from) => new(Vector512.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile512 MultiplyAdd(Tile512 x, Tile512 y, Tile512 sum) => new(Vector512.MultiplyAddEstimate(x.v, y.v, sum.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile512 value, float* to) => value.v.Store(to);
}

/// <summary>8 floats: AVX2.</summary>
internal readonly unsafe struct Tile256(Vector256<float> v) : ITileVector<Tile256>
{
    private readonly Vector256<float> v = v;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile256 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile256 Broadcast(float* from) => new(Vector256.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile256 MultiplyAdd(Tile256 x, Tile256 y, Tile256 sum) => new(Vector256.MultiplyAddEstimate(x.v, y.v, sum.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile256 value, float* to) => value.v.Store(to);
}

/// <summary>4 floats: NEON, SSE.</summary>
internal readonly unsafe struct Tile128(Vector128<float> v) : ITileVector<Tile128>
{
    private readonly Vector128<float> v = v;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile128 Load(float* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile128 Broadcast(float* from) => new(Vector128.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile128 MultiplyAdd(Tile128 x, Tile128 y, Tile128 sum) => new(Vector128.MultiplyAddEstimate(x.v, y.v, sum.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile128 value, float* to) => value.v.Store(to);
}

/// <summary>A float by itself, for a machine without vectors.</summary>
internal readonly unsafe struct Tile32(float v) : ITileVector<Tile32>
{
    private readonly float v = v;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile32 Load(float* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile32 Broadcast(float* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile32 MultiplyAdd(Tile32 x, Tile32 y, Tile32 sum) => new(x.v * y.v + sum.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile32 value, float* to) => *to = value.v;
}

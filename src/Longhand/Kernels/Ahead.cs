using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Longhand.Kernels;

/// <summary>
/// Asks for memory that will be needed soon. The processor foresees addresses that follow one another, but only up to the end of a page of
/// 4 KB, and the rows of images are about as long.
/// </summary>
internal static unsafe class Ahead
{
    /// <summary>Floats in a line of the caches.</summary>
    public const int Line = 16;

    /// <summary>Brings a line into the first cache, in the background. It need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* line)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(line);
    }

    /// <summary>Brings floats into the first cache, in the background. They need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* from, nint count)
    {
        if (Sse.IsSupported)
            for (nint i = 0; i < count; i += Line)
                Sse.Prefetch0(from + i);
    }

    /// <summary>Brings floats into the second cache, in the background. They need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchFar(float* from, nint count)
    {
        if (Sse.IsSupported)
            for (nint i = 0; i < count; i += Line)
                Sse.Prefetch1(from + i);
    }
}

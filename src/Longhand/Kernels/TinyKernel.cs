using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>What a tiny network needs beside its layers.</summary>
internal static unsafe class TinyKernel
{
    /// <summary>Groups of samples, one after the other, from rows to lanes; see <see cref="ILanes{V}.Gather"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* rows, long stride, int* indices, int groups, int columns, float* to)
    {
        if (LaneWidth.Is512)
            Gather<Lanes512>(rows, stride, indices, groups, columns, to);
        else
            Gather<Lanes>(rows, stride, indices, groups, columns, to);
    }

    /// <inheritdoc cref="Gather"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather<V>(float* rows, long stride, int* indices, int groups, int columns, float* to)
        where V : struct, ILanes<V>
    {
        for (int group = 0; group < groups; group++, indices += V.Count, to += columns * V.Count)
            V.Gather(rows, stride, indices, columns, to);
    }
}

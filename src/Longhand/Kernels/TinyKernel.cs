using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Longhand.Kernels;

/// <summary>What a tiny network needs beside its layers.</summary>
internal static unsafe class TinyKernel
{
    /// <summary>
    /// Copies the indices of a batch. Behind the last sample it stands once more: whatever its numbers are, nothing else can come out of those
    /// lanes.
    /// </summary>
    /// <param name="indices">The batch: at least one.</param>
    /// <param name="to">Room for whole vectors of lanes.</param>
    /// <param name="count">How many they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Choose(ReadOnlySpan<int> indices, int* to, int count)
    {
        int length = indices.Length,
            width = Vector<int>.Count;
        ref int first = ref MemoryMarshal.GetReference(indices);
        Vector<int> last = Vector.Create(Unsafe.Add(ref first, length - 1));
        // Whole vectors: the last of them ends where the batch ends, wherever the one before it did.
        for (int s = length / width * width; s < count; s += width)
            last.Store(to + s);
        if (length < width)
        {
            for (int s = 0; s < length; s++)
                to[s] = Unsafe.Add(ref first, s);
            return;
        }
        for (int s = 0; s < length - width; s += width)
            Vector.LoadUnsafe(ref first, (nuint)s).Store(to + s);
        Vector.LoadUnsafe(ref first, (nuint)(length - width)).Store(to + length - width);
    }

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

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Longhand.Kernels;

/// <summary>
/// What pools do under one window, all channels at once: the places of a window are <c>rows</c> by <c>columns</c>, so far apart, each with its
/// channels side by side.
/// </summary>
/// <typeparam name="V">The lanes that channels are taken in.</typeparam>
/// <param name="rows">How many rows of places.</param>
/// <param name="columns">How many columns of places.</param>
/// <param name="rowStep">Floats from one row of places to the next.</param>
/// <param name="columnStep">Floats from one column of places to the next.</param>
/// <param name="channels">Floats at each place.</param>
/// <param name="spills">
/// Whether the last channels may be taken as a full vector: what lies beyond them may be read and, in an output, be set to anything, since
/// the windows that it belongs to come later.
/// </param>
/// <param name="sets">
/// Whether the way back sets the gradients of the window's places, as no other window has any of them and <see cref="MaySet"/>, instead of adding to
/// them.
/// </param>
internal readonly unsafe struct WindowKernel<V>(int rows, int columns, long rowStep, long columnStep, int channels, bool spills, bool sets)
    where V : struct, ILanes<V>
{
    /// <summary>Whether so many channels are whole vectors.</summary>
    public static bool IsWhole(int channels) => channels % V.Count == 0;

    /// <summary>
    /// Whether the places of a window may be set, from left to right, as far as what vectors set beyond them is concerned: nothing, or places to the
    /// right in the same row, which come later. From the window's last place to the end of the row are <paramref name="left"/> floats.
    /// </summary>
    public static bool MaySet(int channels, long left) => IsWhole(channels) || (channels < V.Count && left >= V.Count);

    // Up to here channels are taken a vector at a time.
    private int Vectors => spills ? channels : channels - V.Count + 1;

    // The windows of most networks, without loops within the loop over the channels.
    private bool IsSquareOfTwo => rows == 2 && columns == 2;

    // Lanes that are all set, and as many that are not.
    private static ReadOnlySpan<int> Open =>
        [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>y = the largest x; NaN where any is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Max(float* x, float* y)
    {
        int c = 0;
        for (; c < Vectors; c += V.Count)
            Largest(x + c).Store(y + c);
        for (; c < channels; c++)
        {
            float largest = x[c];
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                largest = MathF.Max(largest, x[a * rowStep + b * columnStep + c]);
            y[c] = largest;
        }
    }

    /// <summary>dx += dy (or dx = dy, 0 elsewhere) where x was the first that is as large as y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MaxBack(float* x, float* y, float* dy, float* dx)
    {
        int c = 0;
        for (; c < Vectors; c += V.Count)
        {
            V largest = V.Load(y + c),
                gradient = V.Load(dy + c),
                open = First(channels - c);
            float* from = x + c,
                to = dx + c;
            if (IsSquareOfTwo)
            {
                Give(from, to, largest, gradient, ref open);
                Give(from + columnStep, to + columnStep, largest, gradient, ref open);
                Give(from + rowStep, to + rowStep, largest, gradient, ref open);
                Give(from + rowStep + columnStep, to + rowStep + columnStep, largest, gradient, ref open);
                continue;
            }
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                Give(from + a * rowStep + b * columnStep, to + a * rowStep + b * columnStep, largest, gradient, ref open);
        }
        for (; c < channels; c++)
            MaxBackOne(x + c, y[c], dy[c], dx + c);
    }

    /// <summary>y = Σ x / divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mean(float* x, float* y, float divisor)
    {
        int c = 0;
        for (; c < Vectors; c += V.Count)
        {
            V sum = V.All(0);
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                sum += V.Load(x + a * rowStep + b * columnStep + c);
            (sum / V.All(divisor)).Store(y + c);
        }
        for (; c < channels; c++)
        {
            float sum = 0;
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                sum += x[a * rowStep + b * columnStep + c];
            y[c] = sum / divisor;
        }
    }

    /// <summary>dx += dy / divisor (or dx = dy / divisor).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MeanBack(float* dy, float divisor, float* dx)
    {
        int c = 0;
        for (; c < Vectors; c += V.Count)
        {
            V share = V.And(First(channels - c), V.Load(dy + c) / V.All(divisor));
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
            {
                float* at = dx + a * rowStep + b * columnStep + c;
                (sets ? share : V.Load(at) + share).Store(at);
            }
        }
        for (; c < channels; c++)
        for (int a = 0; a < rows; a++)
        for (int b = 0; b < columns; b++)
            dx[a * rowStep + b * columnStep + c] += dy[c] / divisor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Largest(float* x)
    {
        if (IsSquareOfTwo)
            return V.Max(V.Max(V.Load(x), V.Load(x + columnStep)), V.Max(V.Load(x + rowStep), V.Load(x + rowStep + columnStep)));
        V largest = V.Load(x);
        for (int a = 0; a < rows; a++)
        for (int b = 0; b < columns; b++)
            largest = V.Max(largest, V.Load(x + a * rowStep + b * columnStep));
        return largest;
    }

    // The gradient to those of one place's channels that are the first with the largest value; a NaN counts as the largest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Give(float* x, float* dx, V largest, V gradient, ref V open)
    {
        V value = V.Load(x),
            isFirst = V.And(V.Choose(V.Same(value, value), V.Same(value, largest), V.Bits(-1)), open),
            share = V.And(isFirst, gradient);
        open = V.Xor(open, isFirst);
        (sets ? share : V.Load(dx) + share).Store(dx);
    }

    // A mask of the first so many lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V First(int count) =>
        V.Load((float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Open)) + Open.Length / 2 - Math.Min(count, V.Count));

    private void MaxBackOne(float* x, float largest, float gradient, float* dx)
    {
        for (int a = 0; a < rows; a++)
        for (int b = 0; b < columns; b++)
        {
            long at = a * rowStep + b * columnStep;
            if (x[at] != largest && !float.IsNaN(x[at]))
                continue;
            dx[at] += gradient;
            return;
        }
    }
}

using System.Numerics;

namespace Longhand.Kernels;

/// <summary>
/// What pools do under one window, all channels at once: the places of a window are <c>rows</c> by <c>columns</c>, so far apart, each with its
/// channels side by side.
/// </summary>
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
internal readonly unsafe struct WindowKernel(int rows, int columns, long rowStep, long columnStep, int channels, bool spills, bool sets)
{
    /// <summary>Whether so many channels are whole vectors.</summary>
    public static bool IsWhole(int channels) => channels % Vector<float>.Count == 0;

    /// <summary>
    /// Whether the places of a window may be set, from left to right, as far as what vectors set beyond them is concerned: nothing, or places to the
    /// right in the same row, which come later. From the window's last place to the end of the row are <paramref name="left"/> floats.
    /// </summary>
    public static bool MaySet(int channels, long left) =>
        IsWhole(channels) || (channels < Vector<float>.Count && left >= Vector<float>.Count);

    // Up to here channels are taken a vector at a time.
    private int Vectors => spills ? channels : channels - Vector<float>.Count + 1;

    /// <summary>y = the largest x; NaN where any is.</summary>
    public void Max(float* x, float* y)
    {
        int width = Vector<float>.Count,
            c = 0;
        for (; c < Vectors; c += width)
        {
            Vector<float> largest = Vector.Load(x + c);
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                largest = Vector.Max(largest, Vector.Load(x + a * rowStep + b * columnStep + c));
            largest.Store(y + c);
        }
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
    public void MaxBack(float* x, float* y, float* dy, float* dx)
    {
        int width = Vector<float>.Count,
            c = 0;
        for (; c < Vectors; c += width)
        {
            Vector<float> largest = Vector.Load(y + c),
                gradient = Vector.Load(dy + c);
            Vector<int> open = Vector.LessThan(Vector<int>.Indices, new Vector<int>(channels - c));
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
            {
                long at = a * rowStep + b * columnStep + c;
                Vector<float> value = Vector.Load(x + at);
                Vector<int> isFirst = (Vector.Equals(value, largest) | ~Vector.Equals(value, value)) & open;
                open &= ~isFirst;
                Vector<float> share = Vector.ConditionalSelect(isFirst, gradient, Vector<float>.Zero);
                (sets ? share : Vector.Load(dx + at) + share).Store(dx + at);
            }
        }
        for (; c < channels; c++)
            MaxBackOne(x + c, y[c], dy[c], dx + c);
    }

    /// <summary>y = Σ x / divisor.</summary>
    public void Mean(float* x, float* y, float divisor)
    {
        int width = Vector<float>.Count,
            c = 0;
        for (; c < Vectors; c += width)
        {
            Vector<float> sum = default;
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
                sum += Vector.Load(x + a * rowStep + b * columnStep + c);
            (sum / divisor).Store(y + c);
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
    public void MeanBack(float* dy, float divisor, float* dx)
    {
        int width = Vector<float>.Count,
            c = 0;
        for (; c < Vectors; c += width)
        {
            Vector<float> share = Vector.ConditionalSelect(
                Vector.LessThan(Vector<int>.Indices, new Vector<int>(channels - c)),
                Vector.Load(dy + c) / divisor,
                Vector<float>.Zero
            );
            for (int a = 0; a < rows; a++)
            for (int b = 0; b < columns; b++)
            {
                float* at = dx + a * rowStep + b * columnStep + c;
                (sets ? share : Vector.Load(at) + share).Store(at);
            }
        }
        for (; c < channels; c++)
        for (int a = 0; a < rows; a++)
        for (int b = 0; b < columns; b++)
            dx[a * rowStep + b * columnStep + c] += dy[c] / divisor;
    }

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

using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// What lies under the kernel of a convolution, a row for each place of the kernel, so that the convolution is a matrix product: out of an
/// image [row, column, channel] come rows of [kernel row, kernel column, channel], with zeros for the padding.
/// </summary>
/// <param name="rows">How the kernel moves along the rows.</param>
/// <param name="columns">How it moves along the columns.</param>
/// <param name="channels">Channels of the image.</param>
/// <param name="taken">How many of them are looked at.</param>
internal readonly unsafe struct Patches(WindowAxis rows, WindowAxis columns, int channels, int taken)
{
    /// <summary>Places of the kernel on one image.</summary>
    public int Places => (int)(rows.Count * columns.Count);

    /// <summary>Numbers under the kernel.</summary>
    public int Length => rows.Size * columns.Size * taken;

    /// <summary>Floats of one image.</summary>
    public long ImageLength => (long)rows.Inputs * columns.Inputs * channels;

    /// <summary>Whether the rows are the image itself.</summary>
    public bool AreTheImage =>
        rows is { Size: 1, Stride: 1, Before: 0, After: 0 } && columns is { Size: 1, Stride: 1, Before: 0, After: 0 } && taken == channels;

    /// <summary>Writes the rows for places first up to end, counted through the whole batch.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="end">The place after the last.</param>
    /// <param name="images">The first channel that is looked at, of the first image.</param>
    /// <param name="to">Where they go.</param>
    public void Gather(int first, int end, float* images, float* to)
    {
        for (int place = first; place < end; place++)
        {
            (int sample, int i, int j) = Find(place);
            float* image = images + sample * ImageLength;
            (int left, int right) = columns.Inside(j);
            for (int a = 0; a < rows.Size; a++, to += columns.Size * taken)
            {
                int row = rows.Place(i, a);
                if (!rows.Holds(row) || left >= right)
                {
                    Clear(to, columns.Size * taken);
                    continue;
                }
                Clear(to, left * taken);
                float* from = image + ((long)row * columns.Inputs + columns.Place(j, left)) * channels;
                if (taken == channels && columns.Dilation == 1)
                    Copy(from, to + left * taken, (right - left) * taken);
                else
                    for (int b = left; b < right; b++, from += (long)columns.Dilation * channels)
                        Copy(from, to + b * taken, taken);
                Clear(to + right * taken, (columns.Size - right) * taken);
            }
        }
    }

    /// <summary>Adds rows to the places that <see cref="Gather"/> takes them from.</summary>
    public void Scatter(int first, int end, float* from, float* images)
    {
        for (int place = first; place < end; place++)
        {
            (int sample, int i, int j) = Find(place);
            float* image = images + sample * ImageLength;
            (int left, int right) = columns.Inside(j);
            for (int a = 0; a < rows.Size; a++, from += columns.Size * taken)
            {
                int row = rows.Place(i, a);
                if (!rows.Holds(row) || left >= right)
                    continue;
                float* to = image + ((long)row * columns.Inputs + columns.Place(j, left)) * channels;
                if (taken == channels && columns.Dilation == 1)
                    VectorKernel.Add(to, from + left * taken, (right - left) * taken);
                else
                    for (int b = left; b < right; b++, to += (long)columns.Dilation * channels)
                        VectorKernel.Add(to, from + b * taken, taken);
            }
        }
    }

    private (int Sample, int I, int J) Find(int place)
    {
        (int sample, int rest) = Math.DivRem(place, Places);
        (int i, int j) = Math.DivRem(rest, (int)columns.Count);
        return (sample, i, j);
    }

    // Kernels are small: a loop beats a call.
    private static void Copy(float* from, float* to, int count)
    {
        if (count >= 32)
            Unsafe.CopyBlock(to, from, (uint)count * sizeof(float));
        else
            for (int i = 0; i < count; i++)
                to[i] = from[i];
    }

    private static void Clear(float* to, int count)
    {
        for (int i = 0; i < count; i++)
            to[i] = 0;
    }
}

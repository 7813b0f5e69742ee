using Longhand.Kernels;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>
/// Between the weights of a convolution as a network has them, [filter, channel, kernel row, kernel column], and as <see cref="Correlation"/> reads
/// and sums them: the filters of a panel side by side. Each is a transposition, of the places of the kernel under one channel or one filter.
/// </summary>
internal sealed unsafe class ConvWeights(WindowAxis rows, WindowAxis columns, int channels, int filters, int groups)
{
    private readonly int area = rows.Size * columns.Size,
        groupChannels = channels / groups,
        groupFilters = filters / groups,
        length = rows.Size * columns.Size * (channels / groups);

    /// <summary>What one channel of each group has to do with every filter, for the way forward.</summary>
    public void Pack(float* weights, int channel, Correlation forward, float* packed)
    {
        int width = forward.PanelWidth;
        for (int g = 0; g < groups; g++)
        for (int o = 0; o < groupFilters; o += width)
            Packing.Transpose(
                weights + ((long)g * groupFilters + o) * length + (long)channel * area,
                length,
                Math.Min(width, groupFilters - o),
                area,
                packed + forward.PackedPlace(g, o, 0, 0, channel),
                (nint)groupChannels * width
            );
    }

    /// <summary>
    /// What one filter has to do with every channel, for the way back to the input: the weights that meet a place of the input, from the last to the
    /// first, with filters and channels changed about.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="back">The correlation of the gradients with the turned kernel.</param>
    /// <param name="packed">Its weights.</param>
    /// <param name="turnedRows">The rows of the turned kernel.</param>
    /// <param name="turnedColumns">Its columns.</param>
    /// <param name="place">Which place of the kernel stands at [row, column] of the turned one.</param>
    public void PackTurned(
        float* weights,
        int filter,
        Correlation back,
        float* packed,
        int turnedRows,
        int turnedColumns,
        Func<int, int, int> place
    )
    {
        int width = back.PanelWidth;
        (int group, int o) = Math.DivRem(filter, groupFilters);
        nint step = (nint)groupFilters * width;
        for (int c = 0; c < groupChannels; c += width)
        {
            float* from = weights + (long)filter * length + (long)c * area,
                to = packed + back.PackedPlace(group, c, 0, 0, o);
            int count = Math.Min(width, groupChannels - c);
            if (turnedRows * turnedColumns == area)
                Packing.Transpose(from, area, count, area, to + (area - 1) * step, -step);
            else
                for (int a = 0; a < turnedRows; a++)
                for (int b = 0; b < turnedColumns; b++, to += step)
                for (int i = 0, k = place(a, b); i < count; i++)
                    to[i] = from[i * area + k];
        }
    }

    /// <summary>The gradient of what one channel of each group has to do with every filter, from the sums of it.</summary>
    public void Unpack(float* sums, int paddedFilters, int channel, float* gradient)
    {
        for (int g = 0; g < groups; g++)
            Packing.Transpose(
                sums + ((long)g * length + channel) * paddedFilters,
                (nint)groupChannels * paddedFilters,
                area,
                groupFilters,
                gradient + (long)g * groupFilters * length + (long)channel * area,
                length
            );
    }
}

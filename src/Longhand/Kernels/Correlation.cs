using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// A kernel that moves over images that lie as [row, column, channel]: the way forward of a convolution, its way back to the input, and the
/// gradient of its weights. Nothing is gathered: one row of the kernel is a stretch of width times channels neighbouring floats, and the next
/// output lies a constant distance further, so that a tile of a matrix product reads the image where it is. Only where the kernel
/// reaches beyond the left or right edge, or where channels fall into groups, are a few rows copied, with zeros beside them; and where there
/// are many channels and filters and the stride is 1, the rows are copied channel by channel, since a tile whose rows read neighbouring numbers is
/// faster (<see cref="TileFamily.Kernel"/>).
/// </summary>
internal sealed unsafe partial class Correlation
{
    // Of fewer channels the stretches are too short, and what is read more seldom is not worth a copy.
    private const int LeastTurnedChannels = 8,
        LeastReads = 128;

    private readonly TileFamily family = TileFamily.Current;
    private readonly WindowAxis rows,
        columns;
    private readonly int channels,
        filters,
        groups,
        groupChannels,
        groupFilters,
        panels,
        paddedColumns,
        pixel;
    private readonly bool copies,
        contiguous,
        turns;

    /// <param name="rows">How the kernel moves along the rows.</param>
    /// <param name="columns">How it moves along the columns.</param>
    /// <param name="channels">Channels that are read.</param>
    /// <param name="filters">Channels that are written.</param>
    /// <param name="groups">Into how many groups both are cut.</param>
    public Correlation(WindowAxis rows, WindowAxis columns, int channels, int filters, int groups)
        : this(rows, columns, channels, filters, groups, mayJoin: true) { }

    private Correlation(WindowAxis rows, WindowAxis columns, int channels, int filters, int groups, bool mayJoin)
    {
        (this.rows, this.columns, this.channels, this.filters, this.groups) = (rows, columns, channels, filters, groups);
        (groupChannels, groupFilters) = (channels / groups, filters / groups);
        panels = family.Panels(groupFilters);
        paddedColumns = (int)((columns.Count - 1) * columns.Stride + Math.Max(columns.Span, 0));
        copies = rows.Size * columns.Size > 0 && (groups > 1 || columns.Before > 0 || paddedColumns - columns.Before > columns.Inputs);
        contiguous = columns.Dilation == 1 || columns.Size == 1;
        turns =
            family.ReadsBroadcasts
            && columns.Stride == 1
            && groupChannels >= LeastTurnedChannels
            && (long)rows.Size * columns.Size * groupFilters >= LeastReads;
        pixel = copies ? groupChannels : channels;
        if (mayJoin)
            (outputsTogether, joined, rest) = Join();
    }

    /// <summary>Numbers under the kernel, in one group.</summary>
    public int Length => rows.Size * columns.Size * groupChannels;

    /// <summary>Filters side by side in the packed weights.</summary>
    public int PanelWidth => family.PanelWidth;

    /// <summary>Filters of a group, and zeros up to whole panels.</summary>
    public int PaddedFilters => panels * family.PanelWidth;

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => OwnLength + (joined?.OwnLength ?? 0);

    private long OwnLength => (long)groups * Length * PaddedFilters;

    /// <summary>Floats that <see cref="Forward"/> and <see cref="AddWeightGradient"/> need for so many rows of output.</summary>
    public long RoomLength(int outputRows) =>
        Math.Max(OwnRoomLength(outputRows), Math.Max(joined?.OwnRoomLength(outputRows) ?? 0, rest?.OwnRoomLength(outputRows) ?? 0))
        + JoinedSumsLength;

    private long OwnRoomLength(int outputRows) =>
        (long)family.MostRows * family.PanelWidth
        + (copies || turns ? (Math.Min(rows.Inputs, (outputRows - 1L) * rows.Stride + rows.Span) * paddedColumns + 1) * groupChannels : 0)
        + outputRows * columns.Count * PaddedFilters
        + 2 * FloatBuffer.Padding;

    /// <summary>Where the packed weights have that of a group's filter at place [row, column, channel] of the kernel.</summary>
    public long PackedPlace(int group, int filter, int row, int column, int channel)
    {
        int width = family.PanelWidth,
            place = (row * columns.Size + column) * groupChannels + channel;
        return ((long)group * panels + filter / width) * Length * width + (long)place * width + filter % width;
    }

    /// <summary>Sets rows of the output of one image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The first row that is set.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="packed">The weights, by <see cref="PackedPlace"/>.</param>
    /// <param name="start">What is added to them, [group, padded filter].</param>
    /// <param name="output">The first pixel of the output.</param>
    /// <param name="rowStep">Floats from row to row of the output.</param>
    /// <param name="columnStep">Floats from column to column.</param>
    /// <param name="memory">A room.</param>
    /// <param name="fused">A rule that is applied to each row of a contiguous output while it is in the first cache; null for none.</param>
    /// <param name="before">How far from the output its numbers before the rule are left; 0 for nowhere.</param>
    public void Forward(
        float* image,
        int first,
        int end,
        float* packed,
        float* start,
        float* output,
        nint rowStep,
        nint columnStep,
        float* memory,
        ElementwiseKernel? fused = null,
        nint before = 0
    )
    {
        bool spills = rowStep == columns.Count * filters && columnStep == filters;
        if (joined is null || columnStep != filters)
        {
            Write(image, first, end, packed, start, output, rowStep, columnStep, memory, spills, fused, before);
            return;
        }
        WriteJoined(image, first, end, packed, start, output, rowStep, memory, spills);
        for (int i = first; i < end; i++)
            Finish(output + i * rowStep, fused, before);
    }

    // The rows themselves. What is written beyond a row may be anything where it spills, as all of it is still to be set.
    private void Write(
        float* image,
        int first,
        int end,
        float* packed,
        float* start,
        float* output,
        nint rowStep,
        nint columnStep,
        float* memory,
        bool spills,
        ElementwiseKernel? fused = null,
        nint before = 0
    )
    {
        int width = family.PanelWidth;
        for (int g = 0; g < groups; g++)
        {
            float* band = memory + family.MostRows * width;
            Source source = turns ? ReadTurned(image, first, end, g, band) : Read(image, first, end, g, band);
            // A panel of weights at a time, so that it stays in cache; from the last to the first, as what a vector writes beyond the last filter
            // is overwritten by what is still to come.
            for (int panel = panels - 1; panel >= 0; panel--)
            for (int i = first; i < end; i++)
            {
                (int top, int bottom) = rows.Inside(i);
                Tile t = Under(turns);
                t.A = top < bottom ? source.Row(rows.Place(i, top)) : image;
                t.ARun = rows.Dilation * source.Pitch;
                t.Runs = bottom - top;
                t.B = packed + (((long)g * panels + panel) * Length + (long)top * columns.Size * groupChannels) * width;
                t.Start = start + ((long)g * panels + panel) * width;
                t.C = output + i * rowStep + g * groupFilters + panel * width;
                t.CRow = columnStep;
                Row(t, groupFilters - panel * width, spills ? (end - 1 - i) * rowStep : 0, memory);
                if (g == groups - 1 && panel == 0)
                    Finish(output + i * rowStep, fused, before);
            }
        }
    }

    private void Finish(float* row, ElementwiseKernel? fused, nint before)
    {
        int length = (int)columns.Count * filters;
        if (before != 0)
            Packing.Rows(row, 0, 1, length, row + before, 0);
        fused?.Forward(row, row, length);
    }

    // One row of outputs for one panel, of whose columns so many are left. Behind the row so many numbers are still to be set.
    private void Row(in Tile row, int left, nint behind, float* edge)
    {
        int outputs = (int)columns.Count,
            tiles = (outputs + family.MostRows - 1) / family.MostRows,
            width = family.PanelWidth,
            vectors = left <= family.Lanes ? 1 : 2;
        for (int tile = 0; tile < tiles; tile++)
        {
            int from = outputs * tile / tiles,
                count = outputs * (tile + 1) / tiles - from;
            float* to = row.C + from * row.CRow;
            bool direct =
                left >= width
                || (groups == 1 && row.CRow == filters && behind + (outputs - from - count) * row.CRow >= vectors * family.Lanes - left);
            Tile t = row;
            t.A += from * t.ARow;
            t.C = direct ? to : edge;
            t.CRow = direct ? row.CRow : width;
            // While this tile is computed, what the one below it reads first and where it goes.
            if (!turns)
                Ahead.Fetch(t.A + row.Runs * row.ARun, count * t.ARow);
            for (int i = 0; i < count; i++)
                Ahead.Fetch(to + (outputs + i) * row.CRow, vectors * family.Lanes);
            family.Kernel(count, vectors, t.ARow == 1)(&t);
            if (!direct)
                Packing.Rows(edge, width, count, Math.Min(left, width), to, row.CRow);
        }
    }

    // How a tile goes through a row of the kernel: in one stretch, or in one for each of its places where those lie apart.
    private Tile Under(bool rowsAreNear)
    {
        Tile t = default;
        t.ARow = rowsAreNear ? 1 : columns.Stride * pixel;
        t.AStep = rowsAreNear ? paddedColumns : 1;
        t.BStep = family.PanelWidth;
        bool one = contiguous && !rowsAreNear;
        t.Stretches = one ? 1 : columns.Size;
        t.Length = one ? columns.Size * groupChannels : groupChannels;
        t.AStretch = columns.Dilation * (rowsAreNear ? 1 : pixel);
        t.BStretch = t.Length * t.BStep;
        return t;
    }

    // The rows that outputs first up to end look at: where they are, or copied.
    private Source Read(float* image, int first, int end, int group, float* band)
    {
        nint pitch = (nint)columns.Inputs * channels;
        if (!copies)
            return new(image - columns.Before * channels, 0, pitch);
        (int from, int to, int left, int skip, int inside) = Band(first, end);
        nint padded = (nint)paddedColumns * groupChannels;
        for (int row = from; row <= to; row++)
        {
            float* line = band + (row - from) * padded;
            new Span<float>(line, left * groupChannels).Clear();
            Packing.Rows(
                image + row * pitch + skip * channels + group * groupChannels,
                channels,
                groups == 1 ? 1 : inside,
                groups == 1 ? inside * channels : groupChannels,
                line + left * groupChannels,
                groupChannels
            );
            new Span<float>(line + (left + inside) * groupChannels, (paddedColumns - left - inside) * groupChannels).Clear();
        }
        return new(band, from, padded);
    }

    // The same rows copied channel by channel, so that neighbouring outputs read neighbouring numbers.
    private Source ReadTurned(float* image, int first, int end, int group, float* band)
    {
        (int from, int to, int left, int skip, int inside) = Band(first, end);
        nint pitch = (nint)columns.Inputs * channels,
            padded = (nint)paddedColumns * groupChannels;
        for (int row = from; row <= to; row++)
        {
            float* line = band + (row - from) * padded;
            if (inside < paddedColumns)
                for (int channel = 0; channel < groupChannels; channel++)
                {
                    float* plane = line + (nint)channel * paddedColumns;
                    for (int i = 0; i < left; i++)
                        plane[i] = 0;
                    for (int i = left + inside; i < paddedColumns; i++)
                        plane[i] = 0;
                }
            Packing.Transpose(
                image + row * pitch + skip * channels + group * groupChannels,
                channels,
                inside,
                groupChannels,
                line + left,
                paddedColumns
            );
        }
        return new(band, from, padded);
    }

    // The rows of the image that outputs first up to end look at; of each, how many zeros stand to its left in a copy, how many of its pixels
    // are left out, and how many are copied.
    private (int From, int To, int Left, int Skip, int Inside) Band(int first, int end)
    {
        int left = Math.Clamp(columns.Before, 0, paddedColumns),
            skip = Math.Max(0, -columns.Before);
        return (
            Math.Max(0, rows.Place(first, 0)),
            Math.Min(rows.Inputs - 1, rows.Place(end - 1, rows.Size - 1)),
            left,
            skip,
            Math.Clamp(columns.Inputs - skip, 0, paddedColumns - left)
        );
    }

    // Rows of an image, or of a part of one that begins at a row.
    private readonly struct Source(float* pointer, int first, nint pitch)
    {
        public nint Pitch { get; } = pitch;

        public float* Row(int row) => pointer + (row - first) * Pitch;
    }
}

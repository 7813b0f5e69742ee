using Longhand.Numbers;

namespace Longhand.Kernels;

// Few filters fill a vector badly. So those of several neighbouring outputs stand in it side by side: that is again a correlation, whose kernel
// reaches over all that they look at, with zeros where an output does not look, and which moves by as many outputs. Images and outputs lie
// in memory just as before. A number that is infinite or none thereby reaches the outputs beside it too.
internal sealed unsafe partial class Correlation
{
    // Of fewer sums in registers each would wait for its last multiply-add.
    private const int LeastJoined = 8;

    private readonly int outputsTogether;

    // The outputs of each row that go together, and those that are left over.
    private readonly Correlation? joined,
        rest;

    /// <summary>Lays out the packed weights for several outputs at once, once they are all there.</summary>
    public void Join(float* packed)
    {
        if (joined is null)
            return;
        int width = family.PanelWidth;
        float* to = packed + OwnLength;
        new Span<float>(to, (int)joined.OwnLength).Clear();
        for (int row = 0; row < rows.Size; row++)
        for (int output = 0; output < outputsTogether; output++)
        for (int column = 0; column < columns.Size; column++)
        for (int channel = 0; channel < channels; channel++)
            Packing.Rows(
                packed + PackedPlace(0, 0, row, column, channel),
                0,
                1,
                filters,
                to + joined.PackedPlace(0, output * filters, row, output * columns.Stride + column, channel),
                width
            );
    }

    // As many as a vector holds, where several fit and look at some of the same numbers.
    private (int Outputs, Correlation? Joined, Correlation? Left) Join()
    {
        int outputs = family.Lanes / Math.Max(1, filters);
        if (groups > 1 || outputs < 2 || columns.Dilation > 1 || columns.Stride >= columns.Size || columns.Count < LeastJoined * outputs)
            return default;
        (long whole, long left) = Math.DivRem(columns.Count, outputs);
        WindowAxis together =
                columns with
                {
                    Size = columns.Size + (outputs - 1) * columns.Stride,
                    Stride = columns.Stride * outputs,
                    Count = whole,
                },
            behind = columns with { Before = (int)(columns.Before - whole * outputs * columns.Stride), Count = left };
        return (
            outputs,
            new(rows, together, channels, filters * outputs, 1, mayJoin: false),
            left == 0 ? null : new(rows, behind, channels, filters, 1, mayJoin: false)
        );
    }

    // The sums of the wide kernel and of the biases beside each other.
    private int JoinedSumsLength => joined is null ? 0 : (joined.Length + 1) * PaddedFilters;

    // Floats of each row that are computed together.
    private nint JoinedRow => (nint)joined!.columns.Count * joined.filters;

    private void WriteJoined(
        float* image,
        int first,
        int end,
        float* packed,
        float* start,
        float* output,
        nint rowStep,
        float* memory,
        bool spills
    )
    {
        float* starts = stackalloc float[family.PanelWidth];
        for (int i = 0; i < outputsTogether; i++)
            Packing.Rows(start, 0, 1, filters, starts + i * filters, 0);
        joined!.Write(image, first, end, packed + OwnLength, starts, output, rowStep, joined.filters, memory, spills);
        // After what spilled over from the left of them; they themselves may not spill into the rows below, which are done.
        rest?.WriteColumns(image, first, end, packed, start, output + JoinedRow, rowStep, memory);
    }

    // A few columns of outputs, each from top to bottom, as a row of them would be too short for a tile.
    private void WriteColumns(float* image, int first, int end, float* packed, float* start, float* output, nint rowStep, float* memory)
    {
        int width = family.PanelWidth;
        Source source = Read(image, first, end, 0, memory + family.MostRows * width);
        for (int i = first, next; i < end; i = next)
        {
            (int top, int bottom) = rows.Inside(i);
            next = i + 1;
            while (next < end && next - i < family.MostRows && bottom - top == rows.Size && rows.Inside(next) == (top, bottom))
                next++;
            for (int column = 0; column < columns.Count; column++)
            {
                Tile t = Under(rowsAreNear: false);
                t.A = top < bottom ? source.Row(rows.Place(i, top)) + column * columns.Stride * pixel : image;
                t.ARow = rows.Stride * source.Pitch;
                t.ARun = rows.Dilation * source.Pitch;
                t.B = packed + (nint)top * columns.Size * channels * width;
                t.Runs = bottom - top;
                t.Start = start;
                t.C = memory;
                t.CRow = width;
                family.Kernel(next - i, 1)(&t);
                Packing.Rows(memory, width, next - i, filters, output + i * rowStep + column * filters, rowStep);
            }
        }
    }

    private void AddJoinedSums(
        float* image,
        int first,
        int end,
        float* dy,
        nint pitch,
        long readable,
        float* weights,
        float* bias,
        float* memory
    )
    {
        float* sums = memory,
            biases = sums + (nint)joined!.Length * PaddedFilters;
        memory += JoinedSumsLength;
        new Span<float>(sums, JoinedSumsLength).Clear();
        joined.AddSums(image, first, end, dy, pitch, readable, sums, bias == null ? null : biases, memory);
        for (int output = 0; output < outputsTogether; output++)
        {
            for (int row = 0; row < rows.Size; row++)
            for (int k = 0; k < columns.Size * channels; k++)
                AddFew(
                    weights + ((nint)row * columns.Size * channels + k) * PaddedFilters,
                    sums + (((nint)row * joined.columns.Size + output * columns.Stride) * channels + k) * PaddedFilters + output * filters
                );
            if (bias != null)
                AddFew(bias, biases + output * filters);
        }
        rest?.AddSums(image, first, end, dy + JoinedRow, pitch, readable - JoinedRow, weights, bias, memory);
    }

    private void AddFew(float* to, float* from)
    {
        for (int f = 0; f < filters; f++)
            to[f] += from[f];
    }
}

namespace Longhand.Kernels;

// The gradient of the weights: tiles of sums, over the outputs of some rows.
internal sealed unsafe partial class Correlation
{
    /// <summary>Adds to the sums of ∂W, [group, kernel row, kernel column, channel, padded filter], and of ∂b, [group, padded filter].</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The first row of the output that counts.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="dy">The gradient of the output's first pixel.</param>
    /// <param name="readable">How many floats from there on may be read.</param>
    /// <param name="weights">∂W.</param>
    /// <param name="bias">∂b; null for none.</param>
    /// <param name="memory">A room.</param>
    public void AddWeightGradient(float* image, int first, int end, float* dy, long readable, float* weights, float* bias, float* memory)
    {
        nint pitch = (nint)columns.Count * filters;
        if (joined is null)
            AddSums(image, first, end, dy, pitch, readable, weights, bias, memory);
        else
            AddJoinedSums(image, first, end, dy, pitch, readable, weights, bias, memory);
    }

    // The rows of the gradient stand a pitch apart.
    private void AddSums(float* image, int first, int end, float* dy, nint pitch, long readable, float* weights, float* bias, float* memory)
    {
        // So many outputs at once that the sums are seldom brought from the second cache, and what they read stays in the first.
        const int outputsAtOnce = 192;
        int outputs = (int)columns.Count,
            most = Math.Clamp(outputsAtOnce / outputs, 1, end - first);
        for (int g = 0; g < groups; g++)
        {
            Source source = Read(image, first, end, g, memory + (nint)most * outputs * PaddedFilters);
            for (int i = first, next; i < end; i = next)
            {
                next = Math.Min(i + most, end);
                var gradients = new Gradients(dy + i * pitch + g * groupFilters, filters, pitch, family.PanelWidth);
                // Several panels side by side would leave gaps in the cache, and the last vector may not be read beyond the end.
                if (filters > family.PanelWidth || next * pitch + family.PanelWidth > readable)
                    gradients = Pack(gradients, next - i, memory);
                // Where the rows lie that are read next.
                float* ahead = copies ? null : source.Row(rows.Place(next - 1, rows.Size - 1) + 1);
                AddRows(source, g, i, next, gradients, weights, bias, ahead);
            }
        }
    }

    private Gradients Pack(Gradients from, int rowCount, float* to)
    {
        int width = family.PanelWidth,
            outputs = (int)columns.Count;
        nint panelLength = (nint)rowCount * outputs * width;
        for (int panel = 0; panel < panels; panel++)
        for (int i = 0; i < rowCount; i++)
            Packing.Panel(
                new Matrix(from.Panel(panel) + i * from.Pitch, from.Step, 1),
                outputs,
                Math.Min(width, groupFilters - panel * width),
                width,
                to + panel * panelLength + (nint)i * outputs * width
            );
        return new(to, width, outputs * width, panelLength);
    }

    // Of output rows first up to end, for each row of the kernel.
    private void AddRows(Source source, int group, int first, int end, Gradients dy, float* weights, float* bias, float* ahead)
    {
        float one = 1;
        int stretches = contiguous ? 1 : columns.Size,
            length = columns.Size * groupChannels / Math.Max(1, stretches);
        nint fetched = ahead == null ? 0 : (end - first) * rows.Stride * source.Pitch / Math.Max(1, rows.Size * stretches);
        nint outputs = (nint)columns.Count;
        Tile t = default;
        t.BStep = dy.Step;
        t.BStretch = dy.Pitch;
        t.Length = outputs;
        t.Runs = 1;
        for (int a = 0; a < rows.Size; a++)
        {
            int from = first,
                to = end;
            while (from < to && !rows.Holds(rows.Place(from, a)))
                from++;
            while (from < to && !rows.Holds(rows.Place(to - 1, a)))
                to--;
            if (from == to)
                continue;
            t.Stretches = to - from;
            t.ARow = 1;
            t.AStep = columns.Stride * pixel;
            t.AStretch = rows.Stride * source.Pitch;
            for (int b = 0; b < stretches; b++, ahead += fetched)
                AddTiles(
                    t,
                    length,
                    source.Row(rows.Place(from, a)) + b * columns.Dilation * pixel,
                    dy.From((from - first) * t.BStretch),
                    weights + (((nint)group * rows.Size + a) * columns.Size * groupChannels + b * length) * PaddedFilters,
                    ahead,
                    fetched
                );
        }
        if (bias == null)
            return;
        // The sum over all outputs is their product with ones.
        t.Stretches = end - first;
        t.ARow = t.AStep = t.AStretch = 0;
        AddTiles(t, 1, &one, dy, bias + (nint)group * PaddedFilters, null, 0);
    }

    // Sums of a stretch of the kernel, each number by all filters of the group. Meanwhile some memory is brought near, a little with each tile.
    private void AddTiles(Tile t, int length, float* a, Gradients dy, float* sums, float* ahead, nint fetched)
    {
        int tiles = (length + family.MostRows - 1) / family.MostRows;
        nint each = fetched / Math.Max(1, tiles * panels);
        for (int panel = 0; panel < panels; panel++)
        {
            int column = panel * family.PanelWidth,
                vectors = groupFilters - column <= family.Lanes ? 1 : 2;
            for (int tile = 0; tile < tiles; tile++)
            {
                int from = length * tile / tiles;
                t.A = a + from;
                t.B = dy.Panel(panel);
                t.Start = t.C = sums + (nint)from * PaddedFilters + column;
                t.StartRow = t.CRow = PaddedFilters;
                Ahead.Fetch(ahead, each);
                ahead += each;
                family.Kernel(length * (tile + 1) / tiles - from, vectors, t.ARow == 1)(&t);
            }
        }
    }

    // Gradients of some outputs, panel by panel: where they are, or packed.
    private readonly struct Gradients(float* pointer, nint step, nint pitch, nint panelStep)
    {
        /// <summary>Floats from output to output of a row, and from row to row.</summary>
        public nint Step { get; } = step;

        public nint Pitch { get; } = pitch;

        public float* Panel(int panel) => pointer + panel * panelStep;

        public Gradients From(nint offset) => new(pointer + offset, Step, Pitch, panelStep);
    }
}

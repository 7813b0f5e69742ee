using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>
/// A convolution as matrix products over what lies under its kernel (<see cref="Patches"/>), block by block so that the blocks stay in cache:
/// Y = P·W, ∂W = Pᵀ·∂Y, ∂P = ∂Y·Wᵀ scattered back into the image. Bias and the next layer's element-wise rule are applied to each block as it
/// is stored. Weights are read as [group][kernel row, kernel column, channel][filter].
/// </summary>
internal sealed unsafe class ConvStep : PlanStep, IParallelWork
{
    // Floats of a block of patches; work is cut by size alone, so that results do not depend on the number of threads.
    private const int BlockLength = 1 << 14,
        MostRows = 32 * Gemm.TileRows,
        MostChunks = 16,
        ChunkMemory = 1 << 22;

    private readonly PlanSite site;
    private readonly Patches patches;
    private readonly int filters,
        groups,
        groupFilters,
        groupChannels,
        length,
        places,
        blockRows,
        blocks,
        chunkBlocks,
        chunks;
    private readonly long packedLength,
        packedTransposedLength,
        roomForPatches,
        roomForGradients;
    private readonly FloatBuffer weights,
        packed;
    private readonly FloatBuffer? packedTransposed,
        sums,
        bias;
    private readonly Rooms rooms;
    private Phase phase;

    public ConvStep(Conv layer, PlanSite site)
    {
        this.site = site;
        Shape image = site.InputShapes[0];
        filters = layer.Filters;
        groups = layer.Groups(image.Channels);
        groupFilters = filters / groups;
        groupChannels = image.Channels / groups;
        patches = new Patches(layer.Window.Rows(image.Height), layer.Window.Columns(image.Width), image.Channels, groupChannels);
        length = patches.Length;
        places = site.Batch * patches.Places;
        blockRows = Math.Min(Math.Clamp(BlockLength / length / Gemm.TileRows * Gemm.TileRows, Gemm.TileRows, MostRows), places);
        blocks = Blocks(places);
        bias = site.Parameters.Count > 1 ? site.Parameters[1] : null;
        weights = PlanSite.Scratch((long)length * filters);
        packedLength = Gemm.PackedLength(length, groupFilters);
        packed = PlanSite.Scratch(groups * packedLength);
        roomForPatches = Padded((long)blockRows * length);
        roomForGradients = site.Training ? Padded(Gemm.PackedLength(blockRows, groupFilters)) : 0;
        rooms = new Rooms(site.Pool.Threads, roomForPatches + roomForGradients + (site.Training ? (long)length * groupFilters : 0));
        if (!site.Training)
            return;
        packedTransposedLength = Gemm.PackedLength(groupFilters, length);
        packedTransposed = PlanSite.Scratch(groups * packedTransposedLength);
        int most = (int)Math.Clamp(ChunkMemory / SumsLength, 1, MostChunks);
        chunkBlocks = (blocks + most - 1) / most;
        chunks = (blocks + chunkBlocks - 1) / chunkBlocks;
        sums = PlanSite.Scratch(chunks * SumsLength);
    }

    private enum Phase
    {
        Output,
        Slope,
        WeightGradient,
        InputGradient,
    }

    // Of one chunk: ∂W and ∂b.
    private long SumsLength => (long)length * filters + filters;

    private long Operations => (long)places * length * groupFilters;

    public override void Forward()
    {
        ReadWeights();
        Run(Phase.Output, blocks, Operations);
    }

    public override void Backward()
    {
        if (site.Fused is not null)
            Run(Phase.Slope, blocks, (long)places * filters * 8);
        Run(Phase.WeightGradient, chunks, Operations);
        WriteWeightGradient();
        if (site.InputGradients[0] is null)
            return;
        int panels = Panels(length);
        for (int g = 0; g < groups; g++)
        for (int panel = 0; panel < panels; panel++)
            Gemm.PackPanel(
                weights.Pointer + (long)g * length * groupFilters,
                1,
                groupFilters,
                groupFilters,
                length,
                panel,
                packedTransposed!.Pointer + g * packedTransposedLength
            );
        Run(Phase.InputGradient, site.Batch, Operations);
    }

    public void Part(int part)
    {
        int first = part * blockRows,
            end = Math.Min(first + blockRows, places);
        switch (phase)
        {
            case Phase.Output:
                WriteOutput(first, end);
                break;
            case Phase.Slope:
                long from = (long)first * filters;
                float* z = site.BeforeFused is null ? null : site.BeforeFused.Pointer + from,
                    dy = site.OutputGradient!.Pointer + from;
                site.Fused!.Backward(z, site.Output.Pointer + from, dy, dy, (end - first) * filters);
                break;
            case Phase.WeightGradient:
                SumWeightGradient(part);
                break;
            case Phase.InputGradient:
                WriteInputGradient(part);
                break;
        }
    }

    private void WriteOutput(int first, int end)
    {
        int room = rooms.Enter(out float* memory);
        float* rows = site.Output.Pointer + (long)first * filters;
        for (int g = 0; g < groups; g++)
            Gemm.Rows(
                0,
                end - first,
                groupFilters,
                length,
                PatchRows(first, end, g, memory),
                length,
                1,
                packed.Pointer + g * packedLength,
                rows + g * groupFilters,
                filters
            );
        rooms.Leave(room);
        int count = (end - first) * filters;
        if (bias is not null)
            VectorKernel.AddToRows(rows, bias.Pointer, end - first, filters);
        if (site.BeforeFused is { } before)
            new Span<float>(rows, count).CopyTo(new Span<float>(before.Pointer + (long)first * filters, count));
        site.Fused?.Forward(rows, rows, count);
    }

    // A chunk sums over its blocks by itself; the chunks are added in their order afterwards.
    private void SumWeightGradient(int chunk)
    {
        float* sum = sums!.Pointer + chunk * SumsLength,
            biasSum = sum + (long)length * filters;
        new Span<float>(sum, (int)SumsLength).Clear();
        int room = rooms.Enter(out float* memory),
            panels = Panels(groupFilters);
        float* gradients = memory + roomForPatches,
            product = gradients + roomForGradients;
        int last = Math.Min((chunk + 1) * chunkBlocks, blocks);
        for (int block = chunk * chunkBlocks; block < last; block++)
        {
            int first = block * blockRows,
                end = Math.Min(first + blockRows, places);
            float* dy = site.OutputGradient!.Pointer + (long)first * filters;
            for (int g = 0; g < groups; g++)
            {
                float* rows = PatchRows(first, end, g, memory);
                for (int panel = 0; panel < panels; panel++)
                    Gemm.PackPanel(dy + g * groupFilters, filters, 1, end - first, groupFilters, panel, gradients);
                Gemm.Rows(0, length, groupFilters, end - first, rows, 1, length, gradients, product);
                VectorKernel.Add(sum + (long)g * length * groupFilters, product, length * groupFilters);
            }
            if (bias is not null)
                for (int row = 0; row < end - first; row++)
                    VectorKernel.Add(biasSum, dy + (long)row * filters, filters);
        }
        rooms.Leave(room);
    }

    private void WriteInputGradient(int sample)
    {
        float* image = site.InputGradients[0]!.Pointer + sample * patches.ImageLength,
            dy = site.OutputGradient!.Pointer + (long)sample * patches.Places * filters;
        bool direct = patches.AreTheImage;
        if (!direct)
            new Span<float>(image, (int)patches.ImageLength).Clear();
        int room = rooms.Enter(out float* memory);
        for (int first = 0; first < patches.Places; first += blockRows)
        {
            int end = Math.Min(first + blockRows, patches.Places);
            for (int g = 0; g < groups; g++)
            {
                float* rows = direct ? image + (long)first * length : memory;
                Gemm.Rows(
                    0,
                    end - first,
                    length,
                    groupFilters,
                    dy + (long)first * filters + g * groupFilters,
                    filters,
                    1,
                    packedTransposed!.Pointer + g * packedTransposedLength,
                    rows
                );
                if (!direct)
                    patches.Scatter(first, end, rows, image + g * groupChannels);
            }
        }
        rooms.Leave(room);
    }

    private float* PatchRows(int first, int end, int group, float* memory)
    {
        float* images = site.Inputs[0].Pointer;
        if (patches.AreTheImage)
            return images + (long)first * length;
        patches.Gather(first, end, images + group * groupChannels, memory);
        return memory;
    }

    // From [filter][channel][kernel row, kernel column] to [group][kernel row, kernel column, channel][filter], and that packed.
    private void ReadWeights()
    {
        float* from = site.Parameters[0].Pointer;
        int area = length / groupChannels,
            panels = Panels(groupFilters);
        for (int o = 0; o < filters; o++)
        for (int c = 0; c < groupChannels; c++)
        for (int k = 0; k < area; k++)
            weights.Pointer[Place(o, c, k)] = *from++;
        for (int g = 0; g < groups; g++)
        for (int panel = 0; panel < panels; panel++)
            Gemm.PackPanel(
                weights.Pointer + (long)g * length * groupFilters,
                groupFilters,
                1,
                length,
                groupFilters,
                panel,
                packed.Pointer + g * packedLength
            );
    }

    private void WriteWeightGradient()
    {
        float* sum = sums!.Pointer,
            to = site.ParameterResults[0].Pointer;
        for (int chunk = 1; chunk < chunks; chunk++)
            VectorKernel.Add(sum, sum + chunk * SumsLength, (int)SumsLength);
        int area = length / groupChannels;
        for (int o = 0; o < filters; o++)
        for (int c = 0; c < groupChannels; c++)
        for (int k = 0; k < area; k++)
            *to++ = sum[Place(o, c, k)];
        if (bias is not null)
            new Span<float>(sum + (long)length * filters, filters).CopyTo(site.ParameterResults[1].Span);
    }

    private long Place(int filter, int channel, int k)
    {
        (int g, int o) = Math.DivRem(filter, groupFilters);
        return ((long)g * length + k * groupChannels + channel) * groupFilters + o;
    }

    private int Blocks(int rows) => (rows + blockRows - 1) / blockRows;

    // What is too long for a buffer is refused there, in words.
    private static long Padded(long floats) => (floats + FloatBuffer.Padding - 1) / FloatBuffer.Padding * FloatBuffer.Padding;

    private static int Panels(int columns) => (columns + Gemm.PanelWidth - 1) / Gemm.PanelWidth;

    private void Run(Phase what, int parts, long operations)
    {
        phase = what;
        site.Share(this, parts, operations);
    }
}

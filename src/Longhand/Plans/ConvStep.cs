using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>
/// A convolution read directly from the images (<see cref="Correlation"/>): forward; back to the input, where it is a correlation of ∂Y with the
/// kernel turned about, one for each place that the stride can fall on; and to the weights. The bias is what the sums begin with, and the
/// next layer's element-wise rule is applied to each band of rows while it is in cache.
/// </summary>
internal sealed unsafe class ConvStep : PlanStep, IParallelWork
{
    // Work is cut into bands of rows, of which the second cache holds what they read, and enough of them for several threads; in training by size
    // alone, so that what is summed does not depend on the number of threads.
    private const int BandLength = 1 << 16,
        LeastBands = 16,
        MostSums = 16,
        ChunkMemory = 1 << 22;

    private readonly PlanSite site;
    private readonly WindowAxis rows,
        columns;
    private readonly int channels,
        filters,
        groups,
        bandRows,
        bands,
        inputBands,
        chunks;
    private readonly long inputLength,
        outputLength;
    private readonly Correlation forward;
    private readonly ConvWeights weights;
    private readonly FloatBuffer packed,
        start;
    private readonly FloatBuffer? zeros,
        sums;
    private readonly (ConvInputPhase Phase, int BandRows, int Bands)[] phases;
    private readonly Rooms rooms;
    private Phase phase;
    private int chunksToAdd;
    private bool isPacked;

    public ConvStep(Conv layer, PlanSite site)
    {
        this.site = site;
        Shape image = site.InputShapes[0];
        (rows, columns) = (layer.Window.Rows(image.Height), layer.Window.Columns(image.Width));
        (channels, filters, groups) = (image.Channels, layer.Filters, layer.Groups(image.Channels));
        (inputLength, outputLength) = (image.Length, rows.Count * columns.Count * filters);
        forward = new Correlation(rows, columns, channels, filters, groups);
        weights = new ConvWeights(rows, columns, channels, filters, groups);
        bandRows = BandRows(rows, (long)columns.Inputs * channels);
        bands = Bands(rows, bandRows);
        packed = PlanSite.Scratch(forward.PackedLength);
        start = PlanSite.Scratch((long)groups * forward.PaddedFilters);
        long room = forward.RoomLength(bandRows);
        phases = site.Training && site.InputGradients[0] is not null ? [.. Phases()] : [];
        foreach ((ConvInputPhase p, int height, int count) in phases)
        {
            room = Math.Max(room, p.Correlation.RoomLength(height));
            inputBands += count;
        }
        rooms = new Rooms(site.Pool.Threads, room);
        if (!site.Training)
            return;
        zeros = PlanSite.Scratch(phases.Length == 0 ? 0 : (long)groups * phases[0].Phase.Correlation.PaddedFilters);
        chunks = (int)Math.Clamp(ChunkMemory / SumsLength, 1, Math.Min(MostSums, Units));
        sums = PlanSite.Scratch(chunks * SumsLength);
    }

    private enum Phase
    {
        Pack,
        Output,
        WeightGradient,
        AddChunks,
        Unpack,
        PackTurned,
        InputGradient,
    }

    private int Units => site.Batch * bands;

    // Of one chunk: ∂W and ∂b.
    private long SumsLength => (long)groups * (forward.Length + 1) * forward.PaddedFilters;

    private long Operations => (long)site.Batch * rows.Count * columns.Count * forward.Length * filters;

    private long WeightOperations => (long)forward.Length * filters;

    private int GroupFilters => filters / groups;

    private int GroupChannels => channels / groups;

    // With fewer sums the samples could not be shared out on the way back.
    public override bool IsBySample => site.Training && chunks == MostSums;

    public override int MostChunks => chunks;

    public override void Forward()
    {
        Begin(back: false);
        Run(Phase.Output, Units, Operations);
    }

    public override void Backward()
    {
        Run(Phase.WeightGradient, chunks, Operations);
        End(chunks);
        Begin(back: true);
        if (phases.Length > 0)
            Run(Phase.InputGradient, site.Batch * inputBands, Operations);
    }

    // The weights in the order in which they are read.
    public override void Begin(bool back)
    {
        if (back && phases.Length > 0)
        {
            Run(Phase.PackTurned, filters, WeightOperations);
            foreach ((ConvInputPhase p, _, _) in phases)
                p.Correlation.Join(p.Packed.Pointer);
        }
        if (back || isPacked)
            return;
        CopyBias(site.Parameters, start.Pointer, back: false);
        Run(Phase.Pack, GroupChannels, WeightOperations);
        forward.Join(packed.Pointer);
        isPacked = site.ParametersAreFixed;
    }

    public override void Forward(int sample)
    {
        for (int band = 0; band < bands; band++)
            WriteOutput(sample, band);
    }

    public override void BeginChunk(int chunk) => new Span<float>(sums!.Pointer + chunk * SumsLength, (int)SumsLength).Clear();

    public override void Backward(int sample, int chunk)
    {
        SumWeightGradient(chunk, sample * bands, (sample + 1) * bands);
        foreach ((ConvInputPhase p, int height, int count) in phases)
            for (int band = 0; band < count; band++)
                WriteInputGradient(p, sample, band * height, (band + 1L) * height);
    }

    public override void End(int chunks)
    {
        chunksToAdd = chunks;
        Run(Phase.AddChunks, chunks, chunks * SumsLength);
        Run(Phase.Unpack, GroupChannels, WeightOperations);
        CopyBias(site.ParameterResults, sums!.Pointer + SumsLength - (long)groups * forward.PaddedFilters, back: true);
    }

    public void Part(int part)
    {
        switch (phase)
        {
            case Phase.Pack:
                weights.Pack(site.Parameters[0].Pointer, part, forward, packed.Pointer);
                break;
            case Phase.Output:
                WriteOutput(part / bands, part % bands);
                break;
            case Phase.WeightGradient:
                BeginChunk(part);
                SumWeightGradient(part, (int)((long)Units * part / chunks), (int)((long)Units * (part + 1) / chunks));
                break;
            case Phase.AddChunks:
                AddChunks(part);
                break;
            case Phase.Unpack:
                weights.Unpack(sums!.Pointer, forward.PaddedFilters, part, site.ParameterResults[0].Pointer);
                break;
            case Phase.PackTurned:
                PackTurned(part);
                break;
            case Phase.InputGradient:
                WriteInputGradient(part);
                break;
        }
    }

    private void WriteOutput(int sample, int band)
    {
        (int first, int end) = Rows(band);
        float* output = site.Output.Pointer + sample * outputLength;
        nint rowLength = (nint)columns.Count * filters;
        int room = rooms.Enter(out float* memory);
        forward.Forward(
            site.Inputs[0].Pointer + sample * inputLength,
            first,
            end,
            packed.Pointer,
            start.Pointer,
            output,
            rowLength,
            filters,
            memory,
            site.Fused,
            site.BeforeFused is { } before ? (nint)(before.Pointer - site.Output.Pointer) : 0
        );
        rooms.Leave(room);
    }

    // A chunk sums over its bands by itself; the chunks are added in their order afterwards.
    private void SumWeightGradient(int chunk, int firstUnit, int endUnit)
    {
        float* sum = sums!.Pointer + chunk * SumsLength;
        int room = rooms.Enter(out float* memory);
        for (int unit = firstUnit; unit < endUnit; unit++)
        {
            (int firstRow, int endRow) = Rows(unit % bands);
            long sample = unit / bands,
                at = sample * outputLength;
            BackThroughFused(at + firstRow * columns.Count * filters, (int)((endRow - firstRow) * columns.Count * filters));
            forward.AddWeightGradient(
                site.Inputs[0].Pointer + sample * inputLength,
                firstRow,
                endRow,
                site.OutputGradient!.Pointer + at,
                site.OutputGradient.Length - at,
                sum,
                site.Parameters.Count > 1 ? sum + SumsLength - (long)groups * forward.PaddedFilters : null,
                memory
            );
        }
        rooms.Leave(room);
    }

    private void BackThroughFused(long from, int count)
    {
        if (site.Fused is null)
            return;
        float* z = site.BeforeFused is null ? null : site.BeforeFused.Pointer + from,
            dy = site.OutputGradient!.Pointer + from;
        site.Fused.Backward(z, site.Output.Pointer + from, dy, dy, count);
    }

    private void WriteInputGradient(int part)
    {
        int index = 0;
        while (part >= phases[index].Bands * site.Batch)
            part -= phases[index++].Bands * site.Batch;
        (ConvInputPhase p, int height, int count) = phases[index];
        (int sample, int band) = Math.DivRem(part, count);
        WriteInputGradient(p, sample, band * height, (band + 1L) * height);
    }

    private void WriteInputGradient(ConvInputPhase p, int sample, int first, long end)
    {
        nint rowLength = (nint)columns.Inputs * channels;
        int room = rooms.Enter(out float* memory);
        p.Correlation.Forward(
            site.OutputGradient!.Pointer + sample * outputLength,
            first,
            (int)Math.Min(end, p.Rows.Count),
            p.Packed.Pointer,
            zeros!.Pointer,
            site.InputGradients[0]!.Pointer + sample * inputLength + p.FirstRow * rowLength + p.FirstColumn * channels,
            rows.Stride * rowLength,
            columns.Stride * channels,
            memory
        );
        rooms.Leave(room);
    }

    private void PackTurned(int filter)
    {
        foreach ((ConvInputPhase p, _, _) in phases)
            weights.PackTurned(site.Parameters[0].Pointer, filter, p.Correlation, p.Packed.Pointer, p.Rows.Size, p.Columns.Size, p.Place);
    }

    // A piece of the sums of all chunks, into those of the first.
    private void AddChunks(int part)
    {
        long from = SumsLength * part / chunksToAdd,
            end = SumsLength * (part + 1) / chunksToAdd;
        for (int chunk = 1; chunk < chunksToAdd; chunk++)
            VectorKernel.Add(sums!.Pointer + from, sums.Pointer + chunk * SumsLength + from, (int)(end - from));
    }

    // Between a vector of all filters and one with room for whole panels in each group.
    private void CopyBias(IReadOnlyList<FloatBuffer> parameters, float* padded, bool back)
    {
        if (parameters.Count < 2)
            return;
        for (int g = 0; g < groups; g++)
        {
            var whole = new Span<float>(parameters[1].Pointer + (long)g * GroupFilters, GroupFilters);
            var part = new Span<float>(padded + (long)g * forward.PaddedFilters, GroupFilters);
            if (back)
                part.CopyTo(whole);
            else
                whole.CopyTo(part);
        }
    }

    private (int First, int End) Rows(int band) => (band * bandRows, (int)Math.Min((band + 1L) * bandRows, rows.Count));

    private int BandRows(WindowAxis axis, long rowLength)
    {
        long most = Math.Max(1, BandLength / Math.Max(1, rowLength * axis.Stride)),
            least = site.Training || site.Pool.Threads > 1 ? LeastBands : 1,
            few = (axis.Count * site.Batch + least - 1) / least;
        return (int)Math.Clamp(Math.Min(most, few), 1, axis.Count);
    }

    private static int Bands(WindowAxis axis, int bandRows) => (int)((axis.Count + bandRows - 1) / bandRows);

    private IEnumerable<(ConvInputPhase Phase, int BandRows, int Bands)> Phases()
    {
        for (int row = 0; row < Math.Min(rows.Stride, rows.Inputs); row++)
        for (int column = 0; column < Math.Min(columns.Stride, columns.Inputs); column++)
        {
            var p = new ConvInputPhase(rows, columns, channels, filters, groups, row, column);
            int height = BandRows(p.Rows, columns.Count * filters);
            yield return (p, height, Bands(p.Rows, height));
        }
    }

    private void Run(Phase what, int parts, long operations)
    {
        phase = what;
        site.Share(this, parts, operations);
    }
}

using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>A convolution with one filter for each channel, with channels as lanes.</summary>
internal sealed unsafe class DepthwiseStep : PlanStep, IParallelWork
{
    // Work is cut by size alone, so that results do not depend on the number of threads.
    private const int MostSums = 16,
        LeastBands = 16;

    private readonly PlanSite site;
    private readonly WindowAxis rows;
    private readonly DepthwiseKernel kernel;
    private readonly int channels,
        area,
        bands,
        chunks;
    private readonly long inputLength,
        outputLength;
    private readonly FloatBuffer weights,
        bias;
    private readonly FloatBuffer? sums;
    private Phase phase;

    public DepthwiseStep(Conv layer, PlanSite site)
    {
        this.site = site;
        Shape image = site.InputShapes[0];
        WindowAxis columns = layer.Window.Columns(image.Width);
        rows = layer.Window.Rows(image.Height);
        channels = image.Channels;
        area = rows.Size * columns.Size;
        kernel = new DepthwiseKernel(rows, columns, channels);
        (inputLength, outputLength) = (image.Length, rows.Count * columns.Count * channels);
        bands = (int)Math.Min(rows.Count, (LeastBands + site.Batch - 1) / site.Batch);
        chunks = Math.Min(MostSums, Units);
        weights = PlanSite.Scratch(kernel.WeightLength);
        bias = PlanSite.Scratch(kernel.PaddedChannels);
        sums = site.Training ? PlanSite.Scratch(chunks * SumsLength) : null;
    }

    private enum Phase
    {
        Output,
        WeightGradient,
        InputGradient,
    }

    private int Units => site.Batch * bands;

    // Of one chunk: ∂w and ∂b.
    private long SumsLength => kernel.WeightLength + kernel.PaddedChannels;

    public override void Forward()
    {
        for (int c = 0; c < channels; c++)
        for (int k = 0; k < area; k++)
            weights.Pointer[(long)k * kernel.PaddedChannels + c] = site.Parameters[0].Pointer[(long)c * area + k];
        if (site.Parameters.Count > 1)
            site.Parameters[1].Span.CopyTo(bias.Span);
        Run(Phase.Output, Units);
    }

    public override void Backward()
    {
        Run(Phase.WeightGradient, chunks);
        float* sum = sums!.Pointer;
        for (int chunk = 1; chunk < chunks; chunk++)
            VectorKernel.Add(sum, sum + chunk * SumsLength, (int)SumsLength);
        for (int c = 0; c < channels; c++)
        for (int k = 0; k < area; k++)
            site.ParameterResults[0].Pointer[(long)c * area + k] = sum[(long)k * kernel.PaddedChannels + c];
        if (site.Parameters.Count > 1)
            new Span<float>(sum + kernel.WeightLength, channels).CopyTo(site.ParameterResults[1].Span);
        if (site.InputGradients[0] is not null)
            Run(Phase.InputGradient, site.Batch);
    }

    public void Part(int part)
    {
        switch (phase)
        {
            case Phase.Output:
                WriteOutput(part);
                break;
            case Phase.WeightGradient:
                SumWeightGradient(part);
                break;
            case Phase.InputGradient:
                kernel.Backward(
                    site.OutputGradient!.Pointer + part * outputLength,
                    weights.Pointer,
                    site.InputGradients[0]!.Pointer + part * inputLength
                );
                break;
        }
    }

    private void WriteOutput(int unit)
    {
        (long sample, int first, int end) = Rows(unit);
        float* image = site.Inputs[0].Pointer + sample * inputLength,
            output = site.Output.Pointer + sample * outputLength;
        kernel.Forward(image, first, end, weights.Pointer, bias.Pointer, output);
        long rowLength = outputLength / rows.Count,
            from = sample * outputLength + first * rowLength;
        float* z = site.Output.Pointer + from;
        int count = (int)((end - first) * rowLength);
        if (site.BeforeFused is { } before)
            new Span<float>(z, count).CopyTo(new Span<float>(before.Pointer + from, count));
        site.Fused?.Forward(z, z, count);
    }

    // A chunk sums over its rows by itself; the chunks are added in their order afterwards.
    private void SumWeightGradient(int chunk)
    {
        float* sum = sums!.Pointer + chunk * SumsLength;
        new Span<float>(sum, (int)SumsLength).Clear();
        for (int unit = (int)((long)Units * chunk / chunks), last = (int)((long)Units * (chunk + 1) / chunks); unit < last; unit++)
        {
            (long sample, int first, int end) = Rows(unit);
            long rowLength = outputLength / rows.Count,
                from = sample * outputLength + first * rowLength;
            float* z = site.BeforeFused is null ? null : site.BeforeFused.Pointer + from,
                dy = site.OutputGradient!.Pointer + from;
            site.Fused?.Backward(z, site.Output.Pointer + from, dy, dy, (int)((end - first) * rowLength));
            kernel.AddWeightGradient(
                site.Inputs[0].Pointer + sample * inputLength,
                first,
                end,
                site.OutputGradient.Pointer + sample * outputLength,
                sum,
                sum + kernel.WeightLength
            );
        }
    }

    private (long Sample, int First, int End) Rows(int unit)
    {
        (int sample, int band) = Math.DivRem(unit, bands);
        return (sample, (int)(rows.Count * band / bands), (int)(rows.Count * (band + 1) / bands));
    }

    private void Run(Phase what, int parts)
    {
        phase = what;
        site.Share(this, parts, site.Batch * outputLength * area);
    }
}

using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Plans;

/// <summary>
/// Batch normalisation over rows of channels, all pixels of all samples. Sums are taken in blocks cut by size and added in their order, in
/// double precision, so that they are the same on any number of threads.
/// </summary>
internal sealed unsafe class BatchNormStep : PlanStep, IParallelWork
{
    private const int BlockLength = 4096,
        LeastRows = 16,
        MostRows = 256;

    private readonly BatchNorm layer;
    private readonly PlanSite site;
    private readonly int channels,
        rows,
        blockRows,
        blocks;
    private readonly FloatBuffer mean,
        inverse,
        scale,
        shift,
        factor,
        sums,
        products;
    private Phase phase;

    public BatchNormStep(BatchNorm layer, PlanSite site)
    {
        (this.layer, this.site) = (layer, site);
        channels = site.InputShapes[0].Channels;
        rows = site.Inputs[0].Length / channels;
        blockRows = Math.Clamp(BlockLength / channels, LeastRows, MostRows);
        blocks = (rows + blockRows - 1) / blockRows;
        mean = PlanSite.Scratch(channels);
        inverse = PlanSite.Scratch(channels);
        scale = PlanSite.Scratch(channels);
        shift = PlanSite.Scratch(channels);
        factor = PlanSite.Scratch(channels);
        sums = PlanSite.Scratch((long)blocks * channels);
        products = PlanSite.Scratch((long)blocks * channels);
    }

    private enum Phase
    {
        Sum,
        SumSquares,
        Scale,
        SumGradients,
        Back,
    }

    public override void Forward()
    {
        if (site.Training)
            Measure();
        else
            for (int c = 0; c < channels; c++)
                SetMoments(c, site.Parameters[2].Span[c], site.Parameters[3].Span[c]);
        for (int c = 0; c < channels; c++)
        {
            scale.Span[c] = site.Parameters[0].Span[c] * inverse.Span[c];
            shift.Span[c] = site.Parameters[1].Span[c];
        }
        Run(Phase.Scale);
    }

    public override void Backward()
    {
        Run(Phase.SumGradients);
        for (int c = 0; c < channels; c++)
        {
            double bias = Total(sums, c),
                weight = Total(products, c) * inverse.Span[c];
            site.ParameterResults[0].Span[c] = (float)weight;
            site.ParameterResults[1].Span[c] = (float)bias;
            factor.Span[c] = site.Parameters[0].Span[c] * inverse.Span[c];
            shift.Span[c] = (float)(bias / rows);
            scale.Span[c] = (float)(weight / rows * inverse.Span[c]);
        }
        if (site.InputGradients[0] is not null)
            Run(Phase.Back);
    }

    public void Part(int part)
    {
        int first = part * blockRows,
            count = Math.Min(blockRows, rows - first);
        long from = (long)first * channels;
        float* x = site.Inputs[0].Pointer + from,
            dy = site.OutputGradient is null ? null : site.OutputGradient.Pointer + from,
            sum = sums.Pointer + (long)part * channels;
        switch (phase)
        {
            case Phase.Sum:
                ChannelKernel.Sum(x, count, channels, sum);
                break;
            case Phase.SumSquares:
                ChannelKernel.SumSquares(x, count, channels, mean.Pointer, sum);
                break;
            case Phase.Scale:
                ChannelKernel.Scale(x, count, channels, mean.Pointer, scale.Pointer, shift.Pointer, site.Output.Pointer + from);
                break;
            case Phase.SumGradients:
                ChannelKernel.Sum(dy, count, channels, sum);
                ChannelKernel.SumProducts(x, dy, count, channels, mean.Pointer, products.Pointer + (long)part * channels);
                break;
            case Phase.Back:
                ChannelKernel.Back(
                    x,
                    dy,
                    count,
                    channels,
                    mean.Pointer,
                    factor.Pointer,
                    shift.Pointer,
                    scale.Pointer,
                    site.InputGradients[0]!.Pointer + from
                );
                break;
        }
    }

    // Mean and variance of the batch, and the running values that follow from them.
    private void Measure()
    {
        Run(Phase.Sum);
        for (int c = 0; c < channels; c++)
            mean.Span[c] = (float)(Total(sums, c) / rows);
        Run(Phase.SumSquares);
        for (int c = 0; c < channels; c++)
        {
            double squares = Total(sums, c);
            SetMoments(c, mean.Span[c], squares / rows);
            site.ParameterResults[2].Span[c] = Next(site.Parameters[2].Span[c], mean.Span[c]);
            site.ParameterResults[3].Span[c] = Next(site.Parameters[3].Span[c], squares / (rows - 1));
        }
    }

    private float Next(float running, double found) => (float)((1 - layer.Momentum) * running + layer.Momentum * found);

    private void SetMoments(int channel, float average, double variance)
    {
        mean.Span[channel] = average;
        inverse.Span[channel] = (float)(1 / Math.Sqrt(variance + layer.Epsilon));
    }

    private double Total(FloatBuffer partial, int channel)
    {
        double total = 0;
        for (int block = 0; block < blocks; block++)
            total += partial.Pointer[(long)block * channels + channel];
        return total;
    }

    private void Run(Phase what)
    {
        phase = what;
        site.Share(this, blocks, site.Inputs[0].Length);
    }
}

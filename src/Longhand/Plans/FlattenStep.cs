namespace Longhand.Plans;

using Longhand.Kernels;

/// <summary>From row by row with the channels together, as images lie in a plan, to channel by channel, as vectors are read; and back.</summary>
internal sealed unsafe class FlattenStep(PlanSite site) : PlanStep, IParallelWork
{
    private readonly int channels = site.InputShapes[0].Channels,
        pixels = site.InputShapes[0].Height * site.InputShapes[0].Width;

    private bool backward;

    public override void Forward() => Run(back: false);

    public override void Backward()
    {
        if (site.InputGradients[0] is not null)
            Run(back: true);
    }

    public override bool IsBySample => true;

    public override void Begin(bool back) => backward = back;

    public override void Forward(int sample) => Part(sample);

    public override void Backward(int sample, int chunk)
    {
        if (site.InputGradients[0] is not null)
            Part(sample);
    }

    public void Part(int part)
    {
        long first = (long)part * channels * pixels;
        if (backward)
            Packing.Transpose(
                site.OutputGradient!.Pointer + first,
                pixels,
                channels,
                pixels,
                site.InputGradients[0]!.Pointer + first,
                channels
            );
        else
            Packing.Transpose(site.Inputs[0].Pointer + first, channels, pixels, channels, site.Output.Pointer + first, pixels);
    }

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, site.Batch, site.Output.Length);
    }
}

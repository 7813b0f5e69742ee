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

    public void Part(int part)
    {
        long first = (long)part * channels * pixels;
        if (backward)
            Transpose(site.OutputGradient!.Pointer + first, site.InputGradients[0]!.Pointer + first, channels, pixels);
        else
            Transpose(site.Inputs[0].Pointer + first, site.Output.Pointer + first, pixels, channels);
    }

    private static void Transpose(float* from, float* to, int rows, int columns)
    {
        for (int j = 0; j < columns; j++)
        for (int i = 0; i < rows; i++)
            to[(long)j * rows + i] = from[(long)i * columns + j];
    }

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, site.Batch, site.Output.Length);
    }
}

using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Plans;

/// <summary>
/// Dropout: the reference's masks bit for bit, since they are a function of update, sample and position. Positions count
/// channel by channel, while a plan's images lie with their channels together.
/// </summary>
internal sealed unsafe class DropoutStep : PlanStep, IParallelWork
{
    private readonly PlanSite site;
    private readonly double probability;
    private readonly float scale;
    private readonly int channels,
        pixels;
    private MaskKey mask;
    private bool backward;

    public DropoutStep(double probability, PlanSite site)
    {
        (this.probability, this.site) = (probability, site);
        scale = 1 / (1 - (float)probability);
        Shape shape = site.Node.Output;
        (channels, pixels) = (shape.Channels, shape.Height * shape.Width);
    }

    public override void Forward() => Run(back: false);

    public override void Backward()
    {
        if (site.InputGradients[0] is not null)
            Run(back: true);
    }

    public void Part(int part)
    {
        long first = (long)part * channels * pixels;
        float* from = (backward ? site.OutputGradient! : site.Inputs[0]).Pointer + first,
            to = (backward ? site.InputGradients[0]! : site.Output).Pointer + first;
        if (!site.Training)
        {
            new ReadOnlySpan<float>(from, channels * pixels).CopyTo(new Span<float>(to, channels * pixels));
            return;
        }
        ulong stepped = mask.Stepped;
        for (int p = 0, at = 0; p < pixels; p++)
        for (int c = 0; c < channels; c++, at++)
            to[at] = MaskKey.Uniform(stepped, part, c * pixels + p) < probability ? 0 : from[at] * scale;
    }

    private void Run(bool back)
    {
        backward = back;
        mask = site.Mask();
        site.Share(this, site.Batch, site.Output.Length * 8L);
    }
}

using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>An activation that was not fused into the layer before it.</summary>
internal sealed unsafe class ElementwiseStep(ElementwiseKernel kernel, PlanSite site) : PlanStep, IParallelWork
{
    private const int Block = 8192;
    private bool backward;

    private int Length => site.Output.Length;

    public override void Forward() => Run(back: false);

    public override void Backward()
    {
        if (site.InputGradients[0] is not null)
            Run(back: true);
    }

    public override bool IsBySample => true;

    public override void Begin(bool back) => backward = back;

    public override void Forward(int sample) => Apply(sample * (Length / site.Batch), Length / site.Batch);

    public override void Backward(int sample, int chunk)
    {
        if (site.InputGradients[0] is not null)
            Apply(sample * (Length / site.Batch), Length / site.Batch);
    }

    public void Part(int part) => Apply(part * Block, Math.Min(Block, Length - part * Block));

    private void Apply(int from, int count)
    {
        float* x = site.Inputs[0].Pointer + from,
            y = site.Output.Pointer + from;
        if (backward)
            kernel.Backward(x, y, site.OutputGradient!.Pointer + from, site.InputGradients[0]!.Pointer + from, count);
        else
            kernel.Forward(x, y, count);
    }

    private void Run(bool back)
    {
        backward = back;
        site.Pool.Run(this, (Length + Block - 1) / Block);
    }
}

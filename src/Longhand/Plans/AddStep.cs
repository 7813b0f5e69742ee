using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>The sum of several values; on the way back each gets the whole gradient.</summary>
internal sealed unsafe class AddStep(PlanSite site) : PlanStep, IParallelWork
{
    private const int Block = 8192;
    private bool backward;

    public override void Forward() => Run(back: false);

    public override void Backward() => Run(back: true);

    public void Part(int part)
    {
        int from = part * Block,
            count = Math.Min(Block, site.Output.Length - from);
        if (backward)
        {
            var gradient = new ReadOnlySpan<float>(site.OutputGradient!.Pointer + from, count);
            for (int k = 0; k < site.Inputs.Count; k++)
                if (site.InputGradients[k] is { } dx)
                    gradient.CopyTo(new Span<float>(dx.Pointer + from, count));
            return;
        }
        float* sum = site.Output.Pointer + from;
        new ReadOnlySpan<float>(site.Inputs[0].Pointer + from, count).CopyTo(new Span<float>(sum, count));
        for (int k = 1; k < site.Inputs.Count; k++)
            VectorKernel.Add(sum, site.Inputs[k].Pointer + from, count);
    }

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, (site.Output.Length + Block - 1) / Block, (long)site.Output.Length * site.Inputs.Count);
    }
}

using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>A step without parameters whose parts are the samples, by itself as in a <see cref="SampleChain"/>.</summary>
/// <param name="site">Where it is laid.</param>
/// <param name="operations">About how many numbers it computes in the whole batch.</param>
internal abstract class SampleStep(PlanSite site, long operations) : PlanStep, IParallelWork
{
    /// <summary>Where it is laid.</summary>
    protected PlanSite Site { get; } = site;

    /// <summary>Whether a part is the way back of its sample; that of the input's gradient is only taken where it is asked for.</summary>
    protected bool IsBackward { get; private set; }

    public override bool IsBySample => true;

    public override void Begin(bool back) => IsBackward = back;

    public override void Forward()
    {
        Begin(back: false);
        Site.Share(this, Site.Batch, operations);
    }

    public override void Backward()
    {
        if (Site.InputGradients[0] is null)
            return;
        Begin(back: true);
        Site.Share(this, Site.Batch, operations);
    }

    public override void Forward(int sample) => Part(sample);

    public override void Backward(int sample, int chunk)
    {
        if (Site.InputGradients[0] is not null)
            Part(sample);
    }

    /// <summary>Takes a sample.</summary>
    public abstract void Part(int sample);
}

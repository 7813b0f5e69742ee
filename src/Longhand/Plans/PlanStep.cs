namespace Longhand.Plans;

/// <summary>One layer laid into a plan: where its numbers lie has been decided, so that it only computes.</summary>
internal abstract class PlanStep
{
    /// <summary>Computes the output from the inputs.</summary>
    public abstract void Forward();

    /// <summary>Computes the gradients of inputs and parameters from that of the output.</summary>
    public abstract void Backward();

    /// <summary>
    /// Whether what becomes of a sample depends on that sample alone, and the step can be taken sample by sample: then neighbouring steps
    /// go through one sample after the other (<see cref="SampleChain"/>), while it is in the cache, instead of each through the batch.
    /// </summary>
    public virtual bool IsBySample => false;

    /// <summary>Of how many groups of samples the gradients of the parameters can be summed apart.</summary>
    public virtual int MostChunks => int.MaxValue;

    /// <summary>What comes before the samples.</summary>
    public virtual void Begin(bool back) { }

    /// <summary>The output of a sample. Several threads take several samples at once.</summary>
    public virtual void Forward(int sample) => throw new NotSupportedException("A bug in Longhand: this step has no samples.");

    /// <summary>What comes before the samples of a chunk; a thread takes a chunk.</summary>
    public virtual void BeginChunk(int chunk) { }

    /// <summary>The gradients of a sample; those of the parameters are added to the sums of a chunk.</summary>
    public virtual void Backward(int sample, int chunk) => throw new NotSupportedException("A bug in Longhand: this step has no samples.");

    /// <summary>The gradients of the parameters from those of so many chunks.</summary>
    public virtual void End(int chunks) { }
}

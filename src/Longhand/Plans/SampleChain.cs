using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// Neighbouring steps that are taken sample by sample: what one leaves the next finds in its own cache, and threads meet once instead of after
/// each step. Samples are cut into chunks by their number alone, so that sums do not depend on the number of threads.
/// </summary>
internal sealed class SampleChain : PlanStep, IParallelWork
{
    /// <summary>Of fewer samples there are too few parts for several threads.</summary>
    public const int LeastSamples = 16;

    private readonly PlanStep[] steps;
    private readonly WorkerPool pool;
    private readonly int batch,
        chunks;
    private bool backward;

    /// <param name="steps">The steps, each <see cref="PlanStep.IsBySample"/>.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="pool">The threads.</param>
    public SampleChain(PlanStep[] steps, int batch, WorkerPool pool)
    {
        (this.steps, this.batch, this.pool) = (steps, batch, pool);
        chunks = Math.Min(batch, steps.Min(step => step.MostChunks));
    }

    public override void Forward()
    {
        backward = false;
        foreach (PlanStep step in steps)
            step.Begin(back: false);
        pool.Run(this, batch);
    }

    public override void Backward()
    {
        backward = true;
        foreach (PlanStep step in steps)
            step.Begin(back: true);
        pool.Run(this, chunks);
        foreach (PlanStep step in steps)
            step.End(chunks);
    }

    public void Part(int part)
    {
        if (!backward)
        {
            foreach (PlanStep step in steps)
                step.Forward(part);
            return;
        }
        foreach (PlanStep step in steps)
            step.BeginChunk(part);
        int end = (int)((long)batch * (part + 1) / chunks);
        for (int sample = (int)((long)batch * part / chunks); sample < end; sample++)
        for (int i = steps.Length - 1; i >= 0; i--)
            steps[i].Backward(sample, part);
    }
}

namespace Longhand.Plans;

/// <summary>One layer laid into a plan: where its numbers lie has been decided, so that it only computes.</summary>
internal abstract class PlanStep
{
    /// <summary>Computes the output from the inputs.</summary>
    public abstract void Forward();

    /// <summary>Computes the gradients of inputs and parameters from that of the output.</summary>
    public abstract void Backward();
}

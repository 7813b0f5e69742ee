using System.Runtime.CompilerServices;

namespace Longhand;

/// <summary>A compiled network for one batch size together with its examples and its loss.</summary>
internal abstract class Stage
{
    private double[] weights = [];

    /// <summary>What the gradient of each sample's loss is multiplied by.</summary>
    protected abstract Span<float> Factors { get; }

    /// <summary>How many examples are taken at once.</summary>
    public abstract int Batch { get; }

    /// <summary>
    /// Gathers the examples, computes the outputs and the losses of the samples, added; in training their gradients are left where the way
    /// back begins.
    /// </summary>
    /// <param name="data">Where the examples come from.</param>
    /// <param name="indices">Which examples.</param>
    /// <param name="targets">What is wanted of them.</param>
    /// <param name="update">The number of the update, from 0: random masks depend on it.</param>
    public abstract double Forward(DataSet data, ReadOnlySpan<int> indices, Targets targets, long update);

    /// <summary>Computes the gradients of all parameters.</summary>
    public abstract void Backward();

    /// <summary>A step of training: forward, backward, update.</summary>
    /// <returns>The losses of the samples, added.</returns>
    public virtual double Step(DataSet data, ReadOnlySpan<int> indices, Targets targets, UpdateWork update, double rate)
    {
        double sum = Forward(data, indices, targets, update.Step);
        Backward();
        update.Run(rate);
        return sum;
    }

    /// <summary>The outputs of one sample; valid until the next call.</summary>
    public abstract ReadOnlySpan<float> OutputRow(int sample);

    /// <summary>Lets each sample of the next batch count as its class does.</summary>
    /// <returns>What they count together.</returns>
    public double Weigh(DataSet data, ReadOnlySpan<int> indices, double[] classWeights, Loss loss)
    {
        if (weights.Length == 0)
            weights = new double[Batch];
        double total = 0;
        for (int s = 0; s < weights.Length; s++)
            total += weights[s] = classWeights[data.Class(indices[s])];
        for (int s = 0; s < weights.Length; s++)
            Factors[s] = (float)(loss.IsSum ? weights[s] : weights[s] / total);
        return total;
    }

    /// <summary>The losses of the samples, added as much as each counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected unsafe double Total(float* losses)
    {
        double sum = 0;
        if (weights.Length == 0)
            for (int s = 0, count = Batch; s < count; s++)
                sum += losses[s];
        else
            for (int s = 0; s < weights.Length; s++)
                sum += weights[s] * losses[s];
        return sum;
    }
}

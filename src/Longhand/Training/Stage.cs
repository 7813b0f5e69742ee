namespace Longhand;

/// <summary>A compiled network for one batch size together with its examples and its loss.</summary>
internal abstract class Stage
{
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

    /// <summary>The outputs of one sample; valid until the next call.</summary>
    public abstract ReadOnlySpan<float> OutputRow(int sample);
}

namespace Longhand;

/// <summary>What a training run computes with: a plan over floats, or the reference over doubles.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>One update from the given examples.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="indices">The examples of the batch.</param>
    /// <param name="rate">The learning rate.</param>
    /// <returns>The loss of the batch before the update.</returns>
    double Step(DataSet data, ReadOnlySpan<int> indices, double rate);

    /// <summary>Loss and accuracy of a whole set.</summary>
    Measurement Measure(DataSet data);

    /// <summary>The penalty on the present weights.</summary>
    double Penalty();

    /// <summary>The present parameters, copied.</summary>
    IReadOnlyList<ParameterValues> Export();

    /// <summary>How many updates have been made.</summary>
    int Updates { get; }

    /// <summary>The present state, copied.</summary>
    EngineState Save();

    /// <summary>Goes on from a state.</summary>
    void Restore(EngineState state);
}

/// <summary>What was measured on a set.</summary>
/// <param name="Loss">The loss over the whole set, without penalty.</param>
/// <param name="Accuracy">The share that was classified right; null where targets are values.</param>
public sealed record Measurement(double Loss, double? Accuracy);

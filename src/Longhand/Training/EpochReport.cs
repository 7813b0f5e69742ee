namespace Longhand;

/// <summary>What is known after an epoch; epoch 0 is measured before training.</summary>
/// <param name="Epoch">The number of the epoch.</param>
/// <param name="Loss">The mean of the batch losses during the epoch; null at epoch 0.</param>
/// <param name="Penalty">The penalty on the weights at the epoch's end, apart from the loss.</param>
/// <param name="Train">The training set, measured whole; null where it was not.</param>
/// <param name="Validation">The held-out part; null where there is none.</param>
/// <param name="Test">The test set; null where there is none.</param>
/// <param name="LearningRate">The rate that the epoch was trained with.</param>
/// <param name="Updates">How many updates have been made so far.</param>
public sealed record EpochReport(
    int Epoch,
    double? Loss,
    double Penalty,
    Measurement? Train,
    Measurement? Validation,
    Measurement? Test,
    double LearningRate,
    int Updates
)
{
    /// <summary>The parameters at that moment; copied at each call, so that an earlier copy stays what it was.</summary>
    public required Func<IReadOnlyList<ParameterValues>> Parameters { get; init; }
}

namespace Longhand;

/// <summary>How a run ended.</summary>
/// <param name="Model">The network with the parameters that it ended with.</param>
/// <param name="History">One report per epoch, epoch 0 first.</param>
/// <param name="Stopped">Why it ended.</param>
/// <param name="Seconds">How long it took, measuring included.</param>
/// <param name="SamplesPerSecond">Examples trained on per second of training alone.</param>
/// <param name="Problem">For <see cref="StopReason.NotFinite"/>: which layer first left the finite numbers, and what to try.</param>
public sealed record TrainingResult(
    Model Model,
    IReadOnlyList<EpochReport> History,
    StopReason Stopped,
    double Seconds,
    double SamplesPerSecond,
    string? Problem
)
{
    /// <summary>What is known of the model as it is returned: the last report, or that of the epoch whose parameters were restored.</summary>
    public required EpochReport Final { get; init; }

    /// <summary>The epoch whose parameters the model has, where early stopping went back to one before the last; otherwise null.</summary>
    public int? RestoredEpoch { get; init; }
}

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Epochs,

    /// <summary>Early stopping, or <see cref="Training.StopWhen"/>, ended it before the last epoch.</summary>
    Early,

    /// <summary>The loss was not a finite number any more.</summary>
    NotFinite,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>A training run whose loss left the finite numbers. The message names the layer where it began.</summary>
public sealed class TrainingFailedException(string message) : Exception(message);

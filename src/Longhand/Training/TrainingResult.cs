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
);

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Epochs,

    /// <summary>The loss was not a finite number any more.</summary>
    NotFinite,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>A training run whose loss left the finite numbers. The message names the layer where it began.</summary>
public sealed class TrainingFailedException(string message) : Exception(message);

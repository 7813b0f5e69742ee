namespace Longhand;

/// <summary>Where and how often the state of a run is saved. It is saved at the start and the end in any case.</summary>
/// <param name="Folder">The folder; it is made where there is none. The two newest checkpoints are kept.</param>
public sealed record Checkpointing(string Folder)
{
    /// <summary>How many epochs lie between two checkpoints; null where time decides.</summary>
    public int? EveryEpochs { get; init; }

    /// <summary>How much time lies between two checkpoints at most, where epochs do not decide; an epoch may be cut in two.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The experiment as text, kept in each checkpoint for whoever finds it; null where there is none.</summary>
    public string? Experiment { get; init; }
}

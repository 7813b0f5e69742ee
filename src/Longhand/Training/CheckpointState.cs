namespace Longhand;

/// <summary>What a checkpoint holds.</summary>
/// <param name="Engine">Parameters, optimizer, updates.</param>
/// <param name="Batches">Where the plan of batches stood when the present epoch began.</param>
/// <param name="Epoch">How many epochs were complete.</param>
/// <param name="Done">How many batches of the next one were done.</param>
/// <param name="LossSum">Their losses, added.</param>
/// <param name="History">One report per epoch, epoch 0 first.</param>
/// <param name="Watched">The validation loss after each epoch; empty where nothing watches it.</param>
/// <param name="Best">The parameters of the best epoch; null where they are not kept, or there is none yet.</param>
internal sealed record CheckpointState(
    EngineState Engine,
    BatchPosition Batches,
    int Epoch,
    int Done,
    double LossSum,
    IReadOnlyList<EpochReport> History,
    IReadOnlyList<double> Watched,
    IReadOnlyList<ParameterValues>? Best
);

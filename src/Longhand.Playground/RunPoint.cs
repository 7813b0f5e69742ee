namespace Longhand.Playground;

/// <summary>A place in a training run, with everything that the run needs to go on from there.</summary>
/// <param name="Engine">Parameters, what the optimizer keeps, dead links.</param>
/// <param name="EpochStart">Order, left-over examples and random numbers at the start of the epoch that is under way.</param>
/// <param name="Epoch">How many epochs are complete.</param>
/// <param name="Batch">How many batches of the next have been taken.</param>
/// <param name="Made">How many updates have been made since the beginning.</param>
/// <param name="LastLoss">The mean loss of the last batch.</param>
/// <param name="Problem">Where the run left the finite numbers; null where it has not.</param>
/// <param name="Culprit">The layer that the problem names.</param>
/// <param name="Watched">How many validation losses there are.</param>
internal sealed record RunPoint(
    EngineState Engine,
    BatchPosition EpochStart,
    int Epoch,
    int Batch,
    int Made,
    double? LastLoss,
    string? Problem,
    Node? Culprit,
    int Watched
)
{
    /// <summary>About how many bytes it takes.</summary>
    public long Bytes =>
        500
        + sizeof(float) * Engine.Values.Sum(v => v.Length) * (1 + Engine.Kept.Count)
        + Engine.Dead.Sum(d => d?.Length ?? 0)
        + sizeof(int) * (EpochStart.Order.Length + EpochStart.LeftOver.Length);
}

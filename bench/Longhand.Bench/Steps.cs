using System.Diagnostics;

namespace Longhand.Bench;

/// <summary>An engine ready to train: what a training run does between its measurements.</summary>
internal sealed class Steps : IDisposable
{
    public Steps(string notation, Loss loss, Optimizer optimizer, int threads, ulong seed = 1)
    {
        Network network = Network.Parse(notation);
        var training = new Training
        {
            Loss = loss,
            Optimizer = optimizer,
            Threads = threads,
            Seed = seed,
        };
        Engine = new FloatEngine(
            network,
            Model.InitialValues(
                network,
                training.Initializer,
                new RandomStream(seed, RandomStream.Weights),
                new Dictionary<string, ParameterValues>()
            ),
            training
        );
    }

    public FloatEngine Engine { get; }

    /// <summary>The time that so many epochs take, shuffling included.</summary>
    public TimeSpan Epochs(DataSet data, BatchPlan batches, int count, double rate)
    {
        var clock = Stopwatch.StartNew();
        for (int epoch = 0; epoch < count; epoch++)
            foreach (ReadOnlyMemory<int> batch in batches.NextEpoch())
                Engine.Step(data, batch.Span, rate);
        return clock.Elapsed;
    }

    public void Dispose() => Engine.Dispose();
}

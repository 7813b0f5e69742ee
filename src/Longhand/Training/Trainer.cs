using System.Diagnostics;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand;

/// <summary>A training run: batches in, updates, measurements out.</summary>
internal sealed class Trainer
{
    private readonly Network network;
    private readonly DataSet train;
    private readonly Training options;

    /// <exception cref="LonghandException">Network, data and loss do not go together.</exception>
    public Trainer(Network network, DataSet train, Training options)
    {
        this.network = network.Under(options.Conventions);
        this.train = train;
        this.options = options;
        if (options.Epochs < 0)
            throw new LonghandException($"Epochs are at least 0, not {options.Epochs}.");
        if (options.Batch < 0)
            throw new LonghandException($"A batch has at least 1 example (0 takes all at once), not {options.Batch}.");
        if (options.Threads < 1)
            throw new LonghandException($"At least 1 thread computes, not {options.Threads}.");
        foreach (DataSet? data in (DataSet?[])[train, options.Validation, options.Test])
            if (data is not null)
                _ = new Targets(this.network, options.Loss, data);
    }

    public TrainingResult Run()
    {
        bool playground = options.Conventions.PlaygroundTraining;
        IReadOnlyList<ParameterValues> start = Model.InitialValues(
            network,
            options.Initializer,
            // The Playground's one stream: weights are drawn on from where the data stopped.
            (playground ? (train.Continuation as PlaygroundRandom)?.Copy() : null)
                ?? (RandomSource)new RandomStream(options.Seed, RandomStream.Weights),
            options.Start
        );
        var batches = new BatchPlan(
            train.Count,
            options.Batch,
            options.Shuffle && !playground,
            playground,
            new RandomStream(options.Seed, RandomStream.Shuffles)
        );
        if (options.Epochs > 0)
            network.RequireTrainable(
                batches.Smallest,
                $" The smallest batch of {train.Count} examples taken {(options.Batch == 0 ? train.Count : options.Batch)} at a time decides: choose another batch size."
            );
        using IEngine engine = options.DoublePrecision
            ? new ReferenceEngine(network, start, options)
            : new FloatEngine(network, start, options);
        var history = new List<EpochReport>();
        var clock = Stopwatch.StartNew();
        var stepping = new Stopwatch();
        long samples = 0;
        StopReason stopped = StopReason.Epochs;
        string? problem = null;
        Report(engine, history, 0, null, measure: true);
        for (int epoch = 1; epoch <= options.Epochs && stopped == StopReason.Epochs; epoch++)
        {
            double sum = 0;
            int count = 0;
            stepping.Start();
            foreach (ReadOnlyMemory<int> batch in batches.NextEpoch())
            {
                double loss = engine.Step(train, batch.Span, options.Optimizer.LearningRate);
                samples += batch.Length;
                sum += loss;
                count++;
                if (!double.IsFinite(loss))
                {
                    stopped = StopReason.NotFinite;
                    problem = Diagnose(engine.Export(), batch.Span, epoch, count, loss);
                    break;
                }
                if (options.OnUpdate is { } onUpdate)
                {
                    stepping.Stop();
                    onUpdate(count, batches.UpdatesPerEpoch);
                    stepping.Start();
                }
                if (options.Cancellation.IsCancellationRequested)
                {
                    stopped = StopReason.Cancelled;
                    break;
                }
            }
            stepping.Stop();
            bool last = epoch == options.Epochs || stopped != StopReason.Epochs;
            Report(engine, history, epoch, count == 0 ? null : sum / count, options.MeasureEachEpoch || last);
        }
        var model = new Model(network, engine.Export())
        {
            Training = options,
            ClassNames = train.ClassNames,
            InputNames = train.InputNames,
        };
        double rate = stepping.Elapsed > TimeSpan.Zero ? samples / stepping.Elapsed.TotalSeconds : 0;
        return new TrainingResult(model, history, stopped, clock.Elapsed.TotalSeconds, rate, problem);
    }

    private void Report(IEngine engine, List<EpochReport> history, int epoch, double? loss, bool measure)
    {
        Measurement? Of(DataSet? data) => measure && data is not null ? engine.Measure(data) : null;
        var report = new EpochReport(
            epoch,
            loss,
            engine.Penalty(),
            Of(train),
            Of(options.Validation),
            Of(options.Test),
            options.Optimizer.LearningRate,
            engine.Updates
        )
        {
            Parameters = engine.Export,
        };
        history.Add(report);
        options.OnEpoch?.Invoke(report);
    }

    // The batch is gone through once more, layer by layer, in double precision and with the parameters as they now are: the first that
    // is not finite is where it began; where all are, single precision was too narrow for the loss.
    private string Diagnose(IReadOnlyList<ParameterValues> values, ReadOnlySpan<int> batch, int epoch, int update, double loss)
    {
        string found = FirstNotFinite(values, batch) ?? "no layer on its own: the loss itself";
        return $"The loss became {(double.IsNaN(loss) ? "NaN" : "infinite")} at epoch {epoch}, update {update}. First to leave the finite numbers: "
            + $"{found}. Try a smaller learning rate (it is {options.Optimizer.LearningRate.ToString(System.Globalization.CultureInfo.InvariantCulture)}), "
            + "or inputs on a smaller scale.";
    }

    private string? FirstNotFinite(IReadOnlyList<ParameterValues> values, ReadOnlySpan<int> batch)
    {
        var row = new double[network.Input.Length];
        var input = new Grid<Float64>([batch.Length, .. network.Input.MemoryOrder()]);
        for (int s = 0; s < batch.Length; s++)
        {
            train.CopyInput(batch[s], row);
            for (int i = 0; i < row.Length; i++)
            {
                if (!double.IsFinite(row[i]))
                    return $"the input (example {batch[s]}, number {i})";
                input.SetFlat(s * row.Length + i, new Float64(row[i]));
            }
        }
        string? first = null;
        Grid<Float64>[] grids =
        [
            .. network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k)))),
        ];
        new ReferenceRun<Float64>(network, grids, input)
        {
            AfterForward = (node, output) =>
            {
                if (first is not null)
                    return;
                for (int i = 0; i < grids.Length; i++)
                    if (network.Parameters[i].Node == node && grids[i].ToArray().Any(v => !double.IsFinite(v.Value)))
                        first = $"{network.Parameters[i].Name}, after the last update";
                if (first is null && output.ToArray().Any(v => !double.IsFinite(v.Value) || Math.Abs(v.Value) > float.MaxValue))
                    first = $"the output of {node.Name}";
            },
        }.Forward();
        return first;
    }
}

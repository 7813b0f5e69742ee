using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Longhand;

/// <summary>A training run: batches in, updates, measurements out.</summary>
internal sealed class Trainer
{
    private readonly Network network;
    private readonly DataSet train;
    private readonly Training options;
    private readonly double[]? classWeights;
    private readonly BatchPlan batches;
    private readonly IReadOnlyDictionary<string, string> identity;

    // How far the run is. The validation losses stand apart from the history since what watches them needs nothing else.
    private readonly List<EpochReport> history = [];
    private readonly List<double> watched = [];
    private IReadOnlyList<ParameterValues>? best;
    private BatchPosition atEpochStart;

    private readonly Stopwatch stepping = new();
    private long samples;
    private string? problem;

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
        RequireSomethingToWatch(options.Schedule, options.EarlyStopping, options.Validation is not null);
        foreach (DataSet? data in (DataSet?[])[train, options.Validation, options.Test])
            if (data is not null)
                _ = new Targets(this.network, options.Loss, data);
        classWeights = options.ClassWeights?.For(train);
        bool playground = options.Conventions.PlaygroundTraining;
        batches = new BatchPlan(
            train.Count,
            options.Batch,
            options.Shuffle && !playground,
            playground,
            new RandomStream(options.Seed, RandomStream.Shuffles)
        );
        if (options.Epochs > 0)
            this.network.RequireTrainable(
                batches.Smallest,
                $" The smallest batch of {train.Count} examples taken {(options.Batch == 0 ? train.Count : options.Batch)} at a time decides: choose another batch size."
            );
        atEpochStart = batches.Position;
        identity =
            options.Checkpoints is null && options.Resume is null
                ? new Dictionary<string, string>()
                : RunIdentity.Of(this.network, train, options);
    }

    /// <summary>Refuses what watches the validation loss where nothing is held out.</summary>
    /// <exception cref="LonghandException">The message names what watches, and the remedy.</exception>
    public static void RequireSomethingToWatch(Schedule schedule, EarlyStopping? stopping, bool isHeldOut)
    {
        if (!isHeldOut && (schedule.Watches || stopping is not null))
            throw new LonghandException(
                $"{(schedule.Watches ? $"the schedule {schedule}" : "early stopping")} watches the validation loss, but nothing is held out: "
                    + "give validation: 0.1 to hold out a tenth of the training examples."
            );
    }

    /// <summary>The state to go on from; null where the run starts from the beginning.</summary>
    /// <exception cref="LonghandException">It belongs to another run; the message names what differs.</exception>
    public CheckpointState? Resumed()
    {
        if (options.Resume?.StateFor(network, identity) is not { } state)
            return null;
        if (state.Epoch > options.Epochs || (state.Epoch == options.Epochs && state.Done > 0))
            throw new LonghandException(
                $"{options.Resume.Path} has {state.Epoch} epochs behind it already, but {options.Epochs} are asked for."
            );
        return state;
    }

    public TrainingResult Run()
    {
        CheckpointState? resumed = Resumed();
        using IEngine engine = CreateEngine();
        var clock = Stopwatch.StartNew();
        CheckpointWriter? checkpoints = options.Checkpoints is { } where ? new(where, options.Resume) : null;
        if (resumed is not null)
            Restore(engine, resumed);
        else
        {
            Report(engine, 0, null, Rate(1, 0), measure: true);
            Save(checkpoints, engine, 0, 0, 0);
        }
        StopReason stopped = Judged().Ends ? StopReason.Early : StopReason.Epochs;
        for (int epoch = history[^1].Epoch + 1; epoch <= options.Epochs && stopped == StopReason.Epochs; epoch++)
        {
            stopped = Epoch(engine, checkpoints, epoch, resumed?.Done ?? 0, resumed?.LossSum ?? 0);
            resumed = null;
        }
        // A run that had ended already is as it was.
        if (stopped is StopReason.Epochs or StopReason.Early && resumed is null)
            Save(checkpoints, engine, history[^1].Epoch, 0, 0);
        return Result(engine, stopped, clock);
    }

    // One epoch, or what is left of one that was interrupted after so many batches.
    private StopReason Epoch(IEngine engine, CheckpointWriter? checkpoints, int epoch, int done, double sum)
    {
        StopReason stopped = StopReason.Epochs;
        int count = 0;
        // Where nothing is left of the epoch, its rate is that of the last update.
        double rate = Rate(epoch, engine.Updates - (done > 0 ? 1 : 0));
        stepping.Start();
        foreach (ReadOnlyMemory<int> batch in batches.NextEpoch())
        {
            if (++count <= done)
                continue;
            if (options.Schedule.PerStep)
                rate = Rate(epoch, engine.Updates);
            double loss = engine.Step(train, batch.Span, rate);
            samples += batch.Length;
            sum += loss;
            if (!double.IsFinite(loss))
            {
                stopped = StopReason.NotFinite;
                problem = Divergence.Explain(network, train, engine.Export(), batch.Span, (epoch, count), loss, rate);
                break;
            }
            if (options.OnUpdate is { } onUpdate)
            {
                stepping.Stop();
                onUpdate(count, batches.UpdatesPerEpoch);
                stepping.Start();
            }
            if (options.Cancellation.IsCancellationRequested)
                stopped = StopReason.Cancelled;
            if (stopped == StopReason.Cancelled || checkpoints?.IsDue == true)
            {
                stepping.Stop();
                Save(checkpoints, engine, epoch - 1, count, sum);
                stepping.Start();
            }
            if (stopped == StopReason.Cancelled)
                break;
        }
        stepping.Stop();
        bool ended = stopped != StopReason.Epochs;
        Report(engine, epoch, count == 0 ? null : sum / count, rate, options.MeasureEachEpoch || ended || epoch == options.Epochs, !ended);
        if (ended)
            return stopped;
        atEpochStart = batches.Position;
        if (Judged().Ends || options.StopWhen?.Invoke(history[^1]) == true)
            return StopReason.Early;
        if (options.Cancellation.IsCancellationRequested)
            stopped = StopReason.Cancelled;
        if (stopped == StopReason.Cancelled || checkpoints?.IsDueAfter(epoch) == true)
            Save(checkpoints, engine, epoch, 0, 0);
        return stopped;
    }

    private IEngine CreateEngine()
    {
        IReadOnlyList<ParameterValues> start = Model.InitialValues(
            network,
            options.Initializer,
            // The Playground's one stream: weights are drawn on from where the data stopped.
            (options.Conventions.PlaygroundTraining ? (train.Continuation as PlaygroundRandom)?.Copy() : null)
                ?? (RandomSource)new RandomStream(options.Seed, RandomStream.Weights),
            options.Start
        );
        return options.DoublePrecision
            ? new ReferenceEngine(network, start, options, classWeights)
            : new FloatEngine(network, start, options, classWeights);
    }

    private double Rate(int epoch, int update)
    {
        Schedule schedule = options.Schedule;
        (int period, int periods) = schedule.PerStep
            ? (update, checked(options.Epochs * batches.UpdatesPerEpoch))
            : (epoch - 1, options.Epochs);
        return schedule.Rate(options.Optimizer.LearningRate, period, periods, CollectionsMarshal.AsSpan(watched));
    }

    private (int Best, bool Ends) Judged() => options.EarlyStopping?.Judge(CollectionsMarshal.AsSpan(watched)) ?? (0, false);

    private void Report(IEngine engine, int epoch, double? loss, double rate, bool measure, bool isWhole = true)
    {
        bool watches = options.Schedule.Watches || options.EarlyStopping is not null;
        Measurement? validation = options.Validation is { } held && (measure || watches) ? engine.Measure(held) : null;
        if (watches && epoch > 0 && isWhole)
        {
            watched.Add(validation!.Loss);
            if (options.EarlyStopping is { Restore: true } && Judged().Best == watched.Count)
                best = engine.Export();
            measure |= Judged().Ends;
        }
        Measurement? Of(DataSet? data) => measure && data is not null ? engine.Measure(data) : null;
        var report = new EpochReport(epoch, loss, engine.Penalty(), Of(train), validation, Of(options.Test), rate, engine.Updates)
        {
            Parameters = engine.Export,
        };
        history.Add(report);
        options.OnEpoch?.Invoke(report);
    }

    private void Save(CheckpointWriter? checkpoints, IEngine engine, int epoch, int done, double sum)
    {
        if (checkpoints?.IsNew(epoch, done) == true)
            checkpoints.Write(
                network,
                options.Optimizer,
                new(engine.Save(), atEpochStart, epoch, done, sum, history, watched, best),
                options.Epochs,
                identity
            );
    }

    private void Restore(IEngine engine, CheckpointState state)
    {
        engine.Restore(state.Engine);
        batches.Position = atEpochStart = state.Batches;
        history.AddRange(state.History.Select(report => report with { Parameters = engine.Export }));
        watched.AddRange(state.Watched);
        best = state.Best;
    }

    private TrainingResult Result(IEngine engine, StopReason stopped, Stopwatch clock)
    {
        EpochReport final = history[^1];
        int? restored = null;
        int bestEpoch = Judged().Best;
        if (best is not null && bestEpoch < final.Epoch && stopped is StopReason.Epochs or StopReason.Early)
        {
            restored = bestEpoch;
            final = history[bestEpoch];
            engine.Restore(engine.Save() with { Values = best });
            // Measured again where that epoch was not measured whole.
            final = final with
            {
                Train = final.Train ?? engine.Measure(train),
                Test = final.Test ?? (options.Test is { } test ? engine.Measure(test) : null),
                Parameters = engine.Export,
            };
        }
        var model = new Model(network, engine.Export())
        {
            // The checkpoint is no longer needed, and it may be large.
            Training = options with
            {
                Resume = null,
            },
            ClassNames = train.ClassNames,
            InputNames = train.InputNames,
            Scaling = train.Scaling,
        };
        double speed = stepping.Elapsed > TimeSpan.Zero ? samples / stepping.Elapsed.TotalSeconds : 0;
        return new TrainingResult(model, history, stopped, clock.Elapsed.TotalSeconds, speed, problem)
        {
            Final = final,
            RestoredEpoch = restored,
        };
    }
}

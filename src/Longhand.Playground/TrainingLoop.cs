using System.Diagnostics;
using System.Runtime.InteropServices;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>
/// A training run that can be stopped behind every update, looked at, changed by hand and carried on: the engine and the batches of
/// <see cref="Training"/>, without an end.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly Setup setup;
    private readonly FloatEngine engine;
    private readonly BatchPlan batches;
    private IEnumerator<ReadOnlyMemory<int>> rest;
    private (int Updates, int Edits, Measurement Train, Measurement? Test)? measured;
    private int edits;

    // What a schedule has watched: the validation losses after the epochs so far. Between two epochs most rates do not change.
    private readonly List<double> watched = [];
    private double epochRate;

    /// <param name="setup">What is trained.</param>
    /// <param name="start">The parameters to begin with.</param>
    /// <param name="before">A run of a network of the same shape from which this one takes over; null to begin anew.</param>
    public TrainingLoop(Setup setup, IReadOnlyList<ParameterValues> start, TrainingLoop? before = null)
    {
        this.setup = setup;
        Training options = setup.Experiment.ToTraining(setup.Data) with { Threads = 1 };
        bool playground = options.Conventions.PlaygroundTraining;
        setup.Network.RequireTrainable(1);
        engine = new FloatEngine(setup.Network, before?.Values() ?? start, options);
        batches = new BatchPlan(
            setup.Data.Train.Count,
            options.Batch,
            options.Shuffle && !playground,
            playground,
            new RandomStream(options.Seed, RandomStream.Shuffles)
        );
        rest = NextEpoch();
        epochRate = RateAt(0);
        if (before is null)
            return;
        (Epoch, Problem) = (before.Epoch, before.Problem);
        watched.AddRange(before.watched);
        EngineState state = before.engine.Save();
        // What an optimizer keeps means something to the same optimizer alone.
        if (before.setup.Experiment.Optimizer.State.SequenceEqual(options.Optimizer.State))
            engine.Restore(state with { Dead = [.. state.Dead.Select(_ => (bool[]?)null)] });
        epochRate = RateAt(Epoch);
    }

    /// <summary>How many epochs are complete.</summary>
    public int Epoch { get; private set; }

    /// <summary>How many batches of the next epoch have been taken.</summary>
    public int Batch { get; private set; }

    /// <summary>The mean loss of the last batch before its update; null before the first.</summary>
    public double? LastLoss { get; private set; }

    /// <summary>Where the run left the finite numbers; null as long as it has not. No further update is made then.</summary>
    public string? Problem { get; private set; }

    /// <summary>The learning rate of the next update.</summary>
    public double Rate => Schedule.PerStep ? RateAt(engine.Updates) : epochRate;

    /// <summary>One update.</summary>
    /// <returns>Whether it could be made.</returns>
    public bool StepBatch()
    {
        if (Problem is not null)
            return false;
        ReadOnlyMemory<int> batch = rest.Current;
        double loss = engine.Step(setup.Data.Train, batch.Span, Rate);
        LastLoss = loss;
        Batch++;
        if (!double.IsFinite(loss))
        {
            Problem = Divergence.Explain(setup.Network, setup.Data.Train, engine.Export(), batch.Span, (Epoch + 1, Batch), loss, Rate);
            return false;
        }
        if (!rest.MoveNext())
        {
            Epoch++;
            Batch = 0;
            if (Schedule.Watches)
                watched.Add(engine.Measure(setup.Data.Validation!).Loss);
            epochRate = RateAt(Epoch);
            rest = NextEpoch();
        }
        return true;
    }

    /// <summary>Updates up to the end of the epoch.</summary>
    /// <returns>Whether the run is still among the finite numbers.</returns>
    public bool StepEpoch()
    {
        int epoch = Epoch;
        while (Epoch == epoch)
            if (!StepBatch())
                return false;
        return true;
    }

    /// <summary>Updates until a time or an epoch is reached.</summary>
    /// <param name="end">A time of <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="lastEpoch">The epoch to stop behind.</param>
    public void Run(long end, long lastEpoch)
    {
        while (Epoch < lastEpoch && StepBatch() && Stopwatch.GetTimestamp() < end) { }
    }

    /// <summary>Loss and accuracy of both sets; measured again only where something has changed.</summary>
    public (Measurement Train, Measurement? Test) Measure()
    {
        if (measured is not { } known || known.Updates != engine.Updates || known.Edits != edits)
            measured = known = (
                engine.Updates,
                edits,
                engine.Measure(setup.Images?.MeasuredTrain ?? setup.Data.Train),
                (setup.Images?.MeasuredTest ?? setup.Data.Test) is { } test ? engine.Measure(test) : null
            );
        return (known.Train, known.Test);
    }

    /// <summary>The penalty on the present weights.</summary>
    public double Penalty() => engine.Penalty();

    /// <summary>The present parameters, copied.</summary>
    public IReadOnlyList<ParameterValues> Values() => engine.Export();

    /// <summary>What it holds now, copied.</summary>
    public Moment Moment() => new(setup, engine.Save(), Epoch, Batch, [.. rest.Current.Span]);

    /// <summary>Sets one number by hand.</summary>
    /// <param name="parameter">The parameter's full name.</param>
    /// <param name="index">Which of its numbers, counted row by row from 0.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="LonghandException">There is no such number.</exception>
    public void Edit(string parameter, int index, double value)
    {
        NetworkParameter found = setup.Network.Parameter(parameter);
        if (index < 0 || index >= found.Parameter.Length)
            throw new LonghandException($"{found.Name} has {found.Parameter.Length} numbers, counted from 0; there is no number {index}.");
        if (!float.IsFinite((float)value))
            throw new LonghandException($"{found.Name}: a finite number is needed.");
        EngineState state = engine.Save();
        int place = setup.Network.Parameters.ToList().IndexOf(found);
        float[] numbers = state.Values[place].ToSingles();
        numbers[index] = (float)value;
        // A link that was dead lives again once it is given a weight.
        if (state.Dead[place] is { } dead)
            dead[index] = false;
        engine.Restore(
            state with
            {
                Values = [.. state.Values.Select((v, i) => i == place ? new ParameterValues(found.Parameter, numbers) : v)],
            }
        );
        edits++;
        Problem = null;
    }

    /// <summary>Sets all numbers.</summary>
    /// <param name="values">As many as the network has, of its sizes.</param>
    public void Load(IReadOnlyList<ParameterValues> values)
    {
        EngineState state = engine.Save();
        engine.Restore(state with { Values = [.. values], Dead = [.. state.Dead.Select(_ => (bool[]?)null)] });
        edits++;
        Problem = null;
    }

    public void Dispose() => engine.Dispose();

    private Schedule Schedule => setup.Experiment.Settings.Schedule;

    // As Trainer has it; the length of the run is that of the settings, behind which the last rate stays.
    private double RateAt(int period)
    {
        int epochs = setup.Experiment.Settings.Epochs;
        return Schedule.Rate(
            setup.Experiment.Optimizer.LearningRate,
            period,
            Schedule.PerStep ? checked(epochs * batches.UpdatesPerEpoch) : epochs,
            CollectionsMarshal.AsSpan(watched)
        );
    }

    private IEnumerator<ReadOnlyMemory<int>> NextEpoch()
    {
        IEnumerator<ReadOnlyMemory<int>> next = batches.NextEpoch().GetEnumerator();
        next.MoveNext();
        return next;
    }
}

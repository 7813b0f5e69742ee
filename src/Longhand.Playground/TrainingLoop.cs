using System.Runtime.InteropServices;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>
/// A training run that can be stopped behind every update, looked at, changed by hand and carried on: the engine and the batches of
/// <see cref="Training"/>, without an end. From a <see cref="RunPoint"/> it goes on bit for bit as it did then.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    // The gradient's norm is taken over at most so many examples: the first of the training set.
    private const int NormExamples = 256;

    private readonly Setup setup;
    private readonly Training options;
    private readonly FloatEngine engine;
    private readonly BatchPlan batches;
    private readonly bool shuffles;

    // The validation losses after each epoch, for schedules that watch them.
    private readonly List<double> watched = [];
    private IEnumerator<ReadOnlyMemory<int>> rest;
    private BatchPosition epochStart;

    // What is measured holds for one state: any change of parameters makes it another.
    private int state;
    private (int State, Measurement Train, Measurement? Test)? measured;

    // Between two epochs most rates do not change.
    private double epochRate;

    /// <param name="setup">What is trained.</param>
    /// <param name="start">The parameters to begin with.</param>
    /// <param name="before">A run of a network of the same shape from which this one takes over; null to begin anew.</param>
    public TrainingLoop(Setup setup, IReadOnlyList<ParameterValues> start, TrainingLoop? before = null)
    {
        this.setup = setup;
        options = setup.Experiment.ToTraining(setup.Data) with { Threads = 1 };
        bool playground = options.Conventions.PlaygroundTraining;
        shuffles = options.Shuffle && !playground;
        setup.Network.RequireTrainable(1);
        engine = new FloatEngine(setup.Network, before?.Values() ?? start, options, options.ClassWeights?.For(setup.Data.Train));
        batches = new BatchPlan(
            setup.Data.Train.Count,
            options.Batch,
            shuffles,
            playground,
            new RandomStream(options.Seed, RandomStream.Shuffles)
        );
        (epochStart, rest) = NextEpoch();
        if (before is not null)
            TakeOver(before);
        epochRate = RateAt(Epoch);
    }

    /// <summary>How many epochs are complete.</summary>
    public int Epoch { get; private set; }

    /// <summary>How many batches of the next epoch have been taken.</summary>
    public int Batch { get; private set; }

    /// <summary>How many updates have been made since the beginning, whatever settings changed on the way.</summary>
    public int Made { get; private set; }

    /// <summary>The mean loss of the last batch before its update; null before the first.</summary>
    public double? LastLoss { get; private set; }

    /// <summary>Where the run left the finite numbers; null as long as it has not. No further update is made then.</summary>
    public string? Problem { get; private set; }

    /// <summary>The layer that <see cref="Problem"/> names; null where it names none.</summary>
    public Node? Culprit { get; private set; }

    /// <summary>The learning rate of the next update.</summary>
    public double Rate => options.Schedule.PerStep ? RateAt(engine.Updates) : epochRate;

    /// <summary>Which examples the next update takes; valid until it is made.</summary>
    public ReadOnlyMemory<int> NextBatch => rest.Current;

    /// <summary>One update.</summary>
    /// <returns>Whether it could be made and left finite numbers.</returns>
    public bool StepBatch()
    {
        if (Problem is not null)
            return false;
        ReadOnlyMemory<int> batch = rest.Current;
        double loss = engine.Step(setup.Data.Train, batch.Span, Rate);
        if (!double.IsFinite(loss))
        {
            IReadOnlyList<ParameterValues> values = engine.Export();
            Problem = Divergence.Explain(setup.Network, setup.Data.Train, values, batch.Span, (Epoch + 1, Batch + 1), loss, Rate);
            Culprit = Divergence.FirstNotFinite(setup.Network, setup.Data.Train, values, batch.Span)?.Node;
        }
        LastLoss = loss;
        Batch++;
        Made++;
        state++;
        if (!rest.MoveNext())
        {
            Epoch++;
            Batch = 0;
            (epochStart, rest) = NextEpoch();
            if (options.Schedule.Watches && options.Validation is { } held)
                watched.Add(engine.Measure(held).Loss);
            epochRate = RateAt(Epoch);
        }
        return Problem is null;
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

    /// <summary>Loss and accuracy of both sets; measured again only where something has changed.</summary>
    public (Measurement Train, Measurement? Test) Measure()
    {
        if (measured is not { } known || known.State != state)
            measured = known = (
                state,
                engine.Measure(setup.Images?.MeasuredTrain ?? setup.Data.Train),
                (setup.Images?.MeasuredTest ?? setup.Data.Test) is { } test ? engine.Measure(test) : null
            );
        return (known.Train, known.Test);
    }

    /// <summary>The penalty on the present weights.</summary>
    public double Penalty() => engine.Penalty();

    /// <summary>The norm of the loss's gradient, over the first examples of the training set at once.</summary>
    public double GradientNorm() =>
        engine.GradientNorm(
            setup.Data.Train,
            // Of images no more than training takes at once: that much was found to be bearable.
            [.. Enumerable.Range(0, Math.Min(setup.Images is null ? NormExamples : NextBatch.Length, setup.Data.Train.Count))]
        );

    /// <summary>The present parameters, copied.</summary>
    public IReadOnlyList<ParameterValues> Values() => engine.Export();

    /// <summary>What it holds now, copied, for a question.</summary>
    public Moment Moment() => new(setup, engine.Save(), Epoch, Batch, [.. rest.Current.Span]);

    /// <summary>Everything that it needs to go on from here, copied.</summary>
    public RunPoint Point() => new(engine.Save(), epochStart, Epoch, Batch, Made, LastLoss, Problem, Culprit, watched.Count);

    /// <summary>Goes back to where it once was.</summary>
    /// <param name="point">From this run; the validation losses up to there are still known.</param>
    public void Return(RunPoint point)
    {
        engine.Restore(point.Engine);
        StartEpochAt(point.EpochStart, point.Batch);
        (Epoch, Made, LastLoss) = (point.Epoch, point.Made, point.LastLoss);
        (Problem, Culprit) = (point.Problem, point.Culprit);
        watched.RemoveRange(point.Watched, watched.Count - point.Watched);
        epochRate = RateAt(Epoch);
        state++;
    }

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
        EngineState now = engine.Save();
        int place = setup.Network.Parameters.ToList().IndexOf(found);
        float[] numbers = now.Values[place].ToSingles();
        numbers[index] = (float)value;
        // A link that was dead lives again once it is given a weight.
        if (now.Dead[place] is { } dead)
            dead[index] = false;
        engine.Restore(
            now with
            {
                Values = [.. now.Values.Select((v, i) => i == place ? new ParameterValues(found.Parameter, numbers) : v)],
            }
        );
        state++;
        (Problem, Culprit) = (null, null);
    }

    /// <summary>Sets all numbers.</summary>
    /// <param name="values">As many as the network has, of its sizes.</param>
    public void Load(IReadOnlyList<ParameterValues> values)
    {
        EngineState now = engine.Save();
        engine.Restore(now with { Values = [.. values], Dead = [.. now.Dead.Select(dead => dead is null ? null : new bool[dead.Length])] });
        state++;
        (Problem, Culprit) = (null, null);
    }

    public void Dispose() => engine.Dispose();

    // Weights have been taken already. What else there is goes on as far as it means the same under the new settings.
    private void TakeOver(TrainingLoop before)
    {
        (Epoch, Made, LastLoss, Problem, Culprit) = (before.Epoch, before.Made, before.LastLoss, before.Problem, before.Culprit);
        watched.AddRange(before.watched);
        EngineState held = before.engine.Save();
        EngineState now = engine.Save();
        if (before.options.Optimizer.State.SequenceEqual(options.Optimizer.State))
            now = now with { Updates = held.Updates, Kept = held.Kept };
        // Links that l1 has killed stay dead as long as it is the same l1.
        if (
            before.options.Regularization == options.Regularization
            && now.Dead.Zip(held.Dead).All(d => d.First is null == d.Second is null)
        )
            now = now with { Dead = held.Dead };
        engine.Restore(now);
        if (before.setup.Data.Train.Count != setup.Data.Train.Count || before.shuffles != shuffles)
            return;
        bool sameBatches =
            before.options.Batch == options.Batch
            && before.options.Conventions.PlaygroundTraining == options.Conventions.PlaygroundTraining;
        StartEpochAt(sameBatches ? before.epochStart : before.epochStart with { LeftOver = [] }, sameBatches ? before.Batch : 0);
    }

    private void StartEpochAt(BatchPosition position, int batch)
    {
        batches.Position = position;
        (epochStart, rest) = NextEpoch();
        for (Batch = 0; Batch < batch; Batch++)
            rest.MoveNext();
    }

    private (BatchPosition, IEnumerator<ReadOnlyMemory<int>>) NextEpoch()
    {
        BatchPosition position = batches.Position;
        IEnumerator<ReadOnlyMemory<int>> next = batches.NextEpoch().GetEnumerator();
        next.MoveNext();
        return (position, next);
    }

    // As Trainer has it; the length of the run is that of the settings, behind which the last rate stays.
    private double RateAt(int period) =>
        options.Schedule.Rate(
            options.Optimizer.LearningRate,
            period,
            options.Schedule.PerStep ? checked(options.Epochs * batches.UpdatesPerEpoch) : options.Epochs,
            CollectionsMarshal.AsSpan(watched)
        );
}

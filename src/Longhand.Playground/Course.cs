using System.Diagnostics;

namespace Longhand.Playground;

/// <summary>
/// A training run that can be gone along in both directions, by epoch, batch, example and operation. Going back returns to the nearest
/// point that was kept and computes on from there, a slice at a time; since the same numbers come again bit for bit, nothing else needs
/// to be kept. Examples and operations are places within the next batch: they change no parameter until its update is made.
/// </summary>
internal sealed class Course : IDisposable
{
    private readonly Setup setup;
    private readonly IReadOnlyList<Operation> operations;
    private bool isChanged;

    // What was set by hand, each behind so many updates; going back past it undoes it.
    private readonly List<(int Made, string Parameter, int Index, double Value)> edits;
    private Past past;

    private int editsMade;

    // Where it is on its way back to.
    private Goal? goal;

    // Whether the last batch was gone through by operation or example: then its update is shown.
    private bool isBatchOver;

    /// <param name="setup">What is trained.</param>
    /// <param name="start">The parameters to begin with.</param>
    /// <param name="before">A run of a network of the same shape that is carried on; null to begin anew.</param>
    public Course(Setup setup, IReadOnlyList<ParameterValues> start, Course? before = null)
    {
        this.setup = setup;
        operations = Operation.OfExample(setup);
        Loop = new TrainingLoop(setup, start, before?.Loop);
        Losses = before?.Losses ?? new LossHistory(Limits.CurveRows);
        Losses.Sent = 0;
        if (before is not null && before.setup.IsSameRunAs(setup))
        {
            // Only what is shown has changed.
            (past, edits, editsMade, isChanged) = (before.past, before.edits, before.editsMade, before.isChanged);
            (Done, isBatchOver, goal) = (before.Done, before.isBatchOver, before.goal);
            (Rule, Stopped) = (before.Rule, before.Stopped);
            return;
        }
        isChanged = before is not null && (before.IsTouched || before.Loop.Made > 0);
        edits = [];
        past = NewPast();
        Losses.Take(Loop);
    }

    /// <summary>The run itself.</summary>
    public TrainingLoop Loop { get; }

    /// <summary>What was measured on the way.</summary>
    public LossHistory Losses { get; }

    /// <summary>How many operations of the next batch have been gone through.</summary>
    public int Done { get; private set; }

    /// <summary>Whether the way back has not yet been computed to its end.</summary>
    public bool IsSeeking => goal is not null;

    /// <summary>Whether there is nothing to go back to.</summary>
    public bool IsAtStart => Done == 0 && Loop.Made <= past.First.Made;

    /// <summary>Whether settings were changed or weights set on the way: then the settings alone do not tell how it came about.</summary>
    public bool IsTouched => isChanged || edits.Count > 0;

    /// <summary>When it ends by itself; null where it does not.</summary>
    public StopRule? Rule { get; set; }

    /// <summary>Why it ended by itself; null where it did not.</summary>
    public Stopped? Stopped { get; set; }

    /// <summary>The examples of the next batch.</summary>
    public int Examples => Loop.NextBatch.Length;

    /// <summary>The operation that was gone through last; null behind a whole batch that was not gone through by operation.</summary>
    public Operation? Last =>
        Done > 0 ? operations[(Done - 1) % operations.Count]
        : isBatchOver ? Operation.Update(setup)
        : null;

    /// <summary>Which example of the batch the last operation was on, from 1 on; 0 where none was.</summary>
    public int Example => (Done + operations.Count - 1) / operations.Count;

    /// <summary>Of one example, how many operations there are, and how many of those have been gone through.</summary>
    public (int Done, int All) OfExample => (Done == 0 ? 0 : (Done - 1) % operations.Count + 1, operations.Count);

    /// <summary>A step forward. For an epoch, <see cref="Run"/> is the way.</summary>
    /// <param name="by">batch, example or operation.</param>
    public void Forward(string by)
    {
        Stopped = null;
        int all = Examples * operations.Count;
        if (by == "batch" || Done == all)
        {
            if (Loop.Problem is null)
                Step();
            isBatchOver = by != "batch";
            past.Keep(Loop.Point());
        }
        else if (Loop.Problem is null)
            Done = by == "operation" ? Done + 1 : (Done / operations.Count + 1) * operations.Count;
    }

    /// <summary>Goes to a place within the next batch.</summary>
    /// <param name="done">How many operations have been gone through there; at most all that there are before the update.</param>
    public void GoThrough(int done) => Done = Loop.Problem is null ? Math.Min(done, Examples * operations.Count) : 0;

    /// <summary>A step back; where <see cref="IsSeeking"/> then holds, <see cref="Run"/> goes the rest of the way.</summary>
    /// <param name="by">epoch, batch, example or operation.</param>
    public void Back(string by)
    {
        Stopped = null;
        isBatchOver = false;
        bool isWithin = Done > 0;
        if (isWithin && by is "example" or "operation")
        {
            Done = by == "operation" ? Done - 1 : (Done - 1) / operations.Count * operations.Count;
            return;
        }
        Done = 0;
        if (Loop.Made <= past.First.Made || (isWithin && (by == "batch" || Loop.Batch == 0)))
            return;
        var wanted = new Goal(
            by == "epoch" ? null : Loop.Made - 1,
            Loop.Batch > 0 ? Loop.Epoch : Loop.Epoch - 1,
            ShowsWhole: by is "example" or "operation"
        );
        goal = wanted;
        RunPoint from = past.LastWhere(wanted.IsNotBefore);
        past.Forget(from.Made);
        Loop.Return(from);
        editsMade = edits.Count(e => e.Made <= from.Made);
        Seek(Stopwatch.GetTimestamp() + (long)(Limits.Slice.TotalSeconds * Stopwatch.Frequency));
    }

    /// <summary>Updates until a time or an epoch is reached, or the rule holds; on the way back, until it has arrived.</summary>
    /// <param name="end">A time of <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="lastEpoch">The epoch to stop behind.</param>
    public void Run(long end, long lastEpoch)
    {
        if (IsSeeking)
        {
            Seek(end);
            return;
        }
        Stopped = null;
        isBatchOver = false;
        while (Loop.Epoch < lastEpoch && Step())
        {
            if (Loop.Batch == 0 && Rule is not null && Judge())
                break;
            if (Stopwatch.GetTimestamp() >= end)
                break;
        }
        past.Keep(Loop.Point());
    }

    /// <summary>Whether the rule holds now; then <see cref="Stopped"/> says so.</summary>
    public bool Judge()
    {
        if (Rule is not { } rule || !rule.Holds(Loop, out double found))
            return false;
        Stopped = new(rule.Kind, rule.Value, found);
        return true;
    }

    /// <inheritdoc cref="TrainingLoop.Edit"/>
    public void Edit(string parameter, int index, double value)
    {
        Loop.Edit(parameter, index, value);
        edits.Add((Loop.Made, parameter, index, value));
        if (edits.Count > Limits.Edits)
            BeginHere();
        editsMade = edits.Count;
        past.Keep(Loop.Point());
        MeasureAgain();
    }

    /// <inheritdoc cref="TrainingLoop.Load"/>
    public void Load(IReadOnlyList<ParameterValues> values)
    {
        Loop.Load(values);
        Done = 0;
        BeginHere();
        MeasureAgain();
    }

    public void Dispose() => Loop.Dispose();

    // What lies before cannot be come by again.
    private void BeginHere()
    {
        edits.Clear();
        editsMade = 0;
        (past, isChanged) = (NewPast(), true);
    }

    private void MeasureAgain()
    {
        if (Loop.Batch != 0)
            return;
        Losses.Forget(Loop.Epoch - 1);
        Losses.Take(Loop);
    }

    private Past NewPast() => new(Loop.Point(), Limits.PastBytes);

    private bool Step()
    {
        Done = 0;
        bool isFinite = Loop.StepBatch();
        if (Loop.Batch == 0 && isFinite)
            Losses.Take(Loop);
        return isFinite;
    }

    // What was set by hand on the way is set again; what was set later is forgotten with the rest of what came later.
    private void Seek(long end)
    {
        while (true)
        {
            for (; editsMade < edits.Count && edits[editsMade].Made <= Loop.Made; editsMade++)
                Loop.Edit(edits[editsMade].Parameter, edits[editsMade].Index, edits[editsMade].Value);
            if (goal!.Value.IsReachedBy(Loop) || !Step())
                break;
            if (Stopwatch.GetTimestamp() < end)
                continue;
            past.Keep(Loop.Point());
            return;
        }
        edits.RemoveRange(editsMade, edits.Count - editsMade);
        past.Keep(Loop.Point());
        Losses.Forget(Loop.Epoch);
        Done = goal!.Value.ShowsWhole ? Examples * operations.Count : 0;
        goal = null;
    }

    // Where a way back ends: behind so many updates (or epochs, then Made is not asked), at the start of the batch there or with all of its
    // operations gone through.
    private readonly record struct Goal(int? Made, int Epoch, bool ShowsWhole)
    {
        public bool IsReachedBy(TrainingLoop loop) => Made is { } made ? loop.Made >= made : loop.Epoch >= Epoch;

        public bool IsNotBefore(RunPoint point) =>
            Made is { } made ? point.Made <= made : point.Epoch < Epoch || (point.Epoch == Epoch && point.Batch == 0);
    }
}

using System.Diagnostics;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>
/// What one page works with: a network in training. Commands may come from any thread and wait; everything else happens in
/// <see cref="Work"/>, on one thread at a time. Frames are pulled: the page asks for the next when it has drawn the last, and gets the
/// newest.
/// </summary>
internal sealed class Session(Action<Message> send, Func<string?> refusal, Answers answers, ImageSets? images = null) : IDisposable
{
    // A frame is not held back longer than this, however long the epochs before it take.
    private static readonly TimeSpan patience = TimeSpan.FromMilliseconds(100);

    private readonly Queue<Command> inbox = [];
    private readonly Replies replies = new(send, answers);
    private Setup? setup;
    private IReadOnlyList<ParameterValues> start = [];
    private Course? course;
    private FrameWriter? frames;
    private Look look = Look.Usual;
    private bool running,
        frameWanted,
        changed;
    private bool wantsCurve;

    // The number of the last command that was taken: what a frame shows has come of all up to it.
    private int after;
    private volatile bool closed;

    // Batches to make behind the epoch that the link names.
    private int batchesLeft;
    private int operationsLeft;

    // Whether it trains to the epoch that its link names, at any speed, rather than before one's eyes.
    private bool catchingUp;

    // Whether it makes single epochs that were asked for.
    private bool isStepping;

    // Whether the epoch that it trains to is a condition of the page's, rather than the end of a step.
    private bool endIsCondition;
    private int speed;
    private long until = long.MaxValue,
        frameEpoch,
        askedAt;

    /// <summary>Kept by <see cref="Workers"/>.</summary>
    public Turn Turn { get; set; }

    /// <summary>Whether it holds an experiment.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes a command; <see cref="Work"/> follows it.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool Receive(Command command)
    {
        lock (inbox)
        {
            if (inbox.Count >= Limits.WaitingCommands)
                return false;
            inbox.Enqueue(command);
            return true;
        }
    }

    /// <summary>Ends it; a thread that computes for it lets go of everything.</summary>
    public void Dispose()
    {
        lock (inbox)
            closed = true;
        replies.Dispose();
    }

    /// <summary>Does what has been asked for and trains for a slice of time.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Work()
    {
        bool asksForFrames = false,
            asksForMore = false;
        while (Taken() is { } command)
        {
            (asksForFrames, asksForMore) = (asksForFrames || command.Type == "frame", asksForMore || command.Type != "frame");
            if (command.Type != "ask" && command.Id != 0)
                after = command.Id;
            replies.Try(command, () => Do(command));
        }
        lock (inbox)
            if (closed)
            {
                course?.Dispose();
                (course, setup, frames, start, IsOpen) = (null, null, null, [], false);
                return false;
            }
        if (course is null)
            return false;
        // Who only wants to see how far an endless run has come is shown it, and trains when its turn for that comes: many pages that
        // look on would otherwise each be trained for before anyone's step is.
        bool onlyLooksOn = asksForFrames && !asksForMore && speed == 0 && until == long.MaxValue;
        bool sought = course.IsSeeking;
        if ((running && !onlyLooksOn) || sought)
            Train(course);
        if (frameWanted && changed && IsFrameDue(course))
        {
            (frameWanted, changed) = (false, false);
            send(frames!.Write(course, running, wantsCurve, look, after));
        }
        return sought || (running && course.Loop.Epoch < Last);
    }

    /// <summary>Stops after an error that is none of the page's.</summary>
    public void Fail(Exception error)
    {
        running = false;
        replies.Fail(error);
    }

    // Single steps do not wait for their drawing: what waits for their end may be what asks for the next frame.
    private long Last => Math.Min(until, speed == 0 || catchingUp || isStepping ? long.MaxValue : frameEpoch);

    private void Train(Course of)
    {
        of.Run(Stopwatch.GetTimestamp() + (long)(Limits.Slice.TotalSeconds * Stopwatch.Frequency), Last);
        changed = true;
        TrainingLoop loop = of.Loop;
        if (!running || (loop.Epoch < until && loop.Problem is null && of.Stopped is null))
            return;
        if (endIsCondition && loop.Problem is null)
            of.Stopped ??= new("epoch", until, loop.Epoch);
        // Fewer batches than make another epoch, or the link's own page would have said so.
        for (; catchingUp && batchesLeft > 0 && loop.Epoch == until && loop.Problem is null; batchesLeft--)
            of.Forward("batch");
        if (catchingUp && batchesLeft == 0)
            of.GoThrough(operationsLeft);
        Stop();
    }

    private void Stop() =>
        (running, isStepping, catchingUp, endIsCondition, until, batchesLeft) = (false, false, false, false, long.MaxValue, 0);

    private bool IsFrameDue(Course of)
    {
        TimeSpan waited = Stopwatch.GetElapsedTime(askedAt);
        return of.IsSeeking ? waited > 3 * patience : !running || of.Loop.Epoch >= Last || speed == 0 || waited > patience;
    }

    private Command? Taken()
    {
        lock (inbox)
            return !closed && inbox.TryPeek(out Command? next) && !MustWait(next) ? inbox.Dequeue() : null;
    }

    // A step counts from where the one before it ends, forwards or back.
    private bool MustWait(Command next) =>
        course?.IsSeeking == true
            ? next.Type is not ("frame" or "speed")
            : isStepping && (next.Type is "back" or "edit" or "load" or "ask" || (next.Type == "step" && next.By is not (null or "epoch")));

    private void Do(Command command)
    {
        switch (command.Type)
        {
            case "open":
                Open(command);
                break;
            case "frame":
                frameWanted = true;
                wantsCurve = command.Show?.Contains("curve") == true;
                frameEpoch = (course?.Loop.Epoch ?? 0) + speed;
                askedAt = Stopwatch.GetTimestamp();
                break;
            case "ask":
                replies.Ask(command, course?.Loop.Moment());
                break;
            case "look":
                look = Look.Read(
                    setup ?? throw new LonghandException("look: no experiment is open."),
                    command.Set ?? look.Set,
                    command.Index,
                    command.Lines,
                    command.Cells
                );
                changed = true;
                break;
            case "speed":
                speed = command.Epochs;
                frameEpoch = (course?.Loop.Epoch ?? 0) + speed;
                break;
            default:
                Drive(command, course ?? throw new LonghandException($"{command.Type}: no experiment is open."));
                changed = true;
                break;
        }
    }

    private void Drive(Command command, Course of)
    {
        TrainingLoop loop = of.Loop;
        string by = command.By ?? "epoch";
        switch (command.Type)
        {
            case "play":
                StopRule? rule = command.Stop is { } stop ? new(stop.Kind ?? "", stop.Value, setup!) : null;
                (running, until, endIsCondition) = (loop.Problem is null, command.Until ?? long.MaxValue, command.Until is not null);
                (of.Rule, of.Stopped, isStepping) = (rule, null, false);
                // What holds already needs no training.
                running = running && !of.Judge();
                break;
            case "pause":
                Stop();
                break;
            case "step" when by != "epoch":
                Stop();
                of.Forward(by);
                break;
            case "step":
                // Steps that are asked for faster than they are made are all made.
                until = (isStepping ? until : loop.Epoch) + 1;
                (running, isStepping, endIsCondition) = (loop.Problem is null, loop.Problem is null, false);
                of.Rule = null;
                break;
            case "back":
                Stop();
                of.Back(by);
                break;
            case "edit":
                of.Edit(command.Parameter!, command.Index, command.Value);
                break;
            case "load":
                of.Load(ModelBytes.Read(command.Model!, setup!));
                break;
            case "reset":
                Begin(setup!, null);
                break;
        }
    }

    private void Open(Command command)
    {
        IReadOnlyList<string> notes = [];
        Settings settings;
        if (command.Link is not { } link)
            settings = command.Settings!.Aggregate(Settings.Default, (s, pair) => s.With(pair.Key, pair.Value));
        else if (TensorFlowLink.Is(link))
            (settings, notes) = TensorFlowLink.Read(link);
        else
            settings = Settings.FromLink(link);
        if (!IsOpen && refusal() is { } why)
            throw new LonghandException(why);
        Setup read = Setup.Read(command.Fit ? Fitting.ToData(settings, setup, images) : settings, images);
        SessionMemory.Require(read);
        bool keep = command.Keep && setup is not null && read.HasShapeOf(setup);
        FrameWriter writer = new(read);
        IReadOnlyList<ParameterValues> drawn = read.Draw();
        // Only what has wholly succeeded takes the place of what was there.
        (setup, frames, start, IsOpen) = (read, writer, drawn, true);
        Begin(read, keep ? course : null);
        if (!keep && read.Settings.Progress() is var (epochs, batches, operations) && epochs + batches + operations > 0)
            (running, catchingUp, until, batchesLeft, operationsLeft) = (true, true, epochs, batches, operations);
        send(writer.Opened(notes, keep, command.Id));
        changed = true;
    }

    private void Begin(Setup of, Course? before)
    {
        Course next = new(of, start, before);
        course?.Dispose();
        course = next;
        if (before is null)
        {
            Stop();
            frameEpoch = speed;
        }
    }
}

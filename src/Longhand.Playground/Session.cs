using System.Diagnostics;
using System.Text.Json.Nodes;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>
/// What one page works with: a network in training. Commands may come from any thread and wait; everything else happens in
/// <see cref="Work"/>, on one thread at a time. Frames are pulled: the page asks for the next when it has drawn the last, and gets the
/// newest.
/// </summary>
internal sealed class Session(Action<Message> send, Func<bool> mayOpen, Answers answers, ImageSets? images = null) : IDisposable
{
    // A frame is not held back longer than this, however long the epochs before it take.
    private static readonly TimeSpan patience = TimeSpan.FromMilliseconds(100);

    private readonly Queue<Command> inbox = [];
    private Setup? setup;
    private IReadOnlyList<ParameterValues> start = [];
    private TrainingLoop? loop;
    private FrameWriter? frames;
    private Look look = Look.Usual;
    private bool running,
        frameWanted,
        changed;
    private volatile bool closed;
    private int unanswered;

    // Whether settings were changed or weights set while it ran: then the settings alone do not tell how it came about.
    private bool touched;

    // Batches to make behind the epoch that the link names.
    private int batchesLeft;

    // Whether it trains to the epoch that its link names, at any speed, rather than before one's eyes.
    private bool catchingUp;
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
    }

    /// <summary>Does what has been asked for and trains for a slice of time.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Work()
    {
        while (Taken() is { } command)
            Try(command, () => Do(command));
        lock (inbox)
            if (closed)
            {
                loop?.Dispose();
                (loop, setup, frames, start, IsOpen) = (null, null, null, [], false);
                return false;
            }
        if (loop is null)
            return false;
        if (running)
            Train(loop);
        if (frameWanted && changed && IsFrameDue(loop))
        {
            (frameWanted, changed) = (false, false);
            send(frames!.Write(loop, running, touched, look));
        }
        return running && loop.Epoch < Last;
    }

    /// <summary>Stops after an error that is none of the page's.</summary>
    public void Fail(Exception error)
    {
        running = false;
        Refuse(BugIn(error));
    }

    private long Last => Math.Min(until, speed == 0 || catchingUp ? long.MaxValue : frameEpoch);

    private void Train(TrainingLoop of)
    {
        of.Run(Stopwatch.GetTimestamp() + (long)(Limits.Slice.TotalSeconds * Stopwatch.Frequency), Last);
        changed = true;
        if (of.Epoch < until && of.Problem is null)
            return;
        // Fewer batches than make another epoch, or the link's own page would have said so.
        for (; catchingUp && batchesLeft > 0 && of.Epoch == until && of.StepBatch(); batchesLeft--) { }
        Stop();
    }

    private void Stop() => (running, catchingUp, until, batchesLeft) = (false, false, long.MaxValue, 0);

    private bool IsFrameDue(TrainingLoop of) => !running || of.Epoch >= Last || speed == 0 || Stopwatch.GetElapsedTime(askedAt) > patience;

    private Command? Taken()
    {
        lock (inbox)
            return !closed && inbox.TryDequeue(out Command? command) ? command : null;
    }

    private void Do(Command command)
    {
        switch (command.Type)
        {
            case "open":
                Open(command);
                break;
            case "frame":
                frameWanted = true;
                frameEpoch = (loop?.Epoch ?? 0) + speed;
                askedAt = Stopwatch.GetTimestamp();
                break;
            case "ask":
                Ask(command);
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
                frameEpoch = (loop?.Epoch ?? 0) + speed;
                break;
            default:
                Drive(command, loop ?? throw new LonghandException($"{command.Type}: no experiment is open."));
                changed = true;
                break;
        }
    }

    private void Drive(Command command, TrainingLoop of)
    {
        switch (command.Type)
        {
            case "play":
                (running, until) = (of.Problem is null, command.Until ?? long.MaxValue);
                break;
            case "pause":
                Stop();
                break;
            case "step" when command.By == "batch":
                Stop();
                of.StepBatch();
                break;
            case "step":
                // Steps that are asked for faster than they are made are all made.
                (running, until) = (of.Problem is null, (running && until != long.MaxValue ? until : of.Epoch) + 1);
                break;
            case "edit":
                of.Edit(command.Parameter!, command.Index, command.Value);
                touched = true;
                break;
            case "load":
                of.Load(ModelBytes.Read(command.Model!, setup!));
                touched = true;
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
        if (!IsOpen && !mayOpen())
            throw new LonghandException($"{Limits.Sessions} pages train already, and no more can; close one of them.");
        Setup read = Setup.Read(command.Fit ? Fitting.ToData(settings, setup, images) : settings, images);
        bool keep = command.Keep && setup is not null && read.HasShapeOf(setup);
        FrameWriter writer = new(read);
        IReadOnlyList<ParameterValues> drawn = read.Draw();
        // Only what has wholly succeeded takes the place of what was there.
        (setup, frames, start, IsOpen) = (read, writer, drawn, true);
        Begin(read, keep ? loop : null);
        if (!keep && read.Settings.Progress() is var (epochs, batches) && epochs + batches > 0)
            (running, catchingUp, until, batchesLeft) = (true, true, epochs, batches);
        send(writer.Opened(notes));
        changed = true;
    }

    private void Begin(Setup of, TrainingLoop? before)
    {
        TrainingLoop next = new(of, start, before);
        loop?.Dispose();
        loop = next;
        touched = before is not null && (touched || before.Epoch > 0 || before.Batch > 0);
        if (before is null)
        {
            Stop();
            frameEpoch = speed;
        }
    }

    // A question is answered elsewhere, from a copy of what there is now; the answer carries its mark.
    private void Ask(Command command)
    {
        var asked = new Asked(Question.Find(command.About!), command.With ?? [], loop?.Moment());
        if (Interlocked.Increment(ref unanswered) > Limits.WaitingQuestions)
        {
            Interlocked.Decrement(ref unanswered);
            throw new LonghandException($"{Limits.WaitingQuestions} questions wait already; ask the next when some are answered.");
        }
        answers.Add(() =>
        {
            if (!closed)
                Try(
                    command,
                    () =>
                        send(
                            Message.Of(
                                new JsonObject
                                {
                                    ["type"] = "answer",
                                    ["id"] = command.Id,
                                    ["answer"] = Question.Find(command.About!).Answer(asked),
                                }
                            )
                        )
                );
            Interlocked.Decrement(ref unanswered);
        });
    }

    private void Try(Command command, Action action)
    {
        try
        {
            action();
        }
        catch (LonghandException e)
        {
            Refuse(e.Message, command, e.At);
        }
        catch (OutOfMemoryException)
        {
            Refuse("There is not enough memory for this; a smaller network or fewer examples are needed.", command);
        }
        catch (Exception e) when (command.Type == "ask")
        {
            Refuse(BugIn(e), command);
        }
    }

    private static string BugIn(Exception error) => $"This is a bug in Longhand ({error.Message.TrimEnd('.')}).";

    private void Refuse(string reason, Command? command = null, int? at = null)
    {
        var refusal = new JsonObject { ["type"] = "refused", ["reason"] = reason };
        if (command?.Type == "ask")
            (refusal["id"], refusal["at"]) = (command.Id, at);
        send(Message.Of(refusal));
    }
}

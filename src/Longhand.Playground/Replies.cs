using System.Text.Json.Nodes;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>What a page is told of its commands beside what comes of them: answers to its questions, and why something is not done.</summary>
internal sealed class Replies(Action<Message> send, Answers answers) : IDisposable
{
    private volatile bool closed;
    private int unanswered;

    /// <summary>Answers no more.</summary>
    public void Dispose() => closed = true;

    /// <summary>Answers a question elsewhere, from a copy of what there is now; the answer carries its mark.</summary>
    /// <param name="command">The question.</param>
    /// <param name="moment">What there is now; null where nothing is open.</param>
    /// <exception cref="LonghandException">It is none, or too many wait.</exception>
    public void Ask(Command command, Moment? moment)
    {
        var asked = new Asked(Question.Find(command.About!), command.With ?? [], moment);
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

    /// <summary>Does what is asked for, and says so where it cannot be done.</summary>
    public void Try(Command command, Action action)
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

    /// <summary>Says that an error is none of the page's.</summary>
    public void Fail(Exception error) => Refuse(BugIn(error));

    private static string BugIn(Exception error) => $"This is a bug in Longhand ({error.Message.TrimEnd('.')}).";

    private void Refuse(string reason, Command? command = null, int? at = null)
    {
        var refusal = new JsonObject { ["type"] = "refused", ["reason"] = reason };
        if (command?.Type == "ask")
            (refusal["id"], refusal["at"]) = (command.Id, at);
        else if (command is not null && command.Id != 0)
            refusal["after"] = command.Id;
        send(Message.Of(refusal));
    }
}

using System.Collections.Concurrent;

namespace Longhand.Playground.Questions;

/// <summary>The threads that answer questions, first come, first served; beside those that train.</summary>
internal sealed class Answers : IDisposable
{
    private const int Count = 2;

    private readonly BlockingCollection<Action> waiting = [];
    private readonly Thread[] threads;

    /// <summary>Starts the threads.</summary>
    public Answers()
    {
        threads = new Thread[Count];
        for (int i = 0; i < Count; i++)
        {
            threads[i] = new Thread(Work)
            {
                IsBackground = true,
                Name = $"playground answers {i}",
                Priority = ThreadPriority.BelowNormal,
            };
            threads[i].Start();
        }
    }

    /// <summary>Has something answered.</summary>
    /// <param name="answer">Throws nothing.</param>
    public void Add(Action answer)
    {
        try
        {
            waiting.Add(answer);
        }
        catch (InvalidOperationException)
        {
            // The server is being closed, and nobody waits for the answer any more.
        }
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        foreach (Thread thread in threads)
            thread.Join();
        waiting.Dispose();
    }

    private void Work()
    {
        foreach (Action answer in waiting.GetConsumingEnumerable())
            answer();
    }
}

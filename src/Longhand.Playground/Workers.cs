namespace Longhand.Playground;

/// <summary>
/// The few threads that compute for all sessions, a slice at a time: who asks for something comes before who trains, and who trains takes
/// turns. A session is computed for by one thread at a time.
/// </summary>
internal sealed class Workers : IDisposable
{
    private readonly LinkedList<Session> asking = [];
    private readonly LinkedList<Session> training = [];
    private readonly object sync = new();
    private readonly Thread[] threads;
    private bool stopped;

    /// <param name="count">How many threads; by default one processor is left to the server itself.</param>
    public Workers(int? count = null)
    {
        threads = new Thread[count ?? Math.Max(1, Environment.ProcessorCount - 1)];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"playground {i}" };
            threads[i].Start();
        }
    }

    /// <summary>Has a session looked after soon.</summary>
    public void Wake(Session session)
    {
        lock (sync)
        {
            if (session.Turn == Turn.Working)
                session.Turn = Turn.Again;
            else if (session.Turn is Turn.None or Turn.Training)
            {
                if (session.Turn == Turn.Training)
                    training.Remove(session);
                session.Turn = Turn.Asking;
                asking.AddLast(session);
                Monitor.Pulse(sync);
            }
        }
    }

    public void Dispose()
    {
        lock (sync)
        {
            stopped = true;
            Monitor.PulseAll(sync);
        }
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Work()
    {
        while (Next() is { } session)
        {
            bool more = false;
            try
            {
                more = session.Work();
            }
            catch (Exception e)
            {
                // One page's trouble is not that of the others.
                session.Fail(e);
            }
            lock (sync)
            {
                bool again = session.Turn == Turn.Again;
                session.Turn =
                    again ? Turn.Asking
                    : more ? Turn.Training
                    : Turn.None;
                if (again)
                    asking.AddLast(session);
                else if (more)
                    training.AddLast(session);
            }
        }
    }

    private Session? Next()
    {
        lock (sync)
        {
            while (!stopped && asking.Count + training.Count == 0)
                Monitor.Wait(sync);
            if (stopped)
                return null;
            LinkedList<Session> from = asking.Count > 0 ? asking : training;
            Session next = from.First!.Value;
            from.RemoveFirst();
            next.Turn = Turn.Working;
            return next;
        }
    }
}

/// <summary>Where a session stands among those that are computed for.</summary>
internal enum Turn
{
    /// <summary>It has nothing to do.</summary>
    None,

    /// <summary>It trains, and waits for its next slice.</summary>
    Training,

    /// <summary>Its page has asked for something.</summary>
    Asking,

    /// <summary>A thread computes for it.</summary>
    Working,

    /// <summary>A thread computes for it, and its page has asked for something since.</summary>
    Again,
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Longhand.Kernels;

/// <summary>
/// Work that was cut into parts. Where each makes sums that are added up later, it is cut by its size, never by the number of threads, so that
/// results do not depend on it.
/// </summary>
internal interface IParallelWork
{
    /// <summary>Does one part; parts touch nothing in common.</summary>
    void Part(int part);
}

/// <summary>
/// Threads that stay hot between the steps of a training run: a worker spins for a while, then yields, then sleeps until it is called.
/// The caller works too, and whoever is free takes the next part, so that a worker that comes late holds nobody up. The threads are started
/// by the first work that is shared. Where several threads call at once, one has the workers and the others do their parts themselves.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Spins = 2000;

    // After so much yielding a worker sleeps: 200 µs.
    private static readonly long Patience = Stopwatch.Frequency / 5000;
    private static readonly ConcurrentDictionary<int, WorkerPool> Pools = [];

    private readonly Thread?[] workers;
    private readonly object bedroom = new();
    private ExceptionDispatchInfo? failure;
    private IParallelWork? work;
    private volatile bool stopped;
    private int parts,
        untaken,
        undone,
        sleeping,
        busy;
    private bool started;

    /// <param name="threads">How many threads work, the caller included.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        workers = new Thread?[threads - 1];
    }

    /// <summary>The pool of so many threads that predictions share; it is never disposed of.</summary>
    public static WorkerPool Shared(int threads) => Pools.GetOrAdd(threads, static n => new WorkerPool(n));

    /// <summary>How many threads work, the caller included.</summary>
    public int Threads => workers.Length + 1;

    /// <summary>Whether there has been work to share; until then there are no threads.</summary>
    public bool HasStarted => started;

    /// <summary>How many of them sleep just now, using no processor time.</summary>
    public int Sleeping => Volatile.Read(ref sleeping);

    /// <summary>
    /// Does all parts and returns when they are done. A part that throws ends none of the others; the first exception comes out here.
    /// </summary>
    public void Run(IParallelWork todo, int partCount)
    {
        if (workers.Length == 0 || partCount <= 1 || Interlocked.Exchange(ref busy, 1) != 0)
        {
            for (int part = 0; part < partCount; part++)
                todo.Part(part);
            return;
        }
        if (!started)
            Start();
        work = todo;
        parts = partCount;
        undone = partCount;
        // A full fence, not a mere volatile write: the parts must be on offer before "sleeping" is read, or a worker that goes to sleep at
        // this moment and the caller that looks for sleepers can miss each other.
        Interlocked.Exchange(ref untaken, partCount);
        if (Volatile.Read(ref sleeping) > 0)
            lock (bedroom)
                Monitor.PulseAll(bedroom);
        while (TakePart()) { }
        var spinner = new SpinWait();
        while (Volatile.Read(ref undone) > 0)
            spinner.SpinOnce(-1);
        work = null;
        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        Volatile.Write(ref busy, 0);
        thrown?.Throw();
    }

    private void Start()
    {
        started = true;
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"Longhand worker {i + 1}" };
            workers[i]!.Start();
        }
    }

    /// <summary>Ends the threads, and returns when they have ended.</summary>
    public void Dispose()
    {
        stopped = true;
        lock (bedroom)
            Monitor.PulseAll(bedroom);
        foreach (Thread? worker in workers)
            worker?.Join();
    }

    // Whoever lowers "untaken" owns a part of the work that is on offer at that moment, whichever it is: that work cannot end before its
    // last part is done, so what is read of it afterwards belongs together.
    private bool TakePart()
    {
        int left = Volatile.Read(ref untaken);
        if (left == 0)
            return false;
        if (Interlocked.CompareExchange(ref untaken, left - 1, left) != left)
            return true; // another was faster; there may be more
        try
        {
            work!.Part(parts - left);
        }
#pragma warning disable CA1031 // whatever a part throws is thrown again in the caller
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
        }
        Interlocked.Decrement(ref undone);
        return true;
    }

    private void Work()
    {
        int idle = 0;
        long since = 0;
        while (!stopped)
        {
            if (TakePart())
                idle = 0;
            else if (++idle < Spins)
                Thread.SpinWait(4);
            else if (idle == Spins)
                since = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetTimestamp() - since < Patience)
                Thread.Yield();
            else
            {
                Sleep();
                idle = 0;
            }
        }
    }

    private void Sleep()
    {
        lock (bedroom)
        {
            // Either the caller sees that someone sleeps, and wakes him once he has let go of the lock, or he sees the parts here.
            Interlocked.Increment(ref sleeping);
            if (Volatile.Read(ref untaken) == 0 && !stopped)
                Monitor.Wait(bedroom);
            Interlocked.Decrement(ref sleeping);
        }
    }
}

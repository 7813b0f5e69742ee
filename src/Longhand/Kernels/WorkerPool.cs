namespace Longhand.Kernels;

/// <summary>Work that was cut into parts by its size, never by the number of threads, so that results do not depend on it.</summary>
internal interface IParallelWork
{
    /// <summary>Does one part; parts touch nothing in common.</summary>
    void Part(int part);
}

/// <summary>
/// Threads that stay hot between the steps of a training run: a worker spins for a while, then yields, then sleeps until it is called.
/// The caller works too, and whoever is free takes the next part.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Spins = 2000,
        Yields = 50;

    private readonly Thread[] workers;
    private readonly ManualResetEventSlim wake = new(false);
    private IParallelWork? work;
    private volatile bool stopped;
    private int generation,
        parts,
        nextPart,
        running,
        sleeping;

    /// <param name="threads">How many threads work, the caller included.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        workers = new Thread[threads - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"Longhand worker {i + 1}" };
            workers[i].Start();
        }
    }

    /// <summary>How many threads work, the caller included.</summary>
    public int Threads => workers.Length + 1;

    /// <summary>Does all parts and returns when they are done.</summary>
    public void Run(IParallelWork todo, int partCount)
    {
        if (workers.Length == 0 || partCount == 1)
        {
            for (int part = 0; part < partCount; part++)
                todo.Part(part);
            return;
        }
        work = todo;
        parts = partCount;
        nextPart = 0;
        running = workers.Length;
        // A full fence, not a mere volatile write: the new number must be out before "sleeping" is read, or a worker that goes to sleep
        // at this moment and the caller that looks for sleepers can miss each other, and both wait for ever.
        Interlocked.Increment(ref generation);
        if (Volatile.Read(ref sleeping) > 0)
            wake.Set();
        TakeParts(todo);
        var spinner = new SpinWait();
        while (Volatile.Read(ref running) > 0)
            spinner.SpinOnce(-1);
        wake.Reset();
    }

    public void Dispose()
    {
        stopped = true;
        Interlocked.Increment(ref generation);
        wake.Set();
        foreach (Thread worker in workers)
            worker.Join();
        wake.Dispose();
    }

    private void TakeParts(IParallelWork todo)
    {
        for (int part; (part = Interlocked.Increment(ref nextPart) - 1) < parts; )
            todo.Part(part);
    }

    private void Work()
    {
        int seen = 0;
        while (true)
        {
            Await(seen);
            seen++;
            if (stopped)
                return;
            TakeParts(work!);
            Interlocked.Decrement(ref running);
        }
    }

    private void Await(int seen)
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref generation) != seen)
                return;
            Thread.SpinWait(4);
        }
        for (int i = 0; i < Yields; i++)
        {
            if (Volatile.Read(ref generation) != seen)
                return;
            Thread.Yield();
        }
        Interlocked.Increment(ref sleeping);
        // The event may still be set from an earlier call; then this loop spins until the caller resets it, and misses nothing.
        while (Volatile.Read(ref generation) == seen)
            wake.Wait();
        Interlocked.Decrement(ref sleeping);
    }
}

using System.Diagnostics;
using Longhand.Kernels;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>The threads that stay hot: none is lost, none is forgotten, none burns time for nothing.</summary>
public sealed class WorkerPoolTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 200_000 : 40_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_part_is_done_once_however_long_the_gaps(int threads)
    {
        var counts = new Counts(7);
        var random = new Random(threads);
        // A hang must fail, not hang.
        var calls = new Thread(() =>
        {
            using var pool = new WorkerPool(threads);
            Assert.Equal(threads, pool.Threads);
            for (int run = 1; run <= Runs; run++)
            {
                int parts = random.Next(8);
                pool.Run(counts, parts);
                for (int i = 0; i < parts; i++)
                    if (Interlocked.Exchange(ref counts.Done[i], 0) != 1)
                        counts.Wrong++;
                // back to back mostly; sometimes while the workers spin, yield or fall asleep
                if (random.Next(100) == 0)
                    Thread.SpinWait(random.Next(20_000));
                if (random.Next(4000) == 0)
                    Thread.Sleep(random.Next(4));
            }
        })
        {
            IsBackground = true,
        };
        calls.Start();
        Assert.True(calls.Join(TimeSpan.FromMinutes(3)), "the pool hangs");
        Assert.Equal(0, counts.Wrong);
    }

    [Fact]
    public void Idle_workers_sleep()
    {
        using var pool = new WorkerPool(3);
        var counts = new Counts(6);
        pool.Run(counts, 6);
        var clock = Stopwatch.StartNew();
        while (pool.Sleeping < 2 && clock.Elapsed < TimeSpan.FromSeconds(30))
            Thread.Sleep(1);
        Assert.Equal(2, pool.Sleeping);
        pool.Run(counts, 6);
        Assert.All(counts.Done, done => Assert.Equal(2, done));
    }

    [Fact]
    public void Dispose_ends_the_threads_asleep_or_awake()
    {
        for (int i = 0; i < 50; i++)
        {
            var pool = new WorkerPool(3);
            pool.Run(new Counts(3), 3);
            if (i % 5 == 0)
                Thread.Sleep(20);
            var disposing = new Thread(pool.Dispose) { IsBackground = true };
            disposing.Start();
            Assert.True(disposing.Join(TimeSpan.FromSeconds(30)), "Dispose hangs");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void An_exception_in_a_part_comes_out_of_the_call_and_the_pool_lives_on(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int i = 0; i < 200; i++)
        {
            int bad = i % 5;
            var thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(new Fails(bad), 5));
            Assert.Equal($"part {bad}", thrown.Message);
            var counts = new Counts(5);
            pool.Run(counts, 5);
            Assert.All(counts.Done, done => Assert.Equal(1, done));
        }
    }

    [Fact]
    public void Threads_are_started_by_the_first_work_that_is_shared()
    {
        using var pool = new WorkerPool(3);
        Assert.False(pool.HasStarted);
        pool.Run(new Counts(1), 1);
        Assert.False(pool.HasStarted);
        pool.Run(new Counts(2), 2);
        Assert.True(pool.HasStarted);
    }

    [Fact]
    public void Several_callers_at_once_each_have_all_their_parts_done()
    {
        using var pool = new WorkerPool(2);
        Parallel.For(
            0,
            4,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            _ =>
            {
                for (int run = 0; run < 500; run++)
                {
                    var counts = new Counts(5);
                    pool.Run(counts, 5);
                    Assert.All(counts.Done, done => Assert.Equal(1, done));
                }
            }
        );
    }

    private sealed class Counts(int parts) : IParallelWork
    {
        public readonly int[] Done = new int[parts];
        public int Wrong;

        public void Part(int part) => Interlocked.Increment(ref Done[part]);
    }

    private sealed class Fails(int bad) : IParallelWork
    {
        public void Part(int part)
        {
            if (part == bad)
                throw new InvalidOperationException($"part {part}");
        }
    }
}

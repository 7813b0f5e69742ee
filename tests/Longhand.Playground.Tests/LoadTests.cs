using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Tests;

/// <summary>
/// Many pages at once. What is asserted is that everything is answered; how fast, and with how much memory, is reported. LONGHAND_FULL=1
/// takes as many pages as the server is meant for: 1,000 that are idle or slow, and 50 that train.
/// </summary>
public sealed class LoadTests
{
    private const int Steps = 200;

    private static readonly bool isFull = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1";

    [Fact]
    public async Task A_page_is_answered_beside_many_that_are_idle_slow_or_train_and_look_on()
    {
        (int idle, int slow, int training) = isFull ? (900, 100, 50) : (90, 10, 8);
        await using PlaygroundServer server = await PlaygroundServer.StartAsync(0, TestContext.Current.CancellationToken);
        using var end = new CancellationTokenSource();
        var pages = new List<Live>();
        var looking = new List<Task>();
        long before = Environment.WorkingSet;
        try
        {
            for (int i = 0; i < idle + slow; i++)
            {
                Live page = await Live.ConnectAsync(server);
                pages.Add(page);
                // Asked for and never read.
                if (i >= idle)
                    await page.SendAsync(new { type = "open", link = "" });
            }
            long connected = Environment.WorkingSet;
            for (int i = 0; i < training; i++)
            {
                (Live page, JsonNode _) = await Live.OpenAsync(server, "");
                pages.Add(page);
                await page.SendAsync(new { type = "speed", epochs = 0 });
                await page.SendAsync(new { type = "play" });
                looking.Add(LookOnAsync(page, end.Token));
            }
            (Live mine, JsonNode _) = await Live.OpenAsync(server, "");
            pages.Add(mine);
            await mine.FrameAsync();
            var times = new List<double>();
            for (int step = 1; step <= Steps; step++)
            {
                long start = Stopwatch.GetTimestamp();
                await mine.SendAsync(new { type = "step" });
                await mine.FrameAsync(f => (int)f["epoch"]! == step && !(bool)f["running"]!);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            times.Sort();
            TestContext.Current.SendDiagnosticMessage(
                $"{idle} idle, {slow} slow, {training} training: a step takes {times[Steps / 2]:0.0} ms in the median, {times[Steps * 99 / 100]:0.0} ms at "
                    + $"the 99th percentile, {times[^1]:0.0} ms at most; memory with the tests' own side {before >> 20} MB at the start, "
                    + $"{connected >> 20} MB connected, {Environment.WorkingSet >> 20} MB training"
            );
            // Who reads nothing answers no sign of life either, and is let go in time; who trains stays.
            Assert.InRange(server.Connections, training + 1, pages.Count);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(looking);
            pages.ForEach(page => page.Dispose());
        }
    }

    [Fact]
    public void What_the_largest_experiment_takes_is_within_what_a_page_may()
    {
        Settings usual = Settings.Default,
            large = usual
                .With("data", $"circle n={Limits.Examples} seed=0.5")
                .With("network", "2 -> dense 128 tanh -> dense 127 tanh -> dense 1 tanh")
                .With("batch", "all");
        Assert.InRange(SessionMemory.Bytes(Setup.Read(usual)), 1, 2 << Limits.MegabyteBits);
        Assert.InRange(SessionMemory.Bytes(Setup.Read(large)), 20 << Limits.MegabyteBits, (long)Limits.MegabytesPerSession << Limits.MegabyteBits);
    }

    private static async Task LookOnAsync(Live page, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await page.FrameAsync();
            // A screen shows no more.
            await Task.Delay(TimeSpan.FromMilliseconds(33), CancellationToken.None);
        }
    }
}

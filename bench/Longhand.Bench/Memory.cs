using System.Diagnostics;
using System.Globalization;

namespace Longhand.Bench;

/// <summary>The most memory that a process of its own takes for an epoch of W5, data included.</summary>
internal static class Memory
{
    public static IReadOnlyList<Workload> All { get; } =
    [new("W5 memory", "MNIST 784-256-10, peak memory of the process", "MB", false, int.MaxValue, 0, Prepare)];

    /// <summary>How this program is started once more: the program, and what comes first among its arguments.</summary>
    public static (string Program, string[] Arguments) Self =>
        (
            Environment.ProcessPath!,
            // Started as `dotnet Longhand.Bench.dll` the process is dotnet itself.
            Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
                ? [typeof(Memory).Assembly.Location]
                : []
        );

    /// <summary>The process itself: trains an epoch and says what it took.</summary>
    public static int Measure(Options options)
    {
        RealNets.All.Single(w => w.Id == "W5").Prepare(options, options.Threads[0])();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 / 1048576.0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static Func<double> Prepare(Options options, int threads) =>
        () =>
        {
            string[] mnist = options.Mnist is { } folder ? ["--mnist", folder] : [];
            var start = new ProcessStartInfo(
                Self.Program,
                [.. Self.Arguments, "w5-memory", "--threads", threads.ToString(CultureInfo.InvariantCulture), .. mnist]
            )
            {
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return double.Parse(said, CultureInfo.InvariantCulture);
        };
}

namespace Longhand.Bench;

/// <summary>One measurable thing: the same for Longhand and every peer.</summary>
/// <param name="Id">As a peer is asked for it: W5, or W9 256.</param>
/// <param name="What">In words.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="HigherIsBetter">Whether the figure is a speed rather than a time.</param>
/// <param name="MostThreads">Beyond, threads are of no use (a tiny network).</param>
/// <param name="Flop">
/// Floating-point operations behind one unit of the figure (of a speed: per unit; of a time: per measured piece), 0 where the share of the peak
/// says nothing.
/// </param>
/// <param name="Prepare">Makes what is measured, warm, for so many threads; calling the result measures once.</param>
internal sealed record Workload(
    string Id,
    string What,
    string Unit,
    bool HigherIsBetter,
    int MostThreads,
    double Flop,
    Func<Options, int, Func<double>> Prepare
)
{
    /// <summary>Whether one measurement says it: memory, which does not depend on the moment.</summary>
    public bool IsSteady => Unit == "MB";

    /// <summary>The families that <c>--only</c> chooses from.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(1, 10).Select(n => $"W{n}")];

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [.. TinyNets.All, .. RealNets.All.Take(1), .. Memory.All, .. RealNets.All.Skip(1), .. Products.All, .. Predictions.All];

    /// <summary>W9 of "W9 256".</summary>
    public string Family => Id.Split(' ')[0];

    /// <summary>GFLOP/s at a figure; null where that says nothing.</summary>
    public double? GigaFlops(double figure) =>
        Flop == 0 ? null
        : HigherIsBetter ? Flop * figure / 1e9
        : Flop / (figure * (Unit == "µs" ? 1e-6 : 1)) / 1e9;
}

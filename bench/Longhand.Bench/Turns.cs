using System.Diagnostics;

namespace Longhand.Bench;

/// <summary>
/// Measures a workload on Longhand and its peers by turns. A slow moment of the machine strikes all of a turn alike, so ratios and shares of the
/// peak are taken turn by turn, and only then their medians: a quotient of two medians would compare different moments.
/// </summary>
internal static class Turns
{
    // The threads of whoever was measured before spin on for a while: after 60 ms they still took a third of what two threads can do.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // What takes less time than this falls into a single moment of the machine, and is measured in more turns.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private const int TurnsOfShort = 5;

    public static Row Take(Options options, Workload workload, int threads, IReadOnlyList<Peer> peers)
    {
        Func<double> measure = workload.Prepare(options, threads);
        List<double> own = [],
            shares = [];
        var others = peers.ToDictionary(p => p, _ => new List<double>());
        var ratios = peers.ToDictionary(p => p, _ => new List<double>());
        var silent = new HashSet<Peer>();
        int turns = workload.IsSteady ? 1 : options.Repeats;
        TimeSpan pause = threads == 1 ? TimeSpan.Zero : Pause;
        for (int turn = 0; turn < turns; turn++)
        {
            var said = new Dictionary<Peer, double>();
            foreach (Peer peer in peers)
                if (!silent.Contains(peer))
                    if (peer.Ask(workload.Id, out _) is { } value)
                        said[peer] = value;
                    else
                        silent.Add(peer);
            Thread.Sleep(pause);
            double before = Peak.Measure(threads, attempts: 1);
            var clock = Stopwatch.StartNew();
            double figure = measure();
            if (turn == 0 && !workload.IsSteady && clock.Elapsed < Short)
                turns *= threads == 1 ? TurnsOfShort : TurnsOfShort / 2;
            double peak = (before + Peak.Measure(threads, attempts: 1)) / 2;
            Thread.Sleep(pause);
            own.Add(figure);
            if (workload.GigaFlops(figure) is { } flops)
                shares.Add(flops / peak);
            foreach ((Peer peer, double value) in said)
            {
                others[peer].Add(value);
                ratios[peer].Add(workload.HigherIsBetter ? figure / value : value / figure);
            }
        }
        return new(workload, threads, Median(own), shares.Count == 0 ? null : Median(shares), Medians(others), Medians(ratios));
    }

    private static Dictionary<string, double> Medians(Dictionary<Peer, List<double>> values) =>
        values.Where(v => v.Value.Count > 0).ToDictionary(v => v.Key.Name, v => Median(v.Value));

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}

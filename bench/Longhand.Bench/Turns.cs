namespace Longhand.Bench;

/// <summary>Measures a workload on Longhand and its peers by turns, so that a slow moment of the machine strikes all alike.</summary>
internal static class Turns
{
    // The threads of whoever was measured before spin on for a while: after 60 ms they still took a third of what two threads can do.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Row Take(Options options, Workload workload, int threads, IReadOnlyList<Peer> peers)
    {
        Func<double> measure = workload.Prepare(options, threads);
        var own = new List<double>();
        var others = peers.ToDictionary(p => p, _ => new List<double>());
        var silent = new HashSet<Peer>();
        for (int turn = 0; turn < (workload.IsSteady ? 1 : options.Repeats); turn++)
        {
            foreach (Peer peer in peers)
                if (!silent.Contains(peer))
                    if (peer.Ask(workload.Id, out _) is { } value)
                        others[peer].Add(value);
                    else
                        silent.Add(peer);
            Thread.Sleep(Pause);
            own.Add(measure());
            Thread.Sleep(Pause);
        }
        return new(
            workload,
            threads,
            Median(own),
            others.Where(o => o.Value.Count > 0).ToDictionary(o => o.Key.Name, o => Median(o.Value))
        );
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}

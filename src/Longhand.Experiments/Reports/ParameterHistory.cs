namespace Longhand.Experiments.Reports;

/// <summary>
/// How every parameter moved during a run: all of its values where it has few, otherwise their spread. It takes the same memory however
/// long the run is: when it is full every second moment is forgotten, and from then on every second one is kept.
/// </summary>
internal sealed class ParameterHistory
{
    /// <summary>A parameter with at most so many values is kept value by value.</summary>
    public const int MostValues = 64;

    private const int MostMoments = 1024;

    // The spread of a million numbers is known from some thousands of them, apart from the two outermost.
    private const int MostSorted = 16_384;

    /// <summary>The shares of the values that lie below what is kept of the spread.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    private readonly List<int> epochs = [];
    private readonly List<float[]>[] kept;
    private readonly Network network;
    private int every = 1;

    public ParameterHistory(Network network)
    {
        this.network = network;
        kept = [.. network.Parameters.Select(_ => new List<float[]>())];
    }

    /// <summary>The epochs of which something is kept, in their order; the first is 0.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>Whether parameter <paramref name="index"/> is kept value by value.</summary>
    public bool HasValues(int index) => network.Parameters[index].Parameter.Length <= MostValues;

    /// <summary>For each of <see cref="Epochs"/> the values of a parameter, or the values that <see cref="Shares"/> of them lie below.</summary>
    public IReadOnlyList<float[]> Of(int index) => kept[index];

    /// <summary>Keeps the parameters of this moment.</summary>
    public void Add(EpochReport report)
    {
        if (report.Epoch % every != 0)
            return;
        IReadOnlyList<ParameterValues> values = report.Parameters();
        epochs.Add(report.Epoch);
        for (int p = 0; p < kept.Length; p++)
            kept[p].Add(HasValues(p) ? values[p].ToSingles() : Spread(values[p]));
        if (epochs.Count > MostMoments)
            Thin();
    }

    private void Thin()
    {
        every *= 2;
        int[] staying = [.. Enumerable.Range(0, epochs.Count).Where(i => epochs[i] % every == 0)];
        foreach (List<float[]> list in kept)
        {
            float[][] rest = [.. staying.Select(i => list[i])];
            list.Clear();
            list.AddRange(rest);
        }
        int[] left = [.. staying.Select(i => epochs[i])];
        epochs.Clear();
        epochs.AddRange(left);
    }

    private static float[] Spread(ParameterValues values)
    {
        int step = (values.Length + MostSorted - 1) / MostSorted;
        float low = float.PositiveInfinity,
            high = float.NegativeInfinity;
        var some = new List<float>(MostSorted);
        for (int i = 0; i < values.Length; i++)
        {
            float value = values.Single(i);
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            if (i % step == 0)
                some.Add(value);
        }
        some.Sort();
        return
        [
            .. Shares.Select(share =>
                share switch
                {
                    0 => low,
                    1 => high,
                    _ => some[(int)Math.Round(share * (some.Count - 1))],
                }
            ),
        ];
    }
}

using System.Numerics;

namespace Longhand.Analysis;

/// <summary>Every separable function of few variables with the smallest weights: up to four variables they are at most 3 (Muroga 1971).</summary>
internal static class SmallUnits
{
    private static readonly Lazy<IReadOnlyDictionary<int, ThresholdUnit>>[] byVariables =
    [
        .. Enumerable.Range(0, 5).Select(n => new Lazy<IReadOnlyDictionary<int, ThresholdUnit>>(() => Find(n))),
    ];

    /// <summary>By their truth tables, row r at bit r.</summary>
    public static IReadOnlyDictionary<int, ThresholdUnit> Of(int variables) => byVariables[variables].Value;

    private static Dictionary<int, ThresholdUnit> Find(int n)
    {
        const int most = 3;
        var found = new Dictionary<int, ThresholdUnit>();
        int span = 2 * most + 1;
        var all = Enumerable
            .Range(0, (int)Math.Pow(span, n))
            .Select(code => Enumerable.Range(0, n).Select(v => code / (int)Math.Pow(span, v) % span - most).ToArray());
        foreach (int[] weights in all.OrderBy(w => w.Sum(Math.Abs)))
        {
            int[] sums =
            [
                .. Enumerable
                    .Range(0, 1 << n)
                    .Select(row => Enumerable.Range(0, n).Sum(v => BooleanExpression.ValueIn(row, v, n) ? weights[v] : 0)),
            ];
            foreach (int threshold in sums.Append(sums.Max() + 1).Distinct())
            {
                int mask = sums.Select((sum, row) => sum >= threshold ? 1 << row : 0).Sum();
                found.TryAdd(mask, new([.. weights.Select(w => (BigInteger)w)], threshold));
            }
        }
        return found;
    }
}

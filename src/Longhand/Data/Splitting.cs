namespace Longhand;

/// <summary>Which examples go into which of two parts.</summary>
internal static class Splitting
{
    /// <summary>
    /// The first part of an order in which each class has its share: as many examples as the rounded-down share and, largest remainder first
    /// (Hamilton's rule), one more, until the part is full. Within a part the order stays.
    /// </summary>
    /// <param name="order">All examples.</param>
    /// <param name="classOf">The class of an example.</param>
    /// <param name="first">How many the first part has.</param>
    public static (int[] First, int[] Second) Stratified(int[] order, Func<int, int> classOf, int first)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (int example in order)
            counts[classOf(example)] = counts.GetValueOrDefault(classOf(example)) + 1;
        // In whole numbers, so that equal remainders are equal: count · first = quota · all + remainder.
        var quotas = counts.ToDictionary(c => c.Key, c => (int)((long)c.Value * first / order.Length));
        int missing = first - quotas.Values.Sum();
        foreach (
            int label in counts
                .OrderByDescending(c => (long)c.Value * first % order.Length)
                .ThenBy(c => c.Key)
                .Select(c => c.Key)
                .Take(missing)
        )
            quotas[label]++;
        var parts = order.ToLookup(example => quotas[classOf(example)]-- > 0);
        return ([.. parts[true]], [.. parts[false]]);
    }
}

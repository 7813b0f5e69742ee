namespace Longhand;

/// <summary>Which examples make up which update.</summary>
internal sealed class BatchPlan(int count, int batch, bool shuffle, bool carryOver, RandomStream random)
{
    private readonly int size = batch == 0 ? count : Math.Min(batch, carryOver ? batch : count);
    private readonly int[] order = [.. Enumerable.Range(0, count)];
    private int[] leftOver = [];

    /// <summary>
    /// The batches of the next epoch. Ordinarily the last one is smaller. Under the Playground's rule what is left over at the end of an
    /// epoch waits, and makes the first update of the next one larger.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<int>> NextEpoch()
    {
        if (shuffle)
            random.Shuffle(order.AsSpan());
        int first = 0;
        if (leftOver.Length > 0 && size <= count)
        {
            yield return (int[])[.. leftOver, .. order.AsSpan(0, size)];
            first = size;
            leftOver = [];
        }
        for (; first + size <= count; first += size)
            yield return order.AsMemory(first, size);
        if (first == count)
            yield break;
        if (carryOver)
            leftOver = [.. leftOver, .. order.AsSpan(first)];
        else
            yield return order.AsMemory(first);
    }

    /// <summary>How many examples the smallest batch has.</summary>
    public int Smallest => carryOver || count % size == 0 ? size : count % size;

    /// <summary>About how many updates an epoch has.</summary>
    public int UpdatesPerEpoch => (count + size - 1) / size;
}

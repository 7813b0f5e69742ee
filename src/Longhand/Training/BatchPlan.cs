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

    /// <summary>Where the plan stands between two epochs, copied; set, the epochs that follow are those that followed then.</summary>
    public BatchPosition Position
    {
        // An order that is never shuffled need not be copied.
        get => new(shuffle ? [.. order] : order, [.. leftOver], random.State);
        set
        {
            value.Order.CopyTo(order.AsSpan());
            leftOver = [.. value.LeftOver];
            random.State = value.Random;
        }
    }

    /// <summary>How many examples the smallest batch has.</summary>
    public int Smallest => carryOver || count % size == 0 ? size : count % size;

    /// <summary>About how many updates an epoch has.</summary>
    public int UpdatesPerEpoch => (count + size - 1) / size;
}

/// <summary>Where a <see cref="BatchPlan"/> stands between two epochs.</summary>
/// <param name="Order">The order of the examples.</param>
/// <param name="LeftOver">Examples that wait for the next epoch.</param>
/// <param name="Random">The state of the random numbers that shuffle.</param>
internal sealed record BatchPosition(int[] Order, int[] LeftOver, (ulong, ulong, ulong, ulong) Random);

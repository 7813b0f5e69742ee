using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>The key <c>input</c>: one example or a batch of them.</summary>
internal static class InputEntry
{
    /// <param name="entry">The numbers.</param>
    /// <param name="shape">The shape of one example; for columns from which features are computed, that of the columns.</param>
    /// <exception cref="LonghandException">They have another shape; the message names the place.</exception>
    public static NumberBatch Read(Entry entry, Shape shape)
    {
        int[] sizes = shape.MemoryOrder();
        int depth = NumberArrays.Depth(entry);
        // An image of one channel may leave that level away: two levels are rows and columns.
        if (shape is { IsImage: true, Channels: 1 } && depth == 2)
            return new([NumberArrays.Read(entry, sizes[1..], "input")], IsBatch: false);
        if (depth != sizes.Length + 1)
            return new([NumberArrays.Read(entry, sizes, "input")], IsBatch: false);
        IReadOnlyList<Entry> examples = ((ListEntry)entry).Items;
        return new([.. examples.Select((example, i) => NumberArrays.Read(example, sizes, $"input, example {i}"))], IsBatch: true);
    }

    /// <summary>The columns of the input where their number is not known: as many as the first row has.</summary>
    public static int Columns(Entry entry)
    {
        while (entry is ListEntry { Items: [ListEntry first, ..] })
            entry = first;
        return entry is ListEntry list ? Math.Max(1, list.Items.Count) : 1;
    }
}

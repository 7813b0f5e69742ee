using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>Nested lists of numbers whose sizes are known: weights, inputs, targets.</summary>
internal static class NumberArrays
{
    /// <summary>The numbers of an array, the last index running fastest. A single number may stand without brackets.</summary>
    /// <param name="entry">The nested lists.</param>
    /// <param name="sizes">Its sizes, outermost first.</param>
    /// <param name="what">What it is: "weights.dense1.weight".</param>
    /// <exception cref="LonghandException">A list is longer or shorter, or something in it is no number.</exception>
    public static Rational[] Read(Entry entry, IReadOnlyList<int> sizes, string what)
    {
        if (entry is ScalarEntry && sizes.All(size => size == 1))
            return [entry.Number(what)];
        var values = new List<Rational>();
        Append(entry, sizes, what, [], values);
        return [.. values];
    }

    /// <summary>How deep the lists are nested, looking at the first of each.</summary>
    public static int Depth(Entry entry)
    {
        int depth = 0;
        for (; entry is ListEntry list; depth++)
        {
            if (list.Items.Count == 0)
                return depth + 1;
            entry = list.Items[0];
        }
        return depth;
    }

    // index: where we are, such as [1][0]; only its text is needed, for messages, but building it for millions of numbers would cost more
    // than the numbers: it is kept as a list of places and written when something is wrong.
    private static void Append(Entry entry, IReadOnlyList<int> sizes, string what, List<int> index, List<Rational> values)
    {
        string Expected() => $"{what}: expected [{string.Join("][", sizes)}] numbers, found ";
        string At() => index.Count == 0 ? "" : $" at [{string.Join("][", index)}]";
        if (index.Count == sizes.Count)
        {
            values.Add(entry is ScalarEntry ? entry.Number(what) : throw entry.Error($"{Expected()}{entry.Description}{At()}."));
            return;
        }
        if (entry is not ListEntry list)
            throw entry.Error($"{Expected()}{entry.Description}{At()}.");
        if (list.Items.Count != sizes[index.Count])
            throw list.Error(
                index.Count == 0
                    ? $"{Expected()}{Content(list)}."
                    : $"{Expected()}row [{string.Join("][", index)}] (rows count from 0) with {Content(list)}."
            );
        for (int i = 0; i < list.Items.Count; i++)
        {
            index.Add(i);
            Append(list.Items[i], sizes, what, index, values);
            index.RemoveAt(index.Count - 1);
        }
    }

    private static string Content(ListEntry list) =>
        list.Items switch
        {
            [] => "nothing in it",
            [ListEntry] => "1 row",
            [ListEntry, ..] => $"{list.Items.Count} rows",
            [_] => "1 number",
            _ => $"{list.Items.Count} numbers",
        };
}

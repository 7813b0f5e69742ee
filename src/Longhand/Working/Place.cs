using System.Globalization;

namespace Longhand.Working;

/// <summary>
/// One number of a network, named as in <c>conv1[0,1,2]</c> (channel, row, column of a layer's output, counted from 0), <c>dense1[3]</c>,
/// <c>input[0,1,2]</c> or <c>conv1.weight[0,0,1,1]</c>; a name given by <c>as</c> stands for the value that it names.
/// </summary>
public sealed record Place
{
    private Place() { }

    /// <summary>Whether it is a number of a parameter rather than of a value.</summary>
    public required bool IsParameter { get; init; }

    /// <summary>Which array: the number of the value (0 is the input) or of the parameter.</summary>
    public required int Array { get; init; }

    /// <summary>Which sample; null for all of them.</summary>
    public required int? Sample { get; init; }

    /// <summary>Which number of the array, counted in row-major order.</summary>
    public required int Index { get; init; }

    /// <summary>The place as it is written: <c>conv1[0,1,2]</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The same for people: <c>channel 1, row 2, column 3</c>, counted from 1.</summary>
    public required string CountedFromOne { get; init; }

    /// <summary>Reads a place.</summary>
    /// <param name="text">Such as <c>conv1[0,1,2]</c>; with several samples the sample may stand before the rest.</param>
    /// <param name="network">The network that it is in.</param>
    /// <param name="samples">How many samples there are; 0 for a single one without a level of its own.</param>
    /// <exception cref="LonghandException">There is no such place; the message says what there is.</exception>
    public static Place Parse(string text, Network network, int samples = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(network);
        (string name, List<string> coordinates) = Split(text.Trim());
        (bool isParameter, int array, string canonical) = Find(text, name, network);
        int[] sizes = isParameter ? [.. network.Parameters[array].Parameter.Sizes] : network.ShapeOf(array).MemoryOrder();
        bool sampled = !isParameter && samples > 0 && coordinates.Count == sizes.Length + 1;
        if (coordinates.Count != sizes.Length && !sampled)
            throw Error(
                text,
                $"{canonical} has {Described(isParameter, network, array)}, so {Counted(sizes.Length)} needed, {Opening(isParameter, canonical, sizes)}, but "
                    + (coordinates.Count == 1 ? "there is 1" : $"there are {coordinates.Count}")
            );
        string[] words = Words(isParameter, sizes.Length);
        int? sample = sampled ? Coordinate(text, coordinates[0], "sample", samples, "there are", "samples") : null;
        int index = 0;
        var fromOne = new List<string>();
        var from0 = new List<int>();
        for (int d = 0; d < sizes.Length; d++)
        {
            int at = Coordinate(
                text,
                coordinates[d + (sampled ? 1 : 0)],
                words[d],
                sizes[d],
                $"{canonical} has {Described(isParameter, network, array)}:",
                $"{words[d]}s"
            );
            index = index * sizes[d] + at;
            from0.Add(at);
            fromOne.Add(string.Create(CultureInfo.InvariantCulture, $"{words[d]} {at + 1}"));
        }
        if (sample is { } s)
        {
            from0.Insert(0, s);
            fromOne.Insert(0, string.Create(CultureInfo.InvariantCulture, $"sample {s + 1}"));
        }
        return new()
        {
            IsParameter = isParameter,
            Array = array,
            Sample = sample,
            Index = index,
            Text = $"{canonical}[{string.Join(',', from0)}]",
            CountedFromOne = string.Join(", ", fromOne),
        };
    }

    /// <summary>What a whole value is called where it is given a name of the user's own: <c>dense1.output</c>, or <c>input</c>.</summary>
    public static string ValueName(Network network, int value)
    {
        ArgumentNullException.ThrowIfNull(network);
        return value == 0 ? "input" : $"{network.Nodes[value - 1].Name}.output";
    }

    /// <summary><c>conv1[channel,row,column]</c>: what stands where in a place of such an array.</summary>
    internal static string Opening(bool isParameter, string name, IReadOnlyList<int> sizes) =>
        $"{name}[{string.Join(',', Words(isParameter, sizes.Count))}]";

    /// <summary>What the indices of an array are called.</summary>
    internal static string[] Words(bool isParameter, int rank) =>
        (isParameter, rank) switch
        {
            (false, 3) => ["channel", "row", "column"],
            (true, 4) => ["filter", "channel", "row", "column"],
            (true, 2) => ["output", "input"],
            (_, 1) => ["number"],
            _ => [.. Enumerable.Range(1, rank).Select(d => $"index{d}")],
        };

    // Both conv1[0,1,2] and conv1[0][1][2], as JSON is walked through.
    private static (string Name, List<string> Coordinates) Split(string text)
    {
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0 || !text.EndsWith(']'))
            throw Error(text, "a layer and a position in brackets are needed, as in conv1[0,1,2] (channel,row,column counted from 0)");
        string inside = text[(bracket + 1)..^1].Replace("][", ",", StringComparison.Ordinal);
        return (text[..bracket].Trim(), [.. inside.Split(',').Select(c => c.Trim())]);
    }

    private static (bool IsParameter, int Array, string Name) Find(string text, string name, Network network)
    {
        bool Same(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
        if (network.Names.Keys.FirstOrDefault(Same) is { } named)
            return (false, network.Names[named], named);
        if (Same("input"))
            return (false, 0, "input");
        if (network.Nodes.FirstOrDefault(n => Same(n.Name)) is { } node)
            return (false, node.Value, node.Name);
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
            if (Same(parameter.Name))
                return (true, p, parameter.Name);
        string[] all = [.. network.Nodes.Select(n => n.Name), .. network.Names.Keys, "input", .. network.Parameters.Select(p => p.Name)];
        string known = Nearest.Word(name, all) is { } near
            ? $" Did you mean \"{near}\"?"
            : $" There are {string.Join(", ", all.Take(12))}{(all.Length > 12 ? $" and {all.Length - 12} more" : "")}.";
        throw new LonghandException($"{Quoted.Of(text)}: the network has no layer or parameter {Quoted.Of(name)}.{known}");
    }

    private static int Coordinate(string text, string coordinate, string word, int size, string before, string plural)
    {
        if (coordinate.Length is 0 or > 9 || coordinate.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            bool whole = coordinate.Length > 9 && coordinate.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
            if (!whole)
                throw Error(text, $"the {word} is {Quoted.Of(coordinate)}, but a whole number from 0 to {size - 1} is needed");
            throw Error(
                text,
                $"{before} {size} {(size == 1 ? word : plural)}, counted from 0 to {size - 1}, so there is no {word} {Quoted.Of(coordinate)}"
            );
        }
        int at = int.Parse(coordinate, CultureInfo.InvariantCulture);
        return at < size
            ? at
            : throw Error(text, $"{before} {size} {(size == 1 ? word : plural)}, counted from 0 to {size - 1}, so there is no {word} {at}");
    }

    private static string Described(bool isParameter, Network network, int array) =>
        isParameter ? $"the sizes {string.Join("×", network.Parameters[array].Parameter.Sizes)}" : $"the shape {network.ShapeOf(array)}";

    private static string Counted(int count) => count == 1 ? "1 index is" : $"{count} indices are";

    private static LonghandException Error(string text, string problem) => new($"{Quoted.Of(text)}: {problem}.");
}

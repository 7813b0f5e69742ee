using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// Which part of the network's input a value can see, along one axis (Araujo, Norris and Sim 2019, "Computing receptive fields of
/// convolutional neural networks"): output position i sees the positions from Start + i·Jump up to, but not including, End + i·Jump. Those
/// that lie outside the image are padding. Where branches of different strides meet, it is the union of what they see at position 0, with
/// the larger jump.
/// </summary>
/// <param name="Start">The first position that output 0 sees; negative in the padding.</param>
/// <param name="End">One past the last that it sees.</param>
/// <param name="Jump">How far apart neighbouring outputs look.</param>
public readonly record struct FieldAxis(long Start, long End, long Jump)
{
    // Strides on an image of one pixel may multiply without end.
    private const long Most = 1L << 62;

    /// <summary>What an image sees of itself.</summary>
    public static FieldAxis Pixel { get; } = new(0, 1, 1);

    /// <summary>How many positions one output sees.</summary>
    public long Size => End - Start;

    internal FieldAxis Through(WindowAxis window)
    {
        long start = Capped(Start - (Int128)window.Before * Jump);
        return new(start, Capped(start + Size + (window.Span - (Int128)1) * Jump), Capped((Int128)Jump * window.Stride));
    }

    internal FieldAxis Union(FieldAxis other) => new(Math.Min(Start, other.Start), Math.Max(End, other.End), Math.Max(Jump, other.Jump));

    private static long Capped(Int128 value) => (long)Int128.Clamp(value, -Most, Most);
}

/// <summary>Which pixels of the input a value can see.</summary>
/// <param name="Rows">Along the height.</param>
/// <param name="Columns">Along the width.</param>
public sealed record ReceptiveField(FieldAxis Rows, FieldAxis Columns)
{
    /// <summary>
    /// The receptive fields of all values of a network (0 the input, k + 1 the output of node k); null for what is, or is made from, a vector,
    /// which sees the whole input.
    /// </summary>
    public static IReadOnlyList<ReceptiveField?> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var fields = new ReceptiveField?[network.Nodes.Count + 1];
        fields[0] = network.Input.IsImage ? new(FieldAxis.Pixel, FieldAxis.Pixel) : null;
        foreach (Node node in network.Nodes)
            fields[node.Value] = node.Output.IsImage ? Of(node, network, fields) : null;
        return fields;
    }

    private static ReceptiveField? Of(Node node, Network network, ReceptiveField?[] fields)
    {
        ReceptiveField? union = null;
        foreach (int input in node.Inputs)
        {
            if (fields[input] is not { } field)
                return null;
            union = union is null ? field : new(union.Rows.Union(field.Rows), union.Columns.Union(field.Columns));
        }
        Shape image = network.ShapeOf(node.Inputs[0]);
        return union is not null && node.Layer.WindowOver(image) is { } window
            ? new(union.Rows.Through(window.Rows(image.Height)), union.Columns.Through(window.Columns(image.Width)))
            : union;
    }
}

using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>Something about a network that works, but is probably not what was meant.</summary>
/// <param name="Code">A word for programs: height-first, unread, bias-before-batchnorm, linear-stack, shrinking, single-pixel, dropout-at-output.</param>
/// <param name="Layer">The layer that it is about; "input" for the input.</param>
/// <param name="Message">A sentence that gives the reason.</param>
public sealed record NetworkWarning(string Code, string Layer, string Message)
{
    /// <summary>All there is to say about a network.</summary>
    public static IReadOnlyList<NetworkWarning> Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ILookup<int, Node> readers = network
            .Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node);
        return
        [
            .. HeightFirst(network.Input),
            .. network.Nodes.SelectMany(node =>
                Unread(network, node, readers)
                    .Concat(IdleBias(network, node, readers))
                    .Concat(LinearStack(network, node))
                    .Concat(Shrinking(network, node))
                    .Concat(SinglePixel(network, node))
            ),
            .. RandomOutput(network),
        ];
    }

    // Nobody has images of one to four rows with as many channels as columns; 1x28x28 is PyTorch's order.
    private static IEnumerable<NetworkWarning> HeightFirst(Shape input)
    {
        if (!input.HasLetters && input.IsImage && input.Height <= 4 && input.Channels > 4 && input.Width > 4)
            yield return new(
                "height-first",
                "input",
                $"{input} is read as height {input.Height}, width {input.Width} and {input.Channels} channels; "
                    + $"an image of {input.Width}×{input.Channels} pixels with {input.Height} channel{(input.Height == 1 ? "" : "s")} is written {input.Width}x{input.Channels}x{input.Height}."
            );
    }

    private static IEnumerable<NetworkWarning> Unread(Network network, Node node, ILookup<int, Node> readers)
    {
        if (node.Value != network.OutputValue && !readers.Contains(node.Value))
            yield return new("unread", node.Name, $"{node.Name} is read by nothing, so it takes no part in the output.");
    }

    private static IEnumerable<NetworkWarning> IdleBias(Network network, Node node, ILookup<int, Node> readers)
    {
        if (
            node.Value != network.OutputValue
            && node.Parameters.Any(p => p.Role == ParameterRole.Bias)
            && readers.Contains(node.Value)
            && readers[node.Value].All(reader => reader.Layer.RemovesShift)
        )
            yield return new(
                "bias-before-batchnorm",
                node.Name,
                $"The bias of {node.Name} has no effect: {readers[node.Value].First().Name} subtracts the mean of each channel, and the bias with it. Write nobias."
            );
    }

    // From a linear layer back to the next one that has parameters, through what is linear and has none (a flatten, a mean).
    private static IEnumerable<NetworkWarning> LinearStack(Network network, Node node)
    {
        if (!node.Layer.IsLinear || node.Parameters.Count == 0)
            yield break;
        Node? before = Before(network, node);
        while (before is { Layer.IsLinear: true, Parameters.Count: 0, Inputs.Count: 1 })
            before = Before(network, before);
        if (before is { Layer.IsLinear: true, Parameters.Count: > 0 })
            yield return new(
                "linear-stack",
                node.Name,
                $"{before.Name} and {node.Name} have no activation between them: two linear layers in a row can do no more than one, into which they collapse."
            );
    }

    private static Node? Before(Network network, Node node) => node.Inputs[0] == 0 ? null : network.Nodes[node.Inputs[0] - 1];

    // Pools are there to shrink; of a layer with weights one may expect that the map keeps its size.
    private static IEnumerable<NetworkWarning> Shrinking(Network network, Node node)
    {
        Shape image = network.ShapeOf(node.Inputs[0]);
        if (image.HasLetters || node.Parameters.Count == 0 || !node.Output.IsImage || node.Layer.WindowOver(image) is not { } window)
            yield break;
        (WindowAxis rows, WindowAxis columns) = (window.Rows(image.Height), window.Columns(image.Width));
        string[] whys = [.. new[] { Why(rows, "height", window), Why(columns, "width", window) }.OfType<string>()];
        if (whys.Length == 2 && Why(rows, "", window) == Why(columns, "", window))
            whys = [Why(rows, "height and width", window)!];
        if (whys.Length > 0)
            yield return new("shrinking", node.Name, $"The map of {node.Name} shrinks: {string.Join("; ", whys)}.");
    }

    // The map has shrunk to nothing that a window could move over; without padding it would have been refused.
    private static IEnumerable<NetworkWarning> SinglePixel(Network network, Node node)
    {
        Shape image = network.ShapeOf(node.Inputs[0]);
        if (
            image.HasLetters
            || image is not { IsImage: true, Height: 1, Width: 1 }
            || network.Input is { IsImage: true, HasLetters: false, Height: 1, Width: 1 }
            || node.Layer.WindowOver(image) is not { } window
            || window.Size == 1
        )
            yield break;
        yield return new(
            "single-pixel",
            node.Name,
            $"The map that {node.Name} reads has shrunk to a single pixel: of its {window.Size.Both} window one place lies on it, and all others in the padding."
        );
    }

    private static string? Why(WindowAxis axis, string what, Window window)
    {
        if (axis.Count >= axis.Inputs)
            return null;
        long missing = axis.Span - 1 - axis.Before - axis.After;
        string[] reasons =
        [
            .. missing > 0
                ? [Invariant($"the padding is {missing} short of the {axis.Span - 1} that this window takes away")]
                : (string[])[],
            .. axis.Stride > 1 ? [Invariant($"the stride is {axis.Stride}")] : (string[])[],
        ];
        return Invariant($"{what} {OutputFormula.Of(axis, window)} < {axis.Inputs}, since {string.Join(" and ", reasons)}");
    }

    // Behind the last layer with parameters there is nothing that could learn to do with what is left.
    private static IEnumerable<NetworkWarning> RandomOutput(Network network)
    {
        Node? node = network.OutputValue == 0 ? null : network.Nodes[network.OutputValue - 1];
        while (node is { Layer.IsRandom: false, Parameters.Count: 0, Inputs.Count: 1 })
            node = Before(network, node);
        if (node is { Layer.IsRandom: true })
            yield return new(
                "dropout-at-output",
                node.Name,
                $"{node.Name} drops outputs of the network itself: no layer behind it can make up for what is missing, so the loss is of random zeros."
            );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Playground.Images;

/// <summary>
/// How one number of a layer's output came about: patch × kernel = sum. It is read off the layer's own way back with 1 for this number and
/// 0 for all others: what comes out for a kernel is the patch that it was laid on (∂y/∂w = x), what comes out for the input says where the
/// patch lies and which number of it was chosen (∂y/∂x). So every layer is shown by its one declaration.
/// </summary>
internal sealed class PixelSum
{
    private readonly ReferenceRun<Float64> run;
    private readonly Node node;
    private readonly Grid<Float64> slopes;
    private readonly Grid<Float64>[] results;

    /// <param name="network">The structure.</param>
    /// <param name="values">The network's parameters.</param>
    /// <param name="run">A pass over the image in double precision.</param>
    /// <param name="node">The layer.</param>
    /// <param name="index">Which number of its output, counted channel by channel.</param>
    public PixelSum(Network network, IReadOnlyList<Grid<Float64>> values, ReferenceRun<Float64> run, Node node, int index)
    {
        (this.run, this.node) = (run, node);
        Grid<Float64> output = run.Value(node.Value),
            one = new([.. output.Sizes]);
        one.SetFlat(index, new Float64(1));
        slopes = new([.. run.Value(node.Inputs[0]).Sizes]);
        results = [.. node.Parameters.Select(p => new Grid<Float64>([.. p.Sizes]))];
        node.Layer.Backward(run.PassOf(node, [slopes], one, results));
        Value = output.Flat(index).Value;
        Shape read = network.ShapeOf(node.Inputs[0]);
        int pixels = node.Output.Height * node.Output.Width;
        (Channel, Row, Column) = (index / pixels, index / node.Output.Width % node.Output.Height, index % node.Output.Width);
        Rows = [0];
        Columns = [0];
        if (read.IsImage)
            (Rows, Columns) =
                node.Layer.WindowOver(read) is { } window
                    ? (Places(window.Rows(read.Height), Row), Places(window.Columns(read.Width), Column))
                : node.Output.IsImage ? ([Row], [Column])
                : ([.. Enumerable.Range(0, read.Height)], [.. Enumerable.Range(0, read.Width)]);
        int weight = node.Parameters.ToList().FindIndex(p => p.Role == ParameterRole.Weight);
        if (weight >= 0)
        {
            (Kernel, Patch) = (Part(values[Own(network)[weight]]), Part(results[weight]));
            Products = [.. Kernel.Zip(Patch, (w, x) => w * x)];
            int bias = node.Parameters.ToList().FindIndex(p => p.Role == ParameterRole.Bias);
            if (bias >= 0)
                Bias = values[Own(network)[bias]].Flat(Channel).Value;
        }
    }

    /// <summary>The number itself.</summary>
    public double Value { get; }

    /// <summary>Its channel, or which unit it is.</summary>
    public int Channel { get; }

    /// <summary>Its row.</summary>
    public int Row { get; }

    /// <summary>Its column.</summary>
    public int Column { get; }

    /// <summary>The rows of the image before it that it sees; some may lie in the padding.</summary>
    public int[] Rows { get; }

    /// <summary>The columns that it sees.</summary>
    public int[] Columns { get; }

    /// <summary>The weights, plane by plane; null where the layer has none.</summary>
    public double[]? Kernel { get; }

    /// <summary>What each of them was multiplied by; 0 in the padding.</summary>
    public double[]? Patch { get; }

    /// <summary>Kernel times patch.</summary>
    public double[]? Products { get; }

    /// <summary>What is added; null for a layer without.</summary>
    public double? Bias { get; }

    /// <summary>How fast the number grows with a number of the layer's input: 1 for the winner of a pool.</summary>
    public double Slope(int input) => slopes.Flat(input).Value;

    /// <summary>A number of the layer's input.</summary>
    public double Read(int input) => run.Value(node.Inputs[0]).Flat(input).Value;

    private static int[] Places(WindowAxis axis, int output) => [.. Enumerable.Range(0, axis.Size).Select(k => axis.Place(output, k))];

    private int[] Own(Network network) => [.. network.Parameters.Index().Where(p => p.Item.Node == node).Select(p => p.Index)];

    // The weights of one filter or unit.
    private double[] Part(Grid<Float64> all)
    {
        int length = all.Length / all.Size(0);
        return [.. Enumerable.Range(Channel * length, length).Select(i => all.Flat(i).Value)];
    }
}

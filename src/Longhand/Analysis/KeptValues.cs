using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// Which values must be kept from the forward pass until the layer's way back, found by running that way back, at the smallest size there is,
/// over grids that tell what has been read of them.
/// </summary>
internal static class KeptValues
{
    /// <summary>The values that the way back of a layer reads, in the order inputs, output; each once.</summary>
    public static IReadOnlyList<int> Of(Network network, Node node)
    {
        Shape[] shapes = [.. node.Inputs.Select(input => Smallest(network.ShapeOf(input)))];
        (bool[] inputs, bool output) = Reads(node.Layer.Small, shapes);
        IEnumerable<int> read = node.Inputs.Where((_, k) => inputs[k]);
        return [.. (output ? read.Append(node.Value) : read).Distinct()];
    }

    /// <summary>Which inputs, and whether the output, the way back of a layer reads.</summary>
    public static (bool[] Inputs, bool Output) Reads(Layer layer, IReadOnlyList<Shape> shapes)
    {
        Grid<Float64>[] inputs = [.. shapes.Select(Values)];
        Grid<Float64> output = Values(layer.Output(shapes));
        IReadOnlyList<Parameter> parameters = layer.Parameters(shapes);
        var pass = new Pass<Float64>(
            inputs,
            output,
            parameters,
            [.. parameters.Select(Values)],
            [.. shapes.Select(Values)],
            Values(layer.Output(shapes)),
            [.. parameters.Select(Values)]
        )
        {
            Training = true,
        };
        layer.Backward(pass);
        return (Array.ConvertAll(inputs, grid => grid.WasRead), output.WasRead);
    }

    private static Shape Smallest(Shape shape) => shape.IsImage ? [1, 1, 1] : [1];

    // Two samples, since a single one has no variance.
    private static Grid<Float64> Values(Shape shape) => new([2, .. shape.MemoryOrder()]);

    private static Grid<Float64> Values(Parameter parameter) => new([.. parameter.Sizes]);
}

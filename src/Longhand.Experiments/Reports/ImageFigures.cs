using Longhand.Analysis;
using Longhand.Experiments.Plots;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Experiments.Reports;

/// <summary>What a convolutional network has learned to look for, and what it sees in an image.</summary>
internal static class ImageFigures
{
    private const int MostFilters = 64,
        MostInputs = 8,
        MostMaps = 32,
        Colors = 3;

    // The reference is slow on purpose: this is some seconds of it.
    private const long MostWork = 500_000_000;

    /// <summary>The filters of the first convolution; null where there is none.</summary>
    public static ImageGrid? Filters(TrainingRun run)
    {
        int index = run.Network.Parameters.ToList().FindIndex(p => p.Node.Layer is Conv && p.Parameter.Role == ParameterRole.Weight);
        if (index < 0)
            return null;
        NetworkParameter weight = run.Network.Parameters[index];
        int[] sizes = [.. weight.Parameter.Sizes.Select(s => (int)s)];
        (int filters, int inputs, int rows, int columns) = (sizes[0], sizes[1], sizes[2], sizes[3]);
        ParameterValues values = run.Result.Model.Values[index];
        double largest = Enumerable.Range(0, values.Length).Max(i => Math.Abs(values.Double(i)));
        int area = rows * columns,
            shown = Math.Min(filters, MostFilters);
        Tile Of(int filter, int input) => Tile.Signed(columns, rows, i => values.Double((filter * inputs + input) * area + i), largest);
        TileRow[] grid =
            inputs == 1
                ? [new("", [.. Enumerable.Range(0, shown).Select(f => Of(f, 0))])]
                :
                [
                    .. Enumerable
                        .Range(0, Math.Min(inputs, MostInputs))
                        .Select(c => new TileRow($"from channel {c + 1}", [.. Enumerable.Range(0, shown).Select(f => Of(f, c))])),
                ];
        return new ImageGrid($"Filters of {weight.Node.Name}", grid)
        {
            Note =
                FormattableString.Invariant($"blue: positive, orange: negative, white: 0; the strongest is ±{largest:G3}")
                + (shown < filters ? $"; the first {shown} of {filters}" : ""),
            Description = $"{shown} filters of {rows} × {columns} weights.",
        };
    }

    /// <summary>What each layer makes of the first image; null where inputs are no images, no layer writes one, or the reference would take too long.</summary>
    public static ImageGrid? FeatureMaps(TrainingRun run)
    {
        Network network = run.Network;
        if (!network.Input.IsImage || !network.Nodes.Any(n => n.Output.IsImage) || Summary.Of(network).Multiplications > MostWork)
            return null;
        DataSet data = run.Judged;
        Example example = data[0];
        var input = new Grid<Float64>([1, .. network.Input.MemoryOrder()]);
        double[] scaled = [.. example.Input];
        run.Result.Model.Scaling?.Apply(scaled);
        for (int i = 0; i < scaled.Length; i++)
            input.SetFlat(i, new Float64(scaled[i]));
        Grid<Float64>[] parameters =
        [
            .. network.Parameters.Select(
                (p, i) => run.Result.Model.Values[i].Grid(p.Parameter, k => new Float64(run.Result.Model.Values[i].Double(k)))
            ),
        ];
        var rows = new List<TileRow> { new("the image", [Image(example.Input, network.Input)]) { Largest = 84 } };
        new ReferenceRun<Float64>(network, parameters, input)
        {
            AfterForward = (node, output) =>
            {
                if (node.Output.IsImage)
                    rows.Add(new($"{node.Name}: {node.Layer.Notation}, {node.Output}", Maps(output, node.Output)));
            },
        }.Forward();
        string label = example.Class is { } c ? $" of class {data.ClassNames[c]}" : "";
        return new ImageGrid($"Feature maps of an image{label}", rows)
        {
            Note = "in each row black is the smallest value and white the largest",
            Description = "What the layers write for one image, a small picture for each channel.",
            LargestTile = 60,
        };
    }

    /// <summary>An example as a picture: grey, or in colour where it has three channels.</summary>
    public static Tile Image(double[] values, Shape shape)
    {
        int pixels = shape.Height * shape.Width;
        (double low, double high) = (Math.Min(0, values.Min()), Math.Max(1, values.Max()));
        if (shape.Channels != Colors)
            return Tile.Grey(shape.Width, shape.Height, i => values[i], low, high);
        byte At(int i) => (byte)Math.Round(255 * Math.Clamp((values[i] - low) / (high - low), 0, 1));
        return Tile.Of(shape.Width, shape.Height, i => new(At(i), At(pixels + i), At(2 * pixels + i)));
    }

    private static Tile[] Maps(Grid<Float64> output, Shape shape)
    {
        int pixels = shape.Height * shape.Width;
        double[] values = [.. output.ToArray().Select(v => v.Value)];
        (double low, double high) = (values.Min(), values.Max());
        return
        [
            .. Enumerable
                .Range(0, Math.Min(shape.Channels, MostMaps))
                .Select(c => Tile.Grey(shape.Width, shape.Height, i => values[c * pixels + i], low, high)),
        ];
    }
}

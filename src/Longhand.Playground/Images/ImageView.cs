using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Layers;

namespace Longhand.Playground.Images;

/// <summary>
/// What is drawn where the examples are images: a column for the input and for each layer, with its maps and its filters. Layers that
/// only hand on what they read (flatten, and dropout, which rests outside of training) have no column.
/// </summary>
internal sealed class ImageView
{
    // Of a column with more maps the first are drawn.
    private const int MostMaps = 32,
        MostUnits = 256,
        MostInputs = 16;

    // Numbers of all maps of a column in a frame.
    private const int MostNumbers = 32 * 1024;

    // Multiplications by weights for the figures of one frame, and for an answer about a whole set.
    private const long FrameWork = 150_000_000,
        AnswerWork = 1_500_000_000;

    private readonly Setup setup;
    private readonly long work;

    /// <param name="setup">What is trained; its data are images.</param>
    /// <exception cref="LonghandException">The network is no chain, or more than this page takes.</exception>
    public ImageView(Setup setup)
    {
        this.setup = setup;
        Network network = setup.Network;
        work = RequireWork(setup);
        Columns = [.. MakeColumns(network)];
        MeasuredTrain = First(setup.Data.Train, FrameWork);
        MeasuredTest = setup.Data.Test is { } test ? First(test, FrameWork) : null;
    }

    /// <summary>The columns from the input to the output.</summary>
    public IReadOnlyList<ImageColumn> Columns { get; }

    /// <summary>The examples of training by which a frame's loss is measured: the first, where all would take too long.</summary>
    public DataSet MeasuredTrain { get; }

    /// <summary>The same of the test part; null where there is none.</summary>
    public DataSet? MeasuredTest { get; }

    /// <summary>What the classes are called.</summary>
    public IReadOnlyList<string> ClassNames => setup.Data.Train.ClassNames;

    /// <summary>The set that a page calls train or test.</summary>
    /// <exception cref="LonghandException">There is no such set.</exception>
    public DataSet Set(string name) =>
        name switch
        {
            "train" => setup.Data.Train,
            "test" => setup.Data.Test
                ?? throw new LonghandException("set: everything is trained on, and no test part is kept; take train, or a smaller split."),
            _ => throw new LonghandException($"set is {Quoted.Of(name)}, but train or test is needed."),
        };

    /// <summary>As many of the first examples of a set as an answer may go through.</summary>
    public DataSet Checked(DataSet data) => First(data, AnswerWork);

    /// <summary>The column of a value that is drawn; for a value that was handed on the one that it was handed on from.</summary>
    public int ColumnOf(int value)
    {
        int column = Columns.Count - 1;
        while (Columns[column].Value > value)
            column--;
        return column;
    }

    /// <summary>What does not change while the network is trained.</summary>
    public JsonObject Describe()
    {
        DataSet train = setup.Data.Train;
        return new JsonObject
        {
            ["data"] = train.Name,
            ["height"] = train.InputShape.Height,
            ["width"] = train.InputShape.Width,
            // Digits were counted from bitmaps in steps of a sixteenth.
            ["levels"] = Drawing.LevelsOf(train),
            ["classes"] = new JsonArray([.. ClassNames.Select(name => (JsonNode)name)]),
            ["train"] = train.Count,
            ["test"] = setup.Data.Test?.Count ?? 0,
            ["measuredTrain"] = MeasuredTrain.Count,
            ["measuredTest"] = MeasuredTest?.Count ?? 0,
            ["batches"] = (train.Count + BatchOf(setup) - 1) / BatchOf(setup),
            ["columns"] = new JsonArray([.. Columns.Select(column => (JsonNode)column.Describe())]),
        };
    }

    private DataSet First(DataSet data, long most)
    {
        const int least = 100;
        long count = Math.Max(least, most / Math.Max(1, work));
        return count >= data.Count ? data : data.Slice(0, (int)count);
    }

    /// <summary>Refuses a network that is no chain, or larger than this page takes, before room is made for it.</summary>
    /// <exception cref="LonghandException">The message says what would be right.</exception>
    public static void RequireDrawable(Network network)
    {
        for (int i = 0; i < network.Nodes.Count; i++)
            if (network.Nodes[i].Inputs is not [var input] || input != i)
                throw new LonghandException(
                    $"network: the page draws chains, in which each layer reads the one before it, and {network.Nodes[i].Name} does not."
                );
        if (network.OutputValue != network.Nodes.Count || network.Nodes.Count == 0)
            throw new LonghandException("network: at least one layer is needed, such as dense 10.");
        if (network.Nodes.Count > Limits.Layers)
            throw new LonghandException($"network: there are {network.Nodes.Count} layers; {Limits.Layers} is the limit.");
        if (network.ParameterCount > Limits.ImageParameters)
            throw new LonghandException($"network: there are {network.ParameterCount} parameters; {Limits.ImageParameters} is the limit.");
        if (Written(network) > Limits.ImageValues)
            throw new LonghandException(
                $"network: the layers write {Written(network)} numbers for one image; {Limits.ImageValues} is the limit."
            );
    }

    private static long Written(Network network) => network.Nodes.Sum(node => node.Output.Length);

    // An update of one batch is not interrupted, so that it must not take long for the pages beside this one.
    private static long RequireWork(Setup setup)
    {
        long work = Summary.Of(setup.Network).Multiplications + Written(setup.Network);
        int batch = BatchOf(setup);
        if (work > Limits.BatchWork / batch)
            throw new LonghandException(
                $"network: a batch of {batch} takes {work * batch / 1_000_000} million multiplications; {Limits.BatchWork / 1_000_000} million is "
                    + "the limit, so that other pages go on meanwhile. Take a smaller network, or fewer examples at a time."
            );
        return work;
    }

    // 0 stands for all.
    private static int BatchOf(Setup setup) =>
        setup.Experiment.Settings.Batch is > 0 and var batch ? Math.Min(batch, setup.Data.Train.Count) : setup.Data.Train.Count;

    private static IEnumerable<ImageColumn> MakeColumns(Network network)
    {
        Shape shape = network.Input;
        int value = 0,
            column = 0;
        yield return new(0, null, shape, Shown(shape), null, 0);
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is Flatten or Dropout)
                continue;
            yield return new(node.Value, node, node.Output, Shown(node.Output), FiltersOf(network, node), column++);
            (shape, value) = (node.Output, node.Value);
        }
    }

    private static int Shown(Shape shape) =>
        shape.IsImage
            ? Math.Clamp(MostNumbers / (shape.Height * shape.Width), 1, Math.Min(shape.Channels, MostMaps))
            : Math.Min(shape.Channels, MostUnits);

    private static FilterBank? FiltersOf(Network network, Node node)
    {
        int index = network.Parameters.ToList().FindIndex(p => p.Node == node && p.Parameter.Sizes.Count == 4);
        if (index < 0)
            return null;
        int[] sizes = [.. network.Parameters[index].Parameter.Sizes];
        return new(index, network.Parameters[index].Name, Math.Min(sizes[0], Shown(node.Output)), Math.Min(sizes[1], MostInputs), sizes);
    }
}

/// <summary>The input or a layer as it is drawn.</summary>
/// <param name="Value">The number of its value in the network.</param>
/// <param name="Node">The layer; null for the input.</param>
/// <param name="Shape">What it writes.</param>
/// <param name="Shown">How many of its maps, or units, are drawn: the first.</param>
/// <param name="Filters">What it lays on; null where it has no filters.</param>
/// <param name="Source">The column that it reads; 0 for the input.</param>
internal sealed record ImageColumn(int Value, Node? Node, Shape Shape, int Shown, FilterBank? Filters, int Source)
{
    /// <summary>How it is called in places: <c>conv1[0,1,2]</c>.</summary>
    public string Name => Node?.Name ?? "input";

    /// <summary>Numbers of all maps that are drawn.</summary>
    public int Length => Shown * Shape.Height * Shape.Width;

    /// <summary>As a page is told.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["name"] = Name,
            ["layer"] = Node?.Layer.Notation ?? "input",
            ["image"] = Shape.IsImage,
            ["height"] = Shape.Height,
            ["width"] = Shape.Width,
            ["channels"] = Shape.Channels,
            ["shown"] = Shown,
            ["source"] = Source,
            ["filters"] = Filters is null
                ? null
                : new JsonObject
                {
                    ["parameter"] = Filters.Name,
                    ["outputs"] = Filters.Outputs,
                    ["inputs"] = Filters.Inputs,
                    ["height"] = Filters.Height,
                    ["width"] = Filters.Width,
                },
        };
}

/// <summary>The filters of a layer as they are drawn.</summary>
/// <param name="Parameter">Their number among the network's parameters.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Outputs">How many filters are drawn.</param>
/// <param name="Inputs">How many channels of each.</param>
/// <param name="Sizes">All there are: [filters, channels, rows, columns].</param>
internal sealed record FilterBank(int Parameter, string Name, int Outputs, int Inputs, int[] Sizes)
{
    /// <summary>Rows of a kernel.</summary>
    public int Height => Sizes[2];

    /// <summary>Columns of a kernel.</summary>
    public int Width => Sizes[3];

    /// <summary>Numbers of all that is drawn.</summary>
    public int Length => Outputs * Inputs * Height * Width;
}

using System.Globalization;
using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Playground.Images;

namespace Longhand.Playground;

/// <summary>
/// Settings that have been read and found to be something that this page can train and draw: a chain of dense layers over columns of numbers.
/// </summary>
internal sealed class Setup
{
    /// <summary>The data that a page may ask for: none of them reads a file.</summary>
    public static readonly string[] DataNames =
    [
        "circle",
        "xor",
        "gauss",
        "spiral",
        "moons",
        "circles",
        "plane",
        "cones",
        "blobs",
        "iris",
        "boolean",
        "points",
        "table",
        "formula",
    ];

    private const string SourceName = "settings";

    static Setup() => ExperimentKinds.Register();

    private Setup(Settings settings, Experiment experiment, ExperimentData data, bool isImages)
    {
        Settings = settings;
        Experiment = experiment;
        Network = experiment.Network.Under(experiment.Conventions);
        Data = data;
        Targets = new Targets(Network, experiment.Loss!, data.Train);
        DataKind = DataArguments.Parse(experiment.DataText!, experiment.BaseDirectory).Kind.Name;
        Shares = new Shares(this);
        if (isImages)
        {
            Layers = [];
            Images = new ImageView(this);
            return;
        }
        Layers = [.. UnitLayers(Network)];
        ShownExamples examples = new(experiment);
        Examples = examples;
        FeatureNames = experiment.FeatureList is null ? examples.Columns : data.Train.InputNames;
        Features = experiment.FeatureList is { } list
            ? FeatureMap.Read(list, examples.All.InputNames, (int)examples.All.InputShape.Length)
            : null;
        Multiplications = Network.Nodes.Sum(node => node.Layer is Dense dense ? (long)dense.Units * InputsOf(node) : 0);
        // What is drawn follows from the shape of the examples.
        Plane = examples.All.InputShape.Length == 2 ? new Plane(this, examples) : null;
    }

    /// <summary>What was read.</summary>
    public Settings Settings { get; }

    /// <summary>The experiment that they stand for.</summary>
    public Experiment Experiment { get; }

    /// <summary>Its network under its conventions.</summary>
    public Network Network { get; }

    /// <summary>Its data, features computed.</summary>
    public ExperimentData Data { get; }

    /// <summary>The targets as the loss asks for them.</summary>
    public Targets Targets { get; }

    /// <summary>The layers of units.</summary>
    public IReadOnlyList<UnitLayer> Layers { get; }

    /// <summary>The name of the kind of data: circle.</summary>
    public string DataKind { get; }

    /// <summary>The examples as they were measured; null where they are images.</summary>
    public ShownExamples? Examples { get; }

    /// <summary>What several outputs say of the classes.</summary>
    public Shares Shares { get; }

    /// <summary>What the network's inputs are called.</summary>
    public IReadOnlyList<string> FeatureNames { get; } = [];

    /// <summary>What computes the inputs from the columns; null where they are the columns, or images.</summary>
    public FeatureMap? Features { get; }

    /// <summary>Multiplications by weights that one example takes on its way through the network.</summary>
    public long Multiplications { get; }

    /// <summary>What is drawn where the examples lie in a plane; null where they have other than two columns.</summary>
    public Plane? Plane { get; }

    /// <summary>What is drawn where the examples are images; null where they are not.</summary>
    public ImageView? Images { get; }

    /// <summary>Reads settings.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="images">The sets of images that are there; by default the library's own.</param>
    /// <exception cref="LonghandException">They are wrong, or more than this page takes; the message says which and what would be right.</exception>
    public static Setup Read(Settings settings, ImageSets? images = null)
    {
        images ??= ImageSets.Embedded;
        string kind = RequireBounds(settings, images);
        bool isImages = ImageSets.Knows(kind);
        try
        {
            Experiment experiment = Experiment.Read(settings.ToExperiment(), SourceName, AppContext.BaseDirectory);
            if (isImages)
                ImageView.RequireDrawable(experiment.Network);
            else
                RequireDrawable(experiment.Network);
            if (experiment.Loss is null)
                throw new LonghandException("loss: a loss is needed, such as half-mse.");
            if (experiment.Settings.Schedule is var schedule && schedule != Schedule.Constant)
                RequireLength(experiment.Settings);
            ExperimentData data = isImages ? images.Load(experiment, kind) : experiment.LoadData();
            if (data.Train.ClassNames.Count > Limits.Classes)
                throw new LonghandException(
                    $"data: there are {data.Train.ClassNames.Count} classes; {Limits.Classes} is the most that are told apart here."
                );
            if (experiment.Settings.Batch > data.Train.Count)
                throw new LonghandException(
                    $"batch is {experiment.Settings.Batch}, but only {data.Train.Count} examples are trained on; take fewer at a time, or all."
                );
            return new(settings, experiment, data, isImages);
        }
        catch (LonghandException e) when (e.Message.StartsWith(SourceName, StringComparison.Ordinal))
        {
            // The file is ours: its lines mean nothing to whoever set a control.
            int end = e.Message.IndexOf(": ", StringComparison.Ordinal);
            throw new LonghandException(e.Message[(end + 2)..], e);
        }
    }

    /// <summary>An experiment from elsewhere, held to the same bounds, for a page that does not change it.</summary>
    /// <exception cref="LonghandException">It is nothing that a page draws; the message says why.</exception>
    public static Setup Of(Experiment experiment)
    {
        Settings settings = Settings
            .Default.With("network", experiment.Network.ToString())
            .With("data", experiment.DataText ?? throw new LonghandException("data: the page needs a data set, such as circle n=500."))
            .With("features", experiment.FeatureTexts is { } features ? string.Join(", ", features) : "x, y")
            .With("loss", experiment.RequireLoss("the page").Notation)
            .With("optimizer", experiment.Optimizer.Notation)
            .With("regularization", experiment.Regularization.ToString())
            .With("batch", experiment.Settings.Batch == 0 ? "all" : experiment.Settings.Batch.ToString(CultureInfo.InvariantCulture))
            .With("conventions", experiment.Conventions.Name);
        string kind = RequireBounds(settings, ImageSets.Embedded);
        if (ImageSets.Knows(kind))
            throw new LonghandException("data: only runs on examples in a plane are saved as a page, and these are images.");
        RequireDrawable(experiment.Network);
        return new(settings, experiment, experiment.LoadData(), false);
    }

    /// <summary>The parameters that training begins with: drawn as the experiment says, or from the seed that was asked for.</summary>
    public IReadOnlyList<ParameterValues> Draw()
    {
        RandomSource random =
            Settings["weights"].Length > 0 ? new RandomStream(WeightSeed(Settings["weights"]), RandomStream.Weights)
            : Experiment.Conventions.PlaygroundTraining && Data.Train.Continuation is PlaygroundRandom source ? source.Copy()
            : new RandomStream(Experiment.Settings.Seed, RandomStream.Weights);
        return Model.InitialValues(Network, Experiment.Initializer, random, Experiment.Weights);
    }

    /// <summary>The experiment as a file. Weights that were drawn from a seed of their own, which a file has no key for, are written out.</summary>
    public string ToText()
    {
        return Settings["weights"].Length == 0 ? Experiment.ToText() : ToText(Draw());
    }

    /// <summary>The experiment as a file that starts from given parameters.</summary>
    public string ToText(IReadOnlyList<ParameterValues> start) =>
        $"{Experiment.ToText()}weights:\n"
        + string.Concat(Network.Parameters.Select((p, i) => $"  {p.Name}: {Nested(start[i].ToDoubles(), p.Parameter.Sizes, 0)}\n"));

    /// <summary>Whether the parameters of another network fit this one.</summary>
    public bool HasShapeOf(Setup other) =>
        Network.Parameters.Count == other.Network.Parameters.Count
        && Network
            .Parameters.Zip(other.Network.Parameters)
            .All(p => p.First.Name == p.Second.Name && p.First.Parameter.Sizes.SequenceEqual(p.Second.Parameter.Sizes));

    /// <summary>Whether other settings train the same run: what differs is at most how it is shown.</summary>
    public bool IsSameRunAs(Setup other) =>
        Settings.ToExperiment() == other.Settings.ToExperiment() && Settings["weights"] == other.Settings["weights"];

    private static string Nested(ReadOnlySpan<double> values, IReadOnlyList<int> sizes, int level)
    {
        if (level == sizes.Count)
            return values[0].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var parts = new string[sizes[level]];
        int length = values.Length / parts.Length;
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Nested(values.Slice(i * length, length), sizes, level + 1);
        return $"[{string.Join(", ", parts)}]";
    }

    private static ulong WeightSeed(string text) =>
        ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new LonghandException($"weights is {Quoted.Of(text)}, but a whole number from 0 to {ulong.MaxValue} is needed.");

    // What would take long to read, or would look into the machine's files, is refused before it is read.
    /// <exception cref="LonghandException">Something is.</exception>
    internal static string RequireBounds(Settings settings, ImageSets images)
    {
        if (settings["network"].AsSpan().IndexOfAny('*', '(') >= 0)
            throw new LonghandException("network: write repeated layers out; the page has one column for each.");
        if (settings.FeatureList() is { } features && features.Any(f => f.Length == 0))
            throw new LonghandException("features: there is nothing between two commas; write expressions such as x, y, x*y.");
        if (settings["weights"].Length > 0)
            WeightSeed(settings["weights"]);
        _ = settings.Progress();
        _ = settings.Truth("test");
        _ = settings.Truth("discretize");
        var data = DataArguments.Parse(settings["data"], AppContext.BaseDirectory);
        if (ImageSets.Knows(data.Kind.Name))
        {
            images.Require(data);
            return data.Kind.Name;
        }
        if (!DataNames.Contains(data.Kind.Name))
            throw new LonghandException(
                $"data: the page shows data that read no file ({string.Join(", ", DataNames)}), and {data.Kind.Name} is none of them."
            );
        if (data.Whole("n", 2) > Limits.Examples)
            throw new LonghandException($"data: n is {data.Whole("n", 2)}; {Limits.Examples} examples is the limit.");
        if (data.Kind.Name is "formula" or "boolean" && data.Operand(0).Length > Limits.FormulaLength)
            throw new LonghandException(
                $"data: the formula has {data.Operand(0).Length} characters; {Limits.FormulaLength} is the limit, since it is computed for every example."
            );
        return data.Kind.Name;
    }

    private static void RequireLength(TrainSettings settings)
    {
        if (settings.Epochs is < 1 or > Limits.LinkedEpochs)
            throw new LonghandException(
                $"epochs is {settings.Epochs}, but a schedule needs the length of a run, from 1 to {Limits.LinkedEpochs} epochs."
            );
    }

    private long InputsOf(Node node) => node.Inputs[0] == 0 ? Network.Input.Length : Network.Nodes[node.Inputs[0] - 1].Output.Length;

    private static void RequireDrawable(Network network)
    {
        int units = 0,
            layers = 0;
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            Node node = network.Nodes[i];
            if (
                node.Inputs is not [var input]
                || input != i
                || (node.Layer is not Dense && node.Layer.Kernel is null && !(node.Layer.IsActivation && node.Output.Rank == 1))
                || (i == 0 && node.Layer is not Dense)
            )
                throw new LonghandException(
                    $"network: the page draws dense layers and their activations, and {node.Name} is something else."
                );
            if (node.Layer is Dense dense)
                (units, layers) = ((int)Math.Min(int.MaxValue, (long)units + dense.Units), layers + 1);
        }
        if (network.OutputValue != network.Nodes.Count || layers == 0)
            throw new LonghandException("network: at least one dense layer is needed, such as dense 1.");
        if (network.Output.Length > Limits.Classes)
            throw new LonghandException(
                $"network: there are {network.Output.Length} outputs; {Limits.Classes} is the most that are told apart here."
            );
        if (layers > Limits.Layers)
            throw new LonghandException($"network: there are {layers} layers; {Limits.Layers} is the limit.");
        if (units > Limits.Units)
            throw new LonghandException($"network: there are {units} units; {Limits.Units} is the limit.");
        if (network.ParameterCount > Limits.Parameters)
            throw new LonghandException($"network: there are {network.ParameterCount} parameters; {Limits.Parameters} is the limit.");
    }

    private static IEnumerable<UnitLayer> UnitLayers(Network network)
    {
        for (int i = 0; i < network.Nodes.Count; )
        {
            Node dense = network.Nodes[i++];
            int first = i;
            while (i < network.Nodes.Count && network.Nodes[i].Layer is not Dense)
                i++;
            Node[] nodes = [dense, .. network.Nodes.Skip(first).Take(i - first)];
            (int Index, NetworkParameter Item)[] own = [.. network.Parameters.Index().Where(p => nodes.Contains(p.Item.Node))];
            yield return new(nodes, [.. own.Select(p => p.Index)])
            {
                Bias = own.Where(p => p.Item.Node == dense && p.Item.Parameter.Role == ParameterRole.Bias)
                    .Select(p => (int?)p.Index)
                    .FirstOrDefault(),
            };
        }
    }
}

/// <summary>A dense layer with its activations: one column of the drawing.</summary>
/// <param name="Nodes">The dense layer first.</param>
/// <param name="Parameters">The numbers of its parameters in the network, weights first.</param>
internal sealed record UnitLayer(IReadOnlyList<Node> Nodes, IReadOnlyList<int> Parameters)
{
    /// <summary>The number of the bias; null where there is none.</summary>
    public int? Bias { get; init; }

    /// <summary>How many units.</summary>
    public int Units => ((Dense)Nodes[0].Layer).Units;

    /// <summary>The activations as they are written; empty for none.</summary>
    public string Activation => string.Join(" -> ", Nodes.Skip(1).Select(n => n.Layer.Notation));
}

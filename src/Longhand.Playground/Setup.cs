using Longhand.Experiments;
using Longhand.Layers;

namespace Longhand.Playground;

/// <summary>Settings that have been read and found to be something that this page can train and draw: a chain of dense layers over two columns.</summary>
internal sealed class Setup
{
    /// <summary>The data that lie in a plane; none of them reads a file.</summary>
    public static readonly string[] DataNames = ["circle", "xor", "gauss", "spiral", "moons", "circles", "plane", "cones"];

    // The Playground's own data lie in this square.
    private const double UsualExtent = 6;

    private const string SourceName = "settings";

    private Setup(Settings settings, Experiment experiment, ExperimentData data)
    {
        Settings = settings;
        Experiment = experiment;
        Network = experiment.Network.Under(experiment.Conventions);
        Data = data;
        Layers = [.. UnitLayers(Network)];
        Targets = new Targets(Network, experiment.Loss!, data.Train);
        (Points, Extent) = ReadPoints(experiment);
        Features = experiment.FeatureList is { } list ? FeatureMap.Read(list, ["x", "y"], 2) : null;
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

    /// <summary>The examples where they lie, those of training first.</summary>
    public IReadOnlyList<PlanePoint> Points { get; }

    /// <summary>The plane is drawn from −Extent to Extent along both axes.</summary>
    public double Extent { get; }

    /// <summary>What computes the network's inputs; null where they are x and y.</summary>
    public FeatureMap? Features { get; }

    /// <summary>What the inputs are called.</summary>
    public IReadOnlyList<string> FeatureNames => Features?.Texts ?? ["x", "y"];

    /// <summary>Reads settings.</summary>
    /// <exception cref="LonghandException">They are wrong, or more than this page takes; the message says which and what would be right.</exception>
    public static Setup Read(Settings settings)
    {
        RequireBounds(settings);
        try
        {
            Experiment experiment = Experiment.Read(settings.ToExperiment(), SourceName, AppContext.BaseDirectory);
            RequireDrawable(experiment.Network);
            if (experiment.Loss is null)
                throw new LonghandException("loss: a loss is needed, such as half-mse.");
            ExperimentData data = experiment.LoadData();
            if (experiment.Settings.Batch > data.Train.Count)
                throw new LonghandException(
                    $"batch is {experiment.Settings.Batch}, but only {data.Train.Count} examples are trained on; take fewer at a time, or all."
                );
            return new(settings, experiment, data);
        }
        catch (LonghandException e) when (e.Message.StartsWith(SourceName, StringComparison.Ordinal))
        {
            // The file is ours: its lines mean nothing to whoever set a control.
            int end = e.Message.IndexOf(": ", StringComparison.Ordinal);
            throw new LonghandException(e.Message[(end + 2)..], e);
        }
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
        string text = Experiment.ToText();
        if (Settings["weights"].Length == 0)
            return text;
        IReadOnlyList<ParameterValues> drawn = Draw();
        return $"{text}weights:\n"
            + string.Concat(Network.Parameters.Select((p, i) => $"  {p.Name}: {Nested(drawn[i].ToDoubles(), p.Parameter.Sizes, 0)}\n"));
    }

    /// <summary>Whether the parameters of another network fit this one.</summary>
    public bool HasShapeOf(Setup other) =>
        Network.Parameters.Count == other.Network.Parameters.Count
        && Network
            .Parameters.Zip(other.Network.Parameters)
            .All(p => p.First.Name == p.Second.Name && p.First.Parameter.Sizes.SequenceEqual(p.Second.Parameter.Sizes));

    /// <summary>A point of the output on a scale from −1 (the lower class, or −1) to 1.</summary>
    public float Shade(float output)
    {
        if (!Data.Train.HasClasses)
            return output;
        if (Experiment.Loss!.Reads == LossReads.Logits)
            return MathF.Tanh(output / 2);
        double high = Experiment.Loss.Encode(1, 1, Network.Range)[0];
        return (float)((output - Targets.Threshold) / (high - Targets.Threshold));
    }

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
    private static void RequireBounds(Settings settings)
    {
        if (settings["network"].AsSpan().IndexOfAny('*', '(') >= 0)
            throw new LonghandException("network: write repeated layers out; the page has one column for each.");
        if (settings.FeatureList() is { } features && features.Any(f => f.Length == 0))
            throw new LonghandException("features: there is nothing between two commas; write expressions such as x, y, x*y.");
        if (settings["weights"].Length > 0)
            WeightSeed(settings["weights"]);
        if (settings.Whole("epoch") > Limits.LinkedEpochs)
            throw new LonghandException(
                $"epoch is {settings["epoch"]}; a link trains at most {Limits.LinkedEpochs} epochs before its page is shown."
            );
        _ = settings.Truth("test");
        _ = settings.Truth("discretize");
        var data = DataArguments.Parse(settings["data"], AppContext.BaseDirectory);
        if (!DataNames.Contains(data.Kind.Name))
            throw new LonghandException(
                $"data: the page draws data in a plane ({string.Join(", ", DataNames)}), and {data.Kind.Name} is none of them."
            );
        if (data.Whole("n", 2) > Limits.Examples)
            throw new LonghandException($"data: n is {data.Whole("n", 2)}; {Limits.Examples} examples is the limit.");
    }

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
                || (node.Layer is not Dense && node.Layer.Kernel is null)
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
        if (network.Output.Length != 1)
            throw new LonghandException($"network: the page draws one output, but there are {network.Output.Length}; end with dense 1.");
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
            yield return new(nodes, [.. network.Parameters.Index().Where(p => nodes.Contains(p.Item.Node)).Select(p => p.Index)]);
        }
    }

    // The rows as they were before features were computed are not kept: they are made again and cut alike.
    private static (List<PlanePoint>, double) ReadPoints(Experiment experiment)
    {
        DataSet all = Longhand.Data.Make(experiment.DataText!, experiment.BaseDirectory).All;
        TrainSettings settings = experiment.Settings;
        (DataSet train, DataSet? test) = settings.Split is { } split and < 1
            ? all.Split(split, settings.Seed, settings.Stratify)
            : (all, null);
        var points = new List<PlanePoint>(all.Count);
        foreach ((DataSet? set, bool isTest) in new[] { (train, false), (test, true) })
            for (int i = 0; i < (set?.Count ?? 0); i++)
            {
                Example example = set![i];
                points.Add(new(example.Input[0], example.Input[1], example.Class is { } c ? 2 * c - 1 : example.Target[0], isTest));
            }
        double furthest = points.Max(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)));
        // A little room behind the furthest point, on a round number.
        double extent = furthest is <= UsualExtent and > UsualExtent / 2 ? UsualExtent : Math.Ceiling(furthest * 1.1 * 2) / 2;
        return (points, extent);
    }
}

/// <summary>A dense layer with its activations: one column of the drawing.</summary>
/// <param name="Nodes">The dense layer first.</param>
/// <param name="Parameters">The numbers of its parameters in the network, weights first.</param>
internal sealed record UnitLayer(IReadOnlyList<Node> Nodes, IReadOnlyList<int> Parameters)
{
    /// <summary>How many units.</summary>
    public int Units => ((Dense)Nodes[0].Layer).Units;

    /// <summary>The activations as they are written; empty for none.</summary>
    public string Activation => string.Join(" -> ", Nodes.Skip(1).Select(n => n.Layer.Notation));
}

/// <summary>An example where it lies.</summary>
/// <param name="X">Its first column.</param>
/// <param name="Y">Its second.</param>
/// <param name="Label">−1 or 1 for classes, the target otherwise.</param>
/// <param name="IsTest">Whether it is kept aside.</param>
internal readonly record struct PlanePoint(double X, double Y, double Label, bool IsTest);

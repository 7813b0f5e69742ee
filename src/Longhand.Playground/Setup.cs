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
        Layers = [.. UnitLayer.Of(Network)];
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
        string kind = SetupBounds.Require(settings, images);
        bool isImages = ImageSets.Knows(kind);
        try
        {
            Experiment experiment = Experiment.Read(settings.ToExperiment(), SourceName, AppContext.BaseDirectory);
            if (isImages)
                ImageView.RequireDrawable(experiment.Network);
            else
                SetupBounds.RequireDrawable(experiment.Network);
            if (experiment.Loss is null)
                throw new LonghandException("loss: a loss is needed, such as half-mse.");
            if (experiment.Settings.Schedule is var schedule && schedule != Schedule.Constant)
                SetupBounds.RequireLength(experiment.Settings);
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
        string kind = SetupBounds.Require(settings, ImageSets.Embedded);
        if (ImageSets.Knows(kind))
            throw new LonghandException("data: only runs on examples in a plane are saved as a page, and these are images.");
        SetupBounds.RequireDrawable(experiment.Network);
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

    /// <summary>The seed that the initial weights are drawn from.</summary>
    /// <exception cref="LonghandException">The text is no seed.</exception>
    internal static ulong WeightSeed(string text) =>
        ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new LonghandException($"weights is {Quoted.Of(text)}, but a whole number from 0 to {ulong.MaxValue} is needed.");

    private long InputsOf(Node node) => node.Inputs[0] == 0 ? Network.Input.Length : Network.Nodes[node.Inputs[0] - 1].Output.Length;
}

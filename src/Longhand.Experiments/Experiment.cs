using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>
/// An experiment as its file states it: a network, what is in it, what it is trained on and how. It is checked as it is read, so that a
/// shape that does not fit is found before anything is computed. Numbers are exact.
/// </summary>
public sealed record Experiment
{
    /// <summary>The keys of an experiment.</summary>
    public static IReadOnlyList<string> Keys => ExperimentReader.Known;

    /// <summary>Where it was read from; messages about what is missing begin with it.</summary>
    public required Source Source { get; init; }

    /// <summary>What its paths are relative to.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>Parameters that are given; the others are drawn.</summary>
    public IReadOnlyDictionary<string, ParameterValues> Weights { get; init; } = new Dictionary<string, ParameterValues>();

    /// <summary>
    /// Parameters in which words stand for numbers, each word a symbol; empty unless they were asked for. They are not in
    /// <see cref="Weights"/>, and what is to be computed with numbers cannot use them.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Expr>> SymbolicWeights { get; init; } = new Dictionary<string, IReadOnlyList<Expr>>();

    /// <summary>What parameters are called in working, plots and reports.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The input, features computed; null where none is given.</summary>
    public NumberBatch? Input { get; init; }

    /// <summary>The target for each example of <see cref="Input"/>; null where none is given.</summary>
    public NumberBatch? Target { get; init; }

    /// <summary>The loss; null where none is given.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd(0.1);

    /// <summary>Whether the file names an optimizer, so that a worked solution has an update.</summary>
    public bool HasOptimizer { get; init; }

    /// <summary>The line that names the data; null where there is none.</summary>
    public string? DataText { get; init; }

    /// <summary>How the inputs are scaled, once features are computed: one of <see cref="InputScaling.Kinds"/>; null where they are not.</summary>
    public string? Scale { get; init; }

    /// <summary>How weights and biases start.</summary>
    public Initializer Initializer { get; init; } = Initializer.PyTorch;

    /// <summary>A penalty on weights.</summary>
    public Regularization Regularization { get; init; } = Regularization.None;

    /// <summary>How long is trained, in which batches, on which share of the data.</summary>
    public TrainSettings Settings { get; init; } = new();

    /// <summary>Choices that are left open otherwise.</summary>
    public Conventions Conventions { get; init; } = Conventions.PyTorch;

    /// <summary>Whether a worked solution shows inference rather than training.</summary>
    public bool Inference { get; init; }

    /// <summary>Significant digits that are printed.</summary>
    public int Digits => Conventions.Digits;

    /// <summary>The expressions that inputs are computed from, as they are written; null where there are none.</summary>
    internal IReadOnlyList<string>? FeatureTexts =>
        FeatureList is null ? null : [.. FeatureList.Items.Select(item => item is ScalarEntry scalar ? scalar.Text : item.Description)];

    internal MapEntry? Root { get; init; }

    internal Entry? DataEntry { get; init; }

    internal ListEntry? FeatureList { get; init; }

    internal Entry? SplitEntry { get; init; }

    internal Entry? ClassWeightsEntry { get; init; }

    /// <summary>Reads an experiment file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="symbols">Whether words may stand for weights.</param>
    /// <exception cref="LonghandException">It cannot be read, or something in it is wrong; the message names file, line and column.</exception>
    public static Experiment Load(string path, bool symbols = false) =>
        Read(EntryText.ReadFile(path, "the experiment"), path, Path.GetDirectoryName(Path.GetFullPath(path))!, symbols);

    /// <summary>Reads the text of an experiment.</summary>
    /// <param name="text">YAML, or the same as JSON.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="baseDirectory">What its paths are relative to.</param>
    /// <param name="symbols">Whether words may stand for weights.</param>
    /// <exception cref="LonghandException">Something in it is wrong; the message names line and column.</exception>
    public static Experiment Read(string text, string name, string baseDirectory, bool symbols = false)
    {
        var source = new Source(name);
        return Read(
            EntryText.Parse(source, text) ?? throw source.Error("the file is empty, but an experiment is needed."),
            baseDirectory,
            symbols
        );
    }

    /// <summary>Reads an experiment from its entries.</summary>
    /// <param name="root">The map of its keys.</param>
    /// <param name="baseDirectory">What its paths are relative to.</param>
    /// <param name="symbols">Whether words may stand for weights.</param>
    /// <exception cref="LonghandException">Something in it is wrong.</exception>
    public static Experiment Read(Entry root, string baseDirectory, bool symbols = false) =>
        new ExperimentReader(root, baseDirectory, symbols).Read();

    /// <summary>The network with the given weights, and drawn ones where none are given.</summary>
    public Model CreateModel()
    {
        RequireFitting();
        return Model.Create(Network, Weights, Initializer, Settings.Seed);
    }

    /// <summary>The data, with features computed and parts cut off; without the key <c>data</c> the examples of <c>input</c> and <c>target</c>.</summary>
    /// <exception cref="LonghandException">There are no data, a file cannot be read, or they do not fit the network.</exception>
    public ExperimentData LoadData()
    {
        RequireFitting();
        return ExperimentData.Load(this);
    }

    /// <summary>How the network is to be trained on these data.</summary>
    /// <exception cref="LonghandException">There is no loss.</exception>
    public Training ToTraining(ExperimentData data) =>
        new()
        {
            Loss = RequireLoss("training"),
            Optimizer = Optimizer,
            Schedule = Settings.Schedule,
            EarlyStopping = Settings.EarlyStopping,
            Clip = Settings.Clip,
            ClassWeights = Settings.ClassWeights,
            Epochs = Settings.Epochs,
            Batch = Settings.Batch,
            Shuffle = Settings.Shuffle,
            Seed = Settings.Seed,
            Initializer = Initializer,
            Regularization = Regularization,
            Test = data.Test,
            Validation = data.Validation,
            Conventions = Conventions,
            DoublePrecision = Settings.DoublePrecision,
            Threads = Settings.Threads,
            MeasureEachEpoch = Settings.MeasureEachEpoch,
            Start = Weights,
        };

    /// <summary>A trained model that knows the experiment, and from which columns its inputs are computed.</summary>
    public Model Finished(Model trained, ExperimentData data) =>
        new(trained.Network, trained.Values)
        {
            Training = trained.Training,
            ClassNames = trained.ClassNames,
            InputNames = FeatureList is null ? trained.InputNames : data.Columns,
            Features = FeatureList is null ? [] : trained.InputNames,
            Scaling = trained.Scaling,
            Experiment = ToText(PathStyle.NameOnly),
        };

    /// <summary>The experiment as a file that repeats it: what it was read from, without comments, with settings that were changed since.</summary>
    /// <param name="paths">What becomes of the paths in it.</param>
    public string ToText(PathStyle paths = PathStyle.AsWritten) => ExperimentText.Write(this, paths);

    /// <summary>The loss.</summary>
    /// <exception cref="LonghandException">None is given.</exception>
    public Loss RequireLoss(string use) =>
        Loss
        ?? throw Source.Error(
            $"{use} needs a loss, such as \"loss: half-mse\"; known are {string.Join(", ", Loss.Kinds.All.Select(k => k.Name))}."
        );

    /// <summary>The input.</summary>
    /// <exception cref="LonghandException">None is given.</exception>
    public NumberBatch RequireInput(string use, bool orSample = false) =>
        Input
        ?? throw Source.Error(
            $"{use} needs an input of {Network.Input.Length} numbers ({Network.Input}), such as \"input: [0.5, …]\"{(!orSample || DataText is null ? "" : ", or --sample N to take one of its data")}."
        );

    // A network may be larger than any memory as long as nobody wants its numbers.
    private void RequireFitting()
    {
        if (Network.Parameters.MaxBy(p => p.Parameter.Length) is { } largest && largest.Parameter.Length > Array.MaxLength)
            throw Source.Error(
                FormattableString.Invariant(
                    $"network: {largest.Name} has {largest.Parameter.Length:N0} numbers, more than can be kept in memory; summary does not need them."
                )
            );
    }
}

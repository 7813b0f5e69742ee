using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Experiments;

/// <summary>From the entries of a file to a checked experiment, key by key.</summary>
internal sealed class ExperimentReader
{
    /// <summary>The keys of an experiment, in the order in which a file usually has them.</summary>
    public static readonly string[] Known =
    [
        "network",
        "weights",
        "names",
        "input",
        "target",
        "loss",
        "optimizer",
        "data",
        "features",
        "scale",
        "init",
        "regularization",
        "train",
        "conventions",
        "mode",
        "digits",
    ];

    private static readonly Dictionary<string, IReadOnlyList<Expr>> NoSymbols = [];

    private readonly Keys keys;
    private readonly string baseDirectory;
    private readonly bool symbols;

    public ExperimentReader(Entry root, string baseDirectory, bool symbols)
    {
        if (root is not MapEntry map)
            throw root.Error($"an experiment is a map that begins like \"network: 2 -> dense 1\", found {root.Description}.");
        keys = new Keys(map, "an experiment", Known);
        this.baseDirectory = baseDirectory;
        this.symbols = symbols;
        // The kinds csv and table belong to this assembly and must be known before a line of data is read.
        ExperimentKinds.Register();
    }

    public Experiment Read()
    {
        Conventions conventions = ConventionsEntry.Read(keys["conventions"]);
        Network network = ReadNetwork();
        // What a network computes is written in its text; the other conventions choose what its text leaves open.
        if (conventions.FlipsKernels)
            network = network.Under(new Conventions { FlipsKernels = true });
        if (keys["digits"] is { } digits)
            conventions = conventions with { Digits = digits.Whole("digits", 1, ConventionsEntry.MostDigits) };
        bool playground = conventions.PlaygroundTraining;
        Loss? loss = Line("loss", "half-mse", Loss.Parse) ?? (playground && network.Output.Rank == 1 ? Loss.HalfMeanSquaredError : null);
        if (loss?.Refuse(network.Range, network.Output) is { } refusal)
            throw (keys["loss"] ?? keys.Map).Error($"loss: {refusal}.");
        ListEntry? features = ReadFeatureList(network);
        var experiment = new Experiment
        {
            Source = keys.Map.Source,
            BaseDirectory = baseDirectory,
            Root = keys.Map,
            Network = network,
            Weights = WeightsEntry.Read(keys["weights"], network, baseDirectory, symbols),
            SymbolicWeights = symbols ? SymbolicWeightsEntry.Read(keys["weights"], network) : NoSymbols,
            Names = ReadNames(network),
            Loss = loss,
            Optimizer = Line("optimizer", "sgd lr=0.1", Optimizer.Parse) ?? Optimizer.Sgd(playground ? 0.03 : 0.1),
            HasOptimizer = keys["optimizer"] is not null,
            DataText = keys["data"]?.Text("data: expected a text such as circle n=500"),
            Initializer = Line("init", "glorot", Initializer.Parse) ?? (playground ? Initializer.Playground : Initializer.PyTorch),
            Regularization = Line("regularization", "l2 0.001", Regularization.Parse) ?? Regularization.None,
            Settings = TrainSettings.Read(keys["train"], new TrainSettings { Batch = playground ? 10 : 32 }),
            Conventions = conventions,
            Inference = keys["mode"]?.Word("mode", "training", "inference") == "inference",
            DataEntry = keys["data"],
            FeatureList = features,
            Scale = keys["scale"]?.Word("scale", [.. InputScaling.Kinds]),
            SplitEntry = (keys["train"] as MapEntry)?.Fields.FirstOrDefault(field => field.Key.Text is "split" or "validation")?.Value,
            ClassWeightsEntry = (keys["train"] as MapEntry)?.Fields.FirstOrDefault(field => field.Key.Text == "class-weights")?.Value,
        };
        if (experiment is { Scale: not null, DataEntry: null })
            throw keys["scale"]!.Error("scale: there are no data on which a scale could be found.");
        // A line of data that names nothing known is refused now, even where only the input is asked for.
        experiment.DataEntry?.Read(() => DataArguments.Parse(experiment.DataText!, baseDirectory));
        return ReadExamples(experiment);
    }

    private Network ReadNetwork()
    {
        Entry entry = keys["network"] ?? throw keys.Map.Source.Error("the key \"network\" is missing, such as \"network: 2 -> dense 1\".");
        const string expected = "network: expected a text such as 2 -> dense 1, or a list of its parts";
        string notation = entry is ListEntry list
            ? string.Join(" -> ", list.Items.Select(item => item.Text(expected)))
            : entry.Text(expected);
        return entry.Read(() => Network.Parse(notation));
    }

    private Dictionary<string, string> ReadNames(Network network)
    {
        if (keys["names"] is not { } entry)
            return [];
        if (entry is not MapEntry map)
            throw entry.Error($"names: expected a map such as {{dense1.weight: U}}, found {entry.Description}.");
        string[] outputs = [.. Enumerable.Range(0, network.Nodes.Count + 1).Select(value => Place.ValueName(network, value))];
        foreach (Field field in map.Fields)
            if (!outputs.Contains(field.Key.Text))
                WeightsEntry.RequireParameter(field.Key, field.Key.Text, network);
        return map.Fields.ToDictionary(field => field.Key.Text, field => field.Value.Text($"names.{field.Key.Text}: expected a name"));
    }

    private ListEntry? ReadFeatureList(Network network)
    {
        if (keys["features"] is not { } entry)
            return null;
        if (entry is not ListEntry { Items.Count: > 0 } list)
            throw entry.Error($"features: expected a list such as [\"x\", \"y\", \"x*y\"], found {entry.Description}.");
        if (network.Input.IsImage || network.Input.Length != list.Items.Count)
            throw entry.Error($"features: there are {list.Items.Count}, but the network reads {network.Input}.");
        return list;
    }

    private Experiment ReadExamples(Experiment experiment)
    {
        if (keys["input"] is not { } entry)
            return keys["target"] is { } alone
                ? throw alone.Error("target: there is no input that it could be the target of.")
                : experiment;
        NumberBatch input = experiment.FeatureList is null
            ? InputEntry.Read(entry, experiment.Network.Input)
            : ReadColumns(entry, experiment, experiment.FeatureList);
        // The input is one of the data's kind, and the network reads it on their scale.
        if (experiment.Scale is not null)
            input = Scaled(input, entry.Read(() => ExperimentData.Load(experiment)).Train.Scaling!);
        experiment = experiment with { Input = input };
        if (keys["target"] is not { } target)
            return experiment;
        Loss loss = experiment.Loss ?? throw target.Error("target: a target needs a loss that compares it, such as \"loss: half-mse\".");
        return experiment with { Target = TargetEntry.Read(target, input, experiment.Network, loss) };
    }

    private static NumberBatch Scaled(NumberBatch batch, InputScaling scaling) =>
        batch with
        {
            Rows =
            [
                .. batch.Rows.Select(row =>
                {
                    double[] numbers = Array.ConvertAll(row, number => (double)number);
                    scaling.Apply(numbers);
                    return Array.ConvertAll(numbers, Rational.FromDouble);
                }),
            ],
        };

    // Columns are named by the data; without data there are as many as the input has.
    private static NumberBatch ReadColumns(Entry entry, Experiment experiment, ListEntry features)
    {
        DataSet? data = experiment.DataEntry?.Read(() => Data.Make(experiment.DataText!, experiment.BaseDirectory).All);
        int columns = data is null ? InputEntry.Columns(entry) : (int)data.InputShape.Length;
        NumberBatch raw = InputEntry.Read(entry, [columns]);
        var map = FeatureMap.Read(features, data?.InputNames ?? [], columns);
        return raw with { Rows = [.. raw.Rows.Select(row => entry.Read(() => map.Apply(row)))] };
    }

    private T? Line<T>(string key, string example, Func<string, T> parse)
        where T : class
    {
        if (keys[key] is not { } entry)
            return null;
        string text = entry.Text($"{key}: expected a text such as {example}");
        return entry.Read(() => parse(text));
    }
}

namespace Longhand.Experiments;

/// <summary>The key <c>train</c> of an experiment: how long, in which batches, and on which share of the data.</summary>
public sealed record TrainSettings
{
    /// <summary>How often the whole training set is gone through.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Examples per update; 0 takes them all at once (<c>all</c>).</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Whether each epoch goes through the examples in a new order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The training share of data without a test part of their own; 1 keeps nothing aside, null leaves it to the data.</summary>
    public double? Split { get; init; }

    /// <summary>The share of the training part that is held out beside it.</summary>
    public double Validation { get; init; }

    /// <summary>Whether each class has the same share of every part that is cut off.</summary>
    public bool Stratify { get; init; }

    /// <summary>How the learning rate changes.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>When the run ends before its last epoch; null where it does not.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>A bound on gradients; null where there is none.</summary>
    public GradientClipping? Clip { get; init; }

    /// <summary>How much the examples of each class count; null where all count alike.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that compute.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether to compute in double precision on the reference.</summary>
    public bool DoublePrecision { get; init; }

    /// <summary>Whether whole sets are measured after each epoch, or only at the start and the end.</summary>
    public bool MeasureEachEpoch { get; init; } = true;

    /// <summary>No run uses more threads.</summary>
    public const int MostThreads = 1024;

    private static readonly string[] Known =
    [
        "epochs",
        "batch",
        "shuffle",
        "split",
        "stratify",
        "validation",
        "schedule",
        "early-stopping",
        "clip",
        "class-weights",
        "seed",
        "threads",
        "precision",
        "measure",
    ];

    internal static TrainSettings Read(Entry? entry, TrainSettings defaults)
    {
        if (entry is null)
            return defaults;
        if (entry is not MapEntry map)
            throw entry.Error($"train: expected a map such as {{epochs: 100, batch: 10}}, found {entry.Description}.");
        var keys = new Keys(map, "train", Known);
        var settings = new TrainSettings
        {
            Schedule = Line(keys["schedule"], "schedule", "cosine", Schedule.Parse) ?? Schedule.Constant,
            EarlyStopping = Line(keys["early-stopping"], "early-stopping", "patience=10", EarlyStopping.Parse),
            Clip = Line(keys["clip"], "clip", "1.0", GradientClipping.Parse),
            ClassWeights = keys["class-weights"] is { } weights ? ClassWeightsEntry.Read(weights) : null,
            Epochs = keys["epochs"]?.Whole("train.epochs", 0) ?? defaults.Epochs,
            Batch = keys["batch"] is { } batch ? BatchOf(batch) : defaults.Batch,
            Shuffle = keys["shuffle"]?.Truth("train.shuffle") ?? defaults.Shuffle,
            Split = keys["split"] is { } split ? Share(split, "train.split", x => x is > 0 and <= 1, "above 0 and at most 1") : null,
            Validation = keys["validation"] is { } validation
                ? Share(validation, "train.validation", x => x is >= 0 and < 1, "from 0 to below 1")
                : 0,
            Stratify = keys["stratify"]?.Truth("train.stratify") ?? false,
            Seed = keys["seed"]?.Seed("train.seed") ?? defaults.Seed,
            Threads = keys["threads"]?.Whole("train.threads", 1, MostThreads) ?? defaults.Threads,
            DoublePrecision = keys["precision"]?.Word("train.precision", "f32", "f64") == "f64",
            MeasureEachEpoch = keys["measure"]?.Word("train.measure", "epoch", "end") != "end",
        };
        RequireSomethingToWatch(settings, keys);
        return settings;
    }

    private static void RequireSomethingToWatch(TrainSettings settings, Keys keys)
    {
        if (keys[settings.Schedule.Watches ? "schedule" : "early-stopping"] is { } watcher)
            watcher.Read(() =>
            {
                Trainer.RequireSomethingToWatch(settings.Schedule, settings.EarlyStopping, settings.Validation > 0);
                return settings;
            });
    }

    private static T? Line<T>(Entry? entry, string key, string example, Func<string, T> parse)
        where T : class
    {
        if (entry is null)
            return null;
        string text = entry.Text($"train.{key}: expected a text such as {example}");
        return entry.Read(() => parse(text));
    }

    private static int BatchOf(Entry entry) =>
        entry is ScalarEntry { Text: "all" } ? 0
        : entry is ScalarEntry { Text: not "" and var text } && char.IsAsciiLetter(text[0])
            ? throw entry.Error($"train.batch: expected a whole number of at least 1, or all, found {entry.Description}.")
        : entry.Whole("train.batch", 1);

    private static double Share(Entry entry, string what, Predicate<double> allowed, string range)
    {
        double share = (double)entry.Number(what);
        return allowed(share) ? share : throw entry.Error($"{what}: expected a share {range}, found {entry.Description}.");
    }
}

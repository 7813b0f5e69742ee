namespace Longhand.Experiments;

/// <summary>The data of an experiment, features computed and parts cut off.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">What is held out of it; null where the share is 0.</param>
/// <param name="Test">What is never learned from; null where nothing is kept aside.</param>
public sealed record ExperimentData(DataSet Train, DataSet? Validation, DataSet? Test)
{
    /// <summary>What the columns of the data are called, before features are computed from them; empty where they have no names.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    private const double UsualSplit = 0.8;

    // Scaling keeps the rows that it scales, or a copy of few: these take no room of their own.
    private ExperimentData? Unscaled { get; init; }

    /// <summary>The same examples with inputs as they were measured, for whoever shows them to a person.</summary>
    internal ExperimentData Measured => Unscaled ?? this;

    internal static ExperimentData Load(Experiment experiment)
    {
        IReadOnlyList<string> columns = [];
        DataParts parts = experiment.DataEntry is { } entry
            ? Prepared(experiment, entry, out columns)
            : new DataParts(Given(experiment), null);
        TrainSettings settings = experiment.Settings;
        (DataSet train, DataSet? test) = (parts.All, parts.Test);
        double split = settings.Split ?? (IsComplete(experiment) ? 1 : UsualSplit);
        if (test is null && split < 1)
            (train, test) = Cut(experiment, train, split, settings.Seed);
        else if (test is not null && settings.Split is not null)
            throw (experiment.SplitEntry ?? experiment.DataEntry!).Error($"train.split: {train.Name} has a test part of its own.");
        DataSet? validation = null;
        if (settings.Validation > 0)
            (train, validation) = Cut(experiment, train, 1 - settings.Validation, settings.Seed);
        ExperimentData? measured = null;
        if (experiment.Scale is { } scale)
        {
            // Nothing that is measured later may have a say in it.
            InputScaling scaling = InputScaling.Fit(scale, train);
            measured = new(train, validation, test) { Columns = columns };
            (train, validation, test) = (
                scaling.Apply(train),
                validation is null ? null : scaling.Apply(validation),
                test is null ? null : scaling.Apply(test)
            );
        }
        // A class that the data do not have is said where it stands.
        if (settings.ClassWeights is { } weights && experiment.ClassWeightsEntry is { } weighed)
            weighed.Read(() => weights.For(train));
        return new(train, validation, test) { Columns = columns, Unscaled = measured };
    }

    /// <summary>Other data in the place of the experiment's, with its features: what a model is measured on.</summary>
    internal static DataSet Featured(Experiment experiment, Entry at, DataSet data) =>
        experiment.FeatureList is { } features
            ? at.Read(() => FeatureMap.Read(features, data.InputNames, (int)data.InputShape.Length).Apply(data))
            : data;

    private static DataParts Prepared(Experiment experiment, Entry entry, out IReadOnlyList<string> columns)
    {
        DataParts parts = entry.Read(() => Data.Make(experiment.DataText!, experiment.BaseDirectory));
        columns = parts.All.InputNames;
        DataSet all = Featured(experiment, entry, parts.All);
        DataSet? test = parts.Test is null ? null : Featured(experiment, entry, parts.Test);
        entry.Read(() =>
        {
            Loss loss = experiment.RequireLoss("training");
            _ = new Targets(experiment.Network, loss, all);
            return test is null ? null : new Targets(experiment.Network, loss, test);
        });
        return new(all, test);
    }

    // A truth table is all there is: nothing could be kept aside that is not needed for learning. So are examples written into the file.
    private static bool IsComplete(Experiment experiment) =>
        experiment.DataEntry is null || DataArguments.Parse(experiment.DataText!, experiment.BaseDirectory).Kind.IsComplete;

    private static (DataSet, DataSet) Cut(Experiment experiment, DataSet data, double share, ulong seed)
    {
        try
        {
            return data.Split(share, seed, experiment.Settings.Stratify);
        }
        catch (LonghandException e)
        {
            throw experiment.SplitEntry?.Error(e.Message) ?? experiment.Source.Error(e.Message);
        }
    }

    private static DataSet Given(Experiment experiment)
    {
        if (experiment.Input is not { } input)
            throw experiment.Source.Error("training needs data, such as \"data: circle n=500\" (or an input with its target).");
        if (experiment.Target is not { } target)
            throw experiment.Source.Error("training needs a target for the input, or data such as \"data: circle n=500\".");
        Rows rows = Rows.Of(input.ToDoubles(), input.Rows[0].Length);
        return target.Classes is { } classes
            ? new DataSet(rows, experiment.Network.Input, [.. classes]) { Name = "the given examples" }
            : new DataSet(rows, experiment.Network.Input, Rows.Of(target.ToDoubles(), target.Rows[0].Length))
            {
                Name = "the given examples",
            };
    }
}

using Longhand.Experiments;

namespace Longhand.Playground;

/// <summary>The examples as they were measured, before features are computed from them: those of training first, then what is held out.</summary>
internal sealed class ShownExamples
{
    /// <exception cref="LonghandException">They cannot be made, or are more than a page takes.</exception>
    public ShownExamples(Experiment experiment)
    {
        DataSet all = Longhand.Data.Make(experiment.DataText!, experiment.BaseDirectory).All;
        if (all.Count > Limits.Examples)
            throw new LonghandException($"data: there are {all.Count} examples; {Limits.Examples} is the limit.");
        TrainSettings settings = experiment.Settings;
        // Cut as the experiment cuts; the rows before features are not kept there.
        double split = settings.Split ?? 1;
        (DataSet train, DataSet? test) = split < 1 ? all.Split(split, settings.Seed, settings.Stratify) : (all, null);
        DataSet? validation = null;
        if (settings.Validation > 0)
            (train, validation) = train.Split(1 - settings.Validation, settings.Seed, settings.Stratify);
        Parts = [.. new[] { (train, "train"), (validation, "validation"), (test, "test") }.Where(p => p.Item1 is not null)!];
        All = all;
    }

    /// <summary>All of them in the order in which they were made.</summary>
    public DataSet All { get; }

    /// <summary>The parts with what they are called: train, validation where a share is held out, test.</summary>
    public IReadOnlyList<(DataSet Set, string Name)> Parts { get; }

    /// <summary>How many there are.</summary>
    public int Count => All.Count;

    /// <summary>What the columns are called.</summary>
    public IReadOnlyList<string> Columns =>
        All.InputNames.Count > 0 ? All.InputNames
        : All.InputShape.Length == 2 ? ["x", "y"]
        : [.. Enumerable.Range(1, (int)All.InputShape.Length).Select(i => $"x{i}")];

    /// <summary>An example by its place, those of training first, and the part that it belongs to.</summary>
    public (Example Example, string Part, int Index) this[int place]
    {
        get
        {
            foreach ((DataSet set, string name) in Parts)
            {
                if (place < set.Count)
                    return (set[place], name, place);
                place -= set.Count;
            }
            throw new ArgumentOutOfRangeException(nameof(place));
        }
    }
}

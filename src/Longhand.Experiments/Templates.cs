using System.Text;

namespace Longhand.Experiments;

/// <summary>Commented experiment files to begin with: the samples, and one for every other kind of data.</summary>
public static class Templates
{
    private const string Extension = ".yaml";

    // A topic that people look for under another word than its file has.
    private static readonly Dictionary<string, string> sampleOf = new() { ["explain"] = "hand-worked" };

    /// <summary>The topics, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            ExperimentKinds.Register();
            return
            [
                .. Samples
                    .Concat(sampleOf.Keys)
                    .Except(sampleOf.Values)
                    .Concat(Data.Kinds.Select(kind => kind.Name))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>What a topic is about, in half a line.</summary>
    public static string Summary(string name) => Text(name).Split('\n')[0].TrimStart('#', ' ');

    /// <summary>The file of a topic.</summary>
    /// <exception cref="LonghandException">There is no such topic; the nearest is suggested.</exception>
    public static string Text(string name)
    {
        string topic = Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
        string sample = sampleOf.GetValueOrDefault(topic, topic);
        if (Samples.Contains(sample))
            return Sample(sample + Extension);
        return Data.Kinds.FirstOrDefault(kind => kind.Name == topic) is { } found
            ? Of(found)
            : throw new LonghandException(
                $"There is no experiment called {Quoted.Of(name)}."
                    + (Nearest.Suggestion(name, Names) is { Length: > 0 } near ? near : $" There are {string.Join(", ", Names)}.")
            );
    }

    private static IEnumerable<string> Samples =>
        typeof(Templates)
            .Assembly.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(Extension, StringComparison.Ordinal))
            .Select(resource => resource[..^Extension.Length]);

    private static string Sample(string resource)
    {
        using var reader = new StreamReader(typeof(Templates).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    // A file for a kind of data: a small network with the outputs and the loss that its targets ask for.
    private static string Of(DataKind kind)
    {
        (string data, string input, int classes, string advice) = Usual(kind);
        (string output, string loss) = classes switch
        {
            0 => ("dense 1", "mse                        # the mean squared difference"),
            2 => ("dense 1", "bce-logits                 # the output is a logit: above 0 means the second class"),
            _ => ($"dense {classes}", "cross-entropy              # reads one logit per class"),
        };
        var text = new StringBuilder();
        text.Append($"# {kind.Name}: {kind.Summary}.\n#\n");
        text.Append($"#   longhand train {kind.Name}.yaml\n\n");
        text.Append($"network: {input} -> dense {(input.Contains('x') ? 100 : 8)} {(input.Contains('x') ? "relu" : "tanh")} -> {output}\n");
        if (advice.Length > 0)
            text.Append($"# {advice}\n");
        text.Append($"data: {data}\n");
        foreach (DataOption option in kind.Options)
            text.Append($"#   {option.Name}={option.Default}: {option.Summary}\n");
        text.Append($"loss: {loss}\noptimizer: adam lr=0.01\ntrain: {{epochs: 30, batch: 32, seed: 1}}\n");
        return text.ToString();
    }

    // What stands behind "data:", the input, how many classes there are (0 for values), and what is to be changed.
    private static (string Data, string Input, int Classes, string Advice) Usual(DataKind kind)
    {
        const string vectors = "four numbers an example, and three classes: change both to what your arrays have";
        switch (kind.Name)
        {
            case "csv":
                return (
                    "csv data.csv target=last",
                    "4",
                    3,
                    "four columns of numbers, and three classes in the last: change both to what your table has"
                );
            case "npy":
                return ("npy x.npy y.npy", "4", 3, vectors);
            case "npz":
                return ("npz data.npz", "4", 3, vectors);
            case "idx":
                return (
                    "idx images.idx labels.idx",
                    "28x28",
                    10,
                    "images of 28×28 pixels, and ten classes: change both to what your files have"
                );
            case "table":
                return (
                    "table 'length, width, kind; 1.4, 0.2, small; 4.7, 1.4, large; 1.3, 0.3, small; 4.5, 1.5, large; 4.9, 1.5, large'",
                    "2",
                    2,
                    ""
                );
            case "points":
                return ("points '1,2 0.5,3 1.5,2.5; -1,0 -2,-1 -1.5,0.5'", "2", 2, "");
            case "formula":
                return ("formula 'y > sin(3*x)'", "2", 2, "");
            case "cifar10":
                return ("cifar10", "32x32x3", 10, "the files are found where LONGHAND_CIFAR10 says; \"cifar10 DIR\" names their folder");
        }
        // What others have registered is not known here, and its files least of all.
        if (kind.Operands.Count > kind.OptionalOperands && kind.Name != "boolean")
            return (string.Join(' ', kind.Operands.Prepend(kind.Name)), "4", 3, vectors);
        string data = kind.Name == "boolean" ? "boolean \"A xor B\"" : kind.Name;
        DataSet example = Data.Make(data).All;
        return (data, example.InputShape.ToString().Replace('×', 'x'), example.ClassNames.Count, "");
    }
}

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
        string data = kind.Name switch
        {
            "boolean" => "boolean \"A xor B\"",
            "csv" => "csv data.csv target=last",
            _ => kind.Name + string.Concat(kind.Operands.Select(_ => $" {kind.Name}")),
        };
        DataSet? example = kind.Operands.Count == 0 || kind.Name == "boolean" ? Data.Make(data).All : null;
        string input = example is null ? (kind.Name == "csv" ? "4" : "28x28") : example.InputShape.ToString().Replace('×', 'x');
        int classes = example?.ClassNames.Count ?? (kind.Name == "csv" ? 3 : 10);
        (string output, string loss) = classes switch
        {
            0 => ($"dense {example!.TargetLength}", "mse                        # the mean squared difference"),
            2 => ("dense 1", "bce-logits                 # the output is a logit: above 0 means the second class"),
            _ => ($"dense {classes}", "cross-entropy              # reads one logit per class"),
        };
        var text = new StringBuilder();
        text.Append($"# {kind.Name}: {kind.Summary}.\n#\n");
        text.Append($"#   longhand train {kind.Name}.yaml\n\n");
        text.Append($"network: {input} -> dense {(input.Contains('x') ? 100 : 8)} {(input.Contains('x') ? "relu" : "tanh")} -> {output}\n");
        if (example is null)
            text.Append(
                kind.Name == "csv"
                    ? "# four columns of numbers, and three classes in the last: change both to what your table has\n"
                    : "# the folder that holds the four IDX files\n"
            );
        text.Append($"data: {data}\n");
        foreach (DataOption option in kind.Options)
            text.Append($"#   {option.Name}={option.Default}: {option.Summary}\n");
        text.Append($"loss: {loss}\noptimizer: adam lr=0.01\ntrain: {{epochs: 30, batch: 32, seed: 1}}\n");
        return text.ToString();
    }
}

using System.CommandLine;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary>An experiment without a file: a network, and an option for each key that a worked solution needs.</summary>
internal sealed class OneLine
{
    private readonly Option<string[]> set = new("--set")
    {
        Description = "a parameter: dense1.weight=[[1, 2], [3, 4]]",
        HelpName = "NAME=VALUES",
    };

    private readonly Option<string?>[] keys =
    [
        Key("input", "numbers with commas between them, or [[…]] for a batch"),
        Key("target", "numbers, or a class"),
        Key("loss", "such as half-mse"),
        Key("optimizer", "such as \"sgd lr=0.1\""),
        Key("regularization", "such as \"l2 0.001\""),
        Key("init", "how parameters that are not set start, such as constant=0.5"),
        Key("conventions", "pytorch, textbook, keras or playground"),
        Key("mode", "training or inference"),
    ];

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [.. keys, set];

    /// <summary>The experiment that network and options make.</summary>
    public Experiment Read(ParseResult parsed, string network)
    {
        var source = new Source("the command line") { HasPlaces = false };
        var fields = new List<Field> { new(Scalar(source, "network"), Scalar(source, network)) };
        foreach (Option<string?> option in keys)
            if (parsed.GetValue(option) is { } text)
                fields.Add(
                    new(Scalar(source, option.Name[2..]), Value(option.Name, text, isNumbers: option.Name is "--input" or "--target"))
                );
        var weights = new List<Field>();
        foreach (string setting in parsed.GetValue(set) ?? [])
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new LonghandException(
                    $"--set {Quoted.Of(setting)}: a parameter and its values are needed, such as --set dense1.weight=3."
                );
            string name = setting[..equals];
            weights.Add(
                new(
                    Scalar(new Source($"--set {name}") { HasPlaces = false }, name),
                    Value($"--set {name}", setting[(equals + 1)..], isNumbers: true)
                )
            );
        }
        if (weights.Count > 0)
            fields.Add(new(Scalar(source, "weights"), new MapEntry(source, 1, 1, weights)));
        return Experiment.Read(new MapEntry(source, 1, 1, fields), Directory.GetCurrentDirectory());
    }

    /// <summary>Refuses the options beside a file: two places for one number would be one too many.</summary>
    public Experiment RequireNone(ParseResult parsed, Experiment experiment)
    {
        string? extra =
            keys.FirstOrDefault(option => parsed.GetValue(option) is not null)?.Name
            ?? (parsed.GetValue(set) is { Length: > 0 } ? "--set" : null);
        return extra is null
            ? experiment
            : throw new LonghandException(
                $"{extra} goes with a network in quotation marks; an experiment file has a key of its own for it."
            );
    }

    private static Option<string?> Key(string name, string description) =>
        new("--" + name) { Description = description, HelpName = "VALUE" };

    private static ScalarEntry Scalar(Source source, string text) => new(source, 1, 1, text, quoted: true);

    /// <summary>An option's value. Numbers are read as YAML reads a list; "1, 2" may leave the brackets away.</summary>
    public static Entry Value(string option, string text, bool isNumbers)
    {
        var source = new Source(option) { HasPlaces = false };
        if (!isNumbers)
            return Scalar(source, text);
        string list = text.Contains(',') && !text.TrimStart().StartsWith('[') ? $"[{text}]" : text;
        return EntryText.Parse(source, list) ?? throw source.Error("here belong numbers.");
    }
}

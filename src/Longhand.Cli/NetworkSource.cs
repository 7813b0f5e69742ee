using Longhand.Experiments;

namespace Longhand.Cli;

/// <summary>A network from what stands in its place on the command line: notation, a file, or <c>-</c>.</summary>
internal static class NetworkSource
{
    public static Network Read(Session session, string text) => ReadWithOptimizer(session, text).Network;

    /// <summary>The network, and the optimizer of a file that names one.</summary>
    public static (Network Network, Optimizer? Optimizer) ReadWithOptimizer(Session session, string text) =>
        ReadWith(session, text, Network.Parse);

    /// <summary>The same, with another way to read notation; an experiment file reads its network in its own way.</summary>
    public static (Network Network, Optimizer? Optimizer) ReadWith(Session session, string text, Func<string, Network> parse)
    {
        if (text == "-")
            return OfText(session.ReadInput(), "standard input", Directory.GetCurrentDirectory(), parse);
        if (!IsFile(text))
            return (parse(text), null);
        return OfText(EntryText.ReadFile(text, "the network"), text, Path.GetDirectoryName(Path.GetFullPath(text))!, parse);
    }

    /// <summary>Whether a word is a file rather than notation: it exists, or is named as experiments are.</summary>
    public static bool IsFile(string text) =>
        !text.Contains("->", StringComparison.Ordinal)
        && (File.Exists(text) || Directory.Exists(text) || Path.GetExtension(text).ToUpperInvariant() is ".YAML" or ".YML" or ".JSON");

    // A file of notation alone is no map; whatever has keys is an experiment.
    private static (Network Network, Optimizer? Optimizer) OfText(
        string text,
        string name,
        string baseDirectory,
        Func<string, Network> parse
    )
    {
        var source = new Source(name);
        return EntryText.Parse(source, text) switch
        {
            MapEntry map => OfExperiment(Experiment.Read(map, baseDirectory)),
            null => throw source.Error("the file is empty, but a network is needed."),
            var entry => (entry.Read(() => parse(text.Trim())), null),
        };
    }

    private static (Network Network, Optimizer? Optimizer) OfExperiment(Experiment experiment) =>
        (experiment.Network, experiment.HasOptimizer ? experiment.Optimizer : null);
}

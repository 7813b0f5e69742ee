using System.CommandLine;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>A network whose weights may be words, as collapse and matrix read it: notation with --set, or a file.</summary>
internal static class SymbolicSource
{
    /// <summary>The network with what is given of its weights.</summary>
    public static Experiment Read(Session session, ParseResult parsed, string text, OneLine given) =>
        text == "-" || NetworkSource.IsFile(text)
            ? given.RequireNone(parsed, Load(session, text))
            : given.Read(parsed, text, symbols: true);

    /// <summary>What is given of the weights: words and numbers.</summary>
    public static Dictionary<string, IReadOnlyList<Expr>> Weights(Experiment experiment)
    {
        var weights = new Dictionary<string, IReadOnlyList<Expr>>(experiment.SymbolicWeights);
        foreach ((string name, ParameterValues values) in experiment.Weights)
            weights[name] =
            [
                .. Enumerable
                    .Range(0, values.Length)
                    .Select(i => Expr.Of(values.Exact(i) ?? throw new LonghandException($"{name} holds a number that is not finite."))),
            ];
        return weights;
    }

    // A file may hold the notation of a network alone, as in summary.
    private static Experiment Load(Session session, string path)
    {
        string name = path == "-" ? "standard input" : path;
        string text = path == "-" ? session.ReadInput() : EntryText.ReadFile(path, "the network");
        string folder = path == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var source = new Source(name);
        Entry entry = EntryText.Parse(source, text) ?? throw source.Error("the file is empty, but a network is needed.");
        return entry is MapEntry
            ? Experiment.Read(entry, folder, symbols: true)
            : new Experiment
            {
                Source = source,
                BaseDirectory = folder,
                Network = entry.Read(() => Network.Parse(text.Trim())),
            };
    }
}

using Longhand.Analysis;
using Longhand.Experiments.Reports;

namespace Longhand.Playground.Questions;

/// <summary>A network whose summary is asked for, with what is chosen beside it.</summary>
internal sealed class SummaryAsked
{
    /// <summary>What can be said of it.</summary>
    public static readonly string[] Arguments = ["network", "batch", "dtype", "set", "optimizer"];

    private readonly int batch,
        bytes;
    private readonly Optimizer optimizer;

    /// <exception cref="LonghandException">Something cannot be read or is too large.</exception>
    public SummaryAsked(Asked asked)
    {
        string text = asked.Text("network", most: Limits.NetworkLength);
        batch = asked.Whole("batch", 1, 1_000_000_000, 1);
        bytes = SummarySettings.Bytes("dtype", asked.Text("dtype", "f32"));
        Numbers = asked.Text("set", "") is { Length: > 0 } set ? SummarySettings.Numbers("numbers for letters:", [set]) : [];
        optimizer = Optimizer.Parse(asked.Text("optimizer", "sgd lr=0.1"));
        Places = Read(text, Numbers);
        Network formulas = Numbers.Count == 0 ? Places.Network : Network.ParseWithLetters(text);
        Summary = Of(Places.Network);
        Formulas = formulas.HasLetters ? Of(formulas) : null;
    }

    /// <summary>The numbers that letters stand for.</summary>
    public Dictionary<string, int> Numbers { get; }

    /// <summary>The network and where its layers stand in its text.</summary>
    public NotationPlaces Places { get; }

    /// <summary>Its summary with numbers in place of letters, as far as they are given.</summary>
    public Summary Summary { get; }

    /// <summary>Its summary as it is written, where it has letters.</summary>
    public Summary? Formulas { get; }

    /// <summary>Reads a network that is no larger than a page may ask for.</summary>
    public static NotationPlaces Read(string text, IReadOnlyDictionary<string, int> numbers)
    {
        var places = NotationPlaces.Parse(text, numbers);
        return places.Network.Nodes.Count <= Limits.SummaryLayers
            ? places
            : throw new LonghandException(
                $"The network has {places.Network.Nodes.Count} layers; {Limits.SummaryLayers} is the limit here."
            );
    }

    private Summary Of(Network network) => Summary.Of(network, batch, bytes, optimizer);
}

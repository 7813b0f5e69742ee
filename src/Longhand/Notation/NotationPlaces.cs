using Longhand.Layers;

namespace Longhand;

/// <summary>
/// A network with the text that it was read from: where each of its layers stands there, and that text with one of them changed. What
/// comes of a change is text, and may be no network any more: reading it says so.
/// </summary>
internal sealed class NotationPlaces
{
    private readonly NotationSource source;
    private readonly IReadOnlyList<PartCore> cores;
    private readonly IReadOnlyList<NotationStep> made;

    private NotationPlaces(NotationSource source, NotationReader reader, Network network)
    {
        this.source = source;
        (cores, made, Network) = (reader.Cores, reader.Made, network);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Reads a network whose sizes may be letters.</summary>
    /// <param name="text">The notation.</param>
    /// <param name="numbers">Numbers for letters.</param>
    /// <exception cref="LonghandException">It cannot be read, or a letter is not in it.</exception>
    public static NotationPlaces Parse(string text, IReadOnlyDictionary<string, int> numbers)
    {
        var source = new NotationSource(text);
        var letters = new NotationLetters(numbers);
        var reader = new NotationReader(source, Layer.Kinds, letters);
        Network network = reader.Read();
        letters.RequireAllRead();
        return new(source, reader, network);
    }

    /// <summary>Where the words of a value's layer stand: from, and up to; null for a layer that was inserted and has none.</summary>
    /// <param name="value">0 for the input, k + 1 for the output of node k.</param>
    public (int Start, int End)? Words(int value)
    {
        if (value == 0)
            return (cores[0].Start, cores[0].End);
        return !Network.Nodes[value - 1].Inserted && made[value - 1] is LayerStep step ? (step.At, step.End) : null;
    }

    /// <summary>Whether a value's layer begins its part, so that it can be moved with what stands behind it.</summary>
    public bool BeginsPart(int value) => value > 0 && Words(value) is { } words && words.Start == cores[Core(value)].Start;

    /// <summary>The part that a value's layer stands in, the input's being 0.</summary>
    public int PartOf(int value) => Core(value);

    /// <summary>The first value that a part makes; the last of all where it makes none.</summary>
    public int FirstOf(int part)
    {
        int value = 0;
        while (value < Network.Nodes.Count && (Core(value) < part || Words(value) is null))
            value++;
        return value;
    }

    /// <summary>Other words in the place of a layer's, or of the input's.</summary>
    /// <exception cref="LonghandException">It was inserted and stands nowhere.</exception>
    public string Changed(int value, string words)
    {
        (int start, int end) = RequireWords(value);
        return source.Text[..start] + words + source.Text[end..];
    }

    /// <summary>The text without a layer; with it goes its part, where nothing else stands in that.</summary>
    /// <exception cref="LonghandException">It is the input, was inserted, or its parentheses cannot be left to others.</exception>
    public string Removed(int value)
    {
        if (value == 0)
            throw new LonghandException("a network has an input; change it instead.");
        (int start, int end) = RequireWords(value);
        int at = Core(value);
        PartCore core = cores[at];
        if (start > core.Start)
            return source.Text[..start].TrimEnd() + source.Text[end..];
        if (end < core.End && !Rest(end, core.End).StartsWith("as ", StringComparison.OrdinalIgnoreCase))
            return source.Text[..start] + Rest(end, core.End) + source.Text[core.End..];
        return WithoutPart(at);
    }

    /// <summary>The text with another part behind the one that a layer stands in.</summary>
    public string Added(int value, string part)
    {
        int at = Core(value);
        return source.Text[..cores[at].End] + Arrow(at) + part + source.Text[cores[at].End..];
    }

    /// <summary>The text with a layer's part in the place of the one before it, or behind it, and that in its own.</summary>
    /// <param name="value">Which layer.</param>
    /// <param name="by">−1 for the one before, 1 for the one behind.</param>
    /// <exception cref="LonghandException">It stands first or last already.</exception>
    public string Moved(int value, int by)
    {
        RequireWords(value);
        int first = Math.Min(Core(value), Core(value) + by),
            second = first + 1;
        if (value == 0 || first < 1 || second >= cores.Count)
            throw new LonghandException(by < 0 ? "it is the first already." : "it is the last already.");
        (PartCore a, PartCore b) = (cores[first], cores[second]);
        string text = source.Text;
        return text[..a.Start] + text[b.Start..b.End] + text[a.End..b.Start] + text[a.Start..a.End] + text[b.End..];
    }

    private string WithoutPart(int at)
    {
        PartCore core = cores[at];
        string text = source.Text,
            before = text[core.Part.Start..core.Start],
            behind = text[core.End..core.Part.End];
        bool opens = before.Contains('('),
            closes = behind.Contains(')');
        if (opens && closes)
        {
            if (before.Count(c => c == '(') != behind.Count(c => c == ')'))
                throw new LonghandException("its parentheses hold other layers, too; take it out in the text.");
            opens = closes = false;
            core = core with { Start = core.Part.Start, End = core.Part.End };
        }
        // What follows takes the place, with the parenthesis before it; or what went before keeps the one behind.
        if (opens || at == 0)
            return text[..core.Start] + text[cores[at + 1].Part.Start..];
        return text[..cores[at - 1].Part.End] + text[core.End..];
    }

    // As the arrows beside the part are written.
    private string Arrow(int at)
    {
        int left = Math.Min(at, cores.Count - 2);
        return source.Text[cores[left].Part.End..cores[left + 1].Part.Start];
    }

    private int Core(int value)
    {
        if (value == 0)
            return 0;
        Part part = made[value - 1].Part;
        for (int at = 1; at < cores.Count; at++)
            if (cores[at].Part.Number == part.Number)
                return at;
        throw new InvalidOperationException("a layer stands in no part");
    }

    private string Rest(int from, int to) => source.Text[from..to].TrimStart();

    private (int Start, int End) RequireWords(int value) =>
        Words(value)
        ?? throw new LonghandException(
            $"{Network.Nodes[value - 1].Name} stands nowhere in the text: it was inserted, since the layer behind it reads a vector."
        );
}

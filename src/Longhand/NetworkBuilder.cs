using Longhand.Layers;

namespace Longhand;

/// <summary>Puts a network together layer by layer: names the layers, inserts flattens, follows branches, checks the shapes.</summary>
public sealed class NetworkBuilder(Shape input)
{
    /// <summary>No network has more layers.</summary>
    public const int MaximumLayers = 100_000;

    // The words of the notation that are no layers.
    private static readonly string[] words = ["as", "from"];

    private const int LongestName = 64;
    private const int MaximumConnections = 1_000_000;

    private readonly List<Node> nodes = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> layerNames = new(StringComparer.Ordinal);
    private long parameters;
    private long connections;

    /// <summary>How many layers there are.</summary>
    internal int Count => nodes.Count;

    /// <summary>The value that the next layer reads.</summary>
    public int Current { get; private set; }

    /// <summary>The shape of that value.</summary>
    public Shape CurrentShape => ShapeOf(Current);

    /// <summary>Adds a layer behind the current value; a joining layer reads the named values as well.</summary>
    /// <exception cref="ShapeException">The layer cannot read these shapes.</exception>
    /// <exception cref="LonghandException">A name is unknown, or the network grows too large.</exception>
    public NetworkBuilder Add(Layer layer, params IEnumerable<string> others)
    {
        List<int> inputs = [Current, .. others.Select(Find)];
        if (layer.IsJoin && inputs.Count < 2)
            throw new LonghandException(
                $"{layer.Kind} joins the current value with others: name at least one, as in \"{layer.Kind} short\"."
            );
        connections += inputs.Count;
        if (connections > MaximumConnections)
            throw new LonghandException($"The layers of a network read at most {MaximumConnections} values.");
        if (!layer.IsJoin && inputs.Count > 1)
            throw new LonghandException($"{layer.Kind} reads the current value alone; only a joining layer reads named values as well.");
        if (layer.ReadsVector && CurrentShape.IsImage)
        {
            Append(new Flatten(), inputs, inserted: true);
            inputs = [Current];
        }
        Append(layer, inputs, inserted: false);
        return this;
    }

    /// <summary>Gives the current value a name, to be continued from or joined with.</summary>
    /// <exception cref="LonghandException">The name is taken, or is a word of the notation.</exception>
    public NetworkBuilder As(string name)
    {
        if (!IsName(name))
            throw new LonghandException(
                name.Length > LongestName
                    ? $"{Quoted.Of(name)} is too long for a name, which has at most {LongestName} characters."
                    : $"{Quoted.Of(name)} is not a name. A name begins with a letter and goes on with letters, digits, \"_\" or \"-\", as in \"short\"."
            );
        if (Layer.Kinds.Find(name) is not null || words.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new LonghandException($"{Quoted.Of(name)} is a word of the notation. Choose another name behind \"as\".");
        if (!names.TryAdd(name, Current))
            throw new LonghandException($"The name {Quoted.Of(name)} is given twice; each value has a name of its own.");
        return this;
    }

    /// <summary>Continues from a named value.</summary>
    /// <exception cref="LonghandException">There is no such name.</exception>
    public NetworkBuilder From(string name)
    {
        Current = Find(name);
        return this;
    }

    /// <summary>The network; its output is the current value.</summary>
    /// <exception cref="LonghandException">A name given with <c>as</c> is the name of a layer.</exception>
    public Network Build() => Build([]);

    internal Network Build(IReadOnlyList<string> warnings)
    {
        if (names.Keys.FirstOrDefault(layerNames.Contains) is { } clash)
            throw new LonghandException($"\"{clash}\" is the name of a layer. Choose another name behind \"as\".");
        return new Network(input, [.. nodes], Current, new Dictionary<string, int>(names)) { Warnings = warnings };
    }

    /// <summary>Takes a name back, so that it can be given again.</summary>
    internal void Forget(string name) => names.Remove(name);

    /// <summary>Whether a layer is called so.</summary>
    internal bool IsLayer(string name) => layerNames.Contains(name);

    /// <summary>The layers whose value nothing reads, the current one aside.</summary>
    internal IEnumerable<Node> Unread()
    {
        HashSet<int> read = [Current, .. nodes.SelectMany(node => node.Inputs)];
        return nodes.Where(node => !read.Contains(node.Value));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name[^1] != '-'
        && name.All(c => char.IsLetter(c) || char.IsNumber(c) || c is '_' or '-');

    private void Append(Layer layer, List<int> inputs, bool inserted)
    {
        if (nodes.Count == MaximumLayers)
            throw new LonghandException($"A network has at most {MaximumLayers} layers.");
        int number = counts[layer.Kind] = counts.GetValueOrDefault(layer.Kind) + 1;
        string name = $"{layer.Kind}{number}";
        Shape[] shapes = [.. inputs.Select(ShapeOf)];
        Node node;
        try
        {
            Shape output = layer.Output(shapes);
            if (!output.HasLetters)
                _ = output.Length;
            node = new(nodes.Count, name, layer, inputs, output, layer.Parameters(shapes)) { Inserted = inserted };
            foreach (Parameter p in node.Parameters.Where(p => !p.HasLetters))
                parameters = checked(parameters + p.Length);
        }
        catch (OverflowException)
        {
            throw new ShapeException($"With {name} the network has more numbers than can be counted in 64 bits.");
        }
        nodes.Add(node);
        layerNames.Add(name);
        Current = node.Value;
    }

    private Shape ShapeOf(int value) => value == 0 ? input : nodes[value - 1].Output;

    private int Find(string name) =>
        names.TryGetValue(name, out int value)
            ? value
            : throw new LonghandException(
                $"No value is called {Quoted.Of(name)}."
                    + (
                        layerNames.Contains(name) ? $" It is a layer: give its value a name with \"as NAME\" behind it."
                        : Nearest.Word(name, names.Keys) is { } near ? $" Did you mean \"{near}\"?"
                        : names.Count == 0 ? " Name one with \"as NAME\" behind a layer."
                        : $" There are {string.Join(", ", names.Keys.Take(20))}."
                    )
            );
}

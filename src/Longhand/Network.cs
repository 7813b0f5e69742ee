using Longhand.Layers;

namespace Longhand;

/// <summary>
/// The structure of a network: named layers that read values and write one each. It is immutable and holds no weights, so that a network of
/// a billion parameters can be looked at; a <see cref="Model"/> adds the numbers. Value 0 is the input, value k + 1 the output of node k;
/// in a chain node k reads value k.
/// </summary>
public sealed class Network
{
    internal Network(Shape input, IReadOnlyList<Node> nodes, int outputValue, IReadOnlyDictionary<string, int> names)
    {
        Input = input;
        Nodes = nodes;
        OutputValue = outputValue;
        Names = names;
        Parameters = [.. nodes.SelectMany(node => node.Parameters.Select(p => new NetworkParameter($"{node.Name}.{p.Name}", node, p)))];
    }

    /// <summary>The shape of the input.</summary>
    public Shape Input { get; }

    /// <summary>The layers in an order in which each reads only what stands before it.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The number of the value that is the network's output.</summary>
    public int OutputValue { get; }

    /// <summary>The values that were given names with <c>as</c>.</summary>
    public IReadOnlyDictionary<string, int> Names { get; }

    /// <summary>What its text probably did not mean (<c>1x28x28</c>: the height comes first); empty for a network made in code.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Every parameter array with its full name, in the order of the layers.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>The shape of the output.</summary>
    public Shape Output => ShapeOf(OutputValue);

    /// <summary>How many numbers training changes.</summary>
    public long ParameterCount => Parameters.Where(p => p.Parameter.Trainable).Sum(p => p.Parameter.Length);

    /// <summary>What is known of the outputs.</summary>
    public OutputRange Range => RangeOf(OutputValue);

    /// <summary>Reads the notation of a network, such as <c>2 -> dense 8 tanh -> dense 1</c>.</summary>
    /// <exception cref="LonghandException">It is not a network; the message names the part, its position and what would be right.</exception>
    public static Network Parse(string notation)
    {
        ArgumentNullException.ThrowIfNull(notation);
        return Notation.Parse(notation);
    }

    /// <summary>Reads a network from a list whose items are its parts, the first of them the input.</summary>
    /// <exception cref="LonghandException">They are not a network; the message names the part, its position and what would be right.</exception>
    public static Network Parse(IEnumerable<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Notation.Parse(parts);
    }

    /// <summary>
    /// Reads the notation of a network whose sizes may be letters, as in <c>n -> dense m</c>: inputs, units, filters, channels, and heights and
    /// widths as far as no stride divides them. Its summary is in formulas; it can neither be trained nor run.
    /// </summary>
    /// <param name="notation">The notation. A letter is a single one other than x, with digits behind it or not; n and N are two.</param>
    /// <param name="numbers">Numbers that are put in for letters; for all of them, this is an ordinary network.</param>
    /// <exception cref="LonghandException">It is not a network, or a number is given for a letter that it does not have.</exception>
    public static Network ParseWithLetters(string notation, IReadOnlyDictionary<string, int>? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(notation);
        return Notation.Parse(notation, numbers ?? new Dictionary<string, int>());
    }

    /// <summary>Whether any of its sizes is a letter.</summary>
    public bool HasLetters => Input.HasLetters || Nodes.Any(node => node.Output.HasLetters);

    /// <summary>A chain of layers; a flatten is inserted where a layer reads a vector and is given an image.</summary>
    /// <exception cref="ShapeException">A layer cannot read what the one before it writes.</exception>
    public static Network Chain(Shape input, params IEnumerable<Layer> layers)
    {
        var builder = new NetworkBuilder(input);
        foreach (Layer layer in layers)
            builder.Add(layer);
        return builder.Build();
    }

    /// <summary>The shape of a value.</summary>
    public Shape ShapeOf(int value) => value == 0 ? Input : Nodes[value - 1].Output;

    /// <summary>What is known of a value.</summary>
    public OutputRange RangeOf(int value)
    {
        // From the value back to the input, then forward again: a network may be too deep to recurse through.
        var path = new Stack<Node>();
        for (int v = value; v != 0; v = path.Peek().Inputs[0])
            path.Push(Nodes[v - 1]);
        OutputRange range = OutputRange.Unbounded;
        foreach (Node node in path)
        {
            Shape input = ShapeOf(node.Inputs[0]);
            // The channels of one pixel may be a distribution; many pixels side by side in a vector are many of them.
            if (input.Height * (long)input.Width > 1 && !node.Output.IsImage)
                range = range with { IsDistribution = false, IsLogDistribution = false };
            range = node.Layer.Range(range);
        }
        return range;
    }

    /// <summary>The parameter of that name, such as <c>dense1.weight</c>.</summary>
    /// <exception cref="LonghandException">There is none; the nearest is suggested.</exception>
    public NetworkParameter Parameter(string name) =>
        Parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new LonghandException(
            $"The network has no parameter {Quoted.Of(name)}."
                + (
                    Nearest.Word(name, [.. Parameters.Select(p => p.Name)]) is { } near
                        ? $" Did you mean \"{near}\"?"
                        : $" It has {(Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(p => p.Name)))}."
                )
        );

    /// <summary>The same network under conventions that choose what its text left open.</summary>
    public Network Under(Conventions conventions) =>
        new(Input, [.. Nodes.Select(node => node with { Layer = node.Layer.Under(conventions) })], OutputValue, Names)
        {
            Warnings = Warnings,
        };

    /// <summary>Trains the network from random weights.</summary>
    /// <returns>The model with the parameters that training ended with.</returns>
    /// <exception cref="LonghandException">Network, data and loss do not go together.</exception>
    /// <exception cref="TrainingFailedException">The loss left the finite numbers; the message names the layer where it began.</exception>
    public Model Train(DataSet data, Training training)
    {
        TrainingResult result = Run(data, training);
        return result.Problem is { } problem ? throw new TrainingFailedException(problem) : result.Model;
    }

    /// <summary>Trains the network and tells the whole story: history, speed, and why it ended.</summary>
    /// <exception cref="LonghandException">Network, data and loss do not go together.</exception>
    public TrainingResult Run(DataSet data, Training training) => new Trainer(this, data, training).Run();

    /// <summary>Refuses what <see cref="Run"/> would refuse, without computing anything.</summary>
    /// <exception cref="LonghandException">Network, data and loss do not go together, or the checkpoint belongs to another run.</exception>
    internal void RequireRunnable(DataSet data, Training training) => _ = new Trainer(this, data, training).Resumed();

    /// <summary>Refuses batches that a layer cannot train on.</summary>
    /// <exception cref="LonghandException">The message names the layer, and ends with <paramref name="remedy"/>.</exception>
    internal void RequireTrainable(int batch, string remedy = "")
    {
        foreach (Node node in Nodes)
            if (node.Layer.RefuseToTrainOn(batch, [.. node.Inputs.Select(ShapeOf)]) is { } problem)
                throw new LonghandException($"{node.Name} {problem}, but {(batch == 1 ? "there is 1" : $"there are {batch}")}.{remedy}");
    }

    /// <summary>The network in its notation; reading it back gives the same network.</summary>
    public override string ToString() => Notation.Write(this);
}

/// <summary>A layer in its place.</summary>
/// <param name="Index">Its position among the nodes; it writes value Index + 1.</param>
/// <param name="Name">Kind and running number: dense1.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The values that it reads.</param>
/// <param name="Output">The shape that it writes.</param>
/// <param name="Parameters">The parameters that it owns here.</param>
public sealed record Node(int Index, string Name, Layer Layer, IReadOnlyList<int> Inputs, Shape Output, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>The number of the value that it writes.</summary>
    public int Value => Index + 1;

    /// <summary>Whether the notation put it there (a flatten before a dense layer).</summary>
    public bool Inserted { get; init; }
}

/// <summary>A parameter with its full name.</summary>
/// <param name="Name">Layer and parameter: dense1.weight.</param>
/// <param name="Node">The layer that owns it.</param>
/// <param name="Parameter">Sizes and role.</param>
public sealed record NetworkParameter(string Name, Node Node, Parameter Parameter);

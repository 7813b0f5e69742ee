using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// What the architecture alone tells of a network, without a weight being made: shapes, parameters, multiplications, receptive fields and
/// memory, layer by layer and in total.
/// </summary>
public sealed class Summary
{
    /// <summary>What the input is called among the values that are kept.</summary>
    public const string InputName = "x";

    private Summary(Network network, int batch, int bytes, Optimizer optimizer)
    {
        (Network, Batch, BytesPerNumber, Optimizer) = (network, batch, bytes, optimizer);
        // What a pixel sees depends on the sizes where padding does; with letters it is left out.
        Fields = network.HasLetters ? new ReceptiveField?[network.Nodes.Count + 1] : ReceptiveField.Of(network);
        HashSet<int> reached = Reached(network);
        var kept = new SortedSet<int>();
        Layers = [.. network.Nodes.Select(node => Layer(node, reached, kept))];
        KeptValues = [.. kept];
        ParameterFormula = Sum(Layers.Select(layer => layer.ParameterFormula));
        MultiplicationFormula = Sum(Layers.Select(layer => layer.MultiplicationFormula));
        Polynomial parameters = ParameterFormula * Polynomial.Of(bytes);
        MemoryFormula = new(
            parameters,
            Bytes(Enumerable.Range(0, network.Nodes.Count + 1)),
            Bytes(KeptValues),
            Bytes(KeptValues.Where(value => value != 0).Append(network.OutputValue)),
            parameters * Polynomial.Of(optimizer.State.Count)
        );
        if (!network.HasLetters)
            _ = (Multiplications, Memory);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>How many examples are in a batch.</summary>
    public int Batch { get; }

    /// <summary>How many bytes a number takes.</summary>
    public int BytesPerNumber { get; }

    /// <summary>What would train it.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The layers, in the order of the network's nodes.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>The receptive field of each value: see <see cref="ReceptiveField.Of(Network)"/>.</summary>
    public IReadOnlyList<ReceptiveField?> Fields { get; }

    /// <summary>The values that any layer needs on its way back, each once, in their order.</summary>
    public IReadOnlyList<int> KeptValues { get; }

    /// <summary>How many numbers training changes.</summary>
    public Polynomial ParameterFormula { get; }

    /// <summary>How many multiplications by weights one example takes; see <see cref="Layer.MultiplicationFormula"/>.</summary>
    public Polynomial MultiplicationFormula { get; }

    /// <summary>What the batch takes in memory, in bytes.</summary>
    public MemoryFormula MemoryFormula { get; }

    /// <summary><see cref="MultiplicationFormula"/> as a number.</summary>
    /// <exception cref="LonghandException">A size of the network is a letter.</exception>
    public long Multiplications => MultiplicationFormula.ToInt64();

    /// <summary><see cref="MemoryFormula"/> as numbers.</summary>
    /// <exception cref="LonghandException">A size of the network is a letter.</exception>
    public MemoryUse Memory =>
        new(
            MemoryFormula.Parameters.ToInt64(),
            MemoryFormula.Forward.ToInt64(),
            MemoryFormula.Stored.ToInt64(),
            MemoryFormula.Optimizer.ToInt64()
        );

    /// <param name="network">The network.</param>
    /// <param name="batch">How many examples are in a batch.</param>
    /// <param name="bytesPerNumber">2, 4 or 8.</param>
    /// <param name="optimizer">What would train it; plain gradient descent, which keeps nothing, if none is given.</param>
    /// <exception cref="LonghandException">There is something that cannot be counted in 64 bits.</exception>
    public static Summary Of(Network network, int batch = 1, int bytesPerNumber = 4, Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerNumber, 1);
        try
        {
            return new(network, batch, bytesPerNumber, optimizer ?? Optimizer.Sgd(0.1));
        }
        catch (OverflowException)
        {
            throw new LonghandException(
                "The network has more multiplications, or takes more bytes, than can be counted in 64 bits. Take fewer units or filters, a smaller image or a smaller batch."
            );
        }
    }

    /// <summary>What a value is called: the layer that writes it, or <see cref="InputName"/>.</summary>
    public string NameOf(int value) => value == 0 ? InputName : Network.Nodes[value - 1].Name;

    private LayerSummary Layer(Node node, HashSet<int> reached, SortedSet<int> kept)
    {
        IReadOnlyList<int> stored = reached.Contains(node.Value) ? Analysis.KeptValues.Of(Network, node) : [];
        kept.UnionWith(stored);
        Polynomial Count(Func<Parameter, bool> which) => Sum(node.Parameters.Where(p => p.Trainable && which(p)).Select(p => p.Formula));
        return new(node)
        {
            ParameterFormula = Count(_ => true),
            WeightFormula = Count(p => p.Role == ParameterRole.Weight),
            BiasFormula = Count(p => p.Role == ParameterRole.Bias),
            MultiplicationFormula = node.Layer.MultiplicationFormula([.. node.Inputs.Select(Network.ShapeOf)]),
            Field = Fields[node.Value],
            OutputByteFormula = Bytes([node.Value]),
            Stored = [.. stored.Select(NameOf)],
        };
    }

    /// <summary>The bytes of these values of a batch.</summary>
    internal Polynomial Bytes(IEnumerable<int> values) =>
        Sum(values.Select(value => Network.ShapeOf(value).Formula)) * Polynomial.Of((long)Batch * BytesPerNumber);

    private static Polynomial Sum(IEnumerable<Polynomial> terms) => terms.Aggregate(Polynomial.Zero, (sum, term) => sum + term);

    // The values that the output depends on; no gradient arrives at any other.
    private static HashSet<int> Reached(Network network)
    {
        HashSet<int> reached = [network.OutputValue];
        foreach (Node node in network.Nodes.Reverse())
            if (reached.Contains(node.Value))
                reached.UnionWith(node.Inputs);
        return reached;
    }
}

/// <summary>One row of a <see cref="Summary"/>.</summary>
/// <param name="Node">The layer in its place.</param>
public sealed record LayerSummary(Node Node)
{
    /// <summary>How many numbers training changes.</summary>
    public Polynomial ParameterFormula { get; init; } = Polynomial.Zero;

    /// <summary>How many of them multiply an input.</summary>
    public Polynomial WeightFormula { get; init; } = Polynomial.Zero;

    /// <summary>How many of them are added to a sum.</summary>
    public Polynomial BiasFormula { get; init; } = Polynomial.Zero;

    /// <summary>How many multiplications by weights one example takes.</summary>
    public Polynomial MultiplicationFormula { get; init; } = Polynomial.Zero;

    /// <summary>What the output of one batch takes, in bytes.</summary>
    public Polynomial OutputByteFormula { get; init; } = Polynomial.Zero;

    /// <summary><see cref="ParameterFormula"/> as a number.</summary>
    public long Parameters => ParameterFormula.ToInt64();

    /// <summary><see cref="WeightFormula"/> as a number.</summary>
    public long Weights => WeightFormula.ToInt64();

    /// <summary><see cref="BiasFormula"/> as a number.</summary>
    public long Biases => BiasFormula.ToInt64();

    /// <summary><see cref="MultiplicationFormula"/> as a number.</summary>
    public long Multiplications => MultiplicationFormula.ToInt64();

    /// <summary><see cref="OutputByteFormula"/> as a number.</summary>
    public long OutputBytes => OutputByteFormula.ToInt64();

    /// <summary>What the output sees of the network's input; null for a vector, which sees all of it.</summary>
    public ReceptiveField? Field { get; init; }

    /// <summary>The values that the way back reads, by the layers that wrote them; <c>x</c> is the network's input.</summary>
    public IReadOnlyList<string> Stored { get; init; } = [];
}

/// <summary>Bytes that one batch takes.</summary>
/// <param name="Parameters">What is trained.</param>
/// <param name="Forward">All values: the input and the outputs of all layers.</param>
/// <param name="Stored">Those among them that must be kept for the way back, each once; what a loss keeps of the output is not counted.</param>
/// <param name="Optimizer">What the optimizer keeps for the parameters.</param>
public sealed record MemoryUse(long Parameters, long Forward, long Stored, long Optimizer);

/// <summary>Bytes that one batch takes, in letters or numbers.</summary>
/// <param name="Parameters">What is trained.</param>
/// <param name="Forward">All values: the input and the outputs of all layers.</param>
/// <param name="Stored">Those among them that must be kept for the way back, each once; what a loss keeps of the output is not counted.</param>
/// <param name="StoredByCourse">
/// The same as course sheets count it: without the input, which the data hold anyway, and with ∂L/∂output, which the way back begins with.
/// </param>
/// <param name="Optimizer">What the optimizer keeps for the parameters.</param>
public sealed record MemoryFormula(
    Polynomial Parameters,
    Polynomial Forward,
    Polynomial Stored,
    Polynomial StoredByCourse,
    Polynomial Optimizer
);

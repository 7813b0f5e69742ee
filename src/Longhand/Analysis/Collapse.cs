using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>
/// A stack of linear layers as the single layer y = Wx + b that it is: in symbols where its weights are symbols, as fractions where they
/// are numbers. It is found by reading the network, in inference, with numbers that know sums and products with constants and nothing
/// else, so that a layer collapses without being known here.
/// </summary>
public sealed class Collapse
{
    /// <summary>No larger work is begun: products of the layers times inputs. With symbols, a part of it.</summary>
    public const long MaximumWork = 100_000_000;

    private const long MaximumSymbolicWork = 4_000_000,
        MaximumEntries = 1_000_000;

    private const int Digits = 17;

    private readonly Coefficient[][] columns;
    private readonly Coefficient[] bias;

    private Collapse(Network network, Coefficient[][] columns, Coefficient[] bias, int rank)
    {
        Network = network;
        this.columns = columns;
        this.bias = bias;
        Rank = rank;
    }

    /// <summary>The stack.</summary>
    public Network Network { get; }

    /// <summary>How many inputs the single layer has; an image is read channel by channel, row by row.</summary>
    public int Inputs => columns.Length;

    /// <summary>How many outputs it has.</summary>
    public int Outputs => bias.Length;

    /// <summary>Whether W and b are numbers rather than expressions in symbols.</summary>
    public bool IsNumeric => columns.All(column => column.All(c => c.IsNumber)) && bias.All(c => c.IsNumber);

    /// <summary>Whether nothing has been rounded: a root, or fractions that grew beyond all bounds, have been.</summary>
    public bool IsExact => columns.All(column => column.All(c => c.IsExact)) && bias.All(c => c.IsExact);

    /// <summary>The rank of W; with symbols that of almost all numbers in their place, found by putting random ones there.</summary>
    public int Rank { get; }

    /// <summary>Whether b is anything but zeros.</summary>
    public bool HasBias => bias.Any(c => c.Exact is not { IsZero: true });

    /// <summary>How many trainable numbers the stack has.</summary>
    public long ParametersBefore => Network.ParameterCount;

    /// <summary>How many the single layer has, without b where it is 0.</summary>
    public long ParametersAfter => (long)Inputs * Outputs + (HasBias ? Outputs : 0);

    /// <summary>W[output, input] as text: <c>ae + bf</c>, <c>-3/8</c>, or 17 digits where it has been rounded.</summary>
    public string Weight(int output, int input) => Text(columns[input][output]);

    /// <summary>b[output] as text.</summary>
    public string Bias(int output) => Text(bias[output]);

    /// <summary>W[output, input] in double precision; NaN for an expression in symbols.</summary>
    public double WeightValue(int output, int input) => Value(columns[input][output]);

    /// <summary>b[output] in double precision; NaN for an expression in symbols.</summary>
    public double BiasValue(int output) => Value(bias[output]);

    /// <summary>Collapses a model with its own numbers.</summary>
    /// <exception cref="LonghandException">A layer is not linear (it is named), or the result is too large.</exception>
    public static Collapse Run(Model model, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var weights = new Dictionary<string, IReadOnlyList<Expr>>();
        foreach ((int p, NetworkParameter parameter) in model.Network.Parameters.Index())
            weights[parameter.Name] =
            [
                .. Enumerable
                    .Range(0, model.Values[p].Length)
                    .Select(i =>
                        model.Values[p].Exact(i) is { } exact
                            ? Expr.Of(exact)
                            : throw new LonghandException($"{parameter.Name} holds a number that is not finite.")
                    ),
            ];
        return Run(model.Network, weights, null, cancellation);
    }

    /// <summary>Collapses a network whose weights are numbers, symbols, or both.</summary>
    /// <param name="network">The stack.</param>
    /// <param name="weights">By parameter name, the last index running fastest; what is absent is symbols named as in the working.</param>
    /// <param name="names">What parameters without weights are called, as in the working.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="LonghandException">A layer is not linear (it is named), or the result is too large.</exception>
    public static Collapse Run(
        Network network,
        IReadOnlyDictionary<string, IReadOnlyList<Expr>>? weights = null,
        IReadOnlyDictionary<string, string>? names = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        weights ??= new Dictionary<string, IReadOnlyList<Expr>>();
        foreach ((string name, IReadOnlyList<Expr> values) in weights)
            if (values.Count != network.Parameter(name).Parameter.Length)
                throw new ShapeException($"{name} has {network.Parameter(name).Parameter.Length} numbers, but {values.Count} were given.");
        bool symbolic = network.Parameters.Any(p => !weights.TryGetValue(p.Name, out var given) || given.Any(e => !e.HasValue));
        RequireBounded(network, symbolic ? MaximumSymbolicWork : MaximumWork);
        Expr[][] parameters = new CollapseSymbols(network, names).Fill(weights);
        (Coefficient[][] columns, Coefficient[] bias) = Read(network, parameters, cancellation);
        Coefficient[][] generic = symbolic ? Read(network, CollapseSymbols.Numbers(parameters), cancellation).Columns : columns;
        return new(network, columns, bias, MatrixRank.Of(generic));
    }

    // One pass for each input: it moves, the others stand still. What stays at the output is its column, what is there without it the bias.
    private static (Coefficient[][] Columns, Coefficient[] Bias) Read(Network network, Expr[][] parameters, CancellationToken cancellation)
    {
        Grid<Affine>[] grids =
        [
            .. network.Parameters.Select(
                (p, k) => new Grid<Affine>(Array.ConvertAll(parameters[k], e => Affine.Fixed(Coefficient.Of(e))), [.. p.Parameter.Sizes])
            ),
        ];
        var columns = new Coefficient[network.Input.Length][];
        Coefficient[] bias = [];
        long terms = 0;
        for (int input = 0; input < columns.Length; input++)
        {
            cancellation.ThrowIfCancellationRequested();
            var x = new Grid<Affine>([1, .. network.Input.MemoryOrder()]);
            for (int i = 0; i < x.Length; i++)
                x.SetFlat(i, Affine.Input(moves: i == input));
            Affine[] output = Forward(network, grids, x).ToArray();
            columns[input] = Array.ConvertAll(output, y => y.Slope);
            if (input == 0)
                bias = Array.ConvertAll(output, y => y.Constant);
            terms += columns[input].Concat(input == 0 ? bias : []).Where(c => !c.IsNumber).Sum(c => c.Terms);
            if (terms > Coefficient.MostTerms)
                throw new LonghandException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"written out, the single layer would have more than {Coefficient.MostTerms:N0} terms. With numbers for the weights each of its weights is one number."
                    )
                );
        }
        return (columns, bias);
    }

    private static Grid<Affine> Forward(Network network, Grid<Affine>[] parameters, Grid<Affine> x)
    {
        int done = 0;
        try
        {
            return new ReferenceRun<Affine>(network, parameters, x) { AfterForward = (node, _) => done = node.Index + 1 }.Forward();
        }
        catch (NotLinearException)
        {
            Node node = network.Nodes[done];
            throw new LonghandException(
                $"{node.Name} ({node.Layer.Notation}) is not linear, so that this network is no single linear layer."
            );
        }
    }

    // A parameter says how many numbers one output is summed from.
    private static void RequireBounded(Network network, long most)
    {
        double work = 0;
        foreach (Node node in network.Nodes)
            work += (double)node.Output.Length * (node.Parameters.Count == 0 ? 1 : node.Parameters.Max(p => (double)p.FanIn));
        double entries = (double)network.Input.Length * network.Output.Length;
        if (work * network.Input.Length > most || entries > MaximumEntries)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the network is too large to collapse here: the single layer would have {entries:N0} weights, found with about {work * network.Input.Length:N0} products; at most {MaximumEntries:N0} and {most:N0} are done."
                )
            );
    }

    /// <summary>In double precision; NaN for an expression in symbols.</summary>
    internal static double Value(Coefficient c) => c.Exact is { } exact ? (double)exact : c.Value;

    /// <summary>As a fraction, 17 digits where it has been rounded, or an expression.</summary>
    internal static string Text(Coefficient c) =>
        c.Exact is { } exact ? exact.ToString()
        : c.IsNumber ? c.Value.ToString("R", CultureInfo.InvariantCulture)
        : new TextNotation(e => new SymbolName(e.Name), Digits).Symbolic(c.ToExpr());
}

using System.Globalization;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Analysis;

/// <summary>A row of a network's truth table.</summary>
/// <param name="Input">The inputs.</param>
/// <param name="Values">The values of the outputs, before they are compared with the threshold.</param>
/// <param name="Outputs">Whether each value is at least the threshold, decided exactly where the values are fractions.</param>
/// <param name="OnThreshold">Whether a value is exactly the threshold.</param>
/// <param name="Hidden">The values of the activations before the output, in the order of <see cref="TruthTable.HiddenNames"/>; empty for tables of many rows.</param>
public sealed record TruthRow(
    IReadOnlyList<bool> Input,
    IReadOnlyList<double> Values,
    IReadOnlyList<bool> Outputs,
    bool OnThreshold,
    IReadOnlyList<double> Hidden
);

/// <summary>The Boolean function that a network computes: its outputs for all 2ⁿ inputs of zeros and ones, compared with a threshold.</summary>
public sealed class TruthTable
{
    /// <summary>The most inputs: 2^16 rows.</summary>
    public const int MostInputs = 16;

    private const int MostRowsWithHidden = 1024,
        MostOutputs = 64;

    // Closer to the threshold than this, doubles may fall on the wrong side of it; then fractions decide, and in small tables always.
    private const double Close = 1e-6;

    private const long MostExact = 200_000;

    private TruthTable(IReadOnlyList<string> inputs) => Inputs = inputs;

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The names of the hidden values: h₁, h₂, with the number of the layer above where there are several.</summary>
    public IReadOnlyList<string> HiddenNames { get; private init; } = [];

    /// <summary>All rows, counting upwards in binary.</summary>
    public IReadOnlyList<TruthRow> Rows { get; private init; } = [];

    /// <summary>Values from here on are true.</summary>
    public Rational Threshold { get; private init; }

    /// <summary>Why the threshold is what it is.</summary>
    public string Rule { get; private init; } = "";

    /// <summary>The function of each output.</summary>
    public IReadOnlyList<BooleanFunction> Functions { get; private init; } = [];

    /// <summary>The truth table of a model.</summary>
    /// <param name="model">Network and weights.</param>
    /// <param name="threshold">
    /// From which value on an output is true; null takes ½ for outputs that are probabilities, not negative, or 0 and 1 in every row, and 0
    /// for all others.
    /// </param>
    /// <param name="names">The names of the inputs; null for A, B, C, ….</param>
    /// <exception cref="LonghandException">The network reads or writes an image, or has too many inputs or outputs.</exception>
    public static TruthTable Of(Model model, Rational? threshold = null, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Network network = model.Network;
        if (network.Input.IsImage || network.Input.Length > MostInputs)
            throw new LonghandException(
                $"A truth table needs a network of at most {MostInputs} inputs (2^{MostInputs} = {1 << MostInputs} rows), but this one reads {network.Input}."
            );
        if (network.Output.IsImage || network.Output.Length > MostOutputs)
            throw new LonghandException(
                $"A truth table has room for at most {MostOutputs} outputs, but this network writes {network.Output}."
            );
        int n = (int)network.Input.Length,
            count = 1 << n,
            outputs = (int)network.Output.Length;
        int[] all = [.. Enumerable.Range(0, count)];
        ReferenceRun<Float64> run = Run(model, all, n, Float64.Of, (values, i) => Float64.Of(values.Double(i)));
        double[] values = Array.ConvertAll(run.Output.ToArray(), value => value.Value);
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and int bad)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"For the input ({string.Join(", ", Bits(bad / outputs, n).Select(b => b ? 1 : 0))}) the output is {values[bad]}, which is no truth value."
                )
            );
        (Rational from, string rule) = threshold is { } given ? (given, "as given") : Choose(network.Range, values);
        bool small = count * Math.Max(1, network.ParameterCount) <= MostExact;
        int[] close =
        [
            .. all.Where(row => small || Enumerable.Range(0, outputs).Any(k => Math.Abs(values[row * outputs + k] - (double)from) < Close)),
        ];
        var exact = new Dictionary<int, Rational?[]>();
        foreach (int row in close)
        {
            Expr[] decided = Run(
                model,
                [row],
                n,
                value => Expr.Of(value),
                (p, i) => p.Exact(i) is { } e ? Expr.Of(e) : Expr.Of(p.Double(i))
            )
                .Output.ToArray();
            exact[row] = Array.ConvertAll(decided, e => e.Exact);
        }
        var hidden = network
            .Nodes.Where(node => node.Layer.IsActivation && node.Value != network.OutputValue && !node.Output.IsImage)
            .ToList();
        bool shows = count <= MostRowsWithHidden;
        TruthRow[] rows =
        [
            .. all.Select(row =>
            {
                double[] own = values[(row * outputs)..((row + 1) * outputs)];
                int[] signs =
                [
                    .. own.Select(
                        (value, k) =>
                            exact.TryGetValue(row, out Rational?[]? e) && e[k] is { } fraction
                                ? fraction.CompareTo(from)
                                : value.CompareTo((double)from)
                    ),
                ];
                return new TruthRow(
                    Bits(row, n),
                    own,
                    [.. signs.Select(sign => sign >= 0)],
                    signs.Contains(0),
                    shows
                        ?
                        [
                            .. hidden.SelectMany(node =>
                                Enumerable.Range(0, (int)node.Output.Length).Select(i => run.Value(node.Value)[row, i].Value)
                            ),
                        ]
                        : []
                );
            }),
        ];
        string[] inputs = names is null ? [.. Enumerable.Range(0, n).Select(i => ((char)('A' + i)).ToString())] : [.. names];
        return new TruthTable(inputs)
        {
            HiddenNames = shows ? [.. hidden.SelectMany((node, layer) => Names(node, hidden.Count > 1 ? layer + 1 : null))] : [],
            Rows = rows,
            Threshold = from,
            Rule = rule,
            Functions = [.. Enumerable.Range(0, outputs).Select(k => new BooleanFunction(inputs, [.. rows.Select(row => row.Outputs[k])]))],
        };
    }

    private static bool[] Bits(int row, int n) => [.. Enumerable.Range(0, n).Select(v => BooleanExpression.ValueIn(row, v, n))];

    private static IEnumerable<string> Names(Node node, int? layer) =>
        Enumerable
            .Range(1, (int)node.Output.Length)
            .Select(i =>
                new Working.SymbolName("h")
                {
                    Layer = layer,
                    Indices = [i],
                    IsBracketed = node.Output.Length > 9,
                }.ToString()
            );

    private static (Rational, string) Choose(Layers.OutputRange range, double[] values) =>
        range.IsProbability ? ((Rational)1 / 2, "the outputs lie between 0 and 1")
        : range.Low >= 0 ? ((Rational)1 / 2, "no output is below 0")
        : Array.TrueForAll(values, value => value is 0 or 1) ? ((Rational)1 / 2, "the outputs are 0 and 1 themselves")
        : (0, "the outputs may be any number, as logits are");

    private static ReferenceRun<T> Run<T>(Model model, int[] rows, int n, Func<double, T> of, Func<ParameterValues, int, T> read)
        where T : IScalar<T>
    {
        var input = new Grid<T>(rows.Length, n);
        foreach ((int i, int row) in rows.Index())
            for (int v = 0; v < n; v++)
                input[i, v] = of(BooleanExpression.ValueIn(row, v, n) ? 1 : 0);
        Network network = model.Network;
        Grid<T>[] parameters = [.. network.Parameters.Select((p, k) => model.Values[k].Grid(p.Parameter, i => read(model.Values[k], i)))];
        var run = new ReferenceRun<T>(network, parameters, input);
        run.Forward();
        return run;
    }
}

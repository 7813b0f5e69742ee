using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Grading.Slips;

/// <summary>What a slip at one layer can see of the pass in which it is made, and how it does the layer's work over again.</summary>
internal sealed class SlipSite(
    Network network,
    ExplainRequest request,
    ReferenceRun<Interval> run,
    IReadOnlyList<Grid<Interval>> parameters,
    Node node
)
{
    private readonly int[] own =
    [
        .. Enumerable.Range(0, network.Parameters.Count).Where(p => network.Parameters[p].Node.Index == node.Index),
    ];

    /// <summary>The layer.</summary>
    public Node Node => node;

    /// <summary>What is worked out.</summary>
    public ExplainRequest Request => request;

    /// <summary>What it reads.</summary>
    public Grid<Interval> X => run.Value(node.Inputs[0]);

    /// <summary>What it writes.</summary>
    public Grid<Interval> Y => run.Value(node.Value);

    /// <summary>∂L/∂y.</summary>
    public Grid<Interval> DY => run.Gradient(node.Value)!;

    /// <summary>The layer that makes x; null where x is the input.</summary>
    public Node? Before => node.Inputs[0] == 0 ? null : network.Nodes[node.Inputs[0] - 1];

    /// <summary>What the layer before reads.</summary>
    public Grid<Interval> BeforeX => run.Value(Before!.Inputs[0]);

    /// <summary>∂L/∂ of a parameter of this layer, once it is known.</summary>
    public Grid<Interval> GradientOf(NetworkParameter parameter) => run.ParameterResults[IndexOf(parameter)];

    /// <summary>The output, with other parameters or by another layer.</summary>
    public Grid<Interval> Forward(Func<NetworkParameter, Grid<Interval>, Grid<Interval>>? change = null, Layer? by = null)
    {
        var y = new Grid<Interval>([.. Y.Sizes]);
        (by ?? node.Layer).Forward(Pass(change, y, [], null, X));
        return y;
    }

    /// <summary>∂L/∂x and ∂L/∂parameter, with other parameters, another input or by another layer.</summary>
    public (Grid<Interval> DX, Func<NetworkParameter, Grid<Interval>> Parameter) Backward(
        Func<NetworkParameter, Grid<Interval>, Grid<Interval>>? change = null,
        Grid<Interval>? x = null,
        Layer? by = null
    )
    {
        Grid<Interval>[] inputs = [.. node.Inputs.Select(i => new Grid<Interval>([.. run.Value(i).Sizes]))];
        Grid<Interval>[] results = Results();
        (by ?? node.Layer).Backward(Pass(change, Y, inputs, DY, x ?? X, results));
        return (inputs[0], p => results[Array.IndexOf(own, IndexOf(p))]);
    }

    /// <summary>A grid like another, each number made of the one at its place.</summary>
    public static Grid<Interval> Map(Grid<Interval> like, Func<int, Interval> at)
    {
        var grid = new Grid<Interval>([.. like.Sizes]);
        for (int i = 0; i < grid.Length; i++)
            grid.SetFlat(i, at(i));
        return grid;
    }

    /// <summary>The targets as the loss reads them.</summary>
    public static Grid<Interval> Targets(Network network, ExplainRequest request)
    {
        int outputs = network.Output[0];
        IEnumerable<double> numbers = request.Classes is { } classes
            ? classes.SelectMany(label => request.Loss!.Encode(label, outputs, network.Range))
            : request.Targets!.SelectMany(row => row.Select(v => (double)v));
        return new([.. numbers.Select(v => new Interval(v))], request.Inputs.Count, outputs);
    }

    private Grid<Interval>[] Results() => [.. own.Select(p => new Grid<Interval>([.. network.Parameters[p].Parameter.Sizes]))];

    private Pass<Interval> Pass(
        Func<NetworkParameter, Grid<Interval>, Grid<Interval>>? change,
        Grid<Interval> y,
        Grid<Interval>[] inputGradients,
        Grid<Interval>? outputGradient,
        Grid<Interval> x,
        Grid<Interval>[]? results = null
    ) =>
        new(
            [x, .. node.Inputs.Skip(1).Select(run.Value)],
            y,
            node.Parameters,
            [.. own.Select(p => change?.Invoke(network.Parameters[p], parameters[p]) ?? parameters[p])],
            inputGradients,
            outputGradient,
            results ?? Results()
        )
        {
            Training = request.Training,
        };

    private int IndexOf(NetworkParameter parameter) => own.First(p => network.Parameters[p].Name == parameter.Name);
}

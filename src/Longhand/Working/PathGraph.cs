using System.Globalization;
using System.Numerics;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Working;

/// <summary>One step of a path, by a local derivative.</summary>
/// <param name="From">Where it comes from (a value and a position in it); null for the number that the path begins at.</param>
/// <param name="Node">The layer that it goes through; null for the loss.</param>
/// <param name="To">The position in the layer's output, or for the loss in the network's.</param>
/// <param name="Derivative">The local derivative.</param>
internal sealed record PathStep((int Value, int Flat)? From, Node? Node, int To, Expr Derivative);

/// <summary>All paths from a number to a loss.</summary>
/// <param name="Shown">The first ones, step by step.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Total">What all of them come to.</param>
internal sealed record Paths(IReadOnlyList<IReadOnlyList<PathStep>> Shown, BigInteger Count, Expr Total);

/// <summary>The local derivatives that lead from one number of a network to its outputs.</summary>
internal sealed class PathGraph
{
    // A layer's way back is run once for each of its outputs.
    private const double MostWork = 3e7;

    private readonly Network network;
    private readonly ReferenceRun<Expr> run;
    private readonly IReadOnlyList<Grid<Expr>> parameters;

    // The steps that lead to a number, by value and position.
    private readonly Dictionary<(int Value, int Flat), List<PathStep>> to = [];
    private readonly HashSet<int> reached = [];
    private readonly (int Value, int Flat)? start;

    public PathGraph(Network network, ReferenceRun<Expr> run, IReadOnlyList<Grid<Expr>> parameters, Place place)
    {
        (this.network, this.run, this.parameters) = (network, run, parameters);
        int first = place.IsParameter ? network.Parameters[place.Array].Node.Index : 0;
        RequireBounded(place, first);
        if (!place.IsParameter)
            start = (0, (place.Sample ?? 0) * (run.Value(0).Length / run.Value(0).Size(0)) + place.Index);
        foreach (Node node in network.Nodes.Skip(first))
        {
            bool owns = place.IsParameter && node.Index == first;
            if (!owns && !node.Inputs.Any(IsReached))
                continue;
            Grid<Expr> output = run.Value(node.Value);
            for (int o = 0; o < output.Length; o++)
                Enter(node, o, output, owns ? place : null);
        }
    }

    /// <summary>The paths that go on to a loss with this slope at the outputs.</summary>
    public Paths To(Grid<Expr> slope, int most)
    {
        var counts = new Dictionary<(int, int), BigInteger>();
        var sums = new Dictionary<(int, int), Expr>();
        BigInteger count = 0;
        Expr total = Expr.Of(0.0);
        var shown = new List<IReadOnlyList<PathStep>>();
        for (int i = 0; i < slope.Length; i++)
        {
            (int, int) end = (network.OutputValue, i);
            if (IsZero(slope.Flat(i)) || (!to.ContainsKey(end) && start != end))
                continue;
            count += Count(end);
            total += slope.Flat(i) * Sum(end);
            Walk(end, [new PathStep(end, null, i, slope.Flat(i))]);
        }
        return new(shown, count, total);

        BigInteger Count((int, int) at)
        {
            if (at == start)
                return 1;
            if (counts.TryGetValue(at, out BigInteger known))
                return known;
            BigInteger ways = 0;
            foreach (PathStep step in to.GetValueOrDefault(at) ?? [])
                ways += step.From is { } from ? Count(from) : 1;
            return counts[at] = ways;
        }

        Expr Sum((int, int) at)
        {
            if (at == start)
                return Expr.Of(1.0);
            if (sums.TryGetValue(at, out Expr? known))
                return known;
            Expr sum = Expr.Of(0.0);
            foreach (PathStep step in to.GetValueOrDefault(at) ?? [])
                sum += step.From is { } from ? step.Derivative * Sum(from) : step.Derivative;
            return sums[at] = sum;
        }

        // From the loss back to the start; what merely passes a number on is no step of its own.
        void Walk((int, int) at, List<PathStep> behind)
        {
            if (shown.Count >= most)
                return;
            if (at == start)
            {
                shown.Add([.. Enumerable.Reverse(behind)]);
                return;
            }
            foreach (PathStep step in to.GetValueOrDefault(at) ?? [])
            {
                bool passes =
                    step.From is { } same
                    && ReferenceEquals(run.Value(same.Value).Flat(same.Flat), run.Value(step.Node!.Value).Flat(step.To));
                List<PathStep> further = passes ? behind : [.. behind, step];
                if (step.From is { } from)
                    Walk(from, further);
                else if (shown.Count < most)
                    shown.Add([.. Enumerable.Reverse(further)]);
            }
        }
    }

    private bool IsReached(int value) => value == start?.Value || reached.Contains(value);

    // Where an output comes from: by the way back from it alone.
    private void Enter(Node node, int o, Grid<Expr> output, Place? own)
    {
        Grid<Expr> unit = new([.. output.Sizes]);
        for (int i = 0; i < unit.Length; i++)
            unit.SetFlat(i, Expr.Of(i == o ? 1.0 : 0.0));
        Grid<Expr>[] inputs = [.. node.Inputs.Select(v => new Grid<Expr>([.. run.Value(v).Sizes]))];
        int[] owned = [.. Enumerable.Range(0, network.Parameters.Count).Where(p => network.Parameters[p].Node.Index == node.Index)];
        Grid<Expr>[] results =
        [
            .. owned.Select(p =>
                network.Parameters[p].Parameter.Trainable ? new Grid<Expr>([.. parameters[p].Sizes]) : run.ParameterResults[p]
            ),
        ];
        node.Layer.Backward(run.PassOf(node, inputs, unit, results));
        var steps = new List<PathStep>();
        if (own is not null && results[Array.IndexOf(owned, own.Array)].Flat(own.Index) is var derivative && !IsZero(derivative))
            steps.Add(new(null, node, o, derivative));
        foreach (int value in node.Inputs.Distinct().Where(IsReached))
            for (int i = 0; i < run.Value(value).Length; i++)
            {
                if (start != (value, i) && !to.ContainsKey((value, i)))
                    continue;
                Expr sum = Expr.Of(0.0);
                for (int k = 0; k < inputs.Length; k++)
                    if (node.Inputs[k] == value)
                        sum += inputs[k].Flat(i);
                if (!IsZero(sum))
                    steps.Add(new((value, i), node, o, sum));
            }
        if (steps.Count == 0)
            return;
        to[(node.Value, o)] = steps;
        reached.Add(node.Value);
    }

    private void RequireBounded(Place place, int first)
    {
        double work = network
            .Nodes.Skip(first)
            .Sum(n =>
            {
                double output = run.Value(n.Value).Length;
                double size = n.Inputs.Sum(v => (double)run.Value(v).Length) + output;
                double products =
                    (double)n.Layer.MultiplicationFormula([.. n.Inputs.Select(network.ShapeOf)]).ToInt64() * run.Value(0).Size(0);
                return output * (size + products);
            });
        if (work > MostWork)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--chain {place.Text}: the local derivatives on all paths would take {work:N0} operations; at most {MostWork:N0} are done. Take a smaller network, or a number nearer to the output."
                )
            );
    }

    private static bool IsZero(Expr e) => e.Kind == ExprKind.Constant && e.Value == 0;
}

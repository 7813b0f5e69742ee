using Longhand.Grading.Slips;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Grading;

/// <summary>
/// The reference read with a student's numbers: as soon as an array has been computed, each answered number in it is given to
/// <see cref="Put"/>, and the computation goes on with what comes back. With a slip it computes as someone would who makes it.
/// </summary>
/// <param name="model">Network and parameters.</param>
/// <param name="request">What is worked out.</param>
/// <param name="answered">Which numbers are answered.</param>
internal sealed class MarkedRun(Model model, ExplainRequest request, IReadOnlyDictionary<AnswerArray, int[]> answered)
{
    private readonly Network network = model.Network.Under(request.Conventions);

    /// <summary>What stands at an answered place from now on, given what was computed for it.</summary>
    public required Func<AnswerArray, int, Interval, Interval> Put { get; init; }

    /// <summary>What is done with every array before answers are put in.</summary>
    public Action<AnswerArray, Grid<Interval>>? Computed { get; init; }

    /// <summary>A slip that is made; null for none.</summary>
    public LayerSlip? Slip { get; init; }

    /// <summary>Where it is made; null for wherever it can be.</summary>
    public Node? Site { get; init; }

    /// <summary>The arrays in which the slip itself was made, rather than those to which its consequences have come.</summary>
    public HashSet<AnswerArray> Touched { get; } = [];

    /// <summary>Works through all that answers ask for.</summary>
    public void Run()
    {
        int updates = answered.Keys.Select(a => a.Update).DefaultIfEmpty(1).Max();
        bool hasLoss = request.Loss is not null && (request.Targets is not null || request.Classes is not null);
        Grid<Interval>[] parameters =
        [
            .. network.Parameters.Select((p, i) => model.Values[i].Grid(p.Parameter, k => new Interval(model.Values[i].Double(k)))),
        ];
        var input = new Grid<Interval>(
            [.. request.Inputs.SelectMany(row => row.Select(v => new Interval((double)v)))],
            [request.Inputs.Count, .. network.Input.MemoryOrder()]
        );
        UpdateRun? updating = request.Optimizer is null ? null : new UpdateRun(network, request, request.Optimizer);
        for (int update = 1; update <= updates; update++)
        {
            ReferenceRun<Interval> run = Pass(parameters, input, update);
            Grid<Interval> output = run.Forward();
            if (!hasLoss)
                return;
            Grid<Interval> target = SlipSite.Targets(network, request);
            Visit(new(AnswerArrayKind.Loss, 0, update), new Grid<Interval>([request.Loss!.Value(output, target)], 1));
            if (update == 1 && !request.Regularization.IsNone)
                Visit(new(AnswerArrayKind.Penalty, 0), new Grid<Interval>([Penalty(parameters)], 1));
            var gradient = new Grid<Interval>([.. output.Sizes]);
            request.Loss.Gradient(output, target, gradient);
            run.Backward(gradient);
            if (updating is null)
                return;
            updating.Step(update, run.ParameterResults, parameters);
            for (int p = 0; p < parameters.Length; p++)
                Visit(new(AnswerArrayKind.Parameter, p, update), parameters[p]);
        }
    }

    private ReferenceRun<Interval> Pass(Grid<Interval>[] parameters, Grid<Interval> input, int update)
    {
        ReferenceRun<Interval> run = null!;
        return run = new ReferenceRun<Interval>(
            network,
            parameters,
            input,
            request.Training,
            node => new MaskKey(MaskKey.Of(request.Seed, node), (request.Before?.Updates ?? 0) + update - 1)
        )
        {
            AfterForward = (node, y) =>
            {
                var array = new AnswerArray(AnswerArrayKind.Value, node.Value, update);
                if (IsMadeAt(node))
                    Replace(array, y, Slip!.Output?.Invoke(SiteAt(node)));
                Visit(array, y);
            },
            AfterGradient = (value, gradient) =>
            {
                var array = new AnswerArray(AnswerArrayKind.ValueGradient, value, update);
                Node[] readers = [.. network.Nodes.Where(n => n.Inputs.Contains(value))];
                // Where several layers read a value, what each sends back is not seen by itself.
                if (readers is [var reader] && IsMadeAt(reader))
                    Replace(array, gradient, Slip!.InputGradient?.Invoke(SiteAt(reader)));
                Visit(array, gradient);
            },
            AfterBackward = node =>
            {
                foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
                {
                    if (parameter.Node.Index != node.Index || !parameter.Parameter.Trainable)
                        continue;
                    var array = new AnswerArray(AnswerArrayKind.ParameterGradient, p, update);
                    if (IsMadeAt(node))
                        Replace(array, run.ParameterResults[p], Slip!.ParameterGradient?.Invoke(SiteAt(node), parameter));
                    Visit(array, run.ParameterResults[p]);
                }
            },
        };

        SlipSite SiteAt(Node node) => new(network, request, run, parameters, node);
    }

    private bool IsMadeAt(Node node) => Slip is not null && (Site is null ? Slip.AppliesTo(network, node) : Site.Index == node.Index);

    private void Replace(AnswerArray array, Grid<Interval> computed, Grid<Interval>? slipped)
    {
        if (slipped is null)
            return;
        Touched.Add(array);
        for (int i = 0; i < computed.Length; i++)
            computed.SetFlat(i, slipped.Flat(i));
    }

    private void Visit(AnswerArray array, Grid<Interval> grid)
    {
        // Of later updates only the loss and the parameters have keys.
        Computed?.Invoke(array, grid);
        if (answered.TryGetValue(array, out int[]? places))
            foreach (int i in places)
                grid.SetFlat(i, Put(array, i, grid.Flat(i)));
    }

    private Interval Penalty(Grid<Interval>[] parameters)
    {
        var sum = new Interval(0);
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
            if (parameter.Parameter.Role == ParameterRole.Weight)
                foreach (Interval weight in parameters[p].ToArray())
                    sum += request.Regularization.Penalty(weight);
        return sum;
    }
}

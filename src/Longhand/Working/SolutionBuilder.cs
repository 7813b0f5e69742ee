using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Working;

/// <summary>
/// Reads a network with symbols: each number that a layer writes is taken as a line or a name, and goes on as a name. No layer, loss or
/// optimizer is known here: all that is written comes out of their declarations.
/// </summary>
internal sealed class SolutionBuilder
{
    private readonly Model model;
    private readonly Network network;
    private readonly ExplainRequest request;
    private readonly SymbolTable symbols;
    private readonly Ledger ledger;
    private readonly Selection selection;
    private readonly WholeArrays whole;
    private readonly MatrixWorking? matrices;
    private readonly ArrayWorking arrays;
    private readonly Shares shares;
    private readonly List<WorkingGiven> given = [];
    private readonly int samples;

    public SolutionBuilder(Model model, ExplainRequest request)
    {
        this.model = model;
        this.request = request;
        network = model.Network.Under(request.Conventions);
        samples = request.Inputs.Count;
        RequestCheck.Require(network, request);
        bool wholes = request.View == View.Matrix;
        symbols = new SymbolTable(network, samples > 1, request.Names, wholes);
        selection = new Selection(network, request);
        ledger = new Ledger(network, symbols, request, selection.LongestSum);
        whole = new WholeArrays(network, symbols, request);
        matrices = wholes ? new MatrixWorking(network, symbols, ledger, selection, whole, request) : null;
        arrays = new ArrayWorking(network, symbols, ledger, selection, matrices, request.IsBatch, samples);
        shares = new Shares(network, symbols, ledger, selection);
    }

    public Solution Build()
    {
        var solution = new Solution(model, request);
        Grid<Expr> input = Inputs(),
            target = Targets();
        Expr[][] parameters =
        [
            .. network.Parameters.Select(
                (p, i) =>
                    Give(
                            new Origin(true, i, 0, 0),
                            p.Name,
                            [.. p.Parameter.Sizes],
                            k => (model.Values[i].Double(k), model.Values[i].Exact(k))
                        )
                        .ToArray()
            ),
        ];
        bool hasLoss = request.Loss is not null && target.Length > 0;
        int passes = hasLoss && request.Optimizer is not null ? request.Steps : 1;
        UpdateWorking? updating = null;
        var updates = new List<(double, IReadOnlyList<Grid<Float64>>)>();
        for (int update = 1; update <= Math.Max(1, passes); update++)
        {
            ledger.Begin(update);
            shares.Clear();
            selection.IsOpen = update == 1 || ledger.Steps.Count < Selection.MostLines;
            if (selection.IsOpen)
                solution.WorkedUpdates = update;
            Grid<Expr>[] grids = [.. network.Parameters.Select((p, i) => new Grid<Expr>(parameters[i], [.. p.Parameter.Sizes]))];
            ReferenceRun<Expr> run = Run(grids, input, update);
            Grid<Expr> output = run.Forward();
            Expr? loss = hasLoss ? Backward(run, output, target, parameters) : null;
            if (update == 1)
            {
                Record(solution, run, loss, parameters);
                foreach (Place place in loss is null ? [] : request.Chain)
                    new ChainWorking(network, symbols, ledger, request, run, grids).Write(place, target);
            }
            if (loss is null || request.Optimizer is null || request.Steps == 0)
                break;
            updating ??= new UpdateWorking(network, request, request.Optimizer, symbols, ledger, selection, matrices, run.ParameterResults);
            updating.Step(update, run.ParameterResults, parameters);
            updates.Add(
                (loss.Value, [.. network.Parameters.Select((p, i) => Doubles(new Grid<Expr>(parameters[i], [.. p.Parameter.Sizes])))])
            );
        }
        if (selection.IsAt && ledger.Steps.Count == 0)
            throw new LonghandException(
                $"{string.Join(", ", request.At.Select(p => p.Text))} is given, so there is no line for it: a gradient needs a target and a loss."
            );
        solution.Updates = updates;
        solution.Blocks = ledger.Blocks;
        solution.Steps = ledger.Steps;
        solution.Given = given;
        solution.FirstRounded = ledger.FirstRounded;
        return solution;
    }

    private ReferenceRun<Expr> Run(Grid<Expr>[] parameters, Grid<Expr> input, int update)
    {
        ReferenceRun<Expr> run = null!;
        run = new ReferenceRun<Expr>(
            network,
            parameters,
            input,
            request.Training,
            node => new MaskKey(MaskKey.Of(request.Seed, node), (request.Before?.Updates ?? 0) + update - 1)
        )
        {
            AfterForward = arrays.Forward,
            AfterGradient = (value, gradient) =>
            {
                shares.Write(
                    gradient,
                    new Origin(false, value, 0, 0),
                    i => arrays.Position(i, gradient, isParameter: false),
                    value == 0 ? "input" : network.Nodes[value - 1].Name
                );
                arrays.Gradient(value, gradient, request.Loss!.Notation);
                shares.Watch(value, gradient);
            },
            AfterBackward = node =>
            {
                foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
                {
                    if (parameter.Node.Index != node.Index || !parameter.Parameter.Trainable)
                        continue;
                    Grid<Expr> gradient = run.ParameterResults[p];
                    shares.Write(gradient, new Origin(true, p, 0, 0), i => arrays.Position(i, gradient, isParameter: true), parameter.Name);
                    arrays.ParameterGradient(p, gradient);
                }
            },
        };
        if (matrices is not null)
            (matrices.Run, matrices.Parameters) = (run, parameters);
        return run;
    }

    private Expr Backward(ReferenceRun<Expr> run, Grid<Expr> output, Grid<Expr> target, Expr[][] parameters)
    {
        Loss rule = request.Loss!;
        Expr loss = rule.Value(output, target);
        if (!selection.IsAt && selection.IsOpen)
        {
            loss = ledger.Line(loss, new("L"), ledger.Block(WorkingSection.Loss, "loss"), "loss", rule.Notation);
            PenaltyLine(parameters);
        }
        var gradient = new Grid<Expr>([.. output.Sizes]);
        rule.Gradient(output, target, gradient);
        run.Backward(gradient);
        return loss;
    }

    // Σ over all weights is a line that a person can follow only while there are few of them.
    private void PenaltyLine(Expr[][] parameters)
    {
        Expr[] weights = [.. PenalisedWeights().SelectMany(p => parameters[p])];
        if (weights.Length is 0 or > Selection.MostWorked)
            return;
        Expr sum = request.Regularization.Penalty(weights[0]);
        foreach (Expr weight in weights.AsSpan(1))
            sum += request.Regularization.Penalty(weight);
        ledger.Line(sum, new("R"), ledger.Block(WorkingSection.Loss, "penalty"), "penalty", $"penalty {request.Regularization}");
    }

    private IEnumerable<int> PenalisedWeights() =>
        request.Regularization.IsNone
            ? []
            : Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Parameter.Role == ParameterRole.Weight);

    // Names for the numbers of an array that is given, all of them shown one by one where they are few.
    private Grid<Expr> Give(Origin array, string key, int[] sizes, Func<int, (double Value, Rational? Exact)> at)
    {
        var grid = new Grid<Expr>(sizes);
        int length = array.IsParameter ? grid.Length : grid.Length / sizes[0];
        for (int i = 0; i < grid.Length; i++)
        {
            (double value, Rational? exact) = at(i);
            Expr symbol = Expr.Symbol("", value, exact);
            symbols.Add(symbol, array with { Sample = i / length, Index = i % length });
            grid.SetFlat(i, symbol);
        }
        if (selection.IsAt)
            return grid;
        const int most = 24;
        bool isImage = ArrayWorking.IsImage(grid);
        given.Add(
            new(
                grid.Length <= most && !isImage ? [.. grid.ToArray().Select(Shown)] : [],
                grid.Length > most || isImage ? arrays.Map(grid, array, key) : null
            )
            {
                Origins = grid.Length <= most && !isImage ? [.. grid.ToArray().Select(e => symbols.OriginOf(e)!.Value)] : [],
                Matrix =
                    grid.Length <= most && !isImage && selection.IsWhole(grid, isParameter: false) ? matrices?.Given(array, grid) : null,
            }
        );
        return grid;
    }

    private (SymbolName Name, string Value, bool IsExact) Shown(Expr symbol)
    {
        (string text, bool isExact) = ledger.Notation.Number(symbol.Value, symbol.Exact);
        return (symbols.Of(symbol), text, isExact);
    }

    private Grid<Expr> Inputs()
    {
        int length = (int)network.Input.Length;
        return Give(
            new Origin(false, 0, 0, 0),
            "input",
            [samples, .. network.Input.MemoryOrder()],
            i => ((double)request.Inputs[i / length][i % length], request.Inputs[i / length][i % length])
        );
    }

    private Grid<Expr> Targets()
    {
        if (request.Loss is null || (request.Targets is null && request.Classes is null))
            return new Grid<Expr>(0, 1);
        const int most = 24;
        int outputs = network.Output[0];
        var grid = new Grid<Expr>(samples, outputs);
        for (int s = 0; s < samples; s++)
        {
            double[]? encoded = request.Classes is { } classes ? request.Loss.Encode(classes[s], outputs, network.Range) : null;
            for (int j = 0; j < outputs; j++)
            {
                Rational value = encoded is null ? request.Targets![s][j] : Rational.FromDouble(encoded[j]);
                // The 0s and 1s of a class among several are put in at once: −ln p₂, not a sum of products with 0.
                bool oneHot = encoded is not null && outputs > 1 && request.Loss.Labels == LabelEncoding.Probabilities;
                grid[s, j] = oneHot ? Expr.Of(value) : Target(s, j, value);
            }
        }
        if (grid[0, 0].Kind != ExprKind.Symbol)
            return grid;
        ExprMatrix laid = whole.OfValue(grid);
        whole.Add(symbols.TargetMatrix, laid);
        if (!selection.IsAt)
            given.Add(
                new([.. grid.ToArray().Take(most).Select(Shown)], null)
                {
                    More = Math.Max(0, grid.Length - most),
                    Matrix =
                        matrices is not null && grid.Length <= most
                            ? (symbols.TargetMatrix, laid.Numbers(ledger.Notation), laid.IsExact(ledger.Notation))
                            : null,
                }
            );
        return grid;
    }

    private Expr Target(int sample, int index, Rational value)
    {
        Expr symbol = Expr.Symbol("", (double)value, value);
        symbols.Add(symbol, symbols.Target(sample, index));
        return symbol;
    }

    private void Record(Solution solution, ReferenceRun<Expr> run, Expr? loss, Expr[][] parameters)
    {
        solution.Output = Doubles(run.Output);
        solution.Loss = loss?.Value;
        solution.Layers =
        [
            .. network.Nodes.Select(n =>
                (Doubles(run.Value(n.Value)), run.Gradient(n.Value) is { } g && loss is not null ? Doubles(g) : null)
            ),
        ];
        solution.Penalty = PenalisedWeights().Sum(p => parameters[p].Sum(w => request.Regularization.Penalty(new Float64(w.Value)).Value));
        if (loss is null)
            return;
        solution.Gradients = [.. run.ParameterResults.Select(Doubles)];
        solution.InputGradient = run.Gradient(0) is { } input ? Doubles(input) : null;
    }

    private static Grid<Float64> Doubles(Grid<Expr> grid) =>
        new(Array.ConvertAll(grid.ToArray(), e => new Float64(e.Value)), [.. grid.Sizes]);
}

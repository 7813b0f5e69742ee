using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Working;

/// <summary>
/// Reads a network with symbols: each number that a layer writes is taken as a line, and goes on as a name, so that nothing nests without
/// bound. No layer, loss or optimizer is known here: all that is written comes out of their declarations.
/// </summary>
internal sealed class SolutionBuilder
{
    private readonly Model model;
    private readonly Network network;
    private readonly ExplainRequest request;
    private readonly SymbolTable symbols;
    private readonly TextNotation notation;
    private readonly List<WorkingStep> steps = [];
    private readonly List<(SymbolName, string, bool)> given = [];
    private readonly Dictionary<Expr, string> idOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, (Expr Symbol, string Id)> lets = [];
    private readonly LineReader reader;
    private readonly int samples;
    private int update = 1;
    private Expr[][] currentParameters = [];

    // While an update is written: the parameter that m and v belong to.
    private SymbolName? owner;

    // The layer whose declaration names what is being written, where there is one.
    private Node? maker;

    public SolutionBuilder(Model model, ExplainRequest request)
    {
        this.model = model;
        this.request = request;
        network = model.Network.Under(request.Conventions);
        samples = request.Inputs.Count;
        symbols = new SymbolTable(network, samples > 1, request.Names);
        notation = new TextNotation(symbols.Of, request.Conventions.Digits);
        reader = new LineReader(request.Conventions.Digits);
        Check();
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
                    Enumerable
                        .Range(0, (int)p.Parameter.Length)
                        .Select(k => Give(symbols.Parameter(i, k), model.Values[i].Double(k), model.Values[i].Exact(k)))
                        .ToArray()
            ),
        ];
        bool hasLoss = request.Loss is not null && target.Length > 0;
        int passes = hasLoss && request.Optimizer is not null ? request.Steps : 1;
        Expr[][] state =
        [
            .. parameters.Select(p => Enumerable.Repeat(Expr.Of(0.0), p.Length * (request.Optimizer?.State.Count ?? 0)).ToArray()),
        ];
        var updates = new List<(double, IReadOnlyList<Grid<Float64>>)>();
        for (update = 1; update <= Math.Max(1, passes); update++)
        {
            lets.Clear();
            currentParameters = parameters;
            Grid<Expr>[] grids = [.. network.Parameters.Select((p, i) => new Grid<Expr>(parameters[i], [.. p.Parameter.Sizes]))];
            ReferenceRun<Expr> run = Run(grids, input);
            Grid<Expr> output = run.Forward();
            Expr? loss = hasLoss ? Backward(run, output, target) : null;
            if (update == 1)
                Record(solution, run, loss, parameters);
            if (loss is null || request.Optimizer is null || request.Steps == 0)
                break;
            UpdateParameters(run, parameters, state);
            updates.Add(
                (loss.Value, [.. network.Parameters.Select((p, i) => Doubles(new Grid<Expr>(parameters[i], [.. p.Parameter.Sizes])))])
            );
        }
        solution.Updates = updates;
        solution.Steps = steps;
        solution.Given = given;
        return solution;
    }

    private ReferenceRun<Expr> Run(Grid<Expr>[] parameters, Grid<Expr> input)
    {
        ReferenceRun<Expr> run = null!;
        return run = new ReferenceRun<Expr>(
            network,
            parameters,
            input,
            request.Training,
            node => new MaskKey(MaskKey.Of(request.Seed, node), update - 1)
        )
        {
            AfterForward = (node, values) => NameAll(node, values),
            AfterGradient = (value, gradient) => NameGradients(value, gradient),
            AfterBackward = node => NameParameterGradients(node, run),
        };
    }

    private void NameAll(Node node, Grid<Expr> values)
    {
        int length = values.Length / samples;
        maker = node;
        for (int i = 0; i < values.Length; i++)
        {
            Expr e = values.Flat(i);
            // What merely passes through keeps its name, unless it is the output, which everyone looks for by its own.
            if (e.Kind == ExprKind.Symbol && symbols.Knows(e) && node.Value != network.OutputValue)
                continue;
            SymbolName name = symbols.Value(node.Value, i / length, i % length);
            string key = $"{node.Name}.output{Position(i, [samples, .. node.Output.MemoryOrder()])}";
            values.SetFlat(i, Line(e, name, WorkingSection.Forward, node.Name, key, node.Layer.Notation));
        }
        maker = null;
    }

    private Expr Backward(ReferenceRun<Expr> run, Grid<Expr> output, Grid<Expr> target)
    {
        Loss lossRule = request.Loss!;
        Expr loss = Line(lossRule.Value(output, target), new("L"), WorkingSection.Loss, "loss", "loss", lossRule.Notation);
        PenaltyLine();
        var gradient = new Grid<Expr>([.. output.Sizes]);
        lossRule.Gradient(output, target, gradient);
        run.Backward(gradient);
        return loss;
    }

    private void NameGradients(int value, Grid<Expr> gradient)
    {
        int length = gradient.Length / samples;
        string owner = value == 0 ? "input" : network.Nodes[value - 1].Name;
        string rule =
            value == network.OutputValue
                ? $"slope of {request.Loss!.Notation}"
                : string.Join(" + ", network.Nodes.Where(n => n.Inputs.Contains(value)).Select(n => $"back through {n.Layer.Notation}"));
        maker = network.Nodes.FirstOrDefault(n => n.Inputs.Contains(value));
        for (int i = 0; i < gradient.Length; i++)
        {
            Expr e = gradient.Flat(i);
            if (e.Kind == ExprKind.Symbol && symbols.Knows(e))
                continue;
            SymbolName name = symbols.Value(value, i / length, i % length) with { IsGradient = true };
            string position = Position(i, [samples, .. network.ShapeOf(value).MemoryOrder()]);
            string key = value == 0 ? $"gradients.input{position}" : $"{owner}.outputGradient{position}";
            gradient.SetFlat(i, Line(e, name, WorkingSection.Backward, owner, key, rule));
        }
        maker = null;
    }

    private void NameParameterGradients(Node node, ReferenceRun<Expr> run)
    {
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
        {
            if (parameter.Node.Index != node.Index || !parameter.Parameter.Trainable)
                continue;
            Grid<Expr> gradient = run.ParameterResults[p];
            maker = node;
            for (int i = 0; i < gradient.Length; i++)
            {
                Expr e = gradient.Flat(i);
                SymbolName name = symbols.Parameter(p, i) with { IsGradient = true };
                string key = $"gradients.{parameter.Name}{Position(i, [.. parameter.Parameter.Sizes], inBatch: true)}";
                gradient.SetFlat(i, Line(e, name, WorkingSection.Backward, parameter.Name, key, $"back through {node.Layer.Notation}"));
            }
        }
        maker = null;
    }

    // Σ over all weights is a line that a person can follow only while there are few of them.
    private void PenaltyLine()
    {
        const int longest = 40;
        Expr[] weights = [.. PenalisedWeights().SelectMany(p => currentParameters[p])];
        if (weights.Length is 0 or > longest)
            return;
        Expr sum = request.Regularization.Penalty(weights[0]);
        foreach (Expr weight in weights.AsSpan(1))
            sum += request.Regularization.Penalty(weight);
        Line(sum, new("R"), WorkingSection.Loss, "penalty", "penalty", $"penalty {request.Regularization}");
    }

    private IEnumerable<int> PenalisedWeights() =>
        request.Regularization.IsNone
            ? []
            : Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Parameter.Role == ParameterRole.Weight);

    private void UpdateParameters(ReferenceRun<Expr> run, Expr[][] parameters, Expr[][] state)
    {
        Optimizer optimizer = request.Optimizer!;
        Expr rate = Expr.Of(optimizer.LearningRate);
        var constants = new Expr[Optimizer.MaximumConstants];
        optimizer.Constants(update, rate, constants);
        int[] penalised = [.. PenalisedWeights()];
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
        {
            int kept = optimizer.State.Count;
            for (int i = 0; i < parameters[p].Length; i++)
            {
                Expr weight = parameters[p][i],
                    gradient = run.ParameterResults[p].Flat(i);
                SymbolName name = symbols.Parameter(p, i);
                string position = Position(i, [.. parameter.Parameter.Sizes], inBatch: true);
                if (!parameter.Parameter.Trainable)
                {
                    parameters[p][i] = Carried(gradient, name, parameter, position);
                    continue;
                }
                bool shrinks = penalised.Contains(p),
                    afterwards = request.Conventions.PlaygroundTraining;
                if (shrinks && !afterwards)
                    gradient = Line(
                        gradient + request.Regularization.Slope(weight),
                        new("g") { Of = name },
                        WorkingSection.Update,
                        parameter.Name,
                        $"steps[{update - 1}].g.{parameter.Name}{position}",
                        $"gradient with penalty {request.Regularization}"
                    );
                Expr next = optimizer.Next(weight, gradient, state[p].AsSpan(i * kept, kept), constants);
                if (shrinks && afterwards)
                {
                    Expr shrunk = next - rate * request.Regularization.Slope(weight);
                    next = request.Regularization.L1 != 0 && next.Value * shrunk.Value < 0 ? Expr.Of(0.0) : shrunk;
                }
                owner = name;
                Expr line = Line(
                    next,
                    name with
                    {
                        IsNext = true,
                    },
                    WorkingSection.Update,
                    parameter.Name,
                    $"steps[{update - 1}].parameters.{parameter.Name}{position}",
                    optimizer.Notation
                );
                owner = null;
                parameters[p][i] = Renamed(line, name);
            }
        }
    }

    // What is carried along has got its next value on the way forward; in inference it stays what it is.
    private Expr Carried(Expr next, SymbolName name, NetworkParameter parameter, string position)
    {
        if (next.Kind == ExprKind.Symbol && symbols.Knows(next))
            return next;
        maker = parameter.Node;
        Expr line = Line(
            next,
            name with
            {
                IsNext = true,
            },
            WorkingSection.Update,
            parameter.Name,
            $"steps[{update - 1}].parameters.{parameter.Name}{position}",
            parameter.Node.Layer.Notation
        );
        maker = null;
        return Renamed(line, name);
    }

    // After the update the next value takes the parameter's own name again.
    private Expr Renamed(Expr line, SymbolName name)
    {
        Expr symbol = Expr.Symbol(name.ToString(), line.Value, line.Exact);
        symbols.Add(symbol, name);
        if (idOf.TryGetValue(line, out string? id))
            idOf[symbol] = id;
        return symbol;
    }

    private Expr Line(Expr e, SymbolName name, WorkingSection section, string block, string key, string rule)
    {
        var used = new List<Expr>();
        var notes = new List<string>();
        Visit(e);
        (string result, bool exact) = notation.Number(e.Value, e.Exact);
        bool numbersExact = notation.IsExact(e);
        var step = new WorkingStep
        {
            Id = $"s{steps.Count + 1}",
            Section = section,
            Update = update,
            Block = block,
            Key = key,
            Name = name,
            Rule = rule,
            Expression = e,
            Symbolic = notation.Symbolic(e),
            Numbers = notation.Numbers(e),
            NumbersAreExact = numbersExact,
            Result = result,
            ResultIsExact = exact && numbersExact,
            Note = string.Join("; ", notes.Distinct()),
            Uses = [.. used.Where(idOf.ContainsKey).Select(u => idOf[u]).Distinct()],
        };
        // What cannot be read back as what it says is never shown.
        if (reader.Disagreement(step.Numbers, step.Result) is { } disagreement)
            throw new InvalidOperationException($"A bug in Longhand: the line {step.Line} does not hold: {disagreement}");
        steps.Add(step);
        Expr symbol = Expr.Let(name.ToString(), e);
        symbols.Add(symbol, name);
        idOf.Add(symbol, step.Id);
        return symbol;

        void Visit(Expr part)
        {
            if (part.Kind == ExprKind.Symbol)
            {
                if (!symbols.Knows(part) && part.Definition is { } definition)
                    Inner(part, definition);
                used.Add(part);
                return;
            }
            if (part.Kind == ExprKind.Select && Reason(part) is { Length: > 0 } reason)
                notes.Add(reason);
            foreach (Expr argument in part.Arguments)
                Visit(argument);
        }

        // A declaration's own name for an intermediate result opens a line before this one. The way back may name the same thing again.
        void Inner(Expr part, Expr definition)
        {
            SymbolName inner = InnerName(part.Name);
            string text = inner.ToString();
            if (lets.TryGetValue(text, out (Expr Symbol, string Id) known) && known.Symbol.Value.Equals(part.Value))
            {
                symbols.Add(part, inner);
                idOf.Add(part, known.Id);
                return;
            }
            Expr line = Line(definition, inner, section, block, $"{key}.{part.Name}", rule);
            symbols.Add(part, inner);
            idOf.Add(part, idOf[line]);
            lets[text] = (part, idOf[line]);
        }
    }

    // Why a choice fell as it did, where the line does not show it.
    private string Reason(Expr choice)
    {
        Expr test = choice.Arguments[0];
        bool onlyNumbers = choice.Arguments.Skip(1).All(a => a.Kind == ExprKind.Constant);
        if (choice.Index == 2 && onlyNumbers)
        {
            // relu's slope is read from its output, which is 0 for all z ≤ 0; only z = 0 itself is the kink.
            if (test.Definition is { Kind: ExprKind.Max } larger)
                test = larger.Arguments[1];
            return test.Value == 0
                ? $"{notation.Symbolic(test)} = 0 lies exactly on the threshold; what holds there is a convention: {notation.Number(choice.Value, choice.Exact).Text}"
                : "";
        }
        // A number in place of what was not chosen is a floor that keeps a logarithm finite: nothing to tell unless it is reached.
        bool floor = choice.Index == 1 && choice.Arguments[2].Kind == ExprKind.Constant && choice.Arguments[3].Kind == ExprKind.Constant;
        if (choice.Index == 2 || onlyNumbers || floor)
            return "";
        string sign = choice.Index == 1 ? ">" : "<";
        return test is { Kind: ExprKind.Subtract } difference && difference.Arguments[1].Kind == ExprKind.Constant
            ? $"since {notation.Symbolic(difference.Arguments[0])} {sign} {notation.Numbers(difference.Arguments[1])}"
            : $"since {notation.Symbolic(test)} {sign} 0";
    }

    // "L[3]" is the loss of sample 3, "π[0]" the first share: positions count from 0 in declarations and from 1 on paper. Where several
    // layers of a kind name such things, theirs begin with the layer's number.
    private SymbolName InnerName(string local)
    {
        int bracket = local.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
            return new(local) { Of = owner };
        int position = int.Parse(local.AsSpan(bracket + 1, local.Length - bracket - 2), CultureInfo.InvariantCulture) + 1;
        string letter = local[..bracket];
        if (letter == "L")
            return new(letter) { Sample = position };
        Node[] twins = maker is null ? [] : [.. network.Nodes.Where(n => n.Layer.Kind == maker.Layer.Kind)];
        int[] indices = twins.Length > 1 ? [Array.IndexOf(twins, maker) + 1, position] : [position];
        return new(letter) { Indices = indices, IsBracketed = indices.Any(index => index > 9) };
    }

    private Expr Give(SymbolName name, double value, Rational? exact)
    {
        Expr symbol = Expr.Symbol(name.ToString(), value, exact);
        symbols.Add(symbol, name);
        (string text, bool isExact) = notation.Number(value, exact);
        given.Add((name, text, isExact));
        return symbol;
    }

    private Grid<Expr> Inputs()
    {
        var grid = new Grid<Expr>([samples, .. network.Input.MemoryOrder()]);
        int length = (int)network.Input.Length;
        for (int i = 0; i < grid.Length; i++)
        {
            Rational value = request.Inputs[i / length][i % length];
            grid.SetFlat(i, Give(symbols.Value(0, i / length, i % length), (double)value, value));
        }
        return grid;
    }

    private Grid<Expr> Targets()
    {
        if (request.Loss is null || (request.Targets is null && request.Classes is null))
            return new Grid<Expr>(0, 1);
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
                grid[s, j] = oneHot ? Expr.Of(value) : Give(symbols.Target(s, j), (double)value, value);
            }
        }
        return grid;
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

    // [sample] is left out where the input has no batch level.
    private string Position(int flat, ReadOnlySpan<int> sizes, bool inBatch = false)
    {
        string text = "";
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            if (d > 0 || inBatch || request.IsBatch)
                text = $"[{flat % sizes[d]}]{text}";
            flat /= sizes[d];
        }
        return text;
    }

    private void Check()
    {
        long length = network.Input.Length;
        foreach ((int s, Rational[] row) in request.Inputs.Index())
            if (row.Length != length)
                throw new ShapeException($"The network reads {network.Input} = {length} numbers, but input {s} has {row.Length}.");
        if (samples == 0)
            throw new LonghandException("There is no input to explain.");
        if (request.Training)
            network.RequireTrainable(samples, " Explain a batch of several examples, or inference (mode: inference).");
        if (request.Loss is not { } loss || (request.Targets is null && request.Classes is null))
            return;
        if (loss.Refuse(network.Range, network.Output) is { } refusal)
            throw new LonghandException(refusal + ".");
        int targets = request.Targets?.Count ?? request.Classes!.Count;
        if (targets != samples)
            throw new LonghandException($"There are {samples} inputs, but {targets} targets.");
        foreach ((int s, Rational[] row) in (request.Targets ?? []).Index())
            if (row.Length != network.Output[0])
                throw new ShapeException($"The network has {network.Output[0]} outputs, but target {s} has {row.Length} numbers.");
    }
}

using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Works out the parameters' next values.</summary>
internal sealed class UpdateWorking
{
    private readonly Network network;
    private readonly ExplainRequest request;
    private readonly Optimizer optimizer;
    private readonly SymbolTable symbols;
    private readonly Ledger ledger;
    private readonly Selection selection;
    private readonly MatrixWorking? matrices;
    private readonly Expr[][] states;
    private readonly Float64[][] numberStates;

    // Which numbers of each parameter are worked, the same in every update; null for all.
    private readonly HashSet<int>?[] selected;

    public UpdateWorking(
        Network network,
        ExplainRequest request,
        Optimizer optimizer,
        SymbolTable symbols,
        Ledger ledger,
        Selection selection,
        MatrixWorking? matrices,
        IReadOnlyList<Grid<Expr>> gradients
    )
    {
        (this.network, this.request, this.optimizer) = (network, request, optimizer);
        (this.symbols, this.ledger, this.selection, this.matrices) = (symbols, ledger, selection, matrices);
        selected = [.. gradients.Select((g, p) => selection.Of(g, i => new Origin(true, p, 0, i)))];
        int kept = optimizer.State.Count;
        Expr nothing = Expr.Of(0.0);
        states =
        [
            .. gradients.Select(
                (g, p) => Enumerable.Repeat(nothing, selected[p] is null || selected[p]!.Count > 0 ? g.Length * kept : 0).ToArray()
            ),
        ];
        numberStates = [.. gradients.Select((g, p) => new Float64[g.Length * kept])];
        if (request.Before is { } before)
            TakeOver(before);
    }

    // What has been kept goes by the name that it has once an update is written: m(w).
    private void TakeOver(OptimizerProgress before)
    {
        int kept = optimizer.State.Count;
        for (int p = 0; p < states.Length; p++)
        for (int k = 0; k < kept; k++)
        {
            if (before.Kept[k][p] is not { } numbers)
                continue;
            var symbolsOf = new Expr[numbers.Length];
            for (int i = 0; i < numbers.Length; i++)
            {
                numberStates[p][i * kept + k] = new(numbers[i]);
                if (states[p].Length == 0)
                    continue;
                Expr symbol = Expr.Symbol("", numbers[i], Rational.FromDouble(numbers[i]));
                symbols.Add(symbol, new SymbolName(optimizer.State[k]) { Of = symbols.Parameter(p, i) });
                states[p][i * kept + k] = symbolsOf[i] = symbol;
            }
            if (states[p].Length > 0 && network.Parameters[p].Parameter.Sizes.Count <= 2)
                matrices?.Know(p, new SymbolName(optimizer.State[k]) { Of = symbols.Matrix(new Origin(true, p, 0, 0)) }, symbolsOf);
        }
    }

    /// <summary>One update.</summary>
    /// <param name="update">Its number, from 1.</param>
    /// <param name="gradients">∂L/∂parameter, or the next value of what is carried along.</param>
    /// <param name="parameters">The parameters, which become their next values.</param>
    public void Step(int update, IReadOnlyList<Grid<Expr>> gradients, Expr[][] parameters)
    {
        Expr rate = Expr.Of(optimizer.LearningRate);
        var constants = new Expr[Optimizer.MaximumConstants];
        int made = (request.Before?.Updates ?? 0) + update;
        optimizer.Constants(made, rate, constants);
        var numbers = new Float64[Optimizer.MaximumConstants];
        optimizer.Constants(made, new Float64(optimizer.LearningRate), numbers);
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
        {
            Expr[] values = parameters[p];
            if (IsWhole(p, parameter.Parameter))
            {
                Whole(update, values, gradients[p], p, rate, constants);
                continue;
            }
            int worked = 0;
            for (int i = 0; i < values.Length; i++)
            {
                bool isWorked = selection.IsOpen && (selected[p]?.Contains(i) ?? true);
                worked += isWorked ? 1 : 0;
                Expr gradient = gradients[p].Flat(i);
                string key() => parameter.Name + Position(i, parameter.Parameter.Sizes);
                values[i] =
                    !parameter.Parameter.Trainable ? Carried(gradient, p, i, key, isWorked)
                    : isWorked ? Worked(update, values[i], gradient, p, i, key(), rate, constants)
                    : Number(Next(values[i].Value, gradient.Value, p, i, numbers), p, i);
            }
            if (worked == 0 || selection.IsAt || (!parameter.Parameter.Trainable && !request.Training))
                continue;
            WorkingBlock block = ledger.Block(WorkingSection.Update, parameter.Name);
            (block.Total, block.Worked) = (values.Length, worked);
        }
    }

    private bool IsWhole(int p, Layers.Parameter parameter) =>
        matrices is not null
        && parameter.Trainable
        && parameter.Sizes.Count <= 2
        && selected[p] is null
        && selection is { IsOpen: true, IsAt: false };

    // The same rule, number by number, and one line for all of them.
    private void Whole(int update, Expr[] values, Grid<Expr> gradient, int p, Expr rate, Expr[] constants)
    {
        SymbolName name = symbols.Matrix(new Origin(true, p, 0, 0));
        WorkingBlock block = ledger.Block(WorkingSection.Update, network.Parameters[p].Name);
        string owner = network.Parameters[p].Name;
        SymbolName nameOf(string local) => new(local) { Of = name };
        Expr[] slopes = gradient.ToArray();
        bool afterwards = request.Conventions.PlaygroundTraining;
        if (Shrinks(p) && !afterwards)
            slopes = matrices!.Update(
                p,
                [.. slopes.Select((g, i) => g + request.Regularization.Slope(values[i]))],
                nameOf("g"),
                block,
                $"steps[{update - 1}].g.{owner}",
                $"gradient with penalty {request.Regularization}",
                nameOf
            );
        Expr[] next = [.. values.Select((w, i) => Next(w, slopes[i], p, i, rate, constants))];
        Expr[] found = matrices!.Update(
            p,
            next,
            name with
            {
                IsNext = true,
            },
            block,
            $"steps[{update - 1}].parameters.{owner}",
            optimizer.Notation,
            nameOf
        );
        for (int i = 0; i < values.Length; i++)
        {
            Keep(p, i);
            values[i] = Renamed(found[i], p, i);
        }
        (block.Total, block.Worked) = (values.Length, values.Length);
    }

    // What the optimizer and, on the Playground's page, the penalty behind it make of a parameter.
    private Expr Next(Expr weight, Expr gradient, int p, int i, Expr rate, Expr[] constants)
    {
        int kept = optimizer.State.Count;
        // The parameter's own m and v: those computed so far, where earlier updates were written out.
        Expr next = optimizer.Next(weight, gradient, states[p].AsSpan(i * kept, kept), constants);
        if (!Shrinks(p) || !request.Conventions.PlaygroundTraining)
            return next;
        Expr shrunk = next - rate * request.Regularization.Slope(weight);
        return request.Regularization.L1 != 0 && next.Value * shrunk.Value < 0 ? Expr.Of(0.0) : shrunk;
    }

    private void Keep(int p, int i)
    {
        int kept = optimizer.State.Count;
        for (int k = i * kept; k < (i + 1) * kept; k++)
        {
            states[p][k] = ledger.Current(states[p][k]);
            numberStates[p][k] = new(states[p][k].Value);
        }
    }

    private Expr Worked(int update, Expr weight, Expr gradient, int p, int i, string key, Expr rate, Expr[] constants)
    {
        SymbolName name = symbols.Parameter(p, i);
        WorkingBlock block = ledger.Block(WorkingSection.Update, network.Parameters[p].Name);
        if (Shrinks(p) && !request.Conventions.PlaygroundTraining)
            gradient = ledger.Line(
                gradient + request.Regularization.Slope(weight),
                new("g") { Of = name },
                block,
                $"steps[{update - 1}].g.{key}",
                $"gradient with penalty {request.Regularization}"
            );
        Expr next = Next(weight, gradient, p, i, rate, constants);
        ledger.Owner = name;
        Expr line = ledger.Line(next, name with { IsNext = true }, block, $"steps[{update - 1}].parameters.{key}", optimizer.Notation);
        ledger.Owner = null;
        Keep(p, i);
        return Renamed(line, p, i);
    }

    // The same over doubles: for what is not written out, expressions would only cost time.
    private double Next(double weight, double gradient, int p, int i, Float64[] constants)
    {
        int kept = optimizer.State.Count;
        var slope = new Float64(0);
        if (Shrinks(p))
            slope = request.Regularization.Slope(new Float64(weight));
        bool afterwards = request.Conventions.PlaygroundTraining;
        var total = Shrinks(p) && !afterwards ? new Float64(gradient) + slope : new Float64(gradient);
        Float64 next = optimizer.Next(new Float64(weight), total, numberStates[p].AsSpan(i * kept, kept), constants);
        if (!Shrinks(p) || !afterwards)
            return next.Value;
        Float64 shrunk = next - new Float64(optimizer.LearningRate) * slope;
        return request.Regularization.L1 != 0 && next.Value * shrunk.Value < 0 ? 0 : shrunk.Value;
    }

    // What is carried along has got its next value on the way forward; in inference it stays what it is.
    private Expr Carried(Expr next, int p, int i, Func<string> key, bool isWorked)
    {
        if (next.Kind == ExprKind.Symbol && symbols.Knows(next))
            return next;
        if (!isWorked)
            return Number(next.Value, p, i);
        NetworkParameter parameter = network.Parameters[p];
        ledger.Maker = parameter.Node;
        Expr line = ledger.Line(
            next,
            symbols.Parameter(p, i) with
            {
                IsNext = true,
            },
            ledger.Block(WorkingSection.Update, parameter.Name),
            $"steps[{ledger.Update - 1}].parameters.{key()}",
            parameter.Node.Layer.Notation
        );
        ledger.Maker = null;
        return Renamed(line, p, i);
    }

    // After the update the next value takes the parameter's own name again.
    private Expr Renamed(Expr line, int p, int i)
    {
        Expr symbol = Expr.Symbol(symbols.Parameter(p, i).ToString(), line.Value, line.Exact);
        symbols.Add(symbol, new Origin(true, p, 0, i));
        ledger.Same(symbol, line);
        return symbol;
    }

    private Expr Number(double value, int p, int i)
    {
        (value, Rational? exact) = ledger.Carry(value, null);
        Expr symbol = Expr.Symbol("", value, exact);
        symbols.Add(symbol, new Origin(true, p, 0, i));
        return symbol;
    }

    private bool Shrinks(int p) => !request.Regularization.IsNone && network.Parameters[p].Parameter.Role == Layers.ParameterRole.Weight;

    private static string Position(int i, IReadOnlyList<int> sizes) => string.Join("", Chosen.Position(i, sizes).Select(at => $"[{at}]"));
}

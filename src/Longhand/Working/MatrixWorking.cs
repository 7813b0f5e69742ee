using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Working;

/// <summary>
/// Works whole arrays: a line for each output, gradient and update, in matrices. What has no such form (an image, a layer that declares none)
/// is left to the lines of single numbers.
/// </summary>
internal sealed class MatrixWorking
{
    private readonly Network network;
    private readonly SymbolTable symbols;
    private readonly Ledger ledger;
    private readonly Selection selection;
    private readonly WholeArrays arrays;
    private readonly Lifting lifting;
    private readonly MatrixForms forms;
    private readonly ExplainRequest request;

    public MatrixWorking(
        Network network,
        SymbolTable symbols,
        Ledger ledger,
        Selection selection,
        WholeArrays arrays,
        ExplainRequest request
    )
    {
        (this.network, this.symbols, this.ledger, this.selection) = (network, symbols, ledger, selection);
        (this.arrays, this.request) = (arrays, request);
        lifting = new Lifting(arrays, ledger.Notation, request.Show == Show.Symbols);
        forms = new MatrixForms(network, symbols, arrays, lifting);
    }

    /// <summary>The pass that is being worked.</summary>
    public ReferenceRun<Expr> Run { get; set; } = null!;

    /// <summary>The parameters in this pass.</summary>
    public IReadOnlyList<Grid<Expr>> Parameters { get; set; } = [];

    /// <summary>Works the output of a layer, unless that is left to single lines.</summary>
    /// <returns>Whether it has been worked.</returns>
    public bool Forward(Node node, Grid<Expr> values, string key, string rule)
    {
        if (!IsOpen(values, mayPass: node.Value != network.OutputValue) || !(node.Layer.Matrix is not null || node.Layer.IsJoin))
            return false;
        WorkingBlock block = ledger.Block(WorkingSection.Forward, node.Name);
        Origin origin = new(false, node.Value, 0, 0);
        ExprMatrix laid = arrays.OfValue(values);
        if (node.Layer.Matrix?.Output is not { } form)
        {
            if (!selection.IsWhole(values, isParameter: false))
                return false;
            Opened(values, block, key, rule);
            laid = arrays.OfValue(values);
            if (node.Layer.IsJoin && !lifting.CanLift(laid))
                return false;
            Write(values, laid, lifting.Right(laid), origin, block, key, rule);
            return true;
        }
        Grid<Expr> input = Run.Value(node.Inputs[0]);
        if (!Fits(node, input))
        {
            block.Statement = Statement(origin, form, arrays.RowVectors, node);
            return false;
        }
        Write(values, laid, forms.Right(form, arrays.RowVectors, node, input, null, Parameters), origin, block, key, rule);
        return true;
    }

    /// <summary>Works ∂L/∂(a value), unless that is left to single lines.</summary>
    /// <returns>Whether it has been worked.</returns>
    public bool Gradient(int value, Grid<Expr> gradient, string owner, string key, string rule)
    {
        if (!IsOpen(gradient, mayPass: true))
            return false;
        Node[] readers = [.. network.Nodes.Where(n => n.Inputs.Contains(value))];
        bool isOutput = value == network.OutputValue;
        WorkingBlock block = ledger.Block(WorkingSection.Backward, owner);
        Origin origin = new(false, value, 0, 0, IsGradient: true);
        if (!isOutput && readers is [{ Layer.Matrix: { } form } reader] && Run.Gradient(reader.Value) is { } arriving)
        {
            if (form.InputGradient is null && !selection.IsWhole(gradient, isParameter: false))
                return false;
            if (form.InputGradient is not { } product)
                Entrywise(reader, value, gradient, arriving, origin, block, key, rule);
            else if (Fits(reader, Run.Value(value)))
                Write(
                    gradient,
                    arrays.OfValue(gradient),
                    forms.Right(product, arrays.RowVectors, reader, Run.Value(value), arriving, Parameters),
                    origin,
                    block,
                    key,
                    rule
                );
            else
            {
                block.Statement = Statement(origin, product, arrays.RowVectors, reader);
                return false;
            }
            return true;
        }
        if (!selection.IsWhole(gradient, isParameter: false))
            return false;
        bool isSlopeOfLoss = isOutput && readers.Length == 0;
        if (isSlopeOfLoss)
            Opened(gradient, block, key, rule);
        ExprMatrix laid = arrays.OfValue(gradient);
        if (!isSlopeOfLoss && !lifting.CanLift(laid))
            return false;
        Write(gradient, laid, lifting.Right(laid), origin, block, key, rule);
        return true;
    }

    /// <summary>Works ∂L/∂(a parameter), unless that is left to single lines.</summary>
    /// <returns>Whether it has been worked.</returns>
    public bool ParameterGradient(int parameter, Grid<Expr> gradient, string key, string rule)
    {
        NetworkParameter of = network.Parameters[parameter];
        if (!selection.IsOpen || selection.IsAt || of.Node.Layer.Matrix is not { ParameterGradients.Count: > 0 } form)
            return false;
        WorkingBlock block = ledger.Block(WorkingSection.Backward, of.Name);
        Origin origin = new(true, parameter, 0, 0, IsGradient: true);
        MatrixTerm term = form.ParameterGradients[of.Node.Parameters.ToList().FindIndex(p => p.Name == of.Parameter.Name)];
        bool turned = gradient.Rank == 1 ? arrays.RowVectors : arrays.IsTurned(parameter);
        Grid<Expr> input = Run.Value(of.Node.Inputs[0]);
        if (!Fits(of.Node, input) || !selection.IsWhole(gradient, isParameter: true))
        {
            block.Statement = (symbols.Matrix(origin), forms.Statement(term, turned, of.Node));
            return false;
        }
        ExprMatrix laid = arrays.OfParameterGradient(parameter, gradient.Flat);
        WorkingStep line = ledger.Line(
            forms.Right(term, turned, of.Node, input, Run.Gradient(of.Node.Value), Parameters),
            laid,
            laid.Length == 1 ? null : (gradient.Sizes, i => arrays.PlaceOfParameterGradient(parameter, i)),
            symbols.Matrix(origin),
            block,
            laid.Length == 1 ? key + string.Join("", gradient.Sizes.Select(_ => "[0]")) : key,
            rule
        );
        for (int i = 0; i < laid.Length; i++)
        {
            int at = arrays.PlaceOfParameterGradient(parameter, i);
            gradient.SetFlat(at, ledger.Entry(laid[i], origin with { Index = at }, symbols.Matrix(origin), line.Id));
        }
        return true;
    }

    /// <summary>Writes a line about a whole parameter (its next value, what an optimizer keeps for it), intermediate results before it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="entries">What each number is computed from, in the order of the parameter.</param>
    /// <param name="name">What the line is about.</param>
    /// <param name="block">Where it stands.</param>
    /// <param name="key">Where it is found.</param>
    /// <param name="rule">What made it.</param>
    /// <param name="nameOf">How the intermediate results of the rule are called.</param>
    /// <returns>A symbol for each number.</returns>
    public Expr[] Update(
        int parameter,
        Expr[] entries,
        SymbolName name,
        WorkingBlock block,
        string key,
        string rule,
        Func<string, SymbolName> nameOf
    )
    {
        Expr[][] inner = [.. entries.Select(e => Ledger.Symbols(e).Where(IsUnknown).Distinct().ToArray())];
        bool alike = inner.All(own => own.Select(s => s.Name).SequenceEqual(inner[0].Select(s => s.Name)));
        for (int k = 0; alike && k < inner[0].Length; k++)
        {
            // One before may have named this one on its way.
            if (!IsUnknown(inner[0][k]))
                continue;
            Expr[] line = Update(
                parameter,
                [.. inner.Select(own => own[k].Definition!)],
                nameOf(inner[0][k].Name),
                block,
                $"{key}.{inner[0][k].Name}",
                rule,
                nameOf
            );
            for (int i = 0; i < entries.Length; i++)
                ledger.Stand(inner[i][k], line[i], nameOf(inner[0][k].Name));
            arrays.Add(nameOf(inner[0][k].Name), arrays.OfParameter(parameter, i => inner[i][k]));
        }
        Expr[] opened = [.. entries.Select((e, i) => ledger.Open(e, block, $"{key}[{i}]", rule))];
        ExprMatrix laid = arrays.OfParameter(parameter, i => opened[i]);
        IReadOnlyList<int> sizes = network.Parameters[parameter].Parameter.Sizes;
        bool isNumber = laid.Length == 1;
        WorkingStep written = ledger.Line(
            lifting.Right(laid),
            laid,
            isNumber ? null : (sizes, i => i),
            name,
            block,
            isNumber ? key + string.Join("", sizes.Select(_ => "[0]")) : key,
            rule
        );
        Expr[] found = [.. opened.Select(e => ledger.Entry(e, null, name, written.Id))];
        arrays.Add(name, arrays.OfParameter(parameter, i => found[i]));
        return found;

        bool IsUnknown(Expr symbol) => !symbols.Knows(symbol) && symbol.Definition is not null;
    }

    /// <summary>Makes what an optimizer has kept for a parameter known as one array.</summary>
    public void Know(int parameter, SymbolName name, Expr[] kept) => arrays.Add(name, arrays.OfParameter(parameter, i => kept[i]));

    /// <summary>An array that was given, laid out.</summary>
    public (SymbolName Name, Formula Numbers, bool IsExact)? Given(Origin array, Grid<Expr> grid)
    {
        if (array.IsParameter ? grid.Rank > 2 : grid.Rank != 2)
            return null;
        ExprMatrix laid = array.IsParameter ? arrays.OfParameter(array.Array, grid.Flat) : arrays.OfValue(grid);
        return (symbols.Matrix(array), laid.Numbers(ledger.Notation), laid.IsExact(ledger.Notation));
    }

    // φ′(z) first, then what it does to the gradient that arrives.
    private void Entrywise(
        Node reader,
        int value,
        Grid<Expr> gradient,
        Grid<Expr> arriving,
        Origin origin,
        WorkingBlock block,
        string key,
        string rule
    )
    {
        Grid<Expr> x = Run.Value(value),
            ones = new([.. x.Sizes]),
            slopes = new([.. x.Sizes]);
        for (int i = 0; i < ones.Length; i++)
            ones.SetFlat(i, Expr.Of(1.0));
        reader.Layer.Backward(new Pass<Expr>([x], Run.Value(reader.Value), [], [], [slopes], ones, []));
        var name = new SymbolName("φ′") { Of = symbols.Matrix(origin with { IsGradient = false }) };
        string slopeKey = $"{reader.Name}.slope";
        Opened(slopes, block, slopeKey, rule);
        ExprMatrix laid = arrays.OfValue(slopes);
        int features = laid.Length / arrays.Samples;
        WorkingStep line = ledger.Line(lifting.Right(laid), laid, Nested(slopes, laid), name, block, slopeKey, rule);
        ExprMatrix found = laid.Select(e => ledger.Entry(e, null, name, line.Id));
        arrays.Add(name, found);
        for (int i = 0; i < found.Length; i++)
        {
            int at = arrays.PlaceOfValue(i, features);
            gradient.SetFlat(at, arriving.Flat(at) * found[i]);
        }
        RightSide slope = lifting.Factor(found),
            delta = lifting.Factor(arrays.OfValue(arriving));
        Write(gradient, arrays.OfValue(gradient), Joined(slope, delta, found), origin, block, key, rule);
    }

    private RightSide Joined(RightSide slope, RightSide delta, ExprMatrix slopes)
    {
        IReadOnlyList<Expr> used = [.. slope.Used, .. delta.Used];
        bool isExact = slope.IsExact && delta.IsExact;
        if (slopes.Length == 1)
            return new(
                Formula.Product(delta.InSymbols, slope.InSymbols, sideBySide: false),
                Formula.Product(delta.InNumbers, slope.InNumbers, sideBySide: false),
                isExact,
                used
            );
        if (arrays.Samples > 1)
            return new(new Entrywise(slope.InSymbols, delta.InSymbols), new Entrywise(slope.InNumbers, delta.InNumbers), isExact, used);
        Formula symbols = new Call("diag", [slope.InSymbols]),
            numbers = new Shaped(new Call("diag", [slopes.Numbers(ledger.Notation)]), slopes.Length, slopes.Length);
        return arrays.RowVectors
            ? new(
                Formula.Product(delta.InSymbols, symbols, sideBySide: false),
                Formula.Product(delta.InNumbers, numbers, sideBySide: false),
                isExact,
                used
            )
            : new(
                Formula.Product(symbols, delta.InSymbols, sideBySide: false),
                Formula.Product(numbers, delta.InNumbers, sideBySide: false),
                isExact,
                used
            );
    }

    private void Write(Grid<Expr> grid, ExprMatrix laid, RightSide right, Origin origin, WorkingBlock block, string key, string rule)
    {
        SymbolName name = symbols.Matrix(origin);
        bool isNumber = laid.Length == 1;
        WorkingStep line = ledger.Line(
            right,
            laid,
            Nested(grid, laid),
            name,
            block,
            !isNumber ? key
                : request.IsBatch ? key + "[0][0]"
                : key + "[0]",
            rule
        );
        int features = laid.Length / arrays.Samples;
        for (int i = 0; i < laid.Length; i++)
        {
            int at = arrays.PlaceOfValue(i, features);
            grid.SetFlat(at, ledger.Entry(laid[i], origin with { Sample = at / features, Index = at % features }, name, line.Id));
        }
    }

    private (IReadOnlyList<int>, Func<int, int>)? Nested(Grid<Expr> grid, ExprMatrix laid)
    {
        int features = laid.Length / arrays.Samples;
        return laid.Length == 1 ? null
            : request.IsBatch ? (grid.Sizes, i => arrays.PlaceOfValue(i, features))
            : ([.. grid.Sizes.Skip(1)], i => arrays.PlaceOfValue(i, features));
    }

    private (SymbolName, Formula) Statement(Origin origin, MatrixTerm term, bool turned, Node node) =>
        (symbols.Matrix(origin), forms.Statement(term, turned, node));

    private void Opened(Grid<Expr> grid, WorkingBlock block, string key, string rule)
    {
        for (int i = 0; i < grid.Length; i++)
            grid.SetFlat(i, ledger.Open(grid.Flat(i), block, $"{key}[{i}]", rule));
    }

    // A vector of which every number is worked, and that does not merely pass through.
    private bool IsOpen(Grid<Expr> grid, bool mayPass)
    {
        if (!selection.IsOpen || selection.IsAt || grid.Rank != 2)
            return false;
        return !mayPass || !grid.ToArray().All(e => e.Kind == ExprKind.Symbol && symbols.Knows(e));
    }

    private bool Fits(Node node, Grid<Expr> input) =>
        selection.IsWhole(input, isParameter: false)
        && Run.Value(node.Value) is { } output
        && selection.IsWhole(output, isParameter: false)
        && Enumerable
            .Range(0, network.Parameters.Count)
            .Where(p => network.Parameters[p].Node.Index == node.Index)
            .All(p => selection.IsWhole(Parameters[p], isParameter: true));
}

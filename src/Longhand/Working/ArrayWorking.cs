using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Works out one array of numbers (a value, a gradient) as soon as it has been computed: lines for the numbers that are selected, names for
/// the others, and the array as a whole where lines do not show it.
/// </summary>
internal sealed class ArrayWorking(
    Network network,
    SymbolTable symbols,
    Ledger ledger,
    Selection selection,
    MatrixWorking? matrices,
    bool isBatch,
    int samples
)
{
    /// <summary>The output of a layer.</summary>
    public void Forward(Node node, Grid<Expr> values)
    {
        ledger.Maker = node;
        string key = $"{node.Name}.output";
        if (matrices?.Forward(node, values, key, node.Layer.Notation) != true)
            Work(
                values,
                new Origin(false, node.Value, 0, 0),
                WorkingSection.Forward,
                node.Name,
                key,
                node.Layer.Notation,
                mayPass: node.Value != network.OutputValue
            );
        ledger.Maker = null;
    }

    /// <summary>∂L/∂(a value).</summary>
    public void Gradient(int value, Grid<Expr> gradient, string lossRule)
    {
        string owner = value == 0 ? "input" : network.Nodes[value - 1].Name;
        Node[] readers = [.. network.Nodes.Where(n => n.Inputs.Contains(value))];
        string rule =
            value == network.OutputValue
                ? $"slope of {lossRule}"
                : string.Join(" + ", readers.Select(n => $"back through {n.Layer.Notation}"));
        ledger.Maker = readers.FirstOrDefault();
        string key = value == 0 ? "gradients.input" : $"{owner}.outputGradient";
        if (matrices?.Gradient(value, gradient, owner, key, rule) != true)
            Work(gradient, new Origin(false, value, 0, 0, IsGradient: true), WorkingSection.Backward, owner, key, rule, mayPass: true);
        ledger.Maker = null;
    }

    /// <summary>∂L/∂(a parameter).</summary>
    public void ParameterGradient(int parameter, Grid<Expr> gradient)
    {
        NetworkParameter of = network.Parameters[parameter];
        ledger.Maker = of.Node;
        string key = $"gradients.{of.Name}",
            rule = $"back through {of.Node.Layer.Notation}";
        if (matrices?.ParameterGradient(parameter, gradient, key, rule) != true)
            Work(
                gradient,
                new Origin(true, parameter, 0, 0, IsGradient: true),
                WorkingSection.Backward,
                of.Name,
                key,
                rule,
                mayPass: false
            );
        ledger.Maker = null;
    }

    /// <summary>Where number i of an array is found behind its key: [1][2], the sample before it where there is a level for it.</summary>
    public string Position(int i, Grid<Expr> grid, bool isParameter)
    {
        string text = "";
        for (int d = grid.Rank - 1; d >= 0; i /= grid.Size(d), d--)
            if (d > 0 || isParameter || isBatch)
                text = $"[{i % grid.Size(d)}]{text}";
        return text;
    }

    /// <summary>What an array looks like as a whole.</summary>
    public WorkingMap Map(Grid<Expr> grid, Origin array, string key)
    {
        string name =
            array.IsParameter ? network.Parameters[array.Array].Name
            : array.Array == 0 ? "input"
            : network.Nodes[array.Array - 1].Name;
        string[] words = Place.Words(array.IsParameter, grid.Rank - (array.IsParameter ? 0 : 1));
        bool alone = !array.IsParameter && samples == 1;
        Grid<Expr> whole = alone ? new Grid<Expr>(grid.ToArray(), [.. grid.Sizes.Skip(1)]) : grid;
        return MapDrawing.Map(
            key,
            symbols.Array(array),
            whole,
            array.IsParameter || alone ? words : ["sample", .. words],
            $"{name}[{string.Join(',', words)}]"
        );
    }

    /// <summary>Whether an array is an image, or kernels, which rows and columns show better than lines.</summary>
    public static bool IsImage(Grid<Expr> grid) => grid.Rank == 4 && grid.Size(2) * grid.Size(3) > 1;

    private void Work(Grid<Expr> grid, Origin array, WorkingSection section, string name, string key, string rule, bool mayPass)
    {
        var block = new Lazy<WorkingBlock>(() => ledger.Block(section, name));
        // Where a line of matrices says how all of them are found, one is enough.
        bool isStated =
            matrices is not null && selection is { IsOpen: true, IsAt: false } && ledger.Find(section, name)?.Statement is not null;
        HashSet<int>? selected = isStated ? Selection.Example(grid) : selection.Of(grid, i => OriginOf(i, grid, array));
        int total = 0,
            worked = 0;
        for (int i = 0; i < grid.Length; i++)
        {
            Expr e = grid.Flat(i);
            bool chosen = selected?.Contains(i) ?? true;
            // What merely passes through keeps its name, unless it is the output, which everyone looks for by its own, or is asked for.
            bool passes = mayPass && e.Kind == ExprKind.Symbol && symbols.Knows(e);
            if (passes && !(chosen && selection.IsAt))
                continue;
            Origin origin = OriginOf(i, grid, array);
            total++;
            worked += chosen ? 1 : 0;
            grid.SetFlat(
                i,
                chosen
                    ? ledger.Line(
                        e,
                        symbols.Name(origin),
                        block.Value,
                        key + Position(i, grid, array.IsParameter),
                        rule,
                        origin,
                        Chosen.Note(e, symbols, network, selection.IsAt)
                    )
                    : ledger.Unwritten(e, origin)
            );
            if (chosen && selection.IsAt && PatchDrawing.Of(e, ledger.Steps[^1].Id, symbols, network) is { } patch)
                block.Value.Add(patch);
        }
        if (total == 0 || selection.IsAt || !selection.IsOpen)
            return;
        (block.Value.Total, block.Value.Worked) = (total, worked);
        if (block.Value.Rule.Length == 0)
            block.Value.Rule = rule;
        if (worked < total || IsImage(grid))
            block.Value.Map = Map(grid, array, key);
    }

    private static Origin OriginOf(int i, Grid<Expr> grid, Origin array)
    {
        int length = array.IsParameter ? grid.Length : grid.Length / grid.Size(0);
        return array with { Sample = i / length, Index = i % length };
    }
}

using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>Takes the steps of a descent and writes them: the optimizer's one statement is read with numbers that remember how they were made.</summary>
internal sealed class DescentWriter
{
    // No longer fraction is printed as a decimal of a few digits, and each step makes it longer.
    private const int MostExactBits = 512;

    private readonly Landscape landscape;
    private readonly Optimizer optimizer;
    private readonly int digits;
    private readonly TextNotation notation;
    private readonly LineReader reader;
    private readonly Dictionary<Expr, SymbolName> names = new(ReferenceEqualityComparer.Instance);
    private string owner = "";

    public DescentWriter(Landscape landscape, Optimizer optimizer, int digits)
    {
        (this.landscape, this.optimizer, this.digits) = (landscape, optimizer, digits);
        notation = new TextNotation(e => names.GetValueOrDefault(e) ?? new SymbolName(e.Name) { Of = new SymbolName(owner) }, digits);
        reader = new LineReader(digits);
    }

    private IReadOnlyList<string> Variables => landscape.Variables;

    /// <summary>One step.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="slopes">The gradient there.</param>
    /// <param name="state">What the optimizer keeps for each variable; set to what it keeps next.</param>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <param name="write">Whether its lines are wanted.</param>
    /// <param name="next">Where it ends.</param>
    public IReadOnlyList<NumberLine> Step(
        Expr[] point,
        IReadOnlyList<double> slopes,
        Expr[][] state,
        int step,
        double rate,
        bool write,
        out Expr[] next
    )
    {
        names.Clear();
        var lines = new List<NumberLine>();
        var constants = new Expr[Optimizer.MaximumConstants];
        optimizer.Constants(step, Expr.Of(rate), constants);
        var gradients = new Expr[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            names[point[i]] = new SymbolName(Variables[i]);
            gradients[i] = Slope(point, i, slopes[i]);
            if (write)
                lines.Add(landscape.SlopeLine(i, point, gradients[i], digits));
        }
        next = new Expr[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            owner = Variables[i];
            foreach (Expr kept in state[i])
                names.TryAdd(kept, new SymbolName(kept.Name) { Of = new SymbolName(owner) });
            Expr reached = optimizer.Next(point[i], gradients[i], state[i], constants);
            if (write)
                Update(reached, new SymbolName(Variables[i]) { IsNext = true }, lines, []);
            next[i] = Fresh(Variables[i], reached);
            for (int k = 0; k < state[i].Length; k++)
                state[i][k] = Fresh(optimizer.State[k], state[i][k]);
        }
        return lines;
    }

    /// <summary>The line of the height at a point.</summary>
    public IEnumerable<NumberLine> Value(Expr[] point, DescentStep reached) =>
        point.All(e => double.IsFinite(e.Value)) && double.IsFinite(reached.Value)
            ? [landscape.ValueLine(point, reached.Value, digits)]
            : [];

    private Expr Slope(Expr[] point, int i, double value)
    {
        var slope = Expr.Symbol($"∂{landscape.Name}/∂{Variables[i]}", value, landscape.ExactSlope(i, point));
        names[slope] = new SymbolName(Variables[i]) { IsGradient = true, Numerator = new(landscape.Name) };
        return slope;
    }

    // An optimizer's own names (v, m̂) open lines of their own before the one that uses them.
    private void Update(Expr e, SymbolName name, List<NumberLine> lines, HashSet<string> written)
    {
        foreach (Expr part in Lets(e))
        {
            var inner = new SymbolName(part.Name) { Of = new SymbolName(owner) };
            if (written.Add(part.Name))
                Update(part.Definition!, optimizer.State.Contains(part.Name) ? inner with { IsNext = true } : inner, lines, written);
            names[part] = optimizer.State.Contains(part.Name) ? inner with { IsNext = true } : inner;
        }
        (string result, bool exact) = notation.Number(e.Value, e.Exact);
        bool numbersExact = notation.IsExact(e);
        var line = new NumberLine(name.ToString(), notation.Symbolic(e), notation.Numbers(e), numbersExact, result, exact && numbersExact);
        if (double.IsFinite(e.Value) && reader.Disagreement(line.Numbers, line.Result) is { } disagreement)
            throw new InvalidOperationException($"A bug in Longhand: the line {line} does not hold: {disagreement}");
        lines.Add(line);
    }

    private IEnumerable<Expr> Lets(Expr e) =>
        e.Kind == ExprKind.Symbol
            ? (e.Definition is not null && !names.ContainsKey(e) ? [e] : [])
            : e.Arguments.SelectMany(Lets).Distinct().ToList();

    // What was computed is a number from now on, with the name that it has had.
    private static Expr Fresh(string name, Expr value) =>
        Expr.Symbol(name, value.Value, value.Exact is { BitLength: <= MostExactBits } exact ? exact : null);
}

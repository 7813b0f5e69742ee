using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>Takes the steps of a <see cref="Descent"/> and writes them: the optimizer's one statement is read with numbers that remember how they were made.</summary>
internal sealed class DescentWriter
{
    private const int LongestLine = 400;

    private readonly Descent descent;
    private readonly int digits;
    private readonly TextNotation notation;
    private readonly LineReader reader;
    private readonly Dictionary<Expr, SymbolName> names = new(ReferenceEqualityComparer.Instance);
    private string owner = "";

    public DescentWriter(Descent descent, int digits)
    {
        this.descent = descent;
        this.digits = digits;
        notation = new TextNotation(e => names.GetValueOrDefault(e) ?? new SymbolName(e.Name) { Of = new SymbolName(owner) }, digits);
        reader = new LineReader(digits);
    }

    private IReadOnlyList<string> Variables => descent.Function.Variables;

    /// <summary>One step.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="state">What the optimizer keeps for each variable; set to what it keeps next.</param>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="write">Whether its lines are wanted.</param>
    /// <param name="next">Where it ends.</param>
    public IReadOnlyList<NumberLine> Step(Expr[] point, Expr[][] state, int step, bool write, out Expr[] next)
    {
        names.Clear();
        var lines = new List<NumberLine>();
        Optimizer optimizer = descent.Optimizer;
        var constants = new Expr[Optimizer.MaximumConstants];
        optimizer.Constants(step, Expr.Of(optimizer.LearningRate), constants);
        var gradients = new Expr[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            names[point[i]] = new SymbolName(Variables[i]);
            gradients[i] = Slope(point, i);
            if (write)
                lines.Add(Checked(Line($"∂f/∂{Variables[i]}", descent.Gradient[i], point, gradients[i].Value, gradients[i].Exact)));
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

    /// <summary>The line of the function's value at a point.</summary>
    public IEnumerable<NumberLine> Value(Expr[] point, DescentStep reached) =>
        point.All(e => double.IsFinite(e.Value)) && double.IsFinite(reached.Value)
            ? [Checked(Line("f", descent.Function, point, reached.Value, Exact(descent.Function, point)))]
            : [];

    private Expr Slope(Expr[] point, int i)
    {
        double value = descent.Gradient[i].Evaluate([.. point.Select(e => e.Value)]);
        Expr slope = Expr.Symbol($"∂f/∂{Variables[i]}", value, Exact(descent.Gradient[i], point));
        names[slope] = new SymbolName(slope.Name);
        return slope;
    }

    private static Rational? Exact(Expression of, Expr[] point)
    {
        if (!point.All(e => e.Exact is not null))
            return null;
        Rational? exact = ExactExpression.Evaluate(of.Root, [.. point.Select(e => e.Exact!.Value)]);
        return exact is { BitLength: <= Expr.MaximumExactBits } ? exact : null;
    }

    private NumberLine Line(string name, Expression of, Expr[] point, double value, Rational? exact)
    {
        // Nobody reads a line of many pages, and reading it back would take longer than all else.
        if (ExpressionParts.Count(of.Root, LongestLine) >= LongestLine)
            return new(name, "…", "…", false, NumberLine.Number(value, exact, digits).Text, false);
        bool allExact = true;
        string numbers = new ExpressionWriter(variable =>
        {
            Expr e = point[variable.Index];
            (string text, bool isExact) = NumberLine.Number(e.Value, e.Exact, digits);
            allExact &= isExact;
            return text;
        }).Write(of.Root);
        (string result, bool resultExact) = NumberLine.Number(value, exact, digits);
        return new(name, new ExpressionWriter().Write(of.Root), numbers, allExact, result, resultExact && allExact);
    }

    private NumberLine Checked(NumberLine line) =>
        line.Numbers != "…" && NumberLine.Disagreement(line, digits) is { } disagreement
            ? throw new InvalidOperationException($"A bug in Longhand: the line {line} does not hold: {disagreement}")
            : line;

    // An optimizer's own names (v, m̂) open lines of their own before the one that uses them.
    private void Update(Expr e, SymbolName name, List<NumberLine> lines, HashSet<string> written)
    {
        foreach (Expr part in Lets(e))
        {
            var inner = new SymbolName(part.Name) { Of = new SymbolName(owner) };
            if (written.Add(part.Name))
                Update(
                    part.Definition!,
                    descent.Optimizer.State.Contains(part.Name) ? inner with { IsNext = true } : inner,
                    lines,
                    written
                );
            names[part] = descent.Optimizer.State.Contains(part.Name) ? inner with { IsNext = true } : inner;
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
    private static Expr Fresh(string name, Expr value) => Expr.Symbol(name, value.Value, value.Exact);
}

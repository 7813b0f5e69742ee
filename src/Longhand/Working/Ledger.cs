using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Where the lines of a solution are written: each takes an expression, opens lines for the intermediate results that its declaration
/// names, is read back, and leaves a symbol with which the computation goes on, so that nothing nests without bound.
/// </summary>
internal sealed class Ledger
{
    private readonly Network network;
    private readonly SymbolTable symbols;
    private readonly ExplainRequest request;
    private readonly LineReader reader;
    private readonly LineNotes notes;
    private readonly List<WorkingBlock> blocks = [];
    private readonly List<WorkingStep> steps = [];
    private readonly Dictionary<Expr, string> idOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, (double Value, Expr Symbol)> lets = [];

    // What goes on, rounded, in place of an intermediate result that a declaration has named.
    private readonly Dictionary<Expr, Expr> rounded = new(ReferenceEqualityComparer.Instance);

    public Ledger(Network network, SymbolTable symbols, ExplainRequest request, int longestSum)
    {
        (this.network, this.symbols, this.request) = (network, symbols, request);
        int digits = request.Conventions.Digits;
        Notation = new TextNotation(symbols.Of, digits, longestSum, request.Exact, symbols.OriginOf);
        reader = new LineReader(digits, request.Exact);
        notes = new LineNotes(Notation, request.Exact);
    }

    /// <summary>How expressions are written.</summary>
    public TextNotation Notation { get; }

    /// <summary>With fractions asked for: the first line that has none, and why; null while all have.</summary>
    public string? FirstRounded => notes.FirstRounded;

    /// <summary>The update that lines belong to, from 1.</summary>
    public int Update { get; private set; }

    /// <summary>While an update is written: the parameter that m and v belong to.</summary>
    public SymbolName? Owner { get; set; }

    /// <summary>The layer whose declaration names what is being written, where there is one.</summary>
    public Node? Maker { get; set; }

    /// <summary>The blocks so far.</summary>
    public IReadOnlyList<WorkingBlock> Blocks => blocks;

    /// <summary>The lines so far, in the order in which they were found.</summary>
    public IReadOnlyList<WorkingStep> Steps => steps;

    /// <summary>Begins the pass that leads to an update.</summary>
    public void Begin(int update)
    {
        Update = update;
        lets.Clear();
    }

    /// <summary>The block of that name in a section, begun if there is none.</summary>
    public WorkingBlock Block(WorkingSection section, string name)
    {
        if (Find(section, name) is { } known)
            return known;
        var block = new WorkingBlock(Update, section, name);
        blocks.Add(block);
        return block;
    }

    /// <summary>The block of that name in a section; null if there is none.</summary>
    public WorkingBlock? Find(WorkingSection section, string name) =>
        blocks.FindLast(b => b.Update == Update && b.Section == section && b.Name == name);

    /// <summary>Writes a line.</summary>
    /// <param name="e">What is computed.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="block">Where it stands.</param>
    /// <param name="key">Where it is found in answers and JSON.</param>
    /// <param name="rule">What made it.</param>
    /// <param name="origin">Which number of the network it is; null where it is none.</param>
    /// <param name="note">What is said behind it.</param>
    /// <returns>The name, to go on with.</returns>
    public Expr Line(Expr e, SymbolName name, WorkingBlock block, string key, string rule, Origin? origin = null, string note = "")
    {
        e = Open(e, block, key, rule);
        return Entry(e, origin, name, Write(e, name, block, key, rule, note, isShare: false).Id);
    }

    /// <summary>Writes a line that is one term of a sum, which is worked elsewhere or not at all.</summary>
    public void Share(Expr term, SymbolName of, WorkingBlock block, string key, string rule) =>
        Write(Open(term, block, key, rule), of, block, key, rule, "", isShare: true);

    /// <summary>Writes a line about many numbers at once, or in which more is said than an expression can.</summary>
    /// <param name="right">The right side.</param>
    /// <param name="outcome">What comes out, laid out as it is printed.</param>
    /// <param name="values">The same in the order of the JSON; null where it is a single number.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="block">Where it stands.</param>
    /// <param name="key">Where it is found in answers and JSON.</param>
    /// <param name="rule">What made it.</param>
    /// <param name="note">What is said behind it.</param>
    /// <returns>The line.</returns>
    public WorkingStep Line(
        RightSide right,
        ExprMatrix outcome,
        (IReadOnlyList<int> Sizes, Func<int, int> PlaceOf)? values,
        SymbolName name,
        WorkingBlock block,
        string key,
        string rule,
        string note = ""
    )
    {
        Grid<Float64>? grid = null;
        if (values is { } nested)
        {
            grid = new Grid<Float64>([.. nested.Sizes]);
            for (int i = 0; i < outcome.Length; i++)
                grid.SetFlat(nested.PlaceOf(i), new(outcome[i].Value));
        }
        var step = new WorkingStep
        {
            Id = NextId,
            Section = block.Section,
            Update = Update,
            Block = block.Name,
            Key = key,
            Name = name,
            Rule = rule,
            Expression = null,
            InSymbols = right.InSymbols,
            InNumbers = right.InNumbers,
            NumbersAreExact = right.IsExact,
            Outcome = outcome.Numbers(Notation),
            ResultIsExact = right.IsExact && outcome.IsExact(Notation),
            Value = outcome[0].Value,
            Values = grid,
            Show = request.Show,
            Note = string.Join("; ", ((string[])[notes.Of(right.Used, outcome, name), note]).Where(said => said.Length > 0)),
            Uses = [.. right.Used.SelectMany(Symbols).Where(idOf.ContainsKey).Select(u => idOf[u]).Distinct()],
        };
        double[] allowed = Checked(step);
        if (values is { } laid)
        {
            var tolerances = new Grid<Float64>([.. laid.Sizes]);
            for (int i = 0; i < allowed.Length; i++)
                tolerances.SetFlat(laid.PlaceOf(i), new(allowed[i]));
            step = step with { Tolerances = tolerances, Places = [.. Enumerable.Range(0, outcome.Length).Select(laid.PlaceOf)] };
        }
        return Add(step with { Tolerance = allowed.Max() }, block);
    }

    /// <summary>Writes a sum of which only the first terms are written out.</summary>
    /// <param name="shown">Those terms.</param>
    /// <param name="more">How many more there are.</param>
    /// <param name="total">What all of them come to.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="block">Where it stands.</param>
    /// <param name="key">Where it is found.</param>
    /// <param name="rule">What made it.</param>
    /// <param name="note">What is said behind it.</param>
    /// <returns>The name, to go on with.</returns>
    public Expr Abridged(Expr shown, int more, Expr total, SymbolName name, WorkingBlock block, string key, string rule, string note)
    {
        Expr rest = total - shown;
        (string text, bool isExact) = Notation.Number(rest.Value, rest.Exact);
        Formula With(bool numbers) =>
            new Sum([
                .. Notation.Formula(shown, numbers) is Sum sum ? sum.Terms : [(false, Notation.Formula(shown, numbers))],
                (false, new Elided(more, numbers ? text : null)),
            ]);
        WorkingStep line = Line(
            new RightSide(With(false), With(true), isExact && Notation.IsExact(shown), [shown]),
            new ExprMatrix(1, 1, [total]),
            null,
            name,
            block,
            key,
            rule,
            note
        );
        return Entry(total, null, name, line.Id);
    }

    /// <summary>One number of the array that a line has found, to go on with.</summary>
    public Expr Entry(Expr e, Origin? origin, SymbolName name, string id)
    {
        Expr symbol = Carried(name.ToString(), e);
        if (origin is { } number)
            symbols.Add(symbol, number);
        else
            symbols.Add(symbol, name);
        idOf.Add(symbol, id);
        return symbol;
    }

    /// <summary>A name for what is not written out.</summary>
    public Expr Unwritten(Expr e, Origin origin)
    {
        Expr symbol = Carried("", e);
        symbols.Add(symbol, origin);
        return symbol;
    }

    /// <summary>Another symbol for what a line has found.</summary>
    public void Same(Expr symbol, Expr line)
    {
        if (idOf.TryGetValue(line, out string? id))
            idOf[symbol] = id;
    }

    /// <summary>What goes on in place of an intermediate result: itself, or rounded where each line is.</summary>
    public Expr Current(Expr symbol) => rounded.GetValueOrDefault(symbol) ?? symbol;

    /// <summary>An intermediate result that a declaration has named is what a line has found.</summary>
    public void Stand(Expr symbol, Expr line, SymbolName name)
    {
        symbols.Add(symbol, name);
        idOf.Add(symbol, idOf[line]);
        if (request.Conventions.RoundsEachLine)
            rounded[symbol] = line;
    }

    /// <summary>A value as it goes on: rounded where each line is.</summary>
    public (double Value, Rational? Exact) Carry(double value, Rational? exact)
    {
        if (!request.Conventions.RoundsEachLine || !double.IsFinite(value))
            return (value, exact);
        (string text, bool isExact) = Notation.Number(value, exact);
        if (isExact)
            return (value, exact);
        var printed = Rational.Parse(text.Replace('−', '-'));
        return ((double)printed, printed);
    }

    /// <summary>Writes the lines of intermediate results that a declaration has named, and computes with what they came to.</summary>
    public Expr Open(Expr e, WorkingBlock block, string key, string rule)
    {
        bool isOther = false;
        foreach (Expr part in Symbols(e))
        {
            if (!symbols.Knows(part) && part.Definition is { } definition)
                Inner(part, definition);
            isOther |= rounded.ContainsKey(part);
        }
        return isOther ? Rebuild.With(e, rounded) : e;

        // A declaration's own name for an intermediate result opens a line before this one. The way back may name the same thing again.
        void Inner(Expr part, Expr definition)
        {
            SymbolName inner = InnerName(part.Name);
            string text = inner.ToString();
            if (!lets.TryGetValue(text, out (double Value, Expr Symbol) known) || !known.Value.Equals(part.Value))
                known = lets[text] = (part.Value, Line(definition, inner, block, $"{key}.{part.Name}", rule));
            Stand(part, known.Symbol, inner);
        }
    }

    /// <summary>The symbols of an expression from left to right; not by recursion, since a long sum is a deep tree.</summary>
    public static IEnumerable<Expr> Symbols(Expr e) => Parts(e).Where(part => part.Kind == ExprKind.Symbol);

    /// <summary>All that an expression is made of, the same way.</summary>
    public static IEnumerable<Expr> Parts(Expr whole)
    {
        var rest = new Stack<Expr>([whole]);
        while (rest.TryPop(out Expr? part))
        {
            yield return part;
            for (int i = part.Arguments.Count - 1; i >= 0; i--)
                rest.Push(part.Arguments[i]);
        }
    }

    private string NextId => string.Create(CultureInfo.InvariantCulture, $"s{steps.Count + 1}");

    private Expr Carried(string name, Expr e)
    {
        (_, Rational? exact) = Carry(e.Value, e.Exact);
        return request.Conventions.RoundsEachLine && exact is { } printed ? Expr.Let(name, e, printed) : Expr.Let(name, e);
    }

    private WorkingStep Write(Expr e, SymbolName name, WorkingBlock block, string key, string rule, string note, bool isShare)
    {
        string said = notes.Of([e], new ExprMatrix(1, 1, [e]), name);
        (string result, bool exact) = Notation.Number(e.Value, e.Exact);
        bool numbersExact = Notation.IsExact(e);
        var step = new WorkingStep
        {
            Id = NextId,
            Section = block.Section,
            Update = Update,
            Block = block.Name,
            Key = key,
            Name = name,
            Rule = rule,
            Expression = e,
            InSymbols = Notation.Formula(e, numbers: false),
            InNumbers = Notation.Formula(e, numbers: true),
            NumbersAreExact = numbersExact,
            Outcome = new Numeral(result),
            ResultIsExact = exact && numbersExact,
            Value = e.Value,
            IsShare = isShare,
            Show = request.Show,
            Note = string.Join("; ", ((string[])[said, note]).Where(text => text.Length > 0)),
            Uses = [.. Symbols(e).Where(idOf.ContainsKey).Select(u => idOf[u]).Distinct()],
        };
        return Add(step with { Tolerance = Checked(step)[0] }, block);
    }

    private WorkingStep Add(WorkingStep step, WorkingBlock block)
    {
        steps.Add(step);
        block.Add(step);
        return step;
    }

    // What cannot be read back as what it says is never shown.
    private double[] Checked(WorkingStep step)
    {
        (string? disagreement, IReadOnlyList<double> allowed) = reader.Check(step.Numbers, step.Result);
        if (disagreement is not null)
            throw new InvalidOperationException($"A bug in Longhand: the line {step.Line} does not hold: {disagreement}");
        return allowed.Count == (step.Values?.Length ?? 1) ? [.. allowed] : new double[step.Values!.Length];
    }

    /// <summary>
    /// What a declaration's own name is on paper. "L[3]" is the loss of sample 3, "π[0]" the first share: positions count from 0 in
    /// declarations and from 1 on paper. Where several layers of a kind name such things, theirs begin with the layer's number.
    /// </summary>
    public SymbolName InnerName(string local)
    {
        int bracket = local.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
            return new(local) { Of = Owner };
        int position = int.Parse(local.AsSpan(bracket + 1, local.Length - bracket - 2), CultureInfo.InvariantCulture) + 1;
        string letter = local[..bracket];
        if (letter == "L")
            return new(letter) { Sample = position };
        Node[] twins = Maker is null ? [] : [.. network.Nodes.Where(n => n.Layer.Kind == Maker.Layer.Kind)];
        int[] indices = twins.Length > 1 ? [Array.IndexOf(twins, Maker) + 1, position] : [position];
        return new(letter) { Indices = indices, IsBracketed = indices.Any(index => index > 9) };
    }
}

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
    private readonly LineReader reader;
    private readonly List<WorkingBlock> blocks = [];
    private readonly List<WorkingStep> steps = [];
    private readonly Dictionary<Expr, string> idOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, (Expr Symbol, string Id)> lets = [];

    public Ledger(Network network, SymbolTable symbols, int digits, int longestSum)
    {
        (this.network, this.symbols) = (network, symbols);
        Notation = new TextNotation(symbols.Of, digits, longestSum);
        reader = new LineReader(digits);
    }

    /// <summary>How expressions are written.</summary>
    public TextNotation Notation { get; }

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
        if (blocks.FindLast(b => b.Update == Update && b.Section == section && b.Name == name) is { } known)
            return known;
        var block = new WorkingBlock(Update, section, name);
        blocks.Add(block);
        return block;
    }

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
        WorkingStep step = Write(e, name, block, key, rule, note, isShare: false);
        Expr symbol = Expr.Let(name.ToString(), e);
        if (origin is { } number)
            symbols.Add(symbol, number);
        else
            symbols.Add(symbol, name);
        idOf.Add(symbol, step.Id);
        return symbol;
    }

    /// <summary>Writes a line that is one term of a sum, which is worked elsewhere or not at all.</summary>
    public void Share(Expr term, SymbolName of, WorkingBlock block, string key, string rule) =>
        Write(term, of, block, key, rule, "", isShare: true);

    /// <summary>A name for what is not written out.</summary>
    public Expr Unwritten(Expr e, Origin origin)
    {
        Expr symbol = Expr.Let("", e);
        symbols.Add(symbol, origin);
        return symbol;
    }

    /// <summary>Another symbol for what a line has found.</summary>
    public void Same(Expr symbol, Expr line)
    {
        if (idOf.TryGetValue(line, out string? id))
            idOf[symbol] = id;
    }

    private WorkingStep Write(Expr e, SymbolName name, WorkingBlock block, string key, string rule, string note, bool isShare)
    {
        var used = new List<Expr>();
        var notes = new List<string>();
        Visit(e);
        if (note.Length > 0)
            notes.Add(note);
        (string result, bool exact) = Notation.Number(e.Value, e.Exact);
        bool numbersExact = Notation.IsExact(e);
        var step = new WorkingStep
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"s{steps.Count + 1}"),
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
            IsShare = isShare,
            Note = string.Join("; ", notes.Distinct()),
            Uses = [.. used.Where(idOf.ContainsKey).Select(u => idOf[u]).Distinct()],
        };
        // What cannot be read back as what it says is never shown.
        if (reader.Disagreement(step.Numbers, step.Result) is { } disagreement)
            throw new InvalidOperationException($"A bug in Longhand: the line {step.Line} does not hold: {disagreement}");
        steps.Add(step);
        block.Add(step);
        return step;

        // From left to right; not by recursion, since a long sum is a deep tree.
        void Visit(Expr whole)
        {
            var rest = new Stack<Expr>([whole]);
            while (rest.TryPop(out Expr? part))
            {
                if (part.Kind == ExprKind.Symbol)
                {
                    if (!symbols.Knows(part) && part.Definition is { } definition)
                        Inner(part, definition);
                    used.Add(part);
                    continue;
                }
                if (part.Kind == ExprKind.Select && Reason(part) is { Length: > 0 } reason)
                    notes.Add(reason);
                for (int i = part.Arguments.Count - 1; i >= 0; i--)
                    rest.Push(part.Arguments[i]);
            }
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
            Expr line = Line(definition, inner, block, $"{key}.{part.Name}", rule);
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
                ? $"{Notation.Symbolic(test)} = 0 lies exactly on the threshold; what holds there is a convention: {Notation.Number(choice.Value, choice.Exact).Text}"
                : "";
        }
        // A number in place of what was not chosen is a floor that keeps a logarithm finite: nothing to tell unless it is reached.
        bool floor = choice.Index == 1 && choice.Arguments[2].Kind == ExprKind.Constant && choice.Arguments[3].Kind == ExprKind.Constant;
        if (choice.Index == 2 || onlyNumbers || floor)
            return "";
        string sign = choice.Index == 1 ? ">" : "<";
        return test is { Kind: ExprKind.Subtract } difference && difference.Arguments[1].Kind == ExprKind.Constant
            ? $"since {Notation.Symbolic(difference.Arguments[0])} {sign} {Notation.Numbers(difference.Arguments[1])}"
            : $"since {Notation.Symbolic(test)} {sign} 0";
    }

    // "L[3]" is the loss of sample 3, "π[0]" the first share: positions count from 0 in declarations and from 1 on paper. Where several
    // layers of a kind name such things, theirs begin with the layer's number.
    private SymbolName InnerName(string local)
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

using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Reads a matrix of expressions that were all made by one rule as a line of algebra over whole arrays: of wᵢⱼ − 0.1·gᵢⱼ in each place
/// W − 0.1·G. Products between arrays are entry by entry here; powers, quotients and functions are, too.
/// </summary>
/// <param name="arrays">Which arrays there are.</param>
/// <param name="notation">How expressions are written.</param>
/// <param name="shapesInSymbols">Whether shapes stand below names, since no numbers follow.</param>
internal sealed class Lifting(WholeArrays arrays, TextNotation notation, bool shapesInSymbols)
{
    /// <summary>The line; where the places were not made alike, the matrix with a formula in each place.</summary>
    public RightSide Right(ExprMatrix matrix)
    {
        bool isExact = matrix.Items.All(notation.IsExact);
        return Lift(matrix) is { } lifted && (matrix.Length == 1 || !lifted.IsNumber)
            ? new(lifted.InSymbols, lifted.InNumbers, isExact, matrix.Items)
            : new(
                matrix.Laid(e => notation.Formula(e, numbers: false)),
                Shaped(matrix.Laid(e => notation.Formula(e, numbers: true)), matrix),
                isExact,
                matrix.Items
            );
    }

    /// <summary>Whether the places were made alike.</summary>
    public bool CanLift(ExprMatrix matrix) => Lift(matrix) is not null;

    /// <summary>A whole array as a factor: its name, its numbers with the shape below, turned over if asked.</summary>
    public RightSide Factor(ExprMatrix matrix)
    {
        Formula symbols =
            matrix.Length == 1 ? notation.Formula(matrix[0], numbers: false)
            : arrays.Find(matrix) is { } found ? Named(found, matrix)
            : matrix.Laid(e => notation.Formula(e, numbers: false));
        return new(symbols, Shaped(matrix.Numbers(notation), matrix), matrix.IsExact(notation), matrix.Items);
    }

    /// <summary>With its shape below, where it is more than a number.</summary>
    public static Formula Shaped(Formula formula, ExprMatrix matrix) =>
        matrix.Length == 1 ? formula : new Shaped(formula, matrix.Rows, matrix.Columns);

    private Formula Named((SymbolName Name, bool IsTurned) found, ExprMatrix matrix)
    {
        Formula name = new Identifier(found.Name) { Origin = notation.OriginOf(matrix[0]), IsWhole = true };
        Formula whole = found.IsTurned ? new Transposed(name) : name;
        return shapesInSymbols ? Shaped(whole, matrix) : whole;
    }

    private Lifted? Lift(ExprMatrix matrix)
    {
        Expr first = matrix[0];
        if (matrix.Length == 1)
            return new(notation.Formula(first, numbers: false), notation.Formula(first, numbers: true), true);
        bool isConstant = matrix.Items.All(e => e.Kind == ExprKind.Constant && e.Value.Equals(first.Value));
        if (isConstant || matrix.Items.All(e => ReferenceEquals(e, first)))
            return new(notation.Formula(first, numbers: false), notation.Formula(first, numbers: true), true);
        if (matrix.Items.Any(e => e.Kind != first.Kind || e.Name != first.Name && first.Kind == ExprKind.Function))
            return null;
        return first.Kind switch
        {
            ExprKind.Symbol => Array(matrix),
            ExprKind.Add or ExprKind.Subtract => Sum(matrix),
            ExprKind.Multiply => Part(matrix, 0) is { } a && Part(matrix, 1) is { } b ? Times(first.Arguments[0], a, b) : null,
            ExprKind.Divide => Part(matrix, 0) is { } a && Part(matrix, 1) is { } b ? a.With(b, Formula.Quotient) : null,
            ExprKind.Negate => Part(matrix, 0)?.Map(x => new Negation(x)),
            ExprKind.Power => matrix.Items.All(e => e.Exponent == first.Exponent)
                ? Part(matrix, 0)?.Map(x => new Power(x, first.Exponent))
                : null,
            ExprKind.Function => Part(matrix, 0)?.Map(x => TextNotation.Function(first.Name, x)),
            ExprKind.Max => Compared(matrix),
            ExprKind.Select => Choice(matrix),
            _ => null,
        };
    }

    // ½(Y − T), but 0.5·X.
    private Lifted Times(Expr left, Lifted a, Lifted b)
    {
        if (!a.IsNumber || !TextNotation.IsVulgar(left))
            return a.Times(b);
        if (b.InSymbols.Binding < Binding.Product && b.InNumbers.Binding < Binding.Product)
            return a.With(b, (x, y) => Formula.Product(x, y, sideBySide: true)) with { IsNumber = b.IsNumber };
        return a.Map(_ => notation.Plain(left)).Times(b);
    }

    private Lifted? Part(ExprMatrix matrix, int argument) => Lift(matrix.Select(e => e.Arguments[argument]));

    private Lifted? Array(ExprMatrix matrix) =>
        arrays.Find(matrix) is { } found ? new(Named(found, matrix), Shaped(matrix.Numbers(notation), matrix), false) : null;

    private Lifted? Sum(ExprMatrix matrix)
    {
        LongSum[] sums = [.. matrix.Items.Select(e => new LongSum(e))];
        int count = sums[0].Count;
        if (sums.Any(sum => sum.Count != count))
            return null;
        var terms = new List<(bool Minus, Lifted Term)>();
        for (int i = 0; i < count; i++)
        {
            bool minus = sums[0].Terms[i].Minus;
            int k = i;
            if (sums.Any(sum => sum.Terms[k].Minus != minus))
                return null;
            if (Lift(new ExprMatrix(matrix.Rows, matrix.Columns, [.. sums.Select(sum => sum.Terms[k].Value)])) is not { } term)
                return null;
            terms.Add((minus, term));
        }
        return new(
            new Sum([.. terms.Select((t, i) => Signed(i, t.Minus, t.Term.InSymbols))]),
            new Sum([.. terms.Select((t, i) => Signed(i, t.Minus, t.Term.InNumbers))]),
            terms.TrueForAll(t => t.Term.IsNumber)
        );
    }

    private static (bool, Formula) Signed(int position, bool minus, Formula term) =>
        position > 0 && !minus && Formula.Unsigned(term) is { } positive ? (true, positive) : (minus, term);

    private Lifted? Compared(ExprMatrix matrix)
    {
        Expr[][] all = [.. matrix.Items.Select(e => LongSum.Compared(e).ToArray())];
        if (all.Any(e => e.Length != all[0].Length))
            return null;
        Lifted?[] parts =
        [
            .. Enumerable
                .Range(0, all[0].Length)
                .Select(k => Lift(new ExprMatrix(matrix.Rows, matrix.Columns, [.. all.Select(e => e[k])]))),
        ];
        return parts.Any(part => part is null)
            ? null
            : new(
                new Call("max", [.. parts.Select(part => part!.InSymbols)]),
                new Call("max", [.. parts.Select(part => part!.InNumbers)]),
                parts.All(part => part!.IsNumber)
            );
    }

    private Lifted? Choice(ExprMatrix matrix)
    {
        Expr first = matrix[0];
        if (matrix.Items.All(TextNotation.IsIndicator))
        {
            Formula numbers = Shaped(matrix.Numbers(notation), matrix);
            if (TextNotation.Relation(first) is not { } relation || matrix.Items.Any(e => TextNotation.Relation(e) != relation))
                return new(numbers, numbers, false);
            return Part(matrix, 0) is { } test ? new(new Indicator(test.InSymbols, relation), numbers, false) : null;
        }
        return matrix.Items.All(e => e.Index == first.Index) ? Part(matrix, first.Index) : null;
    }

    /// <summary>A formula over arrays, and whether it is a single number for all places.</summary>
    private sealed record Lifted(Formula InSymbols, Formula InNumbers, bool IsNumber)
    {
        public Lifted Map(Func<Formula, Formula> change) => new(change(InSymbols), change(InNumbers), IsNumber);

        public Lifted With(Lifted other, Func<Formula, Formula, Formula> join) =>
            new(join(InSymbols, other.InSymbols), join(InNumbers, other.InNumbers), IsNumber && other.IsNumber);

        public Lifted Times(Lifted other) =>
            With(other, IsNumber || other.IsNumber ? (a, b) => Formula.Product(a, b, sideBySide: false) : Entrywise);

        private static Formula Entrywise(Formula a, Formula b) =>
            Formula.Unsigned(a) is { } positive ? new Negation(new Entrywise(positive, b)) : new Entrywise(a, b);
    }
}

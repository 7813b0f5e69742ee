namespace Longhand.Working;

/// <summary>
/// Writes formulas in one notation. Where parentheses and minus signs go is decided here, once for all notations; what they look like is up
/// to each of them.
/// </summary>
internal abstract class FormulaPrinter
{
    // A longer sum cannot be broken above or below a fraction bar: it stands beside a slash.
    private const int MostAtBar = 4;

    /// <summary>The formula in this notation.</summary>
    public string Write(Formula formula) =>
        formula switch
        {
            Numeral number => Number(number),
            Identifier identifier => Name(identifier),
            Letter letter => Sign(letter.Text),
            Sum sum => Row(string.Concat(sum.Terms.Select(Term))),
            Product product => Row(
                Part(product.Left, Binding.Negative) + (product.SideBySide ? Beside : Operator("·")) + Part(product.Right, Binding.Product)
            ),
            Quotient quotient => Fraction(quotient.Numerator, quotient.Denominator),
            Negation negation => Row(Prefix("−") + Part(negation.Inner, Binding.Product)),
            Power power => Raised(Part(power.Base, Binding.Atom), power.Exponent),
            Exponential exponential => Exp(exponential.Exponent),
            Root root => SquareRoot(root.Inner),
            Absolute absolute => Fenced("|", Write(absolute.Inner), "|"),
            Call call => Applied(call.Function, string.Join(Comma, call.Arguments.Select(Write))),
            Indicator indicator => Applied(
                "𝟙",
                Row(Part(indicator.Test, Binding.Sum) + Operator($" {indicator.Relation} ") + Number("0"))
            ),
            Elided elided => Left(elided.Count, elided.Value is null ? null : Number(elided.Value)),
            Matrix matrix => Brackets([.. matrix.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Write)])]),
            Transposed transposed => Transpose(Part(transposed.Inner, Binding.Atom)),
            Entrywise entrywise => Row(Part(entrywise.Left, Binding.Negative) + Operator(" ⊙ ") + Part(entrywise.Right, Binding.Factor)),
            Shaped shaped => Under(Write(shaped.Inner), $"{shaped.Rows}×{shaped.Columns}"),
            _ => throw new InvalidOperationException($"A bug in Longhand: nothing says how a {formula.GetType().Name} is written."),
        };

    /// <summary>
    /// The formula in pieces, between which a line may be broken: before each plus and minus of a sum, behind each comma, and between two
    /// matrices; also within parentheses, which then do not grow with what they hold. Side by side the pieces are the whole formula.
    /// </summary>
    public IReadOnlyList<string> Pieces(Formula formula) =>
        formula switch
        {
            Sum sum => [.. sum.Terms.SelectMany(Pieces)],
            // Matrices are wide; a line may end between two of them.
            Product { SideBySide: true } product when HoldsMatrix(product.Right) =>
            [
                .. Pieces(product.Left, Binding.Negative),
                .. Pieces(product.Right, Binding.Product),
            ],
            Product product => Join(
                Pieces(product.Left, Binding.Negative),
                product.SideBySide ? Beside : Operator("·"),
                Pieces(product.Right, Binding.Product)
            ),
            Entrywise entrywise => Join(Pieces(entrywise.Left, Binding.Negative), Operator(" ⊙ "), Pieces(entrywise.Right, Binding.Factor)),
            Negation negation => Join([], Prefix("−"), Pieces(negation.Inner, Binding.Product)),
            Power power when MustGrow(power.Base) => [Write(formula)],
            Call call when call.Arguments.Any(MustGrow) => [Write(formula)],
            Power { Base.Binding: < Binding.Atom } power => Within(
                "(",
                Pieces(power.Base),
                Raised(Fence(")", opens: false), power.Exponent)
            ),
            Quotient quotient when IsLong(quotient.Numerator) || IsLong(quotient.Denominator) => Join(
                Pieces(quotient.Numerator, Binding.Negative),
                Operator("/"),
                Pieces(quotient.Denominator, Binding.Atom)
            ),
            Call { Arguments.Count: > 1 } call => Join(
                [],
                Applied(call.Function),
                Within(
                    "(",
                    [
                        .. call
                            .Arguments.Index()
                            .SelectMany(a => a.Index == call.Arguments.Count - 1 ? Pieces(a.Item) : Join(Pieces(a.Item), Comma, [])),
                    ],
                    Fence(")", opens: false)
                )
            ),
            Call { Arguments: [Sum argument] } call => Join(
                [],
                Applied(call.Function),
                Within("(", Pieces(argument), Fence(")", opens: false))
            ),
            _ => [Write(formula)],
        };

    /// <summary>A formula, in parentheses where it is looser than asked.</summary>
    protected string Part(Formula formula, Binding least) => formula.Binding < least ? Fenced("(", Write(formula), ")") : Write(formula);

    /// <summary>What stands between factors that need no dot.</summary>
    protected virtual string Beside => "";

    /// <summary>What stands between arguments.</summary>
    protected abstract string Comma { get; }

    /// <summary>Several things side by side, as one.</summary>
    protected virtual string Row(string parts) => parts;

    /// <summary>A number, with whose it is.</summary>
    protected virtual string Number(Numeral number) => Number(number.Text);

    /// <summary>A name, with what it is of the network.</summary>
    protected virtual string Name(Identifier identifier) => Name(identifier.Name);

    /// <summary>A number, which may open with a minus, be a fraction or have a power of ten.</summary>
    protected abstract string Number(string text);

    /// <summary>A name.</summary>
    protected abstract string Name(SymbolName name);

    /// <summary>A letter with a meaning of its own.</summary>
    protected abstract string Sign(string text);

    /// <summary>A sign between two things, with the spaces that plain text puts around it.</summary>
    protected abstract string Operator(string sign);

    /// <summary>A sign before a thing.</summary>
    protected abstract string Prefix(string sign);

    /// <summary>One over the other.</summary>
    protected abstract string Fraction(Formula numerator, Formula denominator);

    /// <summary>A whole power.</summary>
    protected abstract string Raised(string inner, int exponent);

    /// <summary>A power of e.</summary>
    protected abstract string Exp(Formula exponent);

    /// <summary>A square root.</summary>
    protected abstract string SquareRoot(Formula inner);

    /// <summary>Something between two signs.</summary>
    protected abstract string Fenced(string open, string inner, string close);

    /// <summary>A sign that opens or closes, as high as a letter.</summary>
    protected abstract string Fence(string sign, bool opens);

    /// <summary>A function with its arguments.</summary>
    protected abstract string Applied(string function, string arguments);

    /// <summary>A function before its arguments.</summary>
    protected abstract string Applied(string function);

    /// <summary>What is not written out.</summary>
    protected abstract string Left(int count, string? value);

    /// <summary>Rows and columns in brackets.</summary>
    protected abstract string Brackets(IReadOnlyList<IReadOnlyList<string>> rows);

    /// <summary>A matrix turned over.</summary>
    protected abstract string Transpose(string inner);

    /// <summary>A thing with a remark below it.</summary>
    protected abstract string Under(string inner, string remark);

    private IReadOnlyList<string> Pieces(Formula formula, Binding least) =>
        formula.Binding >= least ? Pieces(formula)
        : MustGrow(formula) ? [Part(formula, least)]
        : Within("(", Pieces(formula), Fence(")", opens: false));

    // Around a matrix parentheses have to be as high as it, and around a fraction they should, unless a long sum is to be broken.
    private static bool MustGrow(Formula formula) =>
        Holds(formula, part => part is Matrix)
        || (
            formula is not Sum { Terms.Count: > MostAtBar }
            && Holds(formula, part => part is Quotient or Identifier { Name.IsGradient: true })
        );

    private static bool HoldsMatrix(Formula formula) => Holds(formula, part => part is Matrix);

    // Whether such a part stands at the height of the line, where it makes the line higher.
    private static bool Holds(Formula formula, Func<Formula, bool> sought) =>
        sought(formula)
        || formula switch
        {
            Sum sum => sum.Terms.Any(addend => Holds(addend.Term, sought)),
            Product product => Holds(product.Left, sought) || Holds(product.Right, sought),
            Entrywise product => Holds(product.Left, sought) || Holds(product.Right, sought),
            Quotient quotient => Holds(quotient.Numerator, sought) || Holds(quotient.Denominator, sought),
            Negation negation => Holds(negation.Inner, sought),
            Power power => Holds(power.Base, sought),
            Transposed transposed => Holds(transposed.Inner, sought),
            Shaped shaped => Holds(shaped.Inner, sought),
            Absolute absolute => Holds(absolute.Inner, sought),
            Call call => call.Arguments.Any(argument => Holds(argument, sought)),
            _ => false,
        };

    private IReadOnlyList<string> Pieces((bool Minus, Formula Term) addend, int position) =>
        position == 0
            ? Pieces(addend.Term, Binding.Sum)
            : Join([], Operator(addend.Minus ? " − " : " + "), Pieces(addend.Term, Binding.Product));

    private static bool IsLong(Formula formula) => formula is Sum { Terms.Count: > MostAtBar };

    private IReadOnlyList<string> Within(string open, IReadOnlyList<string> inner, string close) =>
        Join(Join([], Fence(open, opens: true), inner), close, []);

    // The last piece of one and the first of the other hold together.
    private static IReadOnlyList<string> Join(IReadOnlyList<string> left, string glue, IReadOnlyList<string> right) =>
        [.. left.SkipLast(1), (left is [.., var last] ? last : "") + glue + (right is [var first, ..] ? first : ""), .. right.Skip(1)];

    private string Term((bool Minus, Formula Term) addend, int position) =>
        position == 0 ? Part(addend.Term, Binding.Sum) : Operator(addend.Minus ? " − " : " + ") + Part(addend.Term, Binding.Product);
}

namespace Longhand.Working;

/// <summary>
/// Writes formulas in one notation. Where parentheses and minus signs go is decided here, once for all notations; what they look like is up
/// to each of them.
/// </summary>
internal abstract class FormulaPrinter
{
    /// <summary>The formula in this notation.</summary>
    public string Write(Formula formula) =>
        formula switch
        {
            Numeral number => Number(number.Text),
            Identifier identifier => Name(identifier.Name),
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

    /// <summary>A formula, in parentheses where it is looser than asked.</summary>
    protected string Part(Formula formula, Binding least) => formula.Binding < least ? Fenced("(", Write(formula), ")") : Write(formula);

    /// <summary>What stands between factors that need no dot.</summary>
    protected virtual string Beside => "";

    /// <summary>What stands between arguments.</summary>
    protected abstract string Comma { get; }

    /// <summary>Several things side by side, as one.</summary>
    protected virtual string Row(string parts) => parts;

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

    /// <summary>A function with its arguments.</summary>
    protected abstract string Applied(string function, string arguments);

    /// <summary>What is not written out.</summary>
    protected abstract string Left(int count, string? value);

    /// <summary>Rows and columns in brackets.</summary>
    protected abstract string Brackets(IReadOnlyList<IReadOnlyList<string>> rows);

    /// <summary>A matrix turned over.</summary>
    protected abstract string Transpose(string inner);

    /// <summary>A thing with a remark below it.</summary>
    protected abstract string Under(string inner, string remark);

    private string Term((bool Minus, Formula Term) addend, int position) =>
        position == 0 ? Part(addend.Term, Binding.Sum) : Operator(addend.Minus ? " − " : " + ") + Part(addend.Term, Binding.Product);
}

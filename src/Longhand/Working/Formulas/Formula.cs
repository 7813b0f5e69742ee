namespace Longhand.Working;

/// <summary>
/// How a formula is laid out, whatever the notation: which parts stand side by side, which above one another. What is looser than its
/// surroundings ask for is put into parentheses by the printer, since a fraction bar or a raised exponent makes some of them needless.
/// </summary>
internal abstract record Formula
{
    /// <summary>How tightly it holds together where it is written on one line.</summary>
    public abstract Binding Binding { get; }

    /// <summary>A quotient; a minus of the numerator is written before the whole.</summary>
    public static Formula Quotient(Formula numerator, Formula denominator) =>
        Unsigned(numerator) is { } positive ? new Negation(new Quotient(positive, denominator)) : new Quotient(numerator, denominator);

    /// <summary>A product; a minus of the first factor is written before the whole.</summary>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second.</param>
    /// <param name="sideBySide">Whether no dot stands between them.</param>
    public static Formula Product(Formula left, Formula right, bool sideBySide) =>
        Unsigned(left) is { } positive ? new Negation(new Product(positive, right, sideBySide)) : new Product(left, right, sideBySide);

    /// <summary>What follows the minus that it opens with; null where it opens with none.</summary>
    public static Formula? Unsigned(Formula formula) =>
        formula switch
        {
            Numeral { IsNegative: true } number => number with { Text = number.Text[1..] },
            Negation negation when negation.Inner.Binding >= Binding.Product => negation.Inner,
            _ => null,
        };
}

/// <summary>How tightly a formula holds together, from loose to tight.</summary>
internal enum Binding
{
    /// <summary>A list in the arguments of a function.</summary>
    None,

    /// <summary>a + b.</summary>
    Sum,

    /// <summary>A single term with a minus in front, which may open a sum or a product, and turns a plus before it into a minus.</summary>
    Negative,

    /// <summary>a·b, a/b.</summary>
    Product,

    /// <summary>x², e^x, ∂L/∂w.</summary>
    Factor,

    /// <summary>A number, a name, a function with its argument.</summary>
    Atom,
}

/// <summary>A number as it is written: <c>0.15</c>, <c>−3</c>, <c>1.5e−8</c>, <c>½</c>, <c>2/7</c>.</summary>
internal sealed record Numeral(string Text) : Formula
{
    /// <summary>The name in whose place it is put in; null for a constant, or for what comes out.</summary>
    public Identifier? Of { get; init; }

    public bool IsNegative => Text.StartsWith('−');

    public override Binding Binding =>
        IsNegative ? Binding.Negative
        : Text.Contains('/', StringComparison.Ordinal) ? Binding.Product
        : Binding.Atom;
}

/// <summary>The name of a value.</summary>
internal sealed record Identifier(SymbolName Name) : Formula
{
    /// <summary>Which number of the network it is, or the first of which array; null where it is none of either.</summary>
    public Origin? Origin { get; init; }

    /// <summary>Whether it is the whole array.</summary>
    public bool IsWhole { get; init; }

    public override Binding Binding => Name.IsGradient ? Binding.Factor : Binding.Atom;
}

/// <summary>A constant of mathematics or a sign of a function: π, φ′.</summary>
internal sealed record Letter(string Text) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>Terms added and taken away, from left to right; the first has no minus of its own here.</summary>
internal sealed record Sum(IReadOnlyList<(bool Minus, Formula Term)> Terms) : Formula
{
    public override Binding Binding => Binding.Sum;
}

/// <summary>Two factors.</summary>
internal sealed record Product(Formula Left, Formula Right, bool SideBySide) : Formula
{
    public override Binding Binding => Binding.Product;
}

/// <summary>One part over another.</summary>
internal sealed record Quotient(Formula Numerator, Formula Denominator) : Formula
{
    public override Binding Binding => Binding.Product;
}

/// <summary>A minus in front.</summary>
internal sealed record Negation(Formula Inner) : Formula
{
    public override Binding Binding => Binding.Negative;
}

/// <summary>A whole power.</summary>
internal sealed record Power(Formula Base, int Exponent) : Formula
{
    public override Binding Binding => Binding.Factor;
}

/// <summary>e to a power.</summary>
internal sealed record Exponential(Formula Exponent) : Formula
{
    public override Binding Binding => Binding.Factor;
}

/// <summary>A square root.</summary>
internal sealed record Root(Formula Inner) : Formula
{
    public override Binding Binding => Binding.Factor;
}

/// <summary>An absolute value.</summary>
internal sealed record Absolute(Formula Inner) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>A function with its arguments: σ(z), max(0, z).</summary>
internal sealed record Call(string Function, IReadOnlyList<Formula> Arguments) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>1 where a condition holds, else 0: 𝟙(z &gt; 0).</summary>
internal sealed record Indicator(Formula Test, string Relation) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>What is not written out of a long sum or list: how many there are, and with numbers what they come to.</summary>
internal sealed record Elided(int Count, string? Value) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>Numbers or terms in rows and columns; a single column is a vector.</summary>
internal sealed record Matrix(IReadOnlyList<IReadOnlyList<Formula>> Rows) : Formula
{
    public override Binding Binding => Binding.Atom;
}

/// <summary>A matrix turned over: xᵀ.</summary>
internal sealed record Transposed(Formula Inner) : Formula
{
    public override Binding Binding => Binding.Factor;
}

/// <summary>A product entry by entry: a ⊙ b.</summary>
internal sealed record Entrywise(Formula Left, Formula Right) : Formula
{
    public override Binding Binding => Binding.Product;
}

/// <summary>A factor with its shape written below: 2×3. Where a notation has one line only, the shape is left out.</summary>
internal sealed record Shaped(Formula Inner, int Rows, int Columns) : Formula
{
    public override Binding Binding => Inner.Binding;
}

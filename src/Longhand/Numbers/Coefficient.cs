namespace Longhand.Numbers;

/// <summary>
/// A number of which nothing but its text is wanted in the end: a fraction as long as its parts are numbers, an expression as soon as a
/// symbol is among them. It knows how long it is when written out, so that one that nobody could read is given up before it is made.
/// </summary>
internal sealed class Coefficient
{
    /// <summary>No expression has more symbols and numbers in it.</summary>
    public const int MostTerms = 1_000_000;

    // Expressions are written by recursion.
    private const int DeepestNesting = 1_000;

    private readonly Expr? symbolic;
    private readonly int depth = 1;

    private Coefficient(double value, Rational? exact)
    {
        Value = value;
        Exact = exact is { } fraction && fraction.BitLength <= Expr.MaximumExactBits ? exact : null;
        IsExact = Exact is not null;
    }

    private Coefficient(Expr symbolic, long terms, int depth, bool isExact)
    {
        this.symbolic = symbolic;
        Terms = terms;
        this.depth = depth;
        IsExact = isExact;
        Value = double.NaN;
        if (terms > MostTerms)
            throw new LonghandException(
                FormattableString.Invariant(
                    $"written out, one weight of the single layer would have more than {MostTerms:N0} terms. With numbers for the weights it is one number."
                )
            );
        if (depth > DeepestNesting)
            throw new LonghandException(
                FormattableString.Invariant(
                    $"written out, one weight of the single layer would be nested more than {DeepestNesting:N0} deep. With numbers for the weights it is one number."
                )
            );
    }

    public static Coefficient Zero { get; } = new(0, Rational.Zero);

    /// <summary>How many symbols and numbers it has when written out.</summary>
    public long Terms { get; } = 1;

    /// <summary>Whether no number in it has been rounded.</summary>
    public bool IsExact { get; }

    /// <summary>Whether it is a number rather than an expression in symbols.</summary>
    public bool IsNumber => symbolic is null;

    /// <summary>The number; NaN for an expression.</summary>
    public double Value { get; }

    /// <summary>The number as a fraction; null for an expression, or where it is irrational or too long.</summary>
    public Rational? Exact { get; }

    public static Coefficient Of(Rational value) => new((double)value, value);

    public static Coefficient Of(double value) => new(value, double.IsFinite(value) ? Rational.FromDouble(value) : null);

    /// <summary>A symbol, or a number where the expression has a value.</summary>
    public static Coefficient Of(Expr e) => e.HasValue ? new(e.Value, e.Exact) : new(e, 1, 1, isExact: true);

    /// <summary>As an expression; a rounded number is a symbol whose name is its digits.</summary>
    public Expr ToExpr() =>
        symbolic
        ?? (
            Exact is { } exact
                ? Expr.Of(exact)
                : Expr.Symbol(Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), Value, null)
        );

    public static Coefficient operator +(Coefficient a, Coefficient b) =>
        a.IsNumber && b.IsNumber ? new(a.Value + b.Value, a.Exact + b.Exact) : Join(a.ToExpr() + b.ToExpr(), a, b);

    public static Coefficient operator -(Coefficient a, Coefficient b) =>
        a.IsNumber && b.IsNumber ? new(a.Value - b.Value, a.Exact - b.Exact) : Join(a.ToExpr() - b.ToExpr(), a, b);

    public static Coefficient operator *(Coefficient a, Coefficient b) =>
        a.IsNumber && b.IsNumber ? new(a.Value * b.Value, a.Exact * b.Exact) : Join(a.ToExpr() * b.ToExpr(), a, b);

    public static Coefficient operator /(Coefficient a, Coefficient b) =>
        a.IsNumber && b.IsNumber
            ? new(a.Value / b.Value, a.Exact is { } x && b.Exact is { IsZero: false } y ? x / y : null)
            : Join(a.ToExpr() / b.ToExpr(), a, b);

    public static Coefficient operator -(Coefficient a) => a.IsNumber ? new(-a.Value, -a.Exact) : Join(-a.ToExpr(), a);

    /// <summary>What a function makes of constants: a number where they all are, an expression else.</summary>
    public static Coefficient Apply(Func<Expr[], Expr> function, params Coefficient[] of)
    {
        Expr result = function(Array.ConvertAll(of, c => c.ToExpr()));
        return result.HasValue ? new(result.Value, result.Exact) : Join(result, of);
    }

    // What has folded away (0·w, 1·w) is not counted again.
    private static Coefficient Join(Expr result, params Coefficient[] parts)
    {
        if (result.HasValue)
            return new(result.Value, result.Exact);
        foreach (Coefficient part in parts)
            if (ReferenceEquals(part.symbolic, result))
                return part;
        return new(result, parts.Sum(part => part.Terms), 1 + parts.Max(part => part.depth), parts.All(part => part.IsExact));
    }
}

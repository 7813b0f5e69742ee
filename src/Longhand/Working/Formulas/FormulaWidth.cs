namespace Longhand.Working;

/// <summary>
/// How wide a formula is where it is set in a usual text font, roughly: it "writes" as many characters as there are tenths of an em. Pieces
/// of it correspond one to one to those of any other notation.
/// </summary>
internal sealed class FormulaWidth : FormulaPrinter
{
    private const double InScript = 0.78;

    private const int Digit = 5,
        Letter = 6,
        Narrow = 3,
        Parenthesis = 4,
        BigParenthesis = 5,
        Binary = 12;

    /// <summary>The width of a sign such as =, with the space around it, in em.</summary>
    public const double Relation = 1.4;

    public static FormulaWidth Instance { get; } = new();

    protected override string Comma => Wide(Digit);

    protected override string Beside => Wide(0);

    /// <summary>The width in em.</summary>
    public static double Of(Formula formula) => Instance.Write(formula).Length / 10.0;

    /// <summary>The widths of the pieces in em.</summary>
    public static IReadOnlyList<double> OfPieces(Formula formula) => [.. Instance.Pieces(formula).Select(piece => piece.Length / 10.0)];

    /// <summary>The width of a name in em.</summary>
    public static double Of(SymbolName name) => Instance.Name(name).Length / 10.0;

    protected override string Number(string text) =>
        text is "½" or "⅓" or "¼" ? Wide(Letter)
        : text.IndexOf('e', StringComparison.Ordinal) is > 0 and var power
            ? Wide(Digit * power + 20 + InScript * Digit * (text.Length - power))
        : Wide(
            text.Sum(c =>
                c == '.' ? Narrow
                : c == '−' ? 8
                : Digit
            )
        );

    protected override string Name(SymbolName name)
    {
        if (name.IsGradient)
            return Wide(Letter + Instance.Name(name with { IsGradient = false }).Length + 2);
        NameParts parts = NameParts.Of(name);
        double scripts = InScript * Math.Max(parts.Above.Length, parts.Below.Length) * Digit;
        return Wide(Letters(parts.Base) + scripts + (name.Of is null ? 0 : 2 * Parenthesis + Name(name.Of).Length));
    }

    protected override string Sign(string text) => Wide(Letters(text));

    protected override string Operator(string sign) =>
        Wide(
            sign == "·" ? 7
            : sign == "/" ? Digit
            : Binary
        );

    protected override string Prefix(string sign) => Wide(8);

    protected override string Fraction(Formula numerator, Formula denominator) =>
        Wide(Math.Max(Write(numerator).Length, Write(denominator).Length) + 3);

    protected override string Raised(string inner, int exponent) => inner + Wide(Digit);

    protected override string Exp(Formula exponent) => Wide(Digit + InScript * Write(exponent).Length);

    protected override string SquareRoot(Formula inner) => Wide(9) + Write(inner);

    protected override string Fenced(string open, string inner, string close) => inner + Wide(2 * BigParenthesis);

    protected override string Fence(string sign, bool opens) => Wide(Parenthesis);

    protected override string Applied(string function, string arguments) => Sign(function) + arguments + Wide(2 * BigParenthesis);

    protected override string Applied(string function) => Sign(function);

    protected override string Left(int count, string? value) => Wide(Math.Max(value?.Length ?? 12, 0.72 * Letter * 7));

    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows) =>
        Wide(
            2 * BigParenthesis
                + Enumerable
                    .Range(0, rows.Max(row => row.Count))
                    .Sum(column => rows.Max(row => column < row.Count ? row[column].Length : 0) + 10)
        );

    protected override string Transpose(string inner) => inner + Wide(Letter);

    protected override string Under(string inner, string remark) => Wide(Math.Max(inner.Length, InScript * Digit * remark.Length));

    private static int Letters(string text) => text.Sum(c => c is 'w' or 'm' or 'W' or 'M' ? 8 : Letter);

    private static string Wide(double tenths) => new('x', (int)Math.Ceiling(tenths));
}

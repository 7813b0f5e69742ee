using System.Globalization;
using System.Security;
using System.Text.RegularExpressions;

namespace Longhand.Working;

/// <summary>Presentation MathML, of the elements that MathML Core names, which browsers draw without a script.</summary>
/// <param name="operand">What a name, or the number in its place, stands for; null where nothing is to be said of it.</param>
internal sealed partial class MathMlPrinter(Func<Identifier, Operand?> operand) : FormulaPrinter
{
    public static MathMlPrinter Instance { get; } = new(_ => null);

    protected override string Comma => "<mo separator=\"true\">,</mo>";

    /// <summary>Text with what XML would read as markup made harmless, and without what XML cannot hold.</summary>
    public static string Escape(string text) => SecurityElement.Escape(Readable.Text(text));

    /// <summary>A formula, or a piece of one, as an element of its own.</summary>
    public static string Element(string content) => $"<math displaystyle=\"true\">{content}</math>";

    /// <summary>The sign between the two sides of an equation, or the word that stands there.</summary>
    public static string Relation(string sign) =>
        sign is "=" or "≈" ? $"<mo form=\"infix\">{sign}</mo>" : $"<mtext>{Escape($" {sign} ")}</mtext>";

    /// <summary>What a script needs that follows numbers from line to line; without one it does no harm.</summary>
    public static string Attributes(Operand of) =>
        $" data-of=\"{Escape(of.Key)}\" " + (of.Line is { } line ? $"data-line=\"{Escape(line)}\"" : $"data-name=\"{Escape(of.Name)}\"");

    protected override string Row(string parts) => $"<mrow>{parts}</mrow>";

    protected override string Number(string text)
    {
        if (text.StartsWith('−'))
            return $"<mrow>{Prefix("−")}{Number(text[1..])}</mrow>";
        if (text is "½" or "⅓" or "¼")
            return Small(
                "1",
                text == "½" ? "2"
                    : text == "⅓" ? "3"
                    : "4"
            );
        int slash = text.IndexOf('/', StringComparison.Ordinal),
            power = text.IndexOf('e', StringComparison.Ordinal);
        if (slash > 0)
            return Small(text[..slash], text[(slash + 1)..]);
        return power > 0
            ? $"<mrow><mn>{text[..power]}</mn><mo>·</mo><msup><mn>10</mn>{Number(text[(power + 1)..])}</msup></mrow>"
            : $"<mn>{text}</mn>";
    }

    protected override string Number(Numeral number) =>
        number.Of is { } name && operand(name) is { } of ? $"<mrow{Attributes(of)}>{Number(number.Text)}</mrow>" : Number(number.Text);

    protected override string Name(SymbolName name) => Unlinked(name);

    protected override string Name(Identifier identifier)
    {
        string text = Unlinked(identifier.Name);
        if (operand(identifier) is not { } of)
            return text;
        // In a piece of text any element of a web page may stand, and that is where a link can.
        return of.Line is { } line
            ? $"<mtext><a href=\"#{Escape(line)}\" aria-label=\"{Escape(of.Name)}\"{Attributes(of)}>{Element(text)}</a></mtext>"
            : $"<mrow{Attributes(of)}>{text}</mrow>";
    }

    protected override string Sign(string text) => $"<mi>{Escape(text)}</mi>";

    protected override string Operator(string sign) => $"<mo form=\"infix\">{Escape(sign.Trim())}</mo>";

    protected override string Prefix(string sign) => $"<mo form=\"prefix\">{sign}</mo>";

    protected override string Fraction(Formula numerator, Formula denominator) => $"<mfrac>{Write(numerator)}{Write(denominator)}</mfrac>";

    protected override string Raised(string inner, int exponent) =>
        string.Create(CultureInfo.InvariantCulture, $"<msup>{inner}<mn>{exponent}</mn></msup>");

    protected override string Exp(Formula exponent) => $"<msup><mi>e</mi>{Write(exponent)}</msup>";

    protected override string SquareRoot(Formula inner) => $"<msqrt>{Write(inner)}</msqrt>";

    // Signs that can grow are given more room than others by some fonts even where they do not.
    protected override string Fenced(string open, string inner, string close) =>
        !IsHigh(inner)
            ? $"<mrow>{Fence(open, opens: true)}{inner}{Fence(close, opens: false)}</mrow>"
            : $"<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"true\">{open}</mo>{inner}<mo form=\"postfix\" fence=\"true\" stretchy=\"true\">{close}</mo></mrow>";

    protected override string Fence(string sign, bool opens) =>
        $"<mo form=\"{(opens ? "prefix" : "postfix")}\" fence=\"true\" stretchy=\"false\">{sign}</mo>";

    protected override string Applied(string function, string arguments) =>
        $"<mrow>{Applied(function)}{Fenced("(", $"<mrow>{arguments}</mrow>", ")")}</mrow>";

    // U+2061 says "function application" to those who hear the formula.
    protected override string Applied(string function) => $"{Sign(function)}<mo>&#x2061;</mo>";

    // Numbers stand under one another by their last digits, terms by their middle.
    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string cells = string.Concat(rows.Select(row => $"<mtr>{string.Concat(row.Select(cell => $"<mtd>{cell}</mtd>"))}</mtr>"));
        bool isNumbers = rows.All(row => row.All(cell => !cell.Contains("<mi>", StringComparison.Ordinal)));
        return Fenced("[", $"<mtable{(isNumbers ? " class=\"numbers\"" : "")}>{cells}</mtable>", "]");
    }

    protected override string Transpose(string inner) => $"<msup>{inner}<mi mathvariant=\"normal\">T</mi></msup>";

    // With space beside it, since the next factor has a remark, too.
    protected override string Under(string inner, string remark) => $"<munder>{inner}<mtext>\u2002{Escape(remark)}\u2002</mtext></munder>";

    protected override string Left(int count, string? value) =>
        value is null
            ? "<mo>⋯</mo>"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"<munder><munder>{value}<mo stretchy=\"true\">⏟</mo></munder><mtext>{count} more</mtext></munder>"
            );

    // A number that is a fraction is no higher than others.
    private static string Small(string numerator, string denominator) =>
        $"<mrow displaystyle=\"false\"><mfrac displaystyle=\"false\"><mn>{numerator}</mn><mn>{denominator}</mn></mfrac></mrow>";

    private static bool IsHigh(string inner) =>
        inner.Contains("<mfrac>", StringComparison.Ordinal)
        || inner.Contains("<mtable", StringComparison.Ordinal)
        || inner.Contains("<munder>", StringComparison.Ordinal);

    private string Unlinked(SymbolName name)
    {
        if (name.IsGradient)
            return $"<mfrac><mrow><mo form=\"prefix\">∂</mo>{Unlinked(name.Numerator ?? new("L"))}</mrow><mrow><mo form=\"prefix\">∂</mo>{Unlinked(name with { IsGradient = false })}</mrow></mfrac>";
        NameParts parts = NameParts.Of(name);
        string letter = Sign(parts.Base),
            above = Scripts(parts.Above),
            below = Scripts(parts.Below);
        if (parts.Accent != '\0')
            letter = $"<mover accent=\"true\">{letter}<mo stretchy=\"false\">{parts.Accent}</mo></mover>";
        string text = (parts.Above.Length > 0, parts.Below.Length > 0) switch
        {
            (true, true) => $"<msubsup>{letter}{below}{above}</msubsup>",
            (true, false) => $"<msup>{letter}{above}</msup>",
            (false, true) => $"<msub>{letter}{below}</msub>",
            _ => letter,
        };
        return name.Of is null ? text : $"<mrow>{text}{Fenced("(", Unlinked(name.Of), ")")}</mrow>";
    }

    private static string Scripts(string text) =>
        "<mrow>"
        + Token()
            .Replace(
                text,
                token =>
                    char.IsAsciiDigit(token.Value[0]) ? $"<mn>{token.Value}</mn>"
                    : token.Value == "," ? "<mo separator=\"true\">,</mo>"
                    : token.Value is "(" or ")"
                        ? $"<mo form=\"{(token.Value == "(" ? "prefix" : "postfix")}\" stretchy=\"false\">{token.Value}</mo>"
                    : $"<mo form=\"prefix\">{Escape(token.Value)}</mo>"
            )
        + "</mrow>";

    [GeneratedRegex(@"[0-9]+|.")]
    private static partial Regex Token();
}

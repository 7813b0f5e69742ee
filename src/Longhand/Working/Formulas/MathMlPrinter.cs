using System.Globalization;
using System.Security;

namespace Longhand.Working;

/// <summary>Presentation MathML, of the elements that MathML Core names, which browsers draw without a script.</summary>
internal sealed class MathMlPrinter : FormulaPrinter
{
    public static MathMlPrinter Instance { get; } = new();

    protected override string Comma => "<mo>,</mo>";

    /// <summary>Text with what XML would read as markup made harmless.</summary>
    public static string Escape(string text) => SecurityElement.Escape(text);

    protected override string Row(string parts) => $"<mrow>{parts}</mrow>";

    protected override string Number(string text)
    {
        if (text.StartsWith('−'))
            return $"<mrow>{Prefix("−")}{Number(text[1..])}</mrow>";
        if (text is "½" or "⅓" or "¼")
            return $"<mfrac><mn>1</mn><mn>{(text == "½" ? 2 : text == "⅓" ? 3 : 4)}</mn></mfrac>";
        int slash = text.IndexOf('/', StringComparison.Ordinal),
            power = text.IndexOf('e', StringComparison.Ordinal);
        if (slash > 0)
            return $"<mfrac><mn>{text[..slash]}</mn><mn>{text[(slash + 1)..]}</mn></mfrac>";
        return power > 0
            ? $"<mrow><mn>{text[..power]}</mn><mo>·</mo><msup><mn>10</mn>{Number(text[(power + 1)..])}</msup></mrow>"
            : $"<mn>{text}</mn>";
    }

    protected override string Name(SymbolName name)
    {
        if (name.IsGradient)
            return $"<mfrac><mrow><mo>∂</mo>{Name(name.Numerator ?? new("L"))}</mrow><mrow><mo>∂</mo>{Name(name with { IsGradient = false })}</mrow></mfrac>";
        NameParts parts = NameParts.Of(name);
        string letter = Sign(parts.Base),
            above = $"<mrow>{Scripts(parts.Above)}</mrow>",
            below = $"<mrow>{Scripts(parts.Below)}</mrow>";
        if (parts.Accent != '\0')
            letter = $"<mover accent=\"true\">{letter}<mo stretchy=\"false\">{parts.Accent}</mo></mover>";
        string text = (parts.Above.Length > 0, parts.Below.Length > 0) switch
        {
            (true, true) => $"<msubsup>{letter}{below}{above}</msubsup>",
            (true, false) => $"<msup>{letter}{above}</msup>",
            (false, true) => $"<msub>{letter}{below}</msub>",
            _ => letter,
        };
        return name.Of is null ? text : $"<mrow>{text}{Fenced("(", Name(name.Of), ")")}</mrow>";
    }

    protected override string Sign(string text) => $"<mi>{Escape(text)}</mi>";

    protected override string Operator(string sign) => $"<mo>{Escape(sign.Trim())}</mo>";

    protected override string Prefix(string sign) => $"<mo form=\"prefix\">{sign}</mo>";

    protected override string Fraction(Formula numerator, Formula denominator) => $"<mfrac>{Write(numerator)}{Write(denominator)}</mfrac>";

    protected override string Raised(string inner, int exponent) =>
        string.Create(CultureInfo.InvariantCulture, $"<msup>{inner}<mn>{exponent}</mn></msup>");

    protected override string Exp(Formula exponent) => $"<msup><mi>e</mi>{Write(exponent)}</msup>";

    protected override string SquareRoot(Formula inner) => $"<msqrt>{Write(inner)}</msqrt>";

    protected override string Fenced(string open, string inner, string close) =>
        $"<mrow><mo form=\"prefix\" fence=\"true\">{open}</mo>{inner}<mo form=\"postfix\" fence=\"true\">{close}</mo></mrow>";

    // U+2061 says "function application" to those who hear the formula.
    protected override string Applied(string function, string arguments) =>
        $"<mrow>{Sign(function)}<mo>&#x2061;</mo>{Fenced("(", arguments, ")")}</mrow>";

    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows) =>
        Fenced(
            "[",
            $"<mtable>{string.Concat(rows.Select(row => $"<mtr>{string.Concat(row.Select(cell => $"<mtd>{cell}</mtd>"))}</mtr>"))}</mtable>",
            "]"
        );

    protected override string Transpose(string inner) => $"<msup>{inner}<mi mathvariant=\"normal\">T</mi></msup>";

    protected override string Under(string inner, string remark) => $"<munder>{inner}<mtext>{Escape(remark)}</mtext></munder>";

    protected override string Left(int count, string? value) =>
        value is null
            ? "<mo>⋯</mo>"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"<munder><munder>{value}<mo stretchy=\"true\">⏟</mo></munder><mtext>{count} more</mtext></munder>"
            );

    private static string Scripts(string text) =>
        string.Concat(
            text.Select(c =>
                char.IsAsciiDigit(c) ? $"<mn>{c}</mn>"
                : c == ',' ? "<mo separator=\"true\">,</mo>"
                : $"<mo>{Escape(c.ToString())}</mo>"
            )
        );
}

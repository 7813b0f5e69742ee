using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Words for LaTeX, outside of formulas: ASCII alone, with all that would be read as a command made harmless.</summary>
internal static class LatexText
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹",
        Lowered = "₀₁₂₃₄₅₆₇₈₉";

    private static readonly Dictionary<string, string> signs = new()
    {
        ["\\"] = @"\textbackslash{}",
        ["~"] = @"\textasciitilde{}",
        ["^"] = @"\textasciicircum{}",
        ["<"] = @"\textless{}",
        [">"] = @"\textgreater{}",
        ["|"] = @"\textbar{}",
        ["\""] = @"\textquotedbl{}",
        ["−"] = "$-$",
        ["–"] = @"\textendash{}",
        ["·"] = @"$\cdot$",
        ["×"] = @"$\times$",
        ["≈"] = @"$\approx$",
        ["≥"] = @"$\geq$",
        ["≤"] = @"$\leq$",
        ["≠"] = @"$\neq$",
        ["→"] = @"$\to$",
        ["½"] = @"$\tfrac12$",
        ["⅓"] = @"$\tfrac13$",
        ["¼"] = @"$\tfrac14$",
        ["∂"] = @"$\partial$",
        ["∞"] = @"$\infty$",
        ["…"] = @"\ldots{}",
        ["′"] = @"$'$",
        ["√"] = @"$\surd$",
        ["‖"] = @"$\|$",
        ["⁽"] = "$^($",
        ["⁾"] = "$^)$",
        ["ᵀ"] = @"$^{\mathsf{T}}$",
        ["⊙"] = @"$\odot$",
        ["ß"] = @"\ss{}",
        ["ı"] = @"\i{}",
        ["ø"] = @"\o{}",
        ["Ø"] = @"\O{}",
        ["æ"] = @"\ae{}",
        ["Æ"] = @"\AE{}",
        ["ł"] = @"\l{}",
    };

    private static readonly Dictionary<string, string> accents = new()
    {
        ["\u0300"] = "`",
        ["\u0301"] = "'",
        ["\u0302"] = "^",
        ["\u0303"] = "~",
        ["\u0304"] = "=",
        ["\u0308"] = "\"",
        ["\u030A"] = "r",
        ["\u030C"] = "v",
        ["\u0327"] = "c",
    };

    /// <summary>The text as LaTeX. What no font of a plain installation has is named by its number rather than lost.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder();
        // A letter that was written with its mark apart is the letter with the mark.
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(Readable.Decomposed(text));
        while (elements.MoveNext())
        {
            string[] runes = [.. elements.GetTextElement().EnumerateRunes().Select(r => r.ToString())];
            if (
                runes is [[>= 'A' and <= 'z'] letter, var mark]
                && char.IsAsciiLetter(letter[0])
                && accents.TryGetValue(mark, out string? accent)
            )
                escaped.Append(CultureInfo.InvariantCulture, $@"\{accent}{{{letter}}}");
            else
                foreach (string rune in runes)
                    escaped.Append(Sign(rune));
        }
        // Two of these would become one sign.
        return escaped.Replace("--", "-{}-").Replace("--", "-{}-").Replace("''", "'{}'").Replace("``", "`{}`").ToString();
    }

    private static string Sign(string rune) =>
        signs.TryGetValue(rune, out string? sign) ? sign
        : "{}$&#_%".Contains(rune, StringComparison.Ordinal) ? $@"\{rune}"
        : LatexPrinter.Commands.TryGetValue(rune, out string? command) && !char.IsAscii(rune[0]) ? $"${command}$"
        : Raised.IndexOf(rune, StringComparison.Ordinal) is >= 0 and var up ? $"$^{up}$"
        : Lowered.IndexOf(rune, StringComparison.Ordinal) is >= 0 and var down ? $"$_{down}$"
        : rune is [>= ' ' and <= '~'] ? rune
        : char.IsWhiteSpace(rune[0]) ? " "
        : string.Create(CultureInfo.InvariantCulture, $"[U+{char.ConvertToUtf32(rune, 0):X4}]");
}

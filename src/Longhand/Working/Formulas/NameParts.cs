using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A name taken apart for notations that set marks above and below: the letter, its accent, what is raised and what is lowered.</summary>
/// <param name="Base">Letters without marks.</param>
/// <param name="Accent">'^' for a hat, '¯' for a bar; else '\0'.</param>
/// <param name="Above">What is raised, primes included.</param>
/// <param name="Below">What is lowered.</param>
internal readonly record struct NameParts(string Base, char Accent, string Above, string Below)
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻",
        Lowered = "₀₁₂₃₄₅₆₇₈₉₍₎₊₋",
        Plain = "0123456789()+−";

    /// <summary>Takes a name apart; whether it is a gradient, and of what it is, is left to the caller.</summary>
    public static NameParts Of(SymbolName name)
    {
        var letter = new StringBuilder();
        var above = new StringBuilder();
        var below = new StringBuilder();
        char accent = '\0';
        foreach (char c in Readable.Decomposed(name.Letter))
        {
            if (Raised.IndexOf(c, StringComparison.Ordinal) is >= 0 and var up)
                above.Append(Plain[up]);
            else if (Lowered.IndexOf(c, StringComparison.Ordinal) is >= 0 and var down)
                below.Append(Plain[down]);
            else if (c == '\u0302')
                accent = '^';
            else if (c == '\u0304')
                accent = '¯';
            else
                letter.Append(c);
        }
        if (name.Layer is { } layer)
            above.Append(CultureInfo.InvariantCulture, $"{layer}");
        if (name.Sample is { } sample)
            above.Append(CultureInfo.InvariantCulture, $"({sample})");
        if (name.IsNext)
            above.Append('′');
        // Indices above 9 would run into one another.
        below.AppendJoin(name.IsBracketed ? "," : "", name.Indices);
        return new(Readable.Composed(letter.ToString()), accent, above.ToString(), below.ToString());
    }
}

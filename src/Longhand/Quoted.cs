using System.Globalization;
using System.Text;

namespace Longhand;

/// <summary>Foreign text inside a message: in quotation marks, cut to a readable length, and unable to move a terminal's cursor.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    /// <summary>The text in double quotes; control characters and broken surrogates are written as \u0000 escapes, a long text ends in ….</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        bool cut = text.Length > Longest;
        if (cut)
            text = text[..Longest];
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            // Format characters include the marks that reverse the reading direction; a line separator would break the sentence.
            bool plain =
                Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                );
            if (plain)
                quoted.Append(rune.ToString());
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }
        return quoted.Append(cut ? "…\"" : "\"").ToString();
    }
}

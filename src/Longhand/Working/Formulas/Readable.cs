using System.Text;

namespace Longhand.Working;

/// <summary>Text that every notation can hold.</summary>
internal static class Readable
{
    /// <summary>The text with the sign for what is unreadable in place of control characters and halves of characters.</summary>
    public static string Text(string text)
    {
        var readable = new StringBuilder(text.Length);
        // The enumerator itself puts the sign in place of halves.
        foreach (Rune rune in text.EnumerateRunes())
            readable.Append(Rune.IsControl(rune) && rune.Value is not ('\n' or '\t') || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        return readable.ToString();
    }
}

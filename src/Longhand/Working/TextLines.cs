using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Text in lines of a certain width.</summary>
internal static class TextLines
{
    /// <summary>Writes pieces one after another, and begins a new line before one that would not fit.</summary>
    /// <param name="text">What is written into.</param>
    /// <param name="first">What stands before the first line.</param>
    /// <param name="next">What stands before each that follows.</param>
    /// <param name="pieces">The pieces, each with the space that divides it from the next.</param>
    /// <param name="width">Characters in a line.</param>
    public static void Wrap(StringBuilder text, string first, string next, IEnumerable<string> pieces, int width)
    {
        var line = new StringBuilder(first);
        int cells = Cells(first),
            start = cells;
        foreach (string piece in pieces)
        {
            int more = Cells(piece.TrimEnd());
            if (cells + more > width && cells > start)
            {
                End();
                line.Append(next);
                cells = start = Cells(next);
            }
            line.Append(piece);
            cells += Cells(piece);
        }
        End();

        void End()
        {
            text.Append(line.ToString().TrimEnd()).Append('\n');
            line.Clear();
        }
    }

    /// <summary>Cuts text before every <paramref name="separator"/>, of which a leading space stays with the piece before.</summary>
    public static IEnumerable<string> Split(string text, string separator)
    {
        string sign = separator.TrimStart();
        string[] pieces = text.Split(separator);
        return pieces.Select((piece, i) => (i == 0 ? "" : sign) + piece + (i == pieces.Length - 1 ? "" : " "));
    }

    /// <summary>Cuts a formula before each plus and minus between terms, and behind each comma.</summary>
    public static IEnumerable<string> Terms(string formula)
    {
        int start = 0;
        for (int i = 1; i < formula.Length - 1; i++)
            if (formula[i] == ' ' && (formula[i - 1] == ',' || (formula[i + 1] is '+' or '−' && formula.AsSpan(i + 2).StartsWith(" "))))
            {
                yield return formula[start..(i + 1)];
                start = i + 1;
            }
        yield return formula[start..];
    }

    /// <summary>The text with spaces behind it.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Cells(text)));

    /// <summary>
    /// How many characters wide it is. Combining marks (the hat of ŷ may be one) take no cell of their own; 𝟙 is two chars and one cell.
    /// </summary>
    public static int Cells(string text)
    {
        int cells = 0;
        foreach (Rune rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                cells++;
        return cells;
    }
}

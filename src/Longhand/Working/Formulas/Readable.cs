using System.Text;

namespace Longhand.Working;

/// <summary>Text that every notation can hold.</summary>
internal static class Readable
{
    // Letters with a mark and without it, mark by mark. A program that knows no cultures takes no letter apart by itself.
    private static readonly (char Mark, string With, string Without)[] marked =
    [
        ('\u0300', "ÀÈÌÒÙàèìòù", "AEIOUaeiou"),
        ('\u0301', "ÁÉÍÓÚÝáéíóúýĆćŃńŚśŹź", "AEIOUYaeiouyCcNnSsZz"),
        ('\u0302', "ÂÊÎÔÛâêîôûŴŵŶŷĈĉĜĝĤĥĴĵŜŝẐẑ", "AEIOUaeiouWwYyCcGgHhJjSsZz"),
        ('\u0303', "ÃÑÕãñõ", "ANOano"),
        ('\u0304', "ĀĒĪŌŪāēīōūȲȳ", "AEIOUaeiouYy"),
        ('\u0308', "ÄËÏÖÜäëïöüŸÿ", "AEIOUaeiouYy"),
        ('\u030A', "Åå", "Aa"),
        ('\u030C', "ČčĚěŇňŘřŠšŽž", "CcEeNnRrSsZz"),
        ('\u0327', "ÇçŞş", "CcSs"),
    ];

    private static readonly Dictionary<char, string> apart = marked
        .SelectMany(m => m.With.Zip(m.Without, (with, without) => (with, $"{without}{m.Mark}")))
        .ToDictionary();

    /// <summary>The text with the sign for what is unreadable in place of control characters and halves of characters.</summary>
    public static string Text(string text)
    {
        var readable = new StringBuilder(text.Length);
        // The enumerator itself puts the sign in place of halves.
        foreach (Rune rune in text.EnumerateRunes())
            readable.Append(
                (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune
            );
        return readable.ToString();
    }

    /// <summary>The same with the marks of Latin letters behind them: ŷ is y and a hat.</summary>
    public static string Decomposed(string text)
    {
        var letters = new StringBuilder();
        foreach (char c in Text(text))
            if (apart.TryGetValue(c, out string? both))
                letters.Append(both);
            else
                letters.Append(c);
        return letters.ToString();
    }

    /// <summary>The reverse.</summary>
    public static string Composed(string text)
    {
        foreach ((char with, string both) in apart)
            text = text.Replace(both, with.ToString(), StringComparison.Ordinal);
        return text;
    }
}

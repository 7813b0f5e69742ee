using System.Text;

namespace Longhand.Working;

/// <summary>Words for Markdown, with all that would be read as markup made harmless.</summary>
internal static class MarkdownText
{
    /// <summary>The text, on one line.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in OneLine(text))
            if (c is '<' or '>' or '&')
                escaped.Append(MathMlPrinter.Escape(c.ToString()));
            else if (@"\`*_{}[]#|$~".Contains(c, StringComparison.Ordinal))
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        return escaped.ToString();
    }

    /// <summary>The text as it stands in an experiment, in the letters of a typewriter.</summary>
    // A code element rather than backquotes: those would end at a backquote, and in a table at a bar.
    public static string Code(string text) => $"<code>{Of(text)}</code>";

    private static string OneLine(string text) => Readable.Text(text).ReplaceLineEndings(" ");
}

using System.Text;

namespace Longhand.Experiments.Sheets;

/// <summary>Splits a command line into words as a shell does: spaces between words, quotation marks around what holds spaces.</summary>
internal static class CommandWords
{
    /// <summary>The words.</summary>
    /// <param name="line">The line; a backslash at the end of a line carries it on in the next.</param>
    /// <exception cref="LonghandException">A quotation mark is not closed, or a sign would mean something else to a shell.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool inWord = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c is '"' or '\'')
            {
                int end = line.IndexOf(c, i + 1);
                if (end < 0)
                    throw new LonghandException($"the quotation mark before {Quoted.Of(line.AsSpan(i + 1))} is never closed.");
                word.Append(line, i + 1, end - i - 1);
                (inWord, i) = (true, end);
            }
            else if (c == '\\' && i + 1 < line.Length && line[i + 1] is '\n' or '\r')
                continue;
            else if (char.IsWhiteSpace(c))
                End();
            else if (c is '|' or '>' or '<' or '&' or ';' or '$' or '`' or '(' or ')' or '\\' or '*')
                throw new LonghandException(
                    $"{Quoted.Of(c.ToString())} means something else to a shell: put the word that holds it in quotation marks."
                );
            else
            {
                word.Append(c);
                inWord = true;
            }
        }
        End();
        return words;

        void End()
        {
            if (inWord)
                words.Add(word.ToString());
            word.Clear();
            inWord = false;
        }
    }
}

namespace Longhand;

/// <summary>What a token is.</summary>
internal enum NotationSign
{
    Word,
    Arrow,
    Open,
    Close,
    Star,
}

/// <summary>A word or a sign of the notation.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it has ended.</param>
/// <param name="IsLineEnd">Whether the arrow is the end of a line.</param>
internal readonly record struct NotationToken(NotationSign Kind, int Start, int End, bool IsLineEnd = false);

/// <summary>Cuts the text of a network into words and signs. The end of a line is an arrow where one can stand.</summary>
internal static class NotationLexer
{
    public static List<NotationToken> Tokens(string text)
    {
        var tokens = new List<NotationToken>();
        for (int at = 0; at < text.Length; )
        {
            NotationToken? token = text[at] switch
            {
                '\n' or '\r' => new(NotationSign.Arrow, at, at + 1, IsLineEnd: true),
                '→' => new(NotationSign.Arrow, at, at + 1),
                '-' when IsArrow(text, at) => new(NotationSign.Arrow, at, at + 2),
                '(' => new(NotationSign.Open, at, at + 1),
                ')' => new(NotationSign.Close, at, at + 1),
                '*' => new(NotationSign.Star, at, at + 1),
                char c when char.IsWhiteSpace(c) => null,
                _ => new(NotationSign.Word, at, WordEnd(text, at)),
            };
            at = token?.End ?? at + 1;
            if (token is { } read)
                Append(tokens, read);
        }
        if (tokens is [.., { IsLineEnd: true }])
            tokens.RemoveAt(tokens.Count - 1);
        return tokens;
    }

    // A line's end beside an arrow, a parenthesis' inner side, a star or the text's end separates nothing.
    private static void Append(List<NotationToken> tokens, NotationToken token)
    {
        if (token.IsLineEnd)
        {
            if (tokens is [] or [.., { Kind: NotationSign.Arrow or NotationSign.Open or NotationSign.Star }])
                return;
        }
        else if (token.Kind is NotationSign.Arrow or NotationSign.Close or NotationSign.Star && tokens is [.., { IsLineEnd: true }])
            tokens.RemoveAt(tokens.Count - 1);
        tokens.Add(token);
    }

    private static int WordEnd(string text, int at)
    {
        int end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')' or '*' or '→') && !IsArrow(text, end))
            end++;
        return end;
    }

    private static bool IsArrow(string text, int at) => text[at] == '-' && at + 1 < text.Length && text[at + 1] == '>';
}

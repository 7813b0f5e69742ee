namespace Longhand;

/// <summary>What a token of an expression can be.</summary>
internal enum TokenKind
{
    /// <summary>Behind the last token.</summary>
    End,

    /// <summary>Digits with an optional point and exponent.</summary>
    Number,

    /// <summary>A letter or underscore, then letters, digits and underscores.</summary>
    Name,

    /// <summary>Anything else: an operator, a parenthesis, a character that has no meaning.</summary>
    Symbol,
}

/// <summary>A piece of an expression's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The piece itself.</param>
/// <param name="Column">Where it begins, counted from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    /// <summary>As a message names it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : Quoted.Of(Text);
}

/// <summary>The tokens of one expression and the place that reading has come to; both parsers stand on it.</summary>
internal sealed class TokenReader
{
    /// <summary>The most characters an expression may have.</summary>
    public const int LongestText = 10_000;

    /// <summary>How deep parentheses, signs and exponents may nest.</summary>
    public const int MostNesting = 200;

    /// <summary>How deep the tree of an expression may be; chains such as a + b + c + … deepen it too.</summary>
    public const int DeepestTree = 1000;

    private readonly string what;
    private readonly string text;
    private int at;
    private int nesting;

    /// <param name="what">What messages call the text: "expression".</param>
    /// <param name="text">The text.</param>
    /// <param name="symbols">The symbols of more than one character, longer ones before their own beginnings.</param>
    /// <exception cref="LonghandException">The text is too long or has nothing in it.</exception>
    public TokenReader(string what, string text, IReadOnlyList<string> symbols)
    {
        this.what = what;
        this.text = text;
        if (text.Length > LongestText)
            throw new LonghandException($"{what} {Quoted.Of(text)}: {text.Length} characters are too many; {LongestText} is the limit.");
        Tokens = Split(text, symbols);
        if (Tokens.Count == 1)
            throw new LonghandException($"{what} {Quoted.Of(text)}: there is nothing to read.");
    }

    /// <summary>All tokens, the last being the end.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>The token that is read next.</summary>
    public Token Next => Tokens[at];

    /// <summary>The token behind <see cref="Next"/>.</summary>
    public Token AfterNext => Tokens[Math.Min(at + 1, Tokens.Count - 1)];

    /// <summary>Takes the next token.</summary>
    public Token Take() => at < Tokens.Count - 1 ? Tokens[at++] : Tokens[at];

    /// <summary>Whether the next token is this symbol.</summary>
    public bool IsSymbol(string symbol) => Next.Kind == TokenKind.Symbol && Next.Text == symbol;

    /// <summary>Takes the next token when it is this symbol.</summary>
    public bool TakeSymbol(string symbol)
    {
        bool found = IsSymbol(symbol);
        if (found)
            Take();
        return found;
    }

    /// <summary>Takes the parenthesis that closes what <paramref name="opening"/> opened.</summary>
    public void Close(Token opening, Func<LonghandException> otherwise)
    {
        if (TakeSymbol(")"))
            return;
        throw Next.Kind == TokenKind.End ? Error(opening, "this parenthesis is never closed.") : otherwise();
    }

    /// <summary>Reads a nested part, unless it is nested too deeply.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++nesting > MostNesting)
            throw Error(Next, $"this is nested more than {MostNesting} levels deep.");
        T result = read();
        nesting--;
        return result;
    }

    /// <summary>The tree's depth, unless it is too deep.</summary>
    public void RequireDepth(int depth, Token token)
    {
        if (depth > DeepestTree)
            throw Error(token, $"the expression chains or nests more than {DeepestTree} operations up to here.");
    }

    /// <summary>An error at a token.</summary>
    public LonghandException Error(Token token, string problem) => new($"{what} {Quoted.Of(text)}, column {token.Column}: {problem}");

    private static List<Token> Split(string text, IReadOnlyList<string> symbols)
    {
        var tokens = new List<Token>();
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            (TokenKind kind, int length) = Measure(text, at, symbols);
            tokens.Add(new(kind, text.Substring(at, length), at + 1));
            at += length;
        }
        tokens.Add(new(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static (TokenKind Kind, int Length) Measure(string text, int at, IReadOnlyList<string> symbols)
    {
        if (IsDigit(text, at) || (text[at] == '.' && IsDigit(text, at + 1)))
            return (TokenKind.Number, NumberLength(text, at));
        if (char.IsLetter(text[at]) || text[at] == '_')
        {
            int end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
            return (TokenKind.Name, end - at);
        }
        foreach (string symbol in symbols)
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
                return (TokenKind.Symbol, symbol.Length);
        return (TokenKind.Symbol, char.IsSurrogatePair(text, at) ? 2 : 1);
    }

    private static int NumberLength(string text, int at)
    {
        int end = Digits(text, at);
        if (end < text.Length && text[end] == '.')
            end = Digits(text, end + 1);
        // 2e-3 is a number, but 2e is twice Euler's number: the e belongs to the number only with digits behind it.
        if (end < text.Length && text[end] is ('e' or 'E'))
        {
            int exponent = end + 1;
            if (exponent < text.Length && text[exponent] is ('+' or '-'))
                exponent++;
            if (IsDigit(text, exponent))
                end = Digits(text, exponent);
        }
        return end - at;
    }

    private static int Digits(string text, int at)
    {
        while (IsDigit(text, at))
            at++;
        return at;
    }

    private static bool IsDigit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);
}

namespace Longhand;

/// <summary>Reads a <see cref="BooleanExpression"/> by recursive descent: a level of connectives over the next tighter one.</summary>
internal sealed class BooleanParser
{
    private static readonly string[] negations = ["!", "~", "¬"];
    private static readonly string[] words = [.. BooleanConnective.All.Select(c => c.Word), "not", "true", "false", "parity"];
    private static readonly string[] symbols =
    [
        .. BooleanConnective.All.SelectMany(c => c.Symbols).Where(s => s.Length > 1).OrderByDescending(s => s.Length),
    ];

    private readonly string text;
    private readonly TokenReader reader;
    private readonly List<Token> variables = [];
    private readonly string[] names;

    public BooleanParser(string text)
    {
        this.text = text;
        reader = new TokenReader("Boolean expression", text, symbols);
        names =
        [
            .. reader
                .Tokens.Where(t => t.Kind == TokenKind.Name && !words.Contains(t.Text, StringComparer.OrdinalIgnoreCase))
                .Select(t => t.Text)
                .Distinct()
                .Order(VariableOrder.Instance),
        ];
    }

    public BooleanExpression Parse()
    {
        BooleanTerm root = Level(0);
        if (reader.Next.Kind != TokenKind.End)
            throw NoConnective();
        CheckNames();
        return new BooleanExpression(text, names, root);
    }

    private BooleanTerm Level(int level)
    {
        if (level > BooleanConnective.Tightest)
            return Operand();
        BooleanTerm left = Level(level + 1);
        BooleanConnective? previous = null;
        while (Connective(level) is BooleanConnective connective)
        {
            Token token = reader.Take();
            if (previous is not null && !(previous.Chains && connective.Chains))
                throw reader.Error(token, $"a {previous.Word} b {connective.Word} c can be read in two ways; put parentheses.");
            // Implications are grouped from the right, so that the right side is the whole rest of this level.
            BooleanTerm right = level == BooleanConnective.Implication ? reader.Nested(() => Level(level)) : Level(level + 1);
            left = new BooleanTerm.Binary(connective, left, right);
            reader.RequireDepth(left.Depth, token);
            previous = connective;
        }
        return left;
    }

    private BooleanConnective? Connective(int level) =>
        BooleanConnective.All.FirstOrDefault(c => c.Level == level && (IsWord(c.Word) || c.Symbols.Any(reader.IsSymbol)));

    private bool IsWord(string word) => IsWord(reader.Next, word);

    private static bool IsWord(Token token, string word) =>
        token.Kind == TokenKind.Name && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private BooleanTerm Operand()
    {
        Token token = reader.Take();
        if (IsWord(token, "not") || negations.Contains(token.Text))
            return new BooleanTerm.Not(reader.Nested(Operand));
        if (token.Text == "(")
            return InParentheses(token);
        if (IsWord(token, "parity"))
            return Parity(token);
        if (token.Text == "1" || IsWord(token, "true"))
            return new BooleanTerm.Constant(true);
        if (token.Text == "0" || IsWord(token, "false"))
            return new BooleanTerm.Constant(false);
        if (token.Kind == TokenKind.Name && !words.Contains(token.Text, StringComparer.OrdinalIgnoreCase))
            return Variable(token);
        throw reader.Error(
            token,
            token.Kind == TokenKind.Number
                ? $"{token.Shown} is no truth value; the numbers of a Boolean expression are 0 and 1."
                : $"here a variable, 0, 1, not or \"(\" is expected, but found {token.Shown}.{Hint(token)}"
        );
    }

    private BooleanTerm InParentheses(Token opening)
    {
        BooleanTerm inner = reader.Nested(() => Level(0));
        reader.Close(opening, NoConnective);
        return inner;
    }

    private BooleanTerm.Parity Parity(Token token)
    {
        Token opening = reader.Next;
        if (!reader.TakeSymbol("("))
            throw reader.Error(opening, $"behind {token.Shown} \"(\" is expected, as in parity(A, B, C), but found {opening.Shown}.");
        var operands = new List<BooleanTerm>();
        do operands.Add(reader.Nested(() => Level(0)));
        while (reader.TakeSymbol(","));
        reader.Close(opening, NoConnective);
        return new BooleanTerm.Parity(operands);
    }

    private BooleanTerm.Variable Variable(Token token)
    {
        if (reader.IsSymbol("("))
            throw reader.Error(
                token,
                $"there is no function {token.Shown}; the one there is is parity(A, B, …).{Nearest.Suggestion(token.Text, words)}"
            );
        variables.Add(token);
        return new BooleanTerm.Variable(Array.IndexOf(names, token.Text));
    }

    private LonghandException NoConnective()
    {
        Token found = reader.Next;
        string suggestion =
            found.Kind == TokenKind.Name ? Nearest.Suggestion(found.Text, BooleanConnective.All.Select(c => c.Word)) : Hint(found);
        if (found.Text == ")")
            return reader.Error(found, "this parenthesis closes nothing.");
        return reader.Error(
            found,
            $"here one of {string.Join(", ", BooleanConnective.All.Select(c => c.Word))} is expected, but found {found.Shown}.{suggestion}"
        );
    }

    // Symbols that people bring from elsewhere.
    private static string Hint(Token token) =>
        token.Text switch
        {
            "+" => " Write or (+ means or to some and xor to others).",
            "*" or "·" or "×" => " Write and.",
            "=" => " Write <-> or xnor for \"is the same as\".",
            "'" => " Write not before what it negates.",
            _ => "",
        };

    private void CheckNames()
    {
        foreach (Token variable in variables)
        {
            Token other = variables.Find(v => v.Text.Equals(variable.Text, StringComparison.OrdinalIgnoreCase));
            if (other.Text != variable.Text)
                throw reader.Error(
                    variable,
                    $"{variable.Shown} differs from {other.Shown} in column {other.Column} in nothing but case; write both alike."
                );
        }
        if (names.Length > BooleanExpression.MostVariables)
            throw new LonghandException(
                $"Boolean expression {Quoted.Of(text)}: {names.Length} variables are too many; {BooleanExpression.MostVariables} is the limit."
            );
    }
}

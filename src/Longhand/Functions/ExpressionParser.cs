using System.Globalization;

namespace Longhand;

/// <summary>Reads an <see cref="Expression"/> by recursive descent: sum, product, sign, power, operand.</summary>
internal sealed class ExpressionParser
{
    private static readonly Dictionary<string, double> constants = new()
    {
        ["pi"] = Math.PI,
        ["π"] = Math.PI,
        ["e"] = Math.E,
    };

    private readonly string text;
    private readonly TokenReader reader;
    private readonly bool inferred;
    private readonly List<string> variables;
    private readonly IReadOnlyDictionary<string, string> aliases;

    public ExpressionParser(string text, IReadOnlyList<string>? variables, IReadOnlyDictionary<string, string>? aliases)
    {
        this.text = text;
        reader = new TokenReader("expression", text, ["**"]);
        this.aliases = aliases ?? new Dictionary<string, string>();
        inferred = variables is null;
        this.variables = variables is null ? NamesUsed() : [.. variables];
    }

    public Expression Parse()
    {
        ExpressionTerm root = Sum();
        if (reader.Next.Kind != TokenKind.End)
            throw NoOperator();
        return new Expression(text, variables, root);
    }

    private List<string> NamesUsed() =>
        [
            .. reader
                .Tokens.Where(t => t.Kind == TokenKind.Name && Function(t.Text) is null && !constants.ContainsKey(t.Text))
                .Select(t => t.Text)
                .Distinct()
                .Order(VariableOrder.Instance),
        ];

    private static ExpressionFunction? Function(string name) => ExpressionFunction.All.FirstOrDefault(f => f.Name == name);

    private ExpressionTerm Sum()
    {
        ExpressionTerm left = Product();
        while (true)
        {
            Token token = reader.Next;
            if (reader.TakeSymbol("+"))
                left = new ExpressionTerm.Sum(left, Product());
            else if (TakeMinus())
                left = new ExpressionTerm.Difference(left, Product());
            else
                return left;
            reader.RequireDepth(left.Depth, token);
        }
    }

    private ExpressionTerm Product()
    {
        ExpressionTerm left = Signed();
        while (true)
        {
            Token token = reader.Next;
            if (TakeAny("*", "×", "·", "⋅"))
                left = new ExpressionTerm.Product(left, Signed());
            else if (TakeAny("/", "÷"))
                left = new ExpressionTerm.Quotient(left, Signed());
            else if (token.Kind == TokenKind.Name || reader.IsSymbol("("))
                left = new ExpressionTerm.Product(left, Power());
            else
                return left;
            reader.RequireDepth(left.Depth, token);
        }
    }

    private ExpressionTerm Signed()
    {
        if (TakeMinus())
            return new ExpressionTerm.Negation(reader.Nested(Signed));
        return reader.TakeSymbol("+") ? reader.Nested(Signed) : Power();
    }

    private ExpressionTerm Power()
    {
        ExpressionTerm left = Operand();
        if (ExpressionWriter.IsSuperscript(reader.Next.Text))
            left = new ExpressionTerm.Power(left, Superscript());
        return reader.TakeSymbol("^") ? new ExpressionTerm.Power(left, reader.Nested(Signed)) : left;
    }

    // x² and x¹⁰; the digits of one exponent stand side by side.
    private ExpressionTerm.Number Superscript()
    {
        Token first = reader.Next,
            last = reader.Take();
        string digits = last.Text;
        while (ExpressionWriter.IsSuperscript(reader.Next.Text) && reader.Next.Column == last.Column + 1)
            digits += (last = reader.Take()).Text;
        string text = ExpressionWriter.ReadSuperscript(digits).ToString(CultureInfo.InvariantCulture);
        return Number(first with { Text = text });
    }

    private ExpressionTerm Operand()
    {
        Token token = reader.Take();
        if (token.Kind == TokenKind.Number)
            return Number(token);
        if (token.Kind == TokenKind.Name)
            return Named(token);
        if (token.Text == "(")
        {
            ExpressionTerm inner = reader.Nested(Sum);
            reader.Close(token, NoOperator);
            return inner;
        }
        throw reader.Error(token, $"here a number, a name or \"(\" is expected, but found {token.Shown}.");
    }

    private ExpressionTerm.Number Number(Token token)
    {
        double value = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new ExpressionTerm.Number(value, token.Text)
            : throw reader.Error(token, $"{token.Shown} is too large for a number of double precision.");
    }

    private ExpressionTerm Named(Token token)
    {
        ExpressionFunction? function = Function(token.Text);
        if (function is not null && reader.IsSymbol("("))
            return Call(function, token);
        string name = variables.Contains(token.Text) ? token.Text : aliases.GetValueOrDefault(token.Text, token.Text);
        int index = variables.IndexOf(name);
        if (index >= 0 && !IsUnknownFunction(token))
            return new ExpressionTerm.Variable(index, name);
        if (constants.TryGetValue(token.Text, out double value))
            return new ExpressionTerm.Number(value, token.Text);
        throw reader.Error(token, function is null ? Unknown(token) : $"behind {token.Text} parentheses are needed: {token.Text}(x).");
    }

    // Where any name may be a variable, a word before a parenthesis is still no factor: sn(x) is a misspelt sin(x), but x(x+1) a product.
    private bool IsUnknownFunction(Token token) => inferred && reader.IsSymbol("(") && token.Text.Count(char.IsLetter) > 1;

    private ExpressionTerm.Call Call(ExpressionFunction function, Token token)
    {
        Token opening = reader.Take();
        var arguments = new List<ExpressionTerm>();
        do arguments.Add(reader.Nested(Sum));
        while (reader.TakeSymbol(","));
        reader.Close(opening, NoOperator);
        if (arguments.Count < function.LeastArguments || arguments.Count > function.MostArguments)
            throw reader.Error(
                token,
                $"{function.Name} takes {(function.MostArguments is null ? "at least " : "")}{Arguments(function.LeastArguments)}, but {arguments.Count} are given."
            );
        return new ExpressionTerm.Call(function, [.. arguments]);
    }

    private static string Arguments(int count) => count == 1 ? "one argument" : $"{count} arguments";

    private string Unknown(Token token)
    {
        bool call = reader.IsSymbol("(");
        IEnumerable<string> functions = ExpressionFunction.All.Select(f => f.Name);
        IEnumerable<string> known = call ? functions : variables.Concat(aliases.Keys).Concat(constants.Keys).Concat(functions);
        string what = call ? $"unknown function {token.Shown}." : $"unknown name {token.Shown}.";
        if (token.Text.Length > 1 && token.Text.All(letter => variables.Contains(letter.ToString())))
            return $"{what} For a product write {string.Join('*', token.Text.AsEnumerable())}.";
        string suggestion = Nearest.Suggestion(token.Text, known);
        return what + (suggestion.Length > 0 ? suggestion : $" Known are {string.Join(", ", known)}.");
    }

    private LonghandException NoOperator()
    {
        Token found = reader.Next;
        return reader.Error(
            found,
            found.Text switch
            {
                ")" => "this parenthesis closes nothing.",
                "**" => "a power is written with ^.",
                "," => "here an operator is expected, but found \",\" (numbers have a decimal point: 1.5).",
                _ => $"here an operator is expected, but found {found.Shown}.",
            }
        );
    }

    private bool TakeMinus() => TakeAny("-", "−");

    private bool TakeAny(params ReadOnlySpan<string> symbols)
    {
        foreach (string symbol in symbols)
            if (reader.TakeSymbol(symbol))
                return true;
        return false;
    }
}

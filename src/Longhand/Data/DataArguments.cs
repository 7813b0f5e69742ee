using System.Globalization;
using System.Text;

namespace Longhand;

/// <summary>
/// One line that names data, taken apart: the kind's name, operands, and key=value options, separated by spaces:
/// <c>circle n=500 noise=0.1 seed=7</c>, <c>boolean "A xor B"</c>, <c>mnist DIR</c>. Quotation marks (" or ') hold together what
/// has spaces or an equals sign in it. The names of kinds and options may be written in any case.
/// </summary>
public sealed class DataArguments
{
    // Room for a few thousand examples that are written out.
    private const int LongestText = 200_000;

    private readonly Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> operands = [];
    private readonly string baseDirectory;

    private DataArguments(string text, DataKind kind, string baseDirectory)
    {
        Text = text;
        Kind = kind;
        this.baseDirectory = baseDirectory;
    }

    /// <summary>The line as it was written.</summary>
    public string Text { get; }

    /// <summary>The kind of data that the line names.</summary>
    public DataKind Kind { get; }

    /// <summary>Takes a line apart and checks its names against the registered kinds.</summary>
    /// <param name="text">The line.</param>
    /// <param name="baseDirectory">What relative paths are relative to; the current directory when absent.</param>
    /// <exception cref="LonghandException">A name is unknown or doubled, an operand is missing or too many, a quotation mark is open.</exception>
    public static DataArguments Parse(string text, string? baseDirectory = null)
    {
        if (text.Length > LongestText)
            throw new LonghandException($"data {Quoted.Of(text)}: {text.Length} characters are too many; {LongestText} is the limit.");
        List<Piece> words = Split(text);
        if (words.Count == 0)
            throw new LonghandException($"data \"\": here belongs the name of data: {string.Join(", ", Data.Kinds.Select(k => k.Name))}.");
        string name = words[0].Value;
        DataKind kind =
            Data.Kinds.FirstOrDefault(k => k.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new LonghandException(
                $"data {Quoted.Of(text)}: unknown data {Quoted.Of(name)}.{Known(name, Data.Kinds.Select(k => k.Name))}"
            );
        var arguments = new DataArguments(text, kind, baseDirectory ?? Directory.GetCurrentDirectory());
        foreach (Piece word in words.Skip(1))
            arguments.Add(word);
        if (arguments.operands.Count < kind.Operands.Count - kind.OptionalOperands)
            throw arguments.Error($"{kind.Operands[arguments.operands.Count]} is missing; the form is: {kind.Usage}");
        return arguments;
    }

    /// <summary>Whether the operand with this index was given; only the last <see cref="DataKind.OptionalOperands"/> may not have been.</summary>
    public bool HasOperand(int index) => index < operands.Count;

    /// <summary>The operand with this index, as <see cref="DataKind.Operands"/> counts them.</summary>
    public string Operand(int index) => operands[index];

    /// <summary>The operand with this index as a full path, a relative one being taken from the base directory.</summary>
    public string OperandPath(int index) => Resolve(Kind.Operands[index], operands[index]);

    /// <summary>Whether the option was given.</summary>
    public bool Has(string option) => options.ContainsKey(option);

    /// <summary>The option as it was written, or <paramref name="absent"/>.</summary>
    public string Value(string option, string absent) => options.GetValueOrDefault(option, absent);

    /// <summary>The option as one of some words, of which the first holds where it is not given.</summary>
    /// <exception cref="LonghandException">It is another word.</exception>
    public string Word(string option, params ReadOnlySpan<string> words)
    {
        string word = Value(option, words[0]);
        return words.Contains(word)
            ? word
            : throw Error($"{option} is {Quoted.Of(word)}, but {string.Join(", ", words[..^1])} or {words[^1]} is needed");
    }

    /// <summary>The option as a full path, or null when it was not given.</summary>
    public string? PathValue(string option) => options.TryGetValue(option, out string? value) ? Resolve(option, value) : null;

    /// <summary>The option as a whole number, or <paramref name="absent"/>.</summary>
    /// <exception cref="LonghandException">It is not a whole number, or does not fit into 32 bits.</exception>
    public int Whole(string option, int absent)
    {
        if (!options.TryGetValue(option, out string? value))
            return absent;
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return number;
        throw Error(
            decimal.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? $"{option} is {value}, which is out of range"
                : $"{option} is {Quoted.Of(value)}, but a whole number is needed"
        );
    }

    /// <summary>The option as a number, or <paramref name="absent"/>.</summary>
    /// <exception cref="LonghandException">It is not a finite number written with a decimal point.</exception>
    public double Number(string option, double absent)
    {
        if (!options.TryGetValue(option, out string? value))
            return absent;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(value, style, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        throw Error($"{option} is {Quoted.Of(value)}, but a number is needed (such as 0.1)");
    }

    /// <summary>The option as a seed, a whole number of 64 bits without a sign, or <paramref name="absent"/>.</summary>
    /// <exception cref="LonghandException">It is something else.</exception>
    public ulong Seed(string option, ulong absent)
    {
        if (!options.TryGetValue(option, out string? value))
            return absent;
        if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            return seed;
        throw Error($"{option} is {Quoted.Of(value)}, but a whole number from 0 to {ulong.MaxValue} is needed");
    }

    /// <summary>An error that names this line; for what a kind finds wrong with an option's value.</summary>
    /// <param name="problem">What is wrong and what would be right, without the line and without a full stop.</param>
    public LonghandException Error(string problem) => new($"data {Quoted.Of(Text)}: {problem}");

    private void Add(Piece word)
    {
        if (word.Key is null)
        {
            if (operands.Count == Kind.Operands.Count)
                throw Error(
                    $"{Quoted.Of(word.Value)} is one word too many; the form is: {Kind.Usage}. "
                        + "Options are written key=value, and what holds spaces is quoted"
                );
            operands.Add(word.Value);
            return;
        }
        DataOption? option = Kind.Options.FirstOrDefault(o => o.Name.Equals(word.Key, StringComparison.OrdinalIgnoreCase));
        if (option is null)
            throw Error(
                Kind.Options.Count == 0
                    ? $"{Kind.Name} has no options, but {Quoted.Of(word.Key)} is given"
                    : $"unknown option {Quoted.Of(word.Key)}.{Known(word.Key, Kind.Options.Select(o => o.Name))}"
            );
        if (!options.TryAdd(option.Name, word.Value))
            throw Error($"{option.Name} is given twice");
        if (word.Value.Length == 0)
            throw Error($"{option.Name}= has nothing behind it");
    }

    private string Resolve(string what, string path)
    {
        if (path.Length == 0)
            throw Error($"{what} is empty, but a path is needed");
        return Path.GetFullPath(path, Path.GetFullPath(baseDirectory));
    }

    private static string Known(string word, IEnumerable<string> names) =>
        Nearest.Suggestion(word, names) is { Length: > 0 } suggestion ? suggestion : $" Known are {string.Join(", ", names)}.";

    /// <summary>A word of the line: an operand, or an option with its key.</summary>
    private readonly record struct Piece(string? Key, string Value);

    private static List<Piece> Split(string text)
    {
        var words = new List<Piece>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                return words;
            words.Add(ReadPiece(text, ref at));
        }
    }

    private static Piece ReadPiece(string text, ref int at)
    {
        string? key = null;
        bool quoted = false;
        var value = new StringBuilder();
        for (; at < text.Length && !char.IsWhiteSpace(text[at]); at++)
        {
            char c = text[at];
            if (c is '"' or '\'')
            {
                int end = text.IndexOf(c, at + 1);
                if (end < 0)
                    throw new LonghandException($"data {Quoted.Of(text)}: the quotation mark in column {at + 1} is never closed");
                value.Append(text, at + 1, end - at - 1);
                at = end;
                quoted = true;
            }
            else if (char.IsControl(c))
                throw new LonghandException($"data {Quoted.Of(text)}: column {at + 1} holds a control character (code {(int)c})");
            else if (c == '=' && key is null && !quoted && value.Length > 0)
            {
                key = value.ToString();
                value.Clear();
            }
            else
                value.Append(c);
        }
        return new Piece(key, value.ToString());
    }
}

using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// What stands behind a keyword: numbers by position, <c>key value</c> or <c>key=value</c>, and words that stand for themselves. Every
/// reader says what it needs, so that what is left over can be refused by name.
/// </summary>
public sealed class Arguments
{
    private readonly List<string> positional = [];
    private readonly Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> flags = new(StringComparer.OrdinalIgnoreCase);
    private readonly string where;
    private readonly string usage;
    private int used;

    private Arguments(string where, string usage)
    {
        this.where = where;
        this.usage = usage;
    }

    /// <summary>Sorts words into positional arguments, options and flags.</summary>
    /// <param name="where">How messages begin: <c>part 3 "dense x"</c>.</param>
    /// <param name="words">The words behind the keyword.</param>
    /// <param name="optionNames">Names that take a value.</param>
    /// <param name="flagNames">Words that stand for themselves.</param>
    /// <param name="maximumPositional">How many words may stand without a name.</param>
    /// <param name="usage">The usage line that a message ends with.</param>
    /// <exception cref="LonghandException">A word is unknown, given twice, or its value is missing.</exception>
    public static Arguments Read(
        string where,
        ReadOnlySpan<string> words,
        IReadOnlyList<string> optionNames,
        IReadOnlyList<string> flagNames,
        int maximumPositional,
        string usage
    )
    {
        var read = new Arguments(where, usage);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word : word[..equals];
            if (optionNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                string value =
                    equals >= 0 ? word[(equals + 1)..]
                    : i + 1 < words.Length ? words[++i]
                    : "";
                if (value.Length == 0)
                    throw read.Error($"\"{name}\" needs a value behind it");
                if (!read.options.TryAdd(name, value))
                    throw read.Error($"\"{name}\" is given twice");
            }
            else if (equals < 0 && flagNames.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                if (!read.flags.Add(word))
                    throw read.Error($"\"{word}\" is given twice");
            }
            else if (equals < 0 && read.positional.Count < maximumPositional && LooksLikeAnArgument(word))
                read.positional.Add(word);
            else
            {
                string? near = Nearest.Word(name, [.. optionNames, .. flagNames]);
                throw read.Error($"it does not take \"{word}\"" + (near is null ? "" : $"; did you mean \"{near}\"?"));
            }
        }
        return read;
    }

    /// <summary>Whether the word was given.</summary>
    public bool Flag(string name) => flags.Contains(name);

    /// <summary>The text of an option; null where it was not given.</summary>
    public string? Text(string name) => options.GetValueOrDefault(name);

    /// <summary>The next positional argument; null where there is none.</summary>
    public string? NextText() => used < positional.Count ? positional[used++] : null;

    /// <summary>The next positional argument as a whole number of at least 1.</summary>
    /// <param name="what">What it is: "the number of units".</param>
    public int NextCount(string what)
    {
        string text = NextText() ?? throw Error($"{what} is missing");
        return Count(text, what);
    }

    /// <summary>An option as a real number.</summary>
    /// <param name="name">The option.</param>
    /// <param name="otherwise">Its value where it is not given.</param>
    /// <param name="minimum">The least value allowed.</param>
    /// <param name="maximum">The largest value allowed.</param>
    public double Number(
        string name,
        double otherwise,
        double minimum = double.NegativeInfinity,
        double maximum = double.PositiveInfinity
    ) => options.TryGetValue(name, out string? text) ? Real(text, name, minimum, maximum) : otherwise;

    /// <summary>The next positional argument, or else the option of that name, as a real number.</summary>
    public double NextNumber(
        string name,
        double otherwise,
        double minimum = double.NegativeInfinity,
        double maximum = double.PositiveInfinity
    )
    {
        string? text = NextText();
        if (text is not null && options.ContainsKey(name))
            throw Error($"\"{name}\" is given twice, once by position");
        return text is null ? Number(name, otherwise, minimum, maximum) : Real(text, name, minimum, maximum);
    }

    /// <summary>A message about these arguments, where it is and how it is written.</summary>
    public LonghandException Error(string problem) => new($"{where}: {problem}. Usage: {usage}");

    internal void RequireAllUsed()
    {
        if (used < positional.Count)
            throw Error($"it does not take \"{positional[used]}\"");
    }

    private int Count(string text, string what)
    {
        if (!Rational.TryParse(text, out Rational value, out string? reason))
            throw Error($"{what} is \"{text}\", which is not a number ({reason})");
        if (!value.IsInteger || value < 1)
            throw Error($"{what} is {text}, but a whole number of at least 1 is needed");
        if (value > int.MaxValue)
            throw Error($"{what} is {text}; more than {int.MaxValue} is not supported");
        return (int)(double)value;
    }

    private double Real(string text, string name, double minimum, double maximum)
    {
        if (!Rational.TryParse(text, out Rational value, out string? reason))
            throw Error($"{name} is \"{text}\", which is not a number ({reason})");
        double number = (double)value;
        if (number < minimum || number > maximum)
            throw Error(
                double.IsInfinity(maximum)
                    ? FormattableString.Invariant($"{name} is {text}, but at least {minimum} is needed")
                    : FormattableString.Invariant($"{name} is {text}, but a number from {minimum} to {maximum} is needed")
            );
        return number;
    }

    // A word in the place of a number is an argument gone wrong; any other word is an unknown option.
    private static bool LooksLikeAnArgument(string word) => char.IsAsciiDigit(word[0]) || word[0] is '.' or '-' or '+' or '"';
}

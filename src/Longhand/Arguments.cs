using System.Globalization;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// What stands behind a keyword: numbers by position, <c>key value</c> or <c>key=value</c>, and words that stand for themselves. Every
/// reader says what it needs, so that what is left over can be refused by name.
/// </summary>
public sealed class Arguments
{
    private readonly List<string> positional = [];
    private Dictionary<string, string>? options;
    private HashSet<string>? flags;
    private readonly string where;
    private readonly string usage;
    private readonly NotationLetters? letters;
    private int used;
    private bool mayTakeNumber;

    private Arguments(string where, string usage, NotationLetters? letters)
    {
        this.where = where;
        this.usage = usage;
        this.letters = letters;
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
        Arguments read = ReadStart(where, words, optionNames, flagNames, maximumPositional, usage, out int taken);
        return taken == words.Length ? read : throw read.Unknown(words[taken], [.. optionNames, .. flagNames]);
    }

    /// <summary>The same for as many words as can be sorted: what stands behind them begins something else, or is unknown.</summary>
    internal static Arguments ReadStart(
        string where,
        ReadOnlySpan<string> words,
        IReadOnlyList<string> optionNames,
        IReadOnlyList<string> flagNames,
        int maximumPositional,
        string usage,
        out int taken,
        NotationLetters? letters = null
    )
    {
        var read = new Arguments(where, usage, letters) { mayTakeNumber = maximumPositional > 0 };
        for (taken = 0; taken < words.Length; taken++)
        {
            string word = words[taken];
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word : word[..equals];
            if (optionNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                string value =
                    equals >= 0 ? word[(equals + 1)..]
                    : taken + 1 < words.Length ? words[++taken]
                    : "";
                if (value.Length == 0)
                    throw read.Error($"\"{name}\" needs a value behind it");
                if (!(read.options ??= new(StringComparer.OrdinalIgnoreCase)).TryAdd(name, value))
                    throw read.Error($"\"{name}\" is given twice");
            }
            else if (equals < 0 && flagNames.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                if (!(read.flags ??= new(StringComparer.OrdinalIgnoreCase)).Add(word))
                    throw read.Error($"\"{word}\" is given twice");
            }
            else if (equals < 0 && read.mayTakeNumber && (LooksLikeAnArgument(word) || (letters is not null && Size.IsLetter(word))))
            {
                read.positional.Add(word);
                read.mayTakeNumber = read.positional.Count < maximumPositional;
            }
            else
                break;
        }
        return read;
    }

    /// <summary>The words of a one-line text.</summary>
    internal static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the word was given.</summary>
    public bool Flag(string name) => flags?.Contains(name) == true;

    /// <summary>The text of an option; null where it was not given.</summary>
    public string? Text(string name) => options?.GetValueOrDefault(name);

    /// <summary>The next positional argument; null where there is none.</summary>
    public string? NextText() => used < positional.Count ? positional[used++] : null;

    /// <summary>The next positional argument as a whole number of at least 1.</summary>
    /// <param name="what">What it is: "the number of units".</param>
    public int NextCount(string what)
    {
        string text = NextText() ?? throw Error($"{what} is missing");
        return Count(text, what);
    }

    /// <summary>The next positional argument as a size: a whole number of at least 1, or a letter where letters may stand for sizes.</summary>
    /// <param name="what">What it is: "the number of units".</param>
    public Size NextSize(string what)
    {
        string text = NextText() ?? throw Error($"{what} is missing");
        return letters is not null && Size.IsLetter(text) ? letters.Read(text) : Count(text, what);
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
    ) => Text(name) is { } text ? Real(text, name, minimum, maximum) : otherwise;

    /// <summary>The next positional argument, or else the option of that name, as a real number.</summary>
    public double NextNumber(
        string name,
        double otherwise,
        double minimum = double.NegativeInfinity,
        double maximum = double.PositiveInfinity
    )
    {
        string? text = NextText();
        if (text is not null && Text(name) is not null)
            throw Error($"\"{name}\" is given twice, once by position");
        return text is null ? Number(name, otherwise, minimum, maximum) : Real(text, name, minimum, maximum);
    }

    /// <summary>A message about these arguments, where it is and how it is written.</summary>
    /// <param name="problem">What is wrong; a full stop is put behind it unless it ends a sentence of its own.</param>
    public LonghandException Error(string problem) =>
        new($"{(where.Length == 0 ? "" : where + ": ")}{problem}{(problem.EndsWith('?') ? "" : ".")} Usage: {usage}");

    /// <summary>A message about a word that cannot be placed.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">Words that could have been meant.</param>
    internal LonghandException Unknown(string word, IEnumerable<string> known)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string? near = Nearest.Word(equals < 0 ? word : word[..equals], known);
        string self = usage.Split(' ')[0];
        return Error(
            near is not null ? $"{self} does not take {Quoted.Of(word)}. Did you mean \"{near}\"?"
            : mayTakeNumber && equals < 0
                ? $"a number belongs where {Quoted.Of(word)} stands{(letters is null && Size.IsLetter(word) ? "; letters as sizes are for summary alone" : "")}"
            : $"{self} does not take {Quoted.Of(word)}"
        );
    }

    /// <summary>Reads a whole number of at least 1.</summary>
    /// <returns>What is wrong, to be put behind the name of the thing ("is 0, but …"); null where nothing is.</returns>
    internal static string? CountProblem(string text, out int count)
    {
        // Almost always: digits alone, which need no fraction to be read.
        if (
            text[0] is > '0' and <= '9'
            && text.Length <= 9
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)
        )
            return null;
        count = 0;
        if (!Rational.TryParse(text, out Rational value, out string? reason))
            // "010", "1,000" and "1_000" are numbers to someone, and the reason says why not here; "eight" is none to anyone.
            return text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or ',' or '_')
                ? $"cannot be read: {reason}"
                : $"is {Quoted.Of(text)}, but a whole number is needed";
        if (!value.IsInteger || value < 1)
            return $"is {Shown(text)}, but a whole number of at least 1 is needed";
        if (value > int.MaxValue)
            return $"is {Shown(text)}, but more than {int.MaxValue} is not supported";
        count = (int)(double)value;
        return null;
    }

    internal void RequireAllUsed()
    {
        if (used < positional.Count)
            throw Error($"{usage.Split(' ')[0]} does not take {Quoted.Of(positional[used])}");
    }

    private int Count(string text, string what) =>
        CountProblem(text, out int count) is { } problem ? throw Error($"{what} {problem}") : count;

    private double Real(string text, string name, double minimum, double maximum)
    {
        if (!Rational.TryParse(text, out Rational value, out string? reason))
            throw Error($"{name} cannot be read: {reason}");
        double number = (double)value;
        if (number < minimum || number > maximum)
            throw Error(
                double.IsInfinity(maximum)
                    ? string.Create(CultureInfo.InvariantCulture, $"{name} is {Shown(text)}, but at least {minimum} is needed")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} is {Shown(text)}, but a number from {minimum} to {maximum} is needed"
                    )
            );
        return number;
    }

    // A number in the middle of a sentence stands without quotation marks, unless it is long.
    private static string Shown(string number) => number.Length <= 20 ? number : Quoted.Of(number);

    // A word in the place of a number is an argument gone wrong; any other word is an unknown option.
    private static bool LooksLikeAnArgument(string word) => char.IsAsciiDigit(word[0]) || word[0] is '.' or '-' or '+' or '"';
}

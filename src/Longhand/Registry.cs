namespace Longhand;

/// <summary>
/// One kind of thing that can be named in an experiment: a layer, an activation, a loss, an optimizer. It is stated in the file of the
/// thing itself, and the notation, the command line, the documents and the tests read it from the registry.
/// </summary>
/// <param name="name">The keyword, in lower case.</param>
/// <param name="usage">How it is written, arguments included: <c>dense N [nobias]</c>.</param>
/// <param name="summary">What it computes, in half a line.</param>
/// <param name="make">Makes the thing from its arguments.</param>
public sealed class Kind<T>(string name, string usage, string summary, Func<Arguments, T> make)
{
    /// <summary>The keyword, in lower case.</summary>
    public string Name { get; } = name;

    /// <summary>How it is written, arguments included.</summary>
    public string Usage { get; } = usage;

    /// <summary>What it computes, in half a line.</summary>
    public string Summary { get; } = summary;

    /// <summary>Other keywords for the same thing.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names of the options it takes (<c>slope</c>), so that a misspelt one can be corrected.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Words that stand for themselves (<c>nobias</c>).</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>How many numbers may stand behind the keyword without a name.</summary>
    public int Positional { get; init; }

    /// <summary>Texts that make one each, so that tests can take every kind through its paces.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Makes the thing; arguments left over are refused.</summary>
    /// <exception cref="LonghandException">An argument is missing, unknown or out of range.</exception>
    public T Make(Arguments arguments)
    {
        T made = make(arguments);
        arguments.RequireAllUsed();
        return made;
    }
}

/// <summary>All kinds of one sort of thing, in alphabetical order. Programs may add their own.</summary>
public sealed class Registry<T>
{
    private readonly SortedDictionary<string, Kind<T>> kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind<T>> byWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly string sort;

    internal Registry(string sort) => this.sort = sort;

    /// <summary>Every kind there is.</summary>
    public IEnumerable<Kind<T>> All
    {
        get
        {
            lock (kinds)
                return [.. kinds.Values];
        }
    }

    /// <summary>Adds a kind.</summary>
    /// <returns>The kind itself.</returns>
    /// <exception cref="ArgumentException">Its name or an alias is taken.</exception>
    public Kind<T> Add(Kind<T> kind)
    {
        lock (kinds)
        {
            foreach (string word in kind.Aliases.Prepend(kind.Name))
                if (!byWord.TryAdd(word, kind))
                    throw new ArgumentException($"There is already a {sort} called \"{word}\".");
            kinds.Add(kind.Name, kind);
        }
        return kind;
    }

    /// <summary>The kind with this name or alias, in any case; null if there is none.</summary>
    public Kind<T>? Find(string word)
    {
        lock (kinds)
            return byWord.GetValueOrDefault(word);
    }

    /// <summary>Every name and alias.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            lock (kinds)
                return [.. byWord.Keys];
        }
    }

    /// <summary>Makes a thing from its one-line text, such as <c>adam lr=0.01</c>.</summary>
    /// <exception cref="LonghandException">No such kind, or an argument that it cannot take; the nearest known word is suggested.</exception>
    public T Parse(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            throw new LonghandException($"There is no {sort} in an empty text. Known: {string.Join(", ", All.Select(k => k.Name))}.");
        if (Find(words[0]) is not { } kind)
            throw new LonghandException($"unknown {sort} \"{words[0]}\".{Suggestion(words[0])}");
        return kind.Make(
            Arguments.Read($"{sort} \"{text.Trim()}\"", words.AsSpan(1), kind.Options, kind.Flags, kind.Positional, kind.Usage)
        );
    }

    /// <summary>" Did you mean …?", or the list of all where nothing is near.</summary>
    internal string Suggestion(string word) =>
        Nearest.Word(word, Words) is { } near ? $" Did you mean \"{near}\"?" : $" Known: {string.Join(", ", All.Select(k => k.Name))}.";
}

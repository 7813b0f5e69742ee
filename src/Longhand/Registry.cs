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

    /// <summary>Whether names of values stand behind the keyword (<c>add short</c>).</summary>
    public bool ReadsNames { get; init; }

    /// <summary>
    /// Reads a word that says everything at once, as courses write it (<c>FC5</c>): the same in the long form (<c>dense 5</c>), or null where
    /// the word is none of this kind's. What is wrong with a word that is may be thrown as a <see cref="LonghandException"/>.
    /// </summary>
    public Func<string, string?>? Shorthand { get; init; }

    /// <summary>Aliases that mean another kind behind a layer: <c>linear</c> is dense, but <c>dense 2 linear</c> ends with the identity.</summary>
    public IReadOnlyDictionary<string, string> BehindALayer { get; init; } = new Dictionary<string, string>();

    /// <summary>Texts that make one each, so that tests can take every kind through its paces.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What the first example makes: it shows what things of this kind are like. Nothing where there are no examples.</summary>
    public T? Example
    {
        get
        {
            if (!exampleMade && Examples.Count > 0)
            {
                example = Read("", Arguments.Words(Examples[0]).AsSpan(1));
                exampleMade = true;
            }
            return example;
        }
    }

    private T? example;
    private volatile bool exampleMade;

    /// <summary>Makes the thing; arguments left over are refused.</summary>
    /// <exception cref="LonghandException">An argument is missing, unknown or out of range.</exception>
    public T Make(Arguments arguments)
    {
        T made = make(arguments);
        arguments.RequireAllUsed();
        return made;
    }

    /// <summary>Makes the thing from the words behind its keyword.</summary>
    /// <param name="where">How messages begin; empty where the caller says it.</param>
    /// <param name="words">The words behind the keyword.</param>
    internal T Read(string where, ReadOnlySpan<string> words) => Make(Arguments.Read(where, words, Options, Flags, Positional, Usage));
}

/// <summary>All kinds of one sort of thing, in alphabetical order. Programs may add their own.</summary>
public sealed class Registry<T>
{
    private readonly SortedDictionary<string, Kind<T>> kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind<T>> byWord = new(StringComparer.OrdinalIgnoreCase);
    private readonly string sort;
    private IReadOnlyList<Kind<T>>? shorthands;

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
            shorthands = null;
        }
        return kind;
    }

    /// <summary>The kind with this name or alias, in any case; null if there is none.</summary>
    public Kind<T>? Find(string word)
    {
        lock (kinds)
            return byWord.GetValueOrDefault(word);
    }

    /// <summary>The kinds that read a shorthand.</summary>
    internal IReadOnlyList<Kind<T>> Shorthands
    {
        get
        {
            lock (kinds)
                return shorthands ??= [.. kinds.Values.Where(kind => kind.Shorthand is not null)];
        }
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
        string[] words = Arguments.Words(text);
        if (words.Length == 0)
            throw new LonghandException($"There is no {sort} in an empty text. Known: {string.Join(", ", All.Select(k => k.Name))}.");
        if (Find(words[0]) is not { } kind)
            throw new LonghandException($"unknown {sort} {Quoted.Of(words[0])}.{Suggestion(words[0])}");
        return kind.Read($"{sort} {Quoted.Of(text.Trim())}", words.AsSpan(1));
    }

    /// <summary>" Did you mean …?", or the list of all where nothing is near.</summary>
    internal string Suggestion(string word) =>
        Nearest.Word(word, Words) is { } near ? $" Did you mean \"{near}\"?" : $" Known: {string.Join(", ", All.Select(k => k.Name))}.";
}

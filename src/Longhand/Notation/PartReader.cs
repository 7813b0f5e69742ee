using Longhand.Layers;

namespace Longhand;

/// <summary>Reads the words of one part: a layer and the activation behind it, a join, or a jump to a named value.</summary>
internal sealed class PartReader(NotationSource source, Registry<Layer> kinds, NotationLetters? letters)
{
    private const string From = "from";

    /// <summary>What a word begins, if it begins a part: a kind of layer (also in shorthand), or "from".</summary>
    public string? Find(string word)
    {
        if (word.Equals(From, StringComparison.OrdinalIgnoreCase))
            return From;
        try
        {
            return kinds.Find(word)?.Name ?? Shorthand(word);
        }
        catch (LonghandException)
        {
            // A shorthand with a mistake in it is one all the same; the mistake is told when it is read.
            return word;
        }
    }

    public IEnumerable<NotationStep> Read(Part part, List<NotationWord> words)
    {
        NotationWord head = words[0];
        if (head.Is(From))
            return [new FromStep(part, head.At, ReadFrom(part, words))];
        Kind<Layer>? kind = kinds.Find(head.Text);
        if (kind is null)
        {
            string text = Protect(part, head.At, () => Shorthand(head.Text)) ?? throw Unknown(part, words);
            words = [.. Arguments.Words(text).Select(word => head with { Text = word }), .. words.Skip(1)];
            kind = kinds.Find(words[0].Text) ?? throw Unknown(part, words);
        }
        if (kind.ReadsNames)
            return [ReadJoin(part, kind, words)];
        int taken = 1;
        Layer layer = ReadLayer(part, kind, null, words, ref taken);
        var first = new LayerStep(part, head.At, layer, []) { End = words[taken - 1].End };
        if (taken == words.Count)
            return [first];
        NotationWord behind = words[taken];
        if (FindBehind(behind.Text) is not { } activation || layer.IsActivation)
            throw NotTaken(part, words, taken);
        if (activation.Example is not { IsActivation: true })
            throw ArrowMissing(part, words, taken, $"{Quoted.Of(behind.Text)} begins a part of its own.");
        taken++;
        var second = new LayerStep(part, behind.At, ReadLayer(part, activation, kind, words, ref taken), []) { End = words[taken - 1].End };
        if (taken == words.Count)
            return [first, second];
        throw NotTaken(part, words, taken);
    }

    /// <summary>The error that shows where an arrow belongs.</summary>
    public LonghandException ArrowMissing(Part part, List<NotationWord> words, int before, string problem) =>
        source.Error(
            part,
            words[before].At,
            $"{problem} Write {Quoted.Of($"{source.Text[words[0].At..words[before].At].TrimEnd()} -> {source.Text[words[before].At..words[^1].End]}")}."
        );

    // Moves `taken` behind the words that belong to the kind; `owner` is the layer that an activation stands behind.
    private Layer ReadLayer(Part part, Kind<Layer> kind, Kind<Layer>? owner, List<NotationWord> words, ref int taken)
    {
        int keyword = taken - 1,
            count = 0;
        string[] rest = [.. words.Skip(taken).Select(word => word.Text)];
        Arguments arguments = Protect(
            part,
            words[keyword].At,
            () => Arguments.ReadStart("", rest, kind.Options, kind.Flags, kind.Positional, kind.Usage, out count, letters)
        );
        taken += count;
        // A word that nobody knows is a likelier mistake than what would be missing without it.
        if (taken < words.Count && FindBehind(words[taken].Text) is null && Find(words[taken].Text) is null)
            throw source.Error(
                part,
                words[taken].At,
                owner?.Flags.Concat(owner.Options).Contains(words[taken].Text.Split('=')[0], StringComparer.OrdinalIgnoreCase) == true
                    ? $"{Quoted.Of(words[taken].Text)} belongs to {owner.Name}. Write it before \"{words[keyword].Text}\"."
                    : arguments.Unknown(words[taken].Text, [.. kind.Options, .. kind.Flags, .. kinds.Words]).Message
            );
        return Protect(part, words[keyword].At, () => kind.Make(arguments));
    }

    private LonghandException NotTaken(Part part, List<NotationWord> words, int at) =>
        ArrowMissing(
            part,
            words,
            at,
            FindBehind(words[at].Text)?.Example is { IsActivation: true }
                ? $"{Quoted.Of(words[at].Text)} is a second activation."
                : $"{Quoted.Of(words[at].Text)} begins a part of its own."
        );

    private LayerStep ReadJoin(Part part, Kind<Layer> kind, List<NotationWord> words)
    {
        int stray = words.FindIndex(1, word => Find(word.Text) is not null);
        if (stray == 1)
            throw source.Error(
                part,
                words[1].At,
                $"behind {Quoted.Of(kind.Name)} belongs the name of a value, but {Quoted.Of(words[1].Text)} is a word of the notation."
            );
        if (stray > 1)
            throw ArrowMissing(part, words, stray, $"{Quoted.Of(words[stray].Text)} begins a part of its own.");
        Layer join = Protect(part, words[0].At, () => kind.Read("", []));
        return new(part, words[0].At, join, [.. words.Skip(1).Select(word => word.Text)]) { End = words[^1].End };
    }

    private string ReadFrom(Part part, List<NotationWord> words)
    {
        if (words.Count == 1)
            throw source.Error(part, words[0].At, "behind \"from\" the name of a value is missing, as in \"from short\".");
        if (words.Count == 2)
            return words[1].Text;
        throw Find(words[2].Text) is not null
            ? ArrowMissing(part, words, 2, $"{Quoted.Of(words[2].Text)} begins a part of its own.")
            : source.Error(part, words[2].At, "\"from\" continues from one value; \"add\" and \"concat\" join several.");
    }

    private LonghandException Unknown(Part part, List<NotationWord> words)
    {
        NotationWord head = words[0];
        string word = head.Text;
        if (NotationWord.IsNumber(word))
            return source.Error(
                part,
                head.At,
                word.AsSpan().IndexOfAny("xX×") > 0
                    ? $"{Quoted.Of(word)} is a size, but only the input is written as one. Behind an arrow stands a layer."
                    : $"{Quoted.Of(word)} is a number, not a layer. Did you mean {Quoted.Of($"dense {NotationWord.Join(words)}")}?"
            );
        // "dense8": a keyword and its number without a space between
        string letters = word.TrimEnd("0123456789").ToString();
        string suggestion =
            letters.Length is > 0 && letters.Length < word.Length && kinds.Find(letters) is not null
                ? $" Did you mean {Quoted.Of($"{letters} {word[letters.Length..]}")}?"
            : Nearest.Word(word, [From]) is { } near ? $" Did you mean \"{near}\"?"
            : kinds.Suggestion(word);
        return source.Error(part, head.At, $"unknown layer {Quoted.Of(word)}.{suggestion}");
    }

    // What an alias means behind a layer goes before what it means at the head of a part.
    private Kind<Layer>? FindBehind(string word)
    {
        Kind<Layer>? kind = kinds.Find(word);
        string? means = kind?.BehindALayer.FirstOrDefault(pair => pair.Key.Equals(word, StringComparison.OrdinalIgnoreCase)).Value;
        return means is null ? kind : kinds.Find(means) ?? kind;
    }

    private string? Shorthand(string word) =>
        kinds.Shorthands.Select(kind => kind.Shorthand!(word)).FirstOrDefault(text => text is not null);

    // What a layer says about its arguments, with the part and the place before and behind it.
    private T Protect<T>(Part part, int at, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LonghandException e)
        {
            throw source.Error(part, at, NotationAssembly.Continued(e.Message));
        }
    }
}

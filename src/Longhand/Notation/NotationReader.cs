using System.Buffers;
using Longhand.Layers;

namespace Longhand;

/// <summary>Reads the parts of a network one after the other: their parentheses, their names, and the words between.</summary>
internal sealed class NotationReader(NotationSource source, Registry<Layer> kinds, NotationLetters? letters)
{
    private const int DeepestNesting = 32;
    private const string Beginning = "A network begins with the input's size, as in \"2 -> dense 1\".";

    private static readonly SearchValues<char> looksLikeAnArrow = SearchValues.Create(">⇒⟶⟹➔➜");

    private readonly List<NotationToken> tokens = NotationLexer.Tokens(source.Text);
    private readonly PartReader layers = new(source, kinds, letters);
    private readonly Stack<RepeatStep> open = new();
    private readonly List<NotationStep> steps = [];
    private readonly List<PartCore> cores = [];
    private Part part;
    private int next;

    /// <summary>What each part says, its parentheses left away; the input first.</summary>
    public IReadOnlyList<PartCore> Cores => cores;

    /// <summary>Which step made each layer of the network that was read.</summary>
    public IReadOnlyList<NotationStep> Made { get; private set; } = [];

    private List<NotationStep> Block => open.TryPeek(out RepeatStep? repeat) ? repeat.Steps : steps;

    public Network Read()
    {
        if (tokens.Count == 0)
            throw new LonghandException("The network is empty. " + Beginning);
        part = NextPart(1);
        List<NotationWord> words = ReadWords(out NotationWord? name);
        if (Kind is { } sign)
            throw Error(
                tokens[next].Start,
                sign == NotationSign.Close ? Misplaced(sign, words) : "a network begins with the input's size, as in \"2 -> dense 1\"."
            );
        (Shape input, string? warning) = new InputReader(source, layers, letters).Read(part, words);
        AddName(name);
        AddCore(0);
        while (next < tokens.Count)
        {
            next++;
            part = NextPart(part.Number + 1);
            ReadPart();
        }
        if (open.TryPeek(out RepeatStep? unclosed))
            throw source.Error(unclosed.Part, unclosed.At, "the \"(\" of this repetition is never closed with a \")\".");
        if (part.Number == 1)
            throw Error(part.Start, "behind the input a network has at least one layer, as in \"2 -> dense 1\".");
        var assembly = new NotationAssembly(source, input);
        Network network = assembly.Build(steps, warning is null ? [] : [warning]);
        Made = assembly.Made;
        return network;
    }

    // The words from this token up to the next sign.
    private void AddCore(int first) => cores.Add(new(part, tokens[first].Start, tokens[next - 1].End));

    // The part that begins with the next token.
    private Part NextPart(int number)
    {
        int end = next;
        while (end < tokens.Count && tokens[end].Kind != NotationSign.Arrow)
            end++;
        if (end > next)
            return new(number, tokens[next].Start, tokens[end - 1].End);
        string problem =
            number == 1 ? Beginning
            : end == tokens.Count ? "Behind the last arrow a layer is missing."
            : "Between two arrows a layer is missing.";
        throw new LonghandException(
            $"part {number} is empty. {problem} ({source.Position(tokens[Math.Min(next, tokens.Count - 1)].Start)})"
        )
        {
            At = tokens[Math.Min(next, tokens.Count - 1)].Start,
        };
    }

    private void ReadPart()
    {
        ReadOpenings();
        int first = next;
        List<NotationWord> words = ReadWords(out NotationWord? name);
        if (words.Count == 0)
            throw Error(
                name?.At ?? (Kind is null ? part.End - 1 : tokens[next].Start),
                name is not null ? "\"as\" names the value of the part it stands in; it takes no arrow before it."
                    : Kind is { } stray and not NotationSign.Close ? Misplaced(stray, words)
                    : Kind is null ? "a layer is missing behind \"(\"."
                    : "a layer is missing before \")\"."
            );
        Block.AddRange(layers.Read(part, words));
        AddName(name);
        AddCore(first);
        while (Kind == NotationSign.Close)
            ReadClosing();
        if (Kind is { } sign)
            throw Error(tokens[next].Start, Misplaced(sign, words));
    }

    // 10 * (    and also 10 x (
    private void ReadOpenings()
    {
        while (KindAt(0) == NotationSign.Word && NotationWord.IsNumber(TextAt(0)))
        {
            int signs =
                KindAt(1) == NotationSign.Star ? 1
                : KindAt(1) == NotationSign.Word && KindAt(2) == NotationSign.Open && TextAt(1) is "x" or "X" or "×" ? 1
                : 0;
            string count = TextAt(0);
            if (signs == 0 && KindAt(1) == NotationSign.Open && count[^1] is 'x' or 'X' or '×')
                count = count[..^1];
            else if (signs == 0)
            {
                if (KindAt(1) == NotationSign.Open)
                    throw Error(
                        tokens[next].Start,
                        $"between the count and its parentheses a star is missing: {Quoted.Of($"{count} * (")}."
                    );
                return;
            }
            int at = tokens[next].Start;
            if (KindAt(1 + signs) != NotationSign.Open)
                throw Error(at, $"what is repeated stands in parentheses, as in {Quoted.Of($"{count} * (dense 8 relu)")}.");
            string? problem = Arguments.CountProblem(count, out int times);
            if (problem is null && times > NetworkBuilder.MaximumLayers)
                problem = $"is {times}, but a network has at most {NetworkBuilder.MaximumLayers} layers";
            if (problem is not null)
                throw Error(at, $"the count of the repetition {problem}.");
            if (open.Count == DeepestNesting)
                throw Error(at, $"repetitions stand in one another at most {DeepestNesting} deep.");
            open.Push(new(part, at, times));
            next += 2 + signs;
        }
    }

    private void ReadClosing()
    {
        NotationToken close = tokens[next++];
        if (!open.TryPop(out RepeatStep? repeat))
            throw Error(close.Start, "this \")\" closes nothing; there is no \"(\" before it.");
        repeat.Close();
        if (repeat.Size > NetworkBuilder.MaximumLayers)
            throw source.Error(
                repeat.Part,
                repeat.At,
                $"the repetition makes {repeat.Size} layers, but a network has at most {NetworkBuilder.MaximumLayers}."
            );
        Block.Add(repeat);
        List<NotationWord> words = ReadWords(out NotationWord? name);
        if (words.Count > 0)
            throw Error(words[0].At, $"behind \")\" an arrow is missing: \") ->\" before {Quoted.Of(words[0].Text)}.");
        AddName(name);
    }

    private void AddName(NotationWord? name)
    {
        if (name is { } given)
            Block.Add(new NameStep(part, given.At, given.Text));
    }

    /// <summary>The words up to the next sign, and the name behind "as" that may end them.</summary>
    private List<NotationWord> ReadWords(out NotationWord? name)
    {
        var words = new List<NotationWord>();
        for (; Kind == NotationSign.Word; next++)
            AddWord(words, new(TextAt(0), tokens[next].Start, tokens[next].End));
        name = null;
        int marker = words.FindIndex(word => word.Is("as"));
        if (marker < 0)
            return words;
        if (marker + 1 == words.Count)
            throw Error(words[marker].At, "behind \"as\" a name is missing.");
        if (marker + 2 < words.Count)
        {
            NotationWord more = words[marker + 2];
            throw layers.Find(more.Text) is not null
                ? layers.ArrowMissing(part, words, marker + 2, $"{Quoted.Of(more.Text)} begins a part of its own.")
                : Error(more.At, $"behind \"as\" stands one name, but {Quoted.Of(more.Text)} follows it.");
        }
        name = words[marker + 1];
        words.RemoveRange(marker, 2);
        return words;
    }

    // "slope = 0.2" is "slope=0.2".
    private void AddWord(List<NotationWord> words, NotationWord word)
    {
        if (word.Text.AsSpan().ContainsAny(looksLikeAnArrow))
            throw Error(word.At, $"{Quoted.Of(word.Text)} is not an arrow. Write \"->\".");
        if (word.Text[^1] is ',' or ';' or '|')
            throw Error(word.End - 1, $"\"{word.Text[^1]}\" joins nothing here. Between two parts stands an arrow, \"->\".");
        if (word.Text[0] is '"' or '\'' || word.Text[^1] is '"' or '\'')
            throw Error(word.At, "quotation marks stand around the whole network, not in it.");
        if (word.Text[^1] == '-')
            throw Error(
                word.At,
                next + 1 < tokens.Count && tokens[next + 1] is { Kind: NotationSign.Arrow, IsLineEnd: false }
                    ? "before the arrow stands another \"-\". Write \"->\"."
                    : "a lone \"-\" is what a shell leaves of an arrow. Quote the network: \"2 -> dense 1\"."
            );
        bool continues =
            words.Count > 0
            && (words[^1].Text[^1] == '=' ? !word.Text.Contains('=') : word.Text[0] == '=' && !words[^1].Text.Contains('='));
        if (continues)
            words[^1] = new(words[^1].Text + word.Text, words[^1].At, word.End);
        else
            words.Add(word);
    }

    private string Misplaced(NotationSign sign, List<NotationWord> words)
    {
        string example = words.Count == 0 ? "dense 8" : string.Join(' ', words.Select(word => word.Text));
        return sign switch
        {
            NotationSign.Star => $"a repetition begins with its count, as in {Quoted.Of($"3 * ({example})")}.",
            NotationSign.Open when words.Count == 0 =>
                "parentheses repeat what stands in them; before them belongs a count, as in \"3 * (dense 8)\".",
            NotationSign.Open => "a \"(\" stands behind a count and a star at the beginning of a part, as in \"3 * (dense 8)\".",
            _ => "this \")\" closes nothing; there is no \"(\" before it.",
        };
    }

    private NotationSign? Kind => KindAt(0) is NotationSign.Arrow ? null : KindAt(0);

    private NotationSign? KindAt(int ahead) => next + ahead < tokens.Count ? tokens[next + ahead].Kind : null;

    private string TextAt(int ahead) => source.Text[tokens[next + ahead].Start..tokens[next + ahead].End];

    private LonghandException Error(int at, string problem) => source.Error(part, at, problem);
}

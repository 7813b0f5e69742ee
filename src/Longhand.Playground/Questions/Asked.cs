using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The arguments of a question, checked as they are read, and what the session held when it was asked.</summary>
internal sealed class Asked
{
    private readonly Question question;
    private readonly JsonObject arguments;
    private readonly Moment? moment;

    /// <exception cref="LonghandException">There is an argument that the question does not know.</exception>
    public Asked(Question question, JsonObject arguments, Moment? moment)
    {
        (this.question, this.arguments, this.moment) = (question, arguments, moment);
        foreach ((string key, _) in arguments)
            if (!question.Arguments.Contains(key))
                throw Wrong(key, $"there is no such argument.{Nearest.Suggestion(key, question.Arguments)}");
    }

    /// <summary>What the session held.</summary>
    /// <exception cref="LonghandException">It has no open experiment.</exception>
    public Moment Moment => moment ?? throw new LonghandException($"{question.Name}: no experiment is open.");

    /// <summary>What is trained, where its network is one of columns of units.</summary>
    /// <exception cref="LonghandException">Its examples are images.</exception>
    public Setup RequireUnits() =>
        Moment.Setup is { Images: null } setup
            ? setup
            : throw new LonghandException($"{question.Name}: it is answered for columns of units, and this network reads images.");

    /// <summary>Whether an argument is there.</summary>
    public bool Has(string key) => arguments[key] is not null;

    /// <summary>A text.</summary>
    /// <param name="key">The argument.</param>
    /// <param name="usual">What holds where it is not said; null where it must be.</param>
    /// <param name="most">How many characters it may have.</param>
    /// <exception cref="LonghandException">It is missing, no text, or too long.</exception>
    public string Text(string key, string? usual = null, int most = Limits.SettingLength)
    {
        if (arguments[key] is not { } node)
            return usual ?? throw Wrong(key, "a text is needed.");
        if (node is not JsonValue value || !value.TryGetValue(out string? text))
            throw Wrong(key, "a text is needed.");
        return text.Length <= most ? text : throw Wrong(key, $"{text.Length} characters are too many; {most} is the limit.");
    }

    /// <summary>One of some words.</summary>
    /// <exception cref="LonghandException">It is none of them.</exception>
    public string Word(string key, string? usual, params string[] known)
    {
        string word = Text(key, usual);
        return known.Contains(word)
            ? word
            : throw Wrong(
                key,
                $"it is {Quoted.Of(word)}, but one of {string.Join(", ", known)} is needed.{Nearest.Suggestion(word, known)}"
            );
    }

    /// <summary>A whole number between two others, both included.</summary>
    /// <exception cref="LonghandException">It is missing or none of these.</exception>
    public int Whole(string key, int least, int most, int? usual = null)
    {
        if (arguments[key] is not { } node && usual is { } u)
            return u;
        return arguments[key] is JsonValue value && value.TryGetValue(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(key, $"a whole number from {least} to {most} is needed.");
    }

    /// <summary>A finite number.</summary>
    /// <exception cref="LonghandException">It is missing or not one.</exception>
    public double Number(string key, double? usual = null)
    {
        if (arguments[key] is not { } node && usual is { } u)
            return u;
        return arguments[key] is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(key, "a number is needed.");
    }

    /// <summary>True or false.</summary>
    /// <exception cref="LonghandException">It is neither.</exception>
    public bool Truth(string key, bool usual = false)
    {
        if (arguments[key] is not { } node)
            return usual;
        return node is JsonValue value && value.TryGetValue(out bool truth) ? truth : throw Wrong(key, "true or false is needed.");
    }

    /// <summary>A list of finite numbers, no longer than asked.</summary>
    /// <exception cref="LonghandException">It is missing, too long, or holds something else.</exception>
    public double[] Numbers(string key, int most)
    {
        if (arguments[key] is not JsonArray list)
            throw Wrong(key, "a list of numbers is needed.");
        if (list.Count > most)
            throw Wrong(key, $"there are {list.Count} numbers; {most} is the limit.");
        return
        [
            .. list.Select(
                (node, i) =>
                    node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number)
                        ? number
                        : throw Wrong(key, $"number {i + 1} of the list is none.")
            ),
        ];
    }

    /// <summary>A list of texts, no longer than asked; none where the argument is missing.</summary>
    /// <exception cref="LonghandException">It is too long, or holds something else.</exception>
    public string[] Texts(string key, int most)
    {
        if (arguments[key] is not { } node)
            return [];
        if (node is not JsonArray list)
            throw Wrong(key, "a list of texts is needed.");
        if (list.Count > most)
            throw Wrong(key, $"there are {list.Count} texts; {most} is the limit.");
        return
        [
            .. list.Select(
                (item, i) =>
                    item is JsonValue value && value.TryGetValue(out string? text) && text.Length <= Limits.SettingLength
                        ? text
                        : throw Wrong(key, $"item {i + 1} of the list is no text of at most {Limits.SettingLength} characters.")
            ),
        ];
    }

    /// <summary>A refusal that names the argument.</summary>
    public LonghandException Wrong(string key, string why) => new($"{question.Name}, {key}: {why}");
}

/// <summary>What a session held at one moment, copied: what follows does not change it.</summary>
/// <param name="Setup">What is trained.</param>
/// <param name="State">Parameters and optimizer state.</param>
/// <param name="Epoch">How many epochs are complete.</param>
/// <param name="Batch">How many batches of the next have been taken.</param>
/// <param name="Next">The training examples of the batch that the next update learns from.</param>
internal sealed record Moment(Setup Setup, EngineState State, int Epoch, int Batch, IReadOnlyList<int> Next);

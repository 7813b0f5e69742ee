namespace Longhand.Experiments.Sheets;

/// <summary>A command in a sheet.</summary>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Words">Its words, without the word longhand.</param>
/// <param name="Showing">How much of its output the reader sees.</param>
internal sealed record SheetStep(int Line, string Text, IReadOnlyList<string> Words, Showing Showing)
{
    /// <summary>What must come out.</summary>
    public List<Expectation> Expectations { get; } = [];

    /// <summary>The pictures that are shown, without their ending and in this order; null for all that the command draws.</summary>
    public IReadOnlyList<string>? Pictures { get; init; }

    /// <summary>Reads a block of code.</summary>
    /// <param name="text">The command.</param>
    /// <param name="options">The words behind <c>longhand</c> at the head of the block.</param>
    /// <param name="line">Where the block begins.</param>
    /// <exception cref="LonghandException">It is no command of Longhand, or one that has no place in a sheet.</exception>
    public static SheetStep Read(string text, string options, int line)
    {
        IReadOnlyList<string> words = CommandWords.Split(text);
        if (words is not ["longhand", var command, ..])
            throw new LonghandException("a command begins with the word longhand, such as: longhand summary \"2 -> dense 1\"");
        if (command is "sheet" or "playground")
            throw new LonghandException($"the command {command} has no place in a sheet.");
        string[] parts = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? shown = parts.FirstOrDefault(part => part.StartsWith("show=", StringComparison.Ordinal));
        return new(line, text.Trim(), [.. words.Skip(1)], ReadShowing(string.Join(' ', parts.Where(part => part != shown))))
        {
            Pictures = shown?["show=".Length..].Split(','),
        };
    }

    private static Showing ReadShowing(string option) =>
        option switch
        {
            "" => Showing.Full,
            "quiet" => Showing.Quiet,
            "folded" => Showing.Folded,
            _ => throw new LonghandException(
                $"unknown option {Quoted.Of(option)}.{Nearest.Suggestion(option, ["quiet", "folded"])} A command can be quiet or folded, and show=… names its pictures."
            ),
        };
}

/// <summary>How much of a command's output the reader of a sheet sees.</summary>
internal enum Showing
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>All of it, unfolded at a click where the page can do that.</summary>
    Folded,

    /// <summary>The command alone.</summary>
    Quiet,
}

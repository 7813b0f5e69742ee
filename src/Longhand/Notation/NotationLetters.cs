namespace Longhand;

/// <summary>The letters that stand for sizes in a network's text, and the numbers that are put in for some or all of them.</summary>
/// <param name="numbers">A number for a letter; what is absent stays a letter.</param>
internal sealed class NotationLetters(IReadOnlyDictionary<string, int> numbers)
{
    private readonly SortedSet<string> read = new(StringComparer.Ordinal);

    /// <summary>The size that a letter stands for.</summary>
    public Size Read(string letter)
    {
        read.Add(letter);
        return numbers.TryGetValue(letter, out int number) ? number : Size.Letter(letter);
    }

    /// <summary>Refuses a number for a letter that the network does not have.</summary>
    public void RequireAllRead()
    {
        if (numbers.Keys.FirstOrDefault(letter => !read.Contains(letter)) is not { } extra)
            return;
        throw new LonghandException(
            $"no size of the network is called {Quoted.Of(extra)}."
                + (read.Count == 0 ? " All of its sizes are numbers." : $" Its letters are {string.Join(", ", read)}.")
        );
    }
}

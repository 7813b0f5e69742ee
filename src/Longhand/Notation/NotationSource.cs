namespace Longhand;

/// <summary>The text of a network and where things stand in it: one text, or the items of a list, each with a line of its own.</summary>
internal sealed class NotationSource
{
    /// <summary>No text is longer.</summary>
    public const int Longest = 1_000_000;

    // Where each item begins; empty for a text.
    private readonly List<int> items = [];

    public NotationSource(string text)
    {
        Text = text;
        CheckLength(text.Length);
    }

    public NotationSource(IEnumerable<string> parts)
    {
        var text = new System.Text.StringBuilder();
        foreach (string part in parts)
        {
            if (items.Count > 0)
                text.Append('\n');
            items.Add(text.Length);
            if (string.IsNullOrWhiteSpace(part))
                throw new LonghandException($"part {items.Count} is empty: each item of the list holds a part of the network.");
            CheckLength((long)text.Length + part.Length);
            text.Append(part);
        }
        Text = text.ToString();
    }

    public string Text { get; }

    /// <summary>A message about a part: its number, its text, what is wrong, and where.</summary>
    /// <param name="part">The part.</param>
    /// <param name="at">Where in the text.</param>
    /// <param name="problem">What is wrong, in sentences.</param>
    public string Message(Part part, int at, string problem) =>
        $"part {part.Number} {Quoted.Of(Text.AsSpan(part.Start, part.End - part.Start))}: {problem} ({Position(at)})";

    /// <summary>The error with that message.</summary>
    public LonghandException Error(Part part, int at, string problem) => new(Message(part, at, problem)) { At = at };

    /// <summary>"character 6", "line 2, column 3", or "item 3, character 1"; all count from 1.</summary>
    public string Position(int at)
    {
        if (items.Count > 0)
        {
            int item = items.FindLastIndex(start => start <= at);
            return $"item {item + 1}, character {at - items[item] + 1}";
        }
        if (Text.AsSpan().Trim().IndexOfAny('\r', '\n') < 0)
            return $"character {at + 1}";
        int line = 1,
            begins = 0;
        for (int i = 0; i < at; i++)
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n')))
                (line, begins) = (line + 1, i + 1);
        return $"line {line}, column {at - begins + 1}";
    }

    private static void CheckLength(long length)
    {
        if (length > Longest)
            throw new LonghandException($"The text of a network has at most {Longest} characters, not {length}.");
    }
}

/// <summary>What stands between two arrows.</summary>
/// <param name="Number">Its number, the input being part 1.</param>
/// <param name="Start">Where its text begins.</param>
/// <param name="End">Where its text has ended.</param>
internal readonly record struct Part(int Number, int Start, int End);

/// <summary>What a part says, with the name that it gives and without the parentheses around it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Start">Where its first word begins.</param>
/// <param name="End">Where its last word has ended.</param>
internal readonly record struct PartCore(Part Part, int Start, int End);

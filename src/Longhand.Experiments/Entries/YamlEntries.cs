using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Longhand.Experiments;

/// <summary>
/// Entries from YAML's events. What would let one text mean two things (anchors and aliases, tags, several documents) is refused, and so
/// a few bytes cannot unfold into gigabytes.
/// </summary>
internal sealed class YamlEntries
{
    private readonly Source source;
    private readonly string text;
    private readonly Parser parser;
    private int entries;

    private YamlEntries(Source source, string text)
    {
        this.source = source;
        this.text = text;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The one document of the text; null where it is empty.</summary>
    public static Entry? Read(Source source, string text) => new YamlEntries(source, text).Document();

    private Entry? Document()
    {
        Take();
        if (Take() is StreamEnd)
            return null;
        Entry root = Next(Take(), 0);
        Take();
        return Take() is StreamEnd ? root : throw At(parser.Current!, "a second document begins here; an experiment is one.");
    }

    private Entry Next(ParsingEvent start, int depth)
    {
        if (depth > EntryLimits.Depth)
            throw At(start, EntryLimits.TooDeep);
        if (++entries > EntryLimits.Entries)
            throw At(start, EntryLimits.TooMany);
        if (start is AnchorAlias alias)
            throw At(start, $"*{alias.Value} points to another place of the file; write the value out.");
        if (start is NodeEvent node)
            RefuseDecoration(node);
        int line = (int)start.Start.Line,
            column = (int)start.Start.Column;
        switch (start)
        {
            case Scalar scalar:
                return new ScalarEntry(source, line, column, scalar.Value, scalar.Style is not ScalarStyle.Plain);
            case SequenceStart:
                var items = new List<Entry>();
                for (ParsingEvent item; (item = Take()) is not SequenceEnd; )
                    items.Add(Next(item, depth + 1));
                return new ListEntry(source, line, column, items);
            case MappingStart:
                var fields = new List<Field>();
                for (ParsingEvent key; (key = Take()) is not MappingEnd; )
                {
                    Entry name = Next(key, depth + 1);
                    if (name is not ScalarEntry { Text.Length: > 0 } word)
                        throw name.Error($"a key is a word, but here is {name.Description}.");
                    fields.Add(new Field(word, Next(Take(), depth + 1)));
                }
                return new MapEntry(source, line, column, fields);
            default:
                throw At(start, "something is missing here.");
        }
    }

    private ParsingEvent Take()
    {
        ParsingEvent? before = parser.Current;
        try
        {
            return parser.MoveNext() ? parser.Current! : throw source.Error("the text ends too early.");
        }
        catch (YamlException e)
        {
            int tab = LineWithTab((int)e.Start.Line);
            string message = e.Message.TrimEnd('.');
            throw tab > 0
                ? source.Error(tab, 1, "the line begins with a tab; YAML is indented with spaces.")
                : source.Error(
                    (int)e.Start.Line,
                    (int)e.Start.Column,
                    $"this is not YAML: {(message.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(message[0]) + message[1..])}."
                );
        }
        // The parser lets such errors of its own escape for some malformed texts ("[1, 2" with a line behind it).
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw source.Error(
                (int)(before?.End.Line ?? 1),
                (int)(before?.End.Column ?? 1),
                "this is not YAML: it cannot be read from here on; is a bracket or a quotation mark not closed?"
            );
        }
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            throw At(node, $"&{node.Anchor.Value} gives a name to a place of the file; names are not read here.");
        if (!node.Tag.IsEmpty)
            throw At(node, $"{Quoted.Of(node.Tag.Value)} is a YAML tag; tags are not read here.");
    }

    private LonghandException At(ParsingEvent at, string problem) => source.Error((int)at.Start.Line, (int)at.Start.Column, problem);

    // What the parser says about tabs is right, but in its own words, and it points to where the map began.
    private int LineWithTab(int from)
    {
        string[] lines = text.Split('\n');
        for (int line = Math.Max(0, from - 1); line < Math.Min(lines.Length, from + 1); line++)
            if (lines[line].TrimStart(' ').StartsWith('\t'))
                return line + 1;
        return 0;
    }
}

using System.Text;
using System.Text.Json;

namespace Longhand.Experiments;

/// <summary>Entries from JSON. Numbers keep the text in which they are written.</summary>
internal ref struct JsonEntries
{
    private readonly Source source;
    private readonly ReadOnlySpan<byte> text;
    private Utf8JsonReader reader;
    private int entries,
        line = 1,
        lineStart,
        counted;

    private JsonEntries(Source source, ReadOnlySpan<byte> text)
    {
        this.source = source;
        this.text = text;
        // One level more than is allowed, so that our own sentence comes first.
        reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = EntryLimits.Depth + 2 });
    }

    /// <summary>The one value of the text.</summary>
    public static Entry Read(Source source, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var entries = new JsonEntries(source, bytes);
            entries.Advance();
            Entry root = entries.Next(0);
            // Reading on past the end complains of whatever stands there.
            entries.reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            int row = (int)(e.LineNumber ?? 0) + 1;
            throw source.Error(row, (int)(e.BytePositionInLine ?? 0) + 1, $"this is not JSON: {Complaint(e)}.");
        }
    }

    private void Advance()
    {
        if (!reader.Read())
            throw new JsonException("the text ends too early");
    }

    private Entry Next(int depth)
    {
        (int row, int column) = Place();
        if (depth > EntryLimits.Depth)
            throw source.Error(row, column, EntryLimits.TooDeep);
        if (++entries > EntryLimits.Entries)
            throw source.Error(row, column, EntryLimits.TooMany);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<Entry>();
                for (Advance(); reader.TokenType != JsonTokenType.EndArray; Advance())
                    items.Add(Next(depth + 1));
                return new ListEntry(source, row, column, items);
            case JsonTokenType.StartObject:
                var fields = new List<Field>();
                for (Advance(); reader.TokenType != JsonTokenType.EndObject; Advance())
                {
                    (int keyRow, int keyColumn) = Place();
                    var key = new ScalarEntry(source, keyRow, keyColumn, String(), quoted: true);
                    Advance();
                    fields.Add(new Field(key, Next(depth + 1)));
                }
                return new MapEntry(source, row, column, fields);
            case JsonTokenType.String:
                return new ScalarEntry(source, row, column, String(), quoted: true);
            case JsonTokenType.Null:
                throw source.Error(row, column, "null stands for nothing here; leave the key out.");
            default:
                return new ScalarEntry(source, row, column, Encoding.UTF8.GetString(reader.ValueSpan), quoted: false);
        }
    }

    // A string with half of a surrogate pair in it is valid JSON, but no text.
    private readonly string String()
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a string holds half of a surrogate pair", null, line - 1, reader.TokenStartIndex - lineStart);
        }
    }

    // Lines are counted on from where they were last counted, so that the whole costs one pass.
    private (int Line, int Column) Place()
    {
        int start = (int)reader.TokenStartIndex;
        for (; counted < start; counted++)
            if (text[counted] == '\n')
            {
                line++;
                lineStart = counted + 1;
            }
        return (line, Encoding.UTF8.GetCharCount(text[lineStart..start]) + 1);
    }

    private static string Complaint(JsonException e)
    {
        int end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string message = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
        return char.ToLowerInvariant(message[0]) + message[1..];
    }
}

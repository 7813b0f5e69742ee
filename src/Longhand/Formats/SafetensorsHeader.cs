using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Longhand.Formats;

/// <summary>The JSON at the head of a safetensors file: read, and checked against the data behind it before anyone believes its sizes.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Where one entry lies; offsets count from the end of the header.</summary>
    public sealed record Place(string Name, SafetensorsType Type, long[] Shape, long Begin, long End);

    /// <summary>What stands before the JSON: its length, in 8 bytes.</summary>
    public const int LengthBytes = 8;

    private readonly string file;
    private readonly List<Place> places = [];

    private SafetensorsHeader(string file) => this.file = file;

    /// <summary>The entries in the order of their data.</summary>
    public IReadOnlyList<Place> Places { get; private set; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <param name="file">The file's name for messages.</param>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">How many bytes follow it.</param>
    /// <exception cref="DataFormatException">The header is not one, or does not describe exactly these bytes.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(file);
        if (json.IsEmpty || json[0] != (byte)'{')
            throw header.Bad(0, json.IsEmpty ? "the header is empty; at least {} must stand there" : "the header does not begin with {");
        if (!Utf8.IsValid(json))
            throw header.Bad(FirstInvalid(json), "the header is not UTF-8 here");
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            header.ReadEntries(ref reader);
            reader.Read(); // refuses anything but white space after the last brace
        }
        catch (JsonException e)
        {
            throw header.Bad(Position(json, e), "the header is not valid JSON here");
        }
        header.Lay(dataLength);
        return header;
    }

    private void ReadEntries(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            long at = reader.TokenStartIndex;
            string name = Text(ref reader);
            if (!names.Add(name))
                throw Bad(at, $"the name {Quoted.Of(name)} stands twice in the header");
            reader.Read();
            if (name == Safetensors.MetadataKey)
                ReadMetadata(ref reader);
            else
                ReadEntry(ref reader, name);
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad(reader.TokenStartIndex, $"{Safetensors.MetadataKey} must be an object of texts, not {Kind(ref reader)}");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            long at = reader.TokenStartIndex;
            string key = Text(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Bad(reader.TokenStartIndex, $"the metadata {Quoted.Of(key)} must be a text, not {Kind(ref reader)}");
            if (!Metadata.TryAdd(key, Text(ref reader)))
                throw Bad(at, $"the metadata {Quoted.Of(key)} stands twice");
        }
    }

    private void ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad(name, $"it must be an object with dtype, shape and data_offsets, not {Kind(ref reader)}");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        SafetensorsType? type = null;
        long[]? shape = null,
            offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = Text(ref reader);
            if (!keys.Add(key))
                throw Bad(name, $"its {Quoted.Of(key)} stands twice");
            reader.Read();
            if (key == "dtype")
                type = ReadType(ref reader, name);
            else if (key == "shape")
                shape = ReadNumbers(ref reader, name, key);
            else if (key == "data_offsets")
                offsets = ReadNumbers(ref reader, name, key);
            else
                reader.Skip(); // other readers ignore what they do not know, too
        }
        if (type is null || shape is null || offsets is null)
        {
            string missing =
                type is null ? "dtype"
                : shape is null ? "shape"
                : "data_offsets";
            throw Bad(name, $"it has no {missing}");
        }
        if (offsets.Length != 2)
            throw Bad(name, $"its data_offsets must be two numbers, begin and end, not {offsets.Length}");
        places.Add(new Place(name, type.Value, shape, offsets[0], offsets[1]));
    }

    private SafetensorsType ReadType(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw Bad(name, $"its dtype must be a text such as \"F32\", not {Kind(ref reader)}");
        string type = Text(ref reader);
        return SafetensorsTypes.Parse(type)
            ?? throw Bad(name, $"its dtype {Quoted.Of(type)} is not one that is read here ({SafetensorsTypes.Names()})");
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad(name, $"its {key} must be a list of whole numbers, not {Kind(ref reader)}");
        // Counted first, so that a list costs no more than its numbers however long it is.
        Utf8JsonReader ahead = reader;
        int count = 0;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.Number)
            count++;
        var numbers = new long[count];
        for (int i = 0; i < count; i++)
        {
            reader.Read();
            if (!reader.TryGetInt64(out numbers[i]) || numbers[i] < 0)
                throw Bad(
                    name,
                    $"its {key} has {Quoted.Of(Encoding.UTF8.GetString(Short(reader.ValueSpan)))}, not a whole number from 0 to 2^63 - 1"
                );
        }
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray)
            throw Bad(name, $"its {key} must hold whole numbers only, not {Kind(ref reader)}");
        return numbers;
    }

    /// <summary>Each entry as long as its shape says; one behind the other, without gap, and nothing left over.</summary>
    private void Lay(long dataLength)
    {
        Places = [.. places.OrderBy(place => place.Begin).ThenBy(place => place.End)];
        long expected = 0;
        foreach (Place place in Places)
        {
            if (place.End < place.Begin)
                throw Bad(place.Name, $"its data end at {place.End}, before they begin at {place.Begin}");
            if (
                SafetensorsEntry.Elements(place.Shape) is not long elements
                || SafetensorsEntry.Elements([elements, place.Type.Size()]) is not long bytes
            )
                throw Bad(place.Name, $"its shape {Written(place.Shape)} is larger than any file");
            if (place.End - place.Begin != bytes)
                throw Bad(
                    place.Name,
                    $"its shape {Written(place.Shape)} of {place.Type.Name()} needs {bytes} bytes, but its data_offsets [{place.Begin}, {place.End}] span {place.End - place.Begin}"
                );
            if (place.Begin != expected)
                throw Bad(
                    place.Name,
                    place.Begin < expected
                        ? $"its data begin at {place.Begin} and overlap those before, which end at {expected}"
                        : $"its data begin at {place.Begin}, which leaves a hole behind {expected}"
                );
            if (place.End > dataLength)
                throw Bad(place.Name, $"its data end at {place.End}, but only {dataLength} bytes follow the header");
            expected = place.End;
        }
        if (expected != dataLength)
            throw new DataFormatException($"{file}: the entries describe {expected} bytes, but {dataLength} follow the header.");
    }

    /// <summary>The text of a name or value. JSON's escapes can spell half of a surrogate pair, which is no text.</summary>
    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(reader.TokenStartIndex, "the text here has half of a surrogate pair in it");
        }
    }

    private static string Kind(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };

    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> text) => text.Length > 80 ? text[..80] : text;

    private static string Written(long[] shape) =>
        shape.Length > 8 ? $"[{string.Join(", ", shape[..8])}, …]" : $"[{string.Join(", ", shape)}]";

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static long Position(ReadOnlySpan<byte> json, JsonException e)
    {
        int line = 0;
        for (long skip = e.LineNumber ?? 0; skip > 0; skip--)
            line += json[line..].IndexOf((byte)'\n') + 1;
        return line + (e.BytePositionInLine ?? 0);
    }

    private DataFormatException Bad(long position, string what) => new($"{file}, byte {LengthBytes + position}: {what}.");

    private DataFormatException Bad(string entry, string what) => new($"{file}, entry {Quoted.Of(entry)}: {what}.");
}

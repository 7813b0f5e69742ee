using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Longhand.Formats;

/// <summary>
/// A safetensors file: named tensors, and texts about them. The format holds data alone, so that reading a stranger's file runs nothing;
/// everything that its header claims is checked before memory is taken for it.
/// </summary>
public sealed class Safetensors
{
    /// <summary>The name in a header that stands for the texts and that no entry may have.</summary>
    internal const string MetadataKey = "__metadata__";

    /// <summary>Longer headers are refused, here as by the format's own library.</summary>
    private const int LongestHeader = 100_000_000;

    // Names stay readable in the file; nothing of it is ever pasted into a web page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, SafetensorsEntry> byName;

    private Safetensors(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
        byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The file's texts; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The entry with this name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsEntry? entry) => byName.TryGetValue(name, out entry);

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The content is not sound; the message names file, and byte or entry.</exception>
    /// <exception cref="LonghandException">The file cannot be opened or read.</exception>
    public static Safetensors Read(string path)
    {
        using FileStream stream = SafeFile.OpenRead(path, "the tensors");
        if (!stream.CanSeek)
            throw new LonghandException($"Cannot read the tensors {path}: a file is needed, not a pipe.");
        try
        {
            return Read(stream, path);
        }
        catch (IOException e)
        {
            throw new LonghandException($"Cannot read the tensors {path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Reads from the start of a stream that knows its length.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The content is not sound; the message names file, and byte or entry.</exception>
    public static Safetensors Read(Stream stream, string name)
    {
        try
        {
            SafetensorsHeader header = ReadHeader(stream, name);
            return new Safetensors([.. header.Places.Select(place => ReadEntry(stream, name, place))], header.Metadata);
        }
        catch (EndOfStreamException)
        {
            throw new DataFormatException($"{name}: the file became shorter while it was read.");
        }
    }

    /// <summary>
    /// Writes a file; entries by type and name, texts by key, so that the same content gives the same bytes. "format" is "pt" unless
    /// <paramref name="metadata"/> says otherwise, since some loaders refuse a file without it.
    /// </summary>
    /// <exception cref="LonghandException">Two entries have one name, a text is not one, or the file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsEntry[] inOrder = InOrder(entries);
        byte[] header = Header(inOrder, metadata);
        SafeFile.Write(path, stream => Write(stream, inOrder, header));
    }

    /// <inheritdoc cref="Write(string, IEnumerable{SafetensorsEntry}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(Stream stream, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsEntry[] inOrder = InOrder(entries);
        Write(stream, inOrder, Header(inOrder, metadata));
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string name)
    {
        const int lengthBytes = SafetensorsHeader.LengthBytes;
        long fileLength = stream.Length;
        if (fileLength < lengthBytes)
            throw new DataFormatException(
                $"{name}: a safetensors file begins with {lengthBytes} bytes of header length, but this one has only {fileLength} bytes."
            );
        Span<byte> prefix = stackalloc byte[lengthBytes];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw new DataFormatException($"{name}, byte 0: a header of {length} bytes is longer than the {LongestHeader} allowed.");
        if ((long)length > fileLength - lengthBytes)
            throw new DataFormatException(
                $"{name}, byte 0: the header is said to have {length} bytes, but only {fileLength - lengthBytes} follow."
            );
        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(name, json, fileLength - lengthBytes - (long)length);
    }

    private static SafetensorsEntry ReadEntry(Stream stream, string file, SafetensorsHeader.Place place)
    {
        long length = place.End - place.Begin;
        if (length > Array.MaxLength)
            throw new DataFormatException(
                $"{file}, entry {Quoted.Of(place.Name)}: its {length} bytes are more than the {Array.MaxLength} that one tensor may have."
            );
        var data = new byte[length];
        stream.ReadExactly(data);
        return new SafetensorsEntry(place.Name, place.Type, place.Shape, data);
    }

    private static SafetensorsEntry[] InOrder(IEnumerable<SafetensorsEntry> entries)
    {
        SafetensorsEntry[] inOrder =
        [
            .. entries.OrderByDescending(entry => entry.Type).ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in inOrder)
            if (!names.Add(entry.Name))
                throw new LonghandException($"Two entries of a safetensors file are called {Quoted.Of(entry.Name)}.");
        return inOrder;
    }

    private static byte[] Header(SafetensorsEntry[] entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, metadata);
            long begin = 0;
            foreach (SafetensorsEntry entry in entries)
            {
                long end = begin + entry.Data.Length;
                WriteEntry(writer, entry, begin, end);
                begin = end;
            }
            writer.WriteEndObject();
        }
        while (json.Length % 8 != 0)
            json.WriteByte((byte)' ');
        if (json.Length > LongestHeader)
            throw new LonghandException($"The {entries.Length} entries need a header of {json.Length} bytes; {LongestHeader} are allowed.");
        return json.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? metadata)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };
        foreach ((string key, string text) in metadata ?? new Dictionary<string, string>())
        {
            if (!SafetensorsEntry.IsText(key) || !SafetensorsEntry.IsText(text))
                throw new LonghandException($"The metadata {Quoted.Of(key)} has half of a surrogate pair in it and cannot be written.");
            texts[key] = text;
        }
        writer.WriteStartObject(MetadataKey);
        foreach ((string key, string text) in texts)
            writer.WriteString(key, text);
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafetensorsEntry entry, long begin, long end)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Type.Name());
        writer.WriteStartArray("shape");
        foreach (long size in entry.Shape)
            writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Stream stream, SafetensorsEntry[] entries, byte[] header)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (SafetensorsEntry entry in entries)
            stream.Write(entry.Data.Span);
    }
}

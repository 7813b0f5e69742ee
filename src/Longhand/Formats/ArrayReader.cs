using System.Globalization;

namespace Longhand.Formats;

/// <summary>
/// The reading of a file that holds a header and one array behind it. It knows how far it has come, for the messages, and takes no memory
/// for an array before the bytes of it have come.
/// </summary>
/// <param name="stream">The bytes, from the file's beginning.</param>
/// <param name="path">What messages call the file.</param>
/// <param name="unpacked">Whether the bytes come out of gzip or zip.</param>
internal sealed class ArrayReader(Stream stream, string path, bool unpacked)
{
    /// <summary>Packed files are unpacked in memory, and no further than this: a few bytes may unfold into very many.</summary>
    public const int MostUnpacked = 1_000_000_000;

    private const int FirstChunk = 1 << 16;

    /// <summary>How many bytes have been read.</summary>
    public long Offset { get; private set; }

    /// <summary>The plain file behind the stream, where it may be mapped; the stream then stands right behind the header.</summary>
    public FileStream? File { get; init; }

    /// <summary>The next bytes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">What they are, for the message that they are missing.</param>
    public byte[] Take(int count, string what)
    {
        var bytes = new byte[count];
        int got = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        if (got < count)
            throw Error(Offset + got, $"the file ends within {what}.");
        Offset += count;
        return bytes;
    }

    /// <summary>
    /// The bytes of an array with these sizes (each at least 1), or -1 where they are more than can be read; <paramref name="at"/> is then
    /// the size by which they are.
    /// </summary>
    public long BytesOf(NumberType type, IReadOnlyList<long> sizes, out int at)
    {
        long total = type.Bytes;
        for (at = 0; at < sizes.Count; at++)
            if (total > Most / sizes[at])
                return -1;
            else
                total *= sizes[at];
        return total;
    }

    /// <summary>What <see cref="BytesOf"/> exceeds, in words.</summary>
    public string Limit =>
        unpacked ? $"{Number(MostUnpacked)} bytes to which packed files are read; unpacked, larger ones can be"
        : File is null ? "2^31-1 bytes"
        : "2^63-1 bytes";

    /// <summary>The array behind the header, up to the file's end.</summary>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="sizes">Its sizes, for which <see cref="BytesOf"/> has found a number.</param>
    /// <param name="mayMap">Whether its bytes are read as they lie.</param>
    public NumberArray Body(NumberType type, long[] sizes, bool mayMap = true)
    {
        long needed = BytesOf(type, sizes, out _),
            header = Offset;
        if (File is not null)
        {
            long found = File.Length - Offset;
            if (found < needed)
                throw CutOff(needed, found, sizes);
            if (found > needed)
                throw GoesOn(type, sizes, Offset + needed);
            if (needed > FileBytes.MappedFrom && mayMap)
                return new NumberArray(path, type, sizes, FileBytes.Map(File), header, header);
            if (needed > Array.MaxLength)
                throw Error(header, $"{Number(needed)} bytes in this order cannot be read in parts, and are too many for the memory.");
        }
        byte[] elements = Growing((int)needed, sizes);
        if (stream.ReadByte() >= 0)
            throw GoesOn(type, sizes, Offset);
        return new NumberArray(path, type, sizes, FileBytes.Of(elements), 0, header);
    }

    /// <summary>A message about a place.</summary>
    public DataFormatException Error(long at, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}: byte {at}{(unpacked ? " (unpacked)" : "")}: {problem}"));

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private long Most =>
        unpacked ? MostUnpacked
        : File is null ? Array.MaxLength
        : long.MaxValue;

    // The header may promise more than the file holds, so the array grows with the bytes that do come.
    private byte[] Growing(int count, long[] sizes)
    {
        var bytes = new byte[File is null ? Math.Min(count, FirstChunk) : count];
        int filled = 0;
        while (true)
        {
            int got = stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            filled += got;
            if (filled < bytes.Length)
                throw CutOff(count, filled, sizes);
            if (filled == count)
                break;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
        Offset += count;
        return bytes;
    }

    private DataFormatException CutOff(long needed, long found, long[] sizes) =>
        Error(
            Offset + found,
            $"the file ends here: its header announces {string.Join('×', sizes)} elements ({Number(needed)} bytes), but {Number(found)} bytes follow it."
        );

    private DataFormatException GoesOn(NumberType type, long[] sizes, long at) =>
        Error(at, $"the file goes on behind its last element; {string.Join('×', sizes)} {type.Name} end here.");
}

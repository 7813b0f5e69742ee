using System.Buffers.Binary;
using System.IO.Compression;
using Longhand.Formats;

namespace Longhand;

/// <summary>
/// An array in the IDX format, in which MNIST comes (LeCun, Cortes and Burges 1998): two zero bytes, the type of the elements, the number
/// of sizes, each size as 32 bits big-endian, and the elements big-endian, the last index running fastest. Gzip is recognised by its own
/// first bytes. A file is read only as far as its header allows, and no memory is taken before the bytes for it have come; a plain file of
/// more than 100 MB is mapped, and its elements are read when they are asked for.
/// </summary>
public sealed class Idx
{
    private const int MostSizes = 4;

    private static readonly (byte Code, NumberType Type)[] types =
    [
        (0x08, NumberType.Of<byte>("unsigned bytes", bigEndian: true)),
        (0x09, NumberType.Of<sbyte>("signed bytes", bigEndian: true)),
        (0x0B, NumberType.Of<short>("16-bit integers", bigEndian: true)),
        (0x0C, NumberType.Of<int>("32-bit integers", bigEndian: true)),
        (0x0D, NumberType.Of<float>("32-bit floats", bigEndian: true, isInteger: false)),
        (0x0E, NumberType.Of<double>("64-bit floats", bigEndian: true, isInteger: false)),
    ];

    private Idx(byte code, NumberArray array)
    {
        TypeCode = code;
        Array = array;
        Sizes = [.. array.Sizes.Select(size => (int)size)];
    }

    /// <summary>The file, as it was named.</summary>
    public string Path => Array.Path;

    /// <summary>The sizes of the array, from the slowest index to the fastest: [60000, 28, 28].</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The format's number for the type of the elements: 08 u8, 09 i8, 0B i16, 0C i32, 0D f32, 0E f64.</summary>
    public byte TypeCode { get; }

    /// <summary>The type of the elements in words: "unsigned bytes".</summary>
    public string TypeName => Array.Type.Name;

    /// <summary>How many elements there are.</summary>
    public long Count => Array.Count;

    /// <summary>Where the elements begin in the (unpacked) file, in bytes.</summary>
    public int HeaderBytes => 4 + 4 * Sizes.Count;

    /// <summary>The elements, where they are unsigned bytes; the array itself, not a copy, where the file is not a mapped one.</summary>
    /// <exception cref="DataFormatException">They are of another type.</exception>
    /// <exception cref="LonghandException">They are more than an array can hold.</exception>
    public byte[] Bytes
    {
        get
        {
            if (!Array.Type.IsByte)
                throw new DataFormatException(
                    $"{Path}: byte 2: unsigned bytes (type 08) are needed, but here are {TypeName} ({TypeCode:X2})."
                );
            if (Array.Array is { } elements)
                return elements;
            RequireArray();
            var bytes = new byte[Count];
            for (int first = 0; first < bytes.Length; first += NumberType.Chunk)
            {
                Span<byte> some = bytes.AsSpan(first, Math.Min(NumberType.Chunk, bytes.Length - first));
                Array.Raw(first, some.Length, some).CopyTo(some);
            }
            return bytes;
        }
    }

    internal NumberArray Array { get; }

    /// <summary>The elements as doubles, whatever their type; every value is exact.</summary>
    /// <exception cref="LonghandException">They are more than an array can hold.</exception>
    public double[] ToDoubles()
    {
        RequireArray();
        var values = new double[Count];
        Array.Copy(0, values);
        return values;
    }

    /// <summary>Reads a file, plain or packed with gzip.</summary>
    /// <exception cref="LonghandException">The file is missing, a folder, or may not be read.</exception>
    /// <exception cref="DataFormatException">It is not an IDX file, is cut off, goes on behind its last element, or is too large.</exception>
    public static Idx Read(string path)
    {
        FileStream file = SafeFile.OpenRead(path, "the data file");
        bool mapped = false;
        try
        {
            Idx idx = Read(file, path);
            mapped = idx.Array.Array is null;
            return idx;
        }
        finally
        {
            if (!mapped)
                file.Dispose();
        }
    }

    /// <summary>Reads from a stream, plain or packed with gzip.</summary>
    /// <param name="stream">The bytes; they are read up to the array's end and one further. A file of more than 100 MB must stay open.</param>
    /// <param name="path">What messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static Idx Read(Stream stream, string path)
    {
        try
        {
            var magic = new byte[2];
            int got = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
            if (got == 0)
                throw new DataFormatException($"{path}: the file is empty, but an IDX file is needed.");
            var whole = new Rejoined(magic.AsMemory(0, got), stream);
            if (magic is not [0x1F, 0x8B])
                return Read(new ArrayReader(whole, path, unpacked: false) { File = stream is FileStream { CanSeek: true } f ? f : null });
            using var unpacked = new GZipStream(whole, CompressionMode.Decompress);
            Idx idx = Read(new ArrayReader(unpacked, path, unpacked: true));
            RequireTrailer(idx, whole);
            return idx;
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{path}: the gzip packing is damaged or cut off. ({e.Message})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"{path}: this file cannot be read: {e.Message}", e);
        }
    }

    // A member of gzip ends with the checksum and the length of what it unpacks to (RFC 1952), which .NET does not miss where they are cut
    // off. Several members may follow on each other; the last one then holds the end of the array.
    private static void RequireTrailer(Idx idx, Rejoined packed)
    {
        Span<byte> rest = stackalloc byte[512];
        while (packed.Read(rest) > 0) { }
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(packed.Tail),
            length = BinaryPrimitives.ReadUInt32LittleEndian(packed.Tail[4..]);
        byte[] elements = idx.Array.Array!;
        Span<byte> header = stackalloc byte[idx.HeaderBytes];
        header.Clear();
        (header[2], header[3]) = (idx.TypeCode, (byte)idx.Sizes.Count);
        for (int d = 0; d < idx.Sizes.Count; d++)
            BinaryPrimitives.WriteInt32BigEndian(header[(4 + 4 * d)..], idx.Sizes[d]);
        long before = header.Length + (long)elements.Length - length;
        if (
            before < 0
            || Crc32Stream.Of(header[(int)Math.Min(before, header.Length)..], elements.AsSpan((int)Math.Max(0, before - header.Length)))
                != checksum
        )
            throw new DataFormatException(
                $"{idx.Path}: the gzip packing is damaged or cut off: the checksum and the length at its end are not those of what it holds."
            );
    }

    private static Idx Read(ArrayReader reader)
    {
        byte[] start = reader.Take(4, "the header of an IDX file");
        if (start[0] != 0 || start[1] != 0)
            throw reader.Error(0, $"an IDX file begins with two zero bytes, but here are {start[0]:X2} {start[1]:X2}.");
        int known = System.Array.FindIndex(types, t => t.Code == start[2]);
        if (known < 0)
            throw reader.Error(2, $"{start[2]:X2} is no type of elements; IDX has {string.Join(", ", types.Select(t => $"{t.Code:X2}"))}.");
        if (start[3] is < 1 or > MostSizes)
            throw reader.Error(3, $"the array has {start[3]} dimensions, but 1 to {MostSizes} can be read.");
        NumberType type = types[known].Type;
        return new Idx(start[2], reader.Body(type, ReadSizes(reader, start[3], type)));
    }

    private static long[] ReadSizes(ArrayReader reader, int count, NumberType type)
    {
        var sizes = new long[count];
        for (int d = 0; d < count; d++)
        {
            long at = reader.Offset;
            sizes[d] = BinaryPrimitives.ReadUInt32BigEndian(reader.Take(4, $"size {d + 1} of {count}"));
            if (sizes[d] == 0)
                throw reader.Error(at, $"size {d + 1} of the array is 0, but at least 1 is needed.");
            if (sizes[d] > int.MaxValue || reader.BytesOf(type, sizes[..(d + 1)], out _) < 0)
                throw reader.Error(
                    at,
                    $"size {d + 1} of the array is {ArrayReader.Number(sizes[d])}, by which it exceeds the limit of {(sizes[d] > int.MaxValue ? "2^31-1 bytes" : reader.Limit)}."
                );
        }
        return sizes;
    }

    private void RequireArray()
    {
        if (Count > System.Array.MaxLength)
            throw new LonghandException($"{Path}: {ArrayReader.Number(Count)} elements do not fit into one array.");
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Longhand.Formats;

namespace Longhand;

/// <summary>
/// An array in the IDX format, in which MNIST comes (LeCun, Cortes and Burges 1998): two zero bytes, the type of the elements, the number
/// of sizes, each size as 32 bits big-endian, and the elements big-endian, the last index running fastest. Gzip is recognised by its own
/// first bytes. A file is read only as far as its header allows, and no memory is taken before the bytes for it have come.
/// </summary>
public sealed class Idx
{
    private const int MostSizes = 4,
        FirstChunk = 1 << 16;

    private static readonly ElementType[] types =
    [
        new(0x08, "unsigned bytes", 1, b => b[0]),
        new(0x09, "signed bytes", 1, b => (sbyte)b[0]),
        new(0x0B, "16-bit integers", 2, b => BinaryPrimitives.ReadInt16BigEndian(b)),
        new(0x0C, "32-bit integers", 4, b => BinaryPrimitives.ReadInt32BigEndian(b)),
        new(0x0D, "32-bit floats", 4, b => BinaryPrimitives.ReadSingleBigEndian(b)),
        new(0x0E, "64-bit floats", 8, b => BinaryPrimitives.ReadDoubleBigEndian(b)),
    ];

    private readonly ElementType type;
    private readonly byte[] elements;

    private Idx(string path, ElementType type, int[] sizes, byte[] elements)
    {
        Path = path;
        this.type = type;
        Sizes = sizes;
        this.elements = elements;
    }

    /// <summary>The file, as it was named.</summary>
    public string Path { get; }

    /// <summary>The sizes of the array, from the slowest index to the fastest: [60000, 28, 28].</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The format's number for the type of the elements: 08 u8, 09 i8, 0B i16, 0C i32, 0D f32, 0E f64.</summary>
    public byte TypeCode => type.Code;

    /// <summary>The type of the elements in words: "unsigned bytes".</summary>
    public string TypeName => type.Name;

    /// <summary>How many elements there are.</summary>
    public int Count => elements.Length / type.Bytes;

    /// <summary>Where the elements begin in the (unpacked) file, in bytes.</summary>
    public int HeaderBytes => 4 + 4 * Sizes.Count;

    /// <summary>The elements, where they are unsigned bytes; the array itself, not a copy.</summary>
    /// <exception cref="DataFormatException">They are of another type.</exception>
    public byte[] Bytes =>
        type.Code == 0x08
            ? elements
            : throw new DataFormatException(
                $"{Path}: byte 2: unsigned bytes (type 08) are needed, but here are {type.Name} ({type.Code:X2})."
            );

    /// <summary>The elements as doubles, whatever their type; every value is exact.</summary>
    public double[] ToDoubles()
    {
        var values = new double[Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = type.Read(elements.AsSpan(i * type.Bytes, type.Bytes));
        return values;
    }

    /// <summary>Reads a file, plain or packed with gzip.</summary>
    /// <exception cref="LonghandException">The file is missing, a folder, or may not be read.</exception>
    /// <exception cref="DataFormatException">It is not an IDX file, is cut off, goes on behind its last element, or is too large.</exception>
    public static Idx Read(string path)
    {
        using FileStream file = SafeFile.OpenRead(path, "the data file");
        return Read(file, path);
    }

    /// <summary>Reads from a stream, plain or packed with gzip.</summary>
    /// <param name="stream">The bytes; they are read up to the array's end and one further.</param>
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
            Stream whole = new Rejoined(magic.AsMemory(0, got), stream);
            if (magic is not [0x1F, 0x8B])
                return new Reader(whole, path, unpacked: false).Read(stream.CanSeek ? stream.Length - stream.Position + got : null);
            using var unpacked = new GZipStream(whole, CompressionMode.Decompress);
            return new Reader(unpacked, path, unpacked: true).Read(null);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{path}: the gzip packing is damaged or cut off. ({e.Message})");
        }
        catch (IOException e)
        {
            throw new LonghandException($"{path}: this file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A type of elements: its number, its name, the size of one in bytes, and how one is read.</summary>
    private sealed record ElementType(byte Code, string Name, int Bytes, ReadElement Read);

    private delegate double ReadElement(ReadOnlySpan<byte> bytes);

    /// <summary>The reading of one file; it knows how far it has come, for the messages.</summary>
    private sealed class Reader(Stream stream, string path, bool unpacked)
    {
        private long offset;

        public Idx Read(long? fileLength)
        {
            byte[] start = Take(4, "the header of an IDX file");
            if (start[0] != 0 || start[1] != 0)
                throw Error(0, $"an IDX file begins with two zero bytes, but here are {start[0]:X2} {start[1]:X2}.");
            ElementType type =
                Array.Find(types, t => t.Code == start[2])
                ?? throw Error(2, $"{start[2]:X2} is no type of elements; IDX has {string.Join(", ", types.Select(t => $"{t.Code:X2}"))}.");
            if (start[3] is < 1 or > MostSizes)
                throw Error(3, $"the array has {start[3]} dimensions, but 1 to {MostSizes} can be read.");
            int[] sizes = ReadSizes(start[3], type.Bytes, out int bytes);
            if (fileLength is long length && length - offset < bytes)
                throw CutOff(bytes, length - offset, sizes);
            byte[] elements = TakeGrowing(bytes, sizes);
            if (stream.ReadByte() >= 0)
                throw Error(offset, $"the file goes on behind its last element; {Join(sizes)} {type.Name} end here.");
            return new Idx(path, type, sizes, elements);
        }

        private int[] ReadSizes(int count, int elementBytes, out int bytes)
        {
            var sizes = new int[count];
            long total = elementBytes;
            for (int d = 0; d < count; d++)
            {
                long at = offset;
                uint size = BinaryPrimitives.ReadUInt32BigEndian(Take(4, $"size {d + 1} of {count}"));
                if (size == 0)
                    throw Error(at, $"size {d + 1} of the array is 0, but at least 1 is needed.");
                // Both factors are below 2³², so that the product fits into 64 bits before it is compared.
                if (size > int.MaxValue || total * size > Array.MaxLength)
                    throw Error(at, $"size {d + 1} of the array is {Number(size)}, by which it exceeds the limit of 2^31-1 bytes.");
                sizes[d] = (int)size;
                total *= size;
            }
            bytes = (int)total;
            return sizes;
        }

        private byte[] Take(int count, string what)
        {
            var bytes = new byte[count];
            int got = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
            if (got < count)
                throw Error(offset + got, $"the file ends within {what}.");
            offset += count;
            return bytes;
        }

        // The header may promise more than the file holds, so the array grows with the bytes that do come.
        private byte[] TakeGrowing(int count, int[] sizes)
        {
            var bytes = new byte[Math.Min(count, FirstChunk)];
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
            offset += count;
            return bytes;
        }

        private DataFormatException CutOff(long needed, long found, int[] sizes) =>
            Error(
                offset + found,
                $"the file ends here: its header announces {Join(sizes)} elements ({Number(needed)} bytes), but {Number(found)} bytes follow it."
            );

        private DataFormatException Error(long at, string problem) => new($"{path}: byte {at}{(unpacked ? " (unpacked)" : "")}: {problem}");

        private static string Join(int[] sizes) => string.Join('×', sizes);

        private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }

    /// <summary>A stream of which the first bytes have been read already, put together again. It leaves the stream open.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> head, Stream tail) : Stream
    {
        private ReadOnlyMemory<byte> rest = head;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (rest.IsEmpty)
                return tail.Read(buffer);
            int count = Math.Min(rest.Length, buffer.Length);
            rest.Span[..count].CopyTo(buffer);
            rest = rest[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

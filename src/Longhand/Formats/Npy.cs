using System.Buffers.Binary;
using System.Text;

namespace Longhand.Formats;

/// <summary>
/// An array in NumPy's format: its magic bytes, a version, the length of a header, the header as the text of a Python dictionary, and the
/// elements. Versions 1 to 3, numbers of every type and byte order, C and Fortran order are read; a plain file of more than 100 MB is mapped.
/// </summary>
internal static class Npy
{
    private const int LongestHeader = 65_535;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="LonghandException">It is missing or may not be read.</exception>
    /// <exception cref="DataFormatException">It is not an array of numbers, is cut off or too large.</exception>
    public static NumberArray Read(string path)
    {
        FileStream file = SafeFile.OpenRead(path, "the data file");
        bool mapped = false;
        try
        {
            var reader = new ArrayReader(file, path, unpacked: false) { File = file.CanSeek ? file : null };
            NumberArray array = Read(reader);
            mapped = array.Array is null;
            return array;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"{path}: this file cannot be read: {e.Message}", e);
        }
        finally
        {
            if (!mapped)
                file.Dispose();
        }
    }

    /// <summary>Reads the array of a file that has just been opened.</summary>
    public static NumberArray Read(ArrayReader reader)
    {
        byte[] start = reader.Take(8, "the header of an npy file");
        if (!start.AsSpan(0, 6).SequenceEqual(Magic))
            throw reader.Error(0, $"an npy file begins with 93 4E 55 4D 50 59, but here is {Convert.ToHexString(start.AsSpan(0, 6))}.");
        int version = start[6];
        if (version is < 1 or > 3)
            throw reader.Error(6, $"the file has version {version}, but 1 to 3 can be read.");
        byte[] count = reader.Take(version == 1 ? 2 : 4, "the length of the header");
        uint length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(count) : BinaryPrimitives.ReadUInt32LittleEndian(count);
        if (length > LongestHeader)
            throw reader.Error(8, $"a header of {ArrayReader.Number(length)} bytes exceeds the limit of {LongestHeader:N0}.");
        long at = reader.Offset;
        var header = new NpyHeader(
            // Latin-1 up to version 2 and UTF-8 in version 3; what is read here is ASCII.
            Encoding.Latin1.GetString(reader.Take((int)length, "the header")),
            (position, problem) => reader.Error(at + position, problem)
        );
        if (reader.BytesOf(header.Type, header.Sizes, out int d) < 0)
            throw reader.Error(
                at,
                $"the shape ({string.Join(", ", header.Sizes)}) of {header.Type.Name} exceeds, with {ArrayReader.Number(header.Sizes[d])}, the limit of {reader.Limit}."
            );
        if (!header.FortranOrder || header.Sizes.Length == 1)
            return reader.Body(header.Type, header.Sizes);
        // In Fortran's order the sizes run the other way, and so the array is its own transpose.
        return Transposed(reader.Body(header.Type, [.. header.Sizes.Reverse()], mayMap: false), header.Sizes);
    }

    private static NumberArray Transposed(NumberArray stored, long[] sizes)
    {
        byte[] source = stored.Array!,
            target = new byte[source.Length];
        int width = stored.Type.Bytes;
        var index = new long[sizes.Length];
        var strides = new long[sizes.Length];
        long stride = width;
        for (int d = 0; d < sizes.Length; d++)
            (strides[d], stride) = (stride, stride * sizes[d]);
        long from = 0;
        for (int to = 0; to < target.Length; to += width)
        {
            source.AsSpan((int)from, width).CopyTo(target.AsSpan(to));
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < sizes[d])
                    break;
                from -= strides[d] * sizes[d];
                index[d] = 0;
            }
        }
        return new NumberArray(stored.Path, stored.Type, sizes, FileBytes.Of(target), 0, stored.HeaderBytes);
    }
}

using System.Globalization;

namespace Longhand.Formats;

/// <summary>An array of numbers in a file, the last index running fastest. Its numbers are read from the bytes when they are asked for.</summary>
/// <param name="path">What messages call it.</param>
/// <param name="type">The type of its numbers.</param>
/// <param name="sizes">Its sizes, the slowest index first.</param>
/// <param name="bytes">Where its numbers lie.</param>
/// <param name="start">Where they begin there, in bytes.</param>
/// <param name="header">Where they begin in the (unpacked) file; for messages.</param>
internal sealed class NumberArray(string path, NumberType type, long[] sizes, FileBytes bytes, long start, long header)
{
    public string Path => path;

    public NumberType Type => type;

    public IReadOnlyList<long> Sizes => sizes;

    /// <summary>How many numbers.</summary>
    public long Count { get; } = sizes.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Where the numbers begin in the (unpacked) file, in bytes.</summary>
    public long HeaderBytes => header;

    /// <summary>The elements as they are stored, where they are in memory and alone there; otherwise null.</summary>
    public byte[]? Array => start == 0 ? bytes.Array : null;

    /// <summary>Copies numbers from position <paramref name="first"/> on.</summary>
    public void Copy(long first, Span<double> destination)
    {
        Span<byte> room = stackalloc byte[NumberType.Chunk];
        int most = NumberType.Chunk / type.Bytes;
        for (int done = 0; done < destination.Length; done += most)
        {
            int count = Math.Min(most, destination.Length - done);
            type.Read(Raw(first + done, count, room), destination.Slice(done, count));
        }
    }

    /// <summary>Copies numbers from position <paramref name="first"/> on, rounded to single precision.</summary>
    public void Copy(long first, Span<float> destination)
    {
        Span<byte> room = stackalloc byte[NumberType.Chunk];
        int most = NumberType.Chunk / type.Bytes;
        for (int done = 0; done < destination.Length; done += most)
        {
            int count = Math.Min(most, destination.Length - done);
            type.Read(Raw(first + done, count, room), destination.Slice(done, count));
        }
    }

    /// <summary>The bytes of some numbers, of at most <see cref="NumberType.Chunk"/> bytes in all.</summary>
    public ReadOnlySpan<byte> Raw(long first, int count, Span<byte> room) =>
        bytes.Get(start + first * type.Bytes, count * type.Bytes, room);

    /// <summary>Refuses an array with a number that is none.</summary>
    /// <exception cref="DataFormatException">There is NaN or an infinity.</exception>
    public void RequireFinite()
    {
        if (type.IsInteger)
            return;
        Span<double> numbers = stackalloc double[NumberType.Chunk / sizeof(double)];
        for (long first = 0; first < Count; first += numbers.Length)
        {
            Span<double> some = numbers[..(int)Math.Min(numbers.Length, Count - first)];
            Copy(first, some);
            for (int i = 0; i < some.Length; i++)
                if (!double.IsFinite(some[i]))
                    throw Error(
                        header + (first + i) * type.Bytes,
                        $"element [{string.Join(", ", Index(first + i))}] is {(double.IsNaN(some[i]) ? "NaN" : "infinite")}, but data are finite numbers."
                    );
        }
    }

    /// <summary>The sizes as they are written: 60000×28×28.</summary>
    public string SizesText => string.Join('×', sizes);

    /// <summary>A message about a place in the (unpacked) file.</summary>
    public DataFormatException Error(long at, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}: byte {at}: {problem}"));

    /// <summary>A message about the whole array.</summary>
    public DataFormatException Error(string problem) => new($"{path}: {problem}");

    private long[] Index(long flat)
    {
        var index = new long[sizes.Length];
        for (int d = sizes.Length - 1; d >= 0; d--)
            (flat, index[d]) = Math.DivRem(flat, sizes[d]);
        return index;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Longhand.Tests;

public class IdxTests
{
    private static byte[] Header(byte type, params uint[] sizes)
    {
        var bytes = new byte[4 + 4 * sizes.Length];
        bytes[2] = type;
        bytes[3] = (byte)sizes.Length;
        for (int d = 0; d < sizes.Length; d++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * d), sizes[d]);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(bytes);
        return packed.ToArray();
    }

    private static Idx Read(byte[] bytes) => Idx.Read(new MemoryStream(bytes), "f.idx");

    private static string Problem(byte[] bytes) => Assert.Throws<DataFormatException>(() => Read(bytes)).Message;

    [Theory]
    [InlineData(0x08, "00 7F FF", new double[] { 0, 127, 255 })]
    [InlineData(0x09, "00 7F FF", new double[] { 0, 127, -1 })]
    [InlineData(0x0B, "01 02 FF FE 80 00", new double[] { 258, -2, -32768 })]
    [InlineData(0x0C, "00 01 00 00 FF FF FF FF 80 00 00 00", new double[] { 65536, -1, -2147483648 })]
    [InlineData(0x0D, "3F 80 00 00 C0 20 00 00 00 00 00 00", new double[] { 1, -2.5, 0 })]
    [InlineData(0x0E, "3F F0 00 00 00 00 00 00 C0 04 00 00 00 00 00 00 3F B9 99 99 99 99 99 9A", new double[] { 1, -2.5, 0.1 })]
    public void Every_type_is_read_big_endian(byte type, string elements, double[] expected)
    {
        byte[] file = [.. Header(type, 3), .. Convert.FromHexString(elements.Replace(" ", ""))];
        Assert.Equal(expected, Read(file).ToDoubles());
        Assert.Equal(expected, Read(Gzip(file)).ToDoubles());
        Assert.Equal(type, Read(file).TypeCode);
    }

    [Fact]
    public void Sizes_and_bytes_come_back() =>
        Prop.ForAll(
                Gen.ArrayOf(Gen.Choose(1, 7)).Where(sizes => sizes.Length is >= 1 and <= 4).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (sizes, seed) =>
                {
                    var elements = new byte[sizes.Aggregate((a, b) => a * b)];
                    new Random(seed).NextBytes(elements);
                    byte[] file = [.. Header(0x08, [.. sizes.Select(s => (uint)s)]), .. elements];
                    Idx plain = Read(file),
                        packed = Read(Gzip(file));
                    return plain.Sizes.SequenceEqual(sizes)
                        && plain.Bytes.SequenceEqual(elements)
                        && packed.Sizes.SequenceEqual(sizes)
                        && packed.Bytes.SequenceEqual(elements)
                        && plain.Count == elements.Length
                        && plain.HeaderBytes == 4 + 4 * sizes.Length;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_cut_is_noticed_where_it_is()
    {
        byte[] file = [.. Header(0x08, 2, 3), 1, 2, 3, 4, 5, 6];
        Assert.Equal([1, 2, 3, 4, 5, 6], Read(file).Bytes);
        for (int length = 1; length < file.Length; length++)
        {
            Assert.StartsWith($"f.idx: byte {length}: the file ends ", Problem(file[..length]));
            Assert.StartsWith($"f.idx: byte {length} (unpacked): the file ends ", Problem(Gzip(file[..length])));
        }
        Assert.Equal(
            "f.idx: byte 16: the file ends here: its header announces 2×3 elements (6 bytes), but 4 bytes follow it.",
            Problem(file[..16])
        );
        Assert.Equal("f.idx: the file is empty, but an IDX file is needed.", Problem([]));
    }

    [Fact]
    public void A_cut_packing_is_noticed()
    {
        byte[] elements = new byte[10_000];
        new Random(1).NextBytes(elements);
        byte[] packed = Gzip([.. Header(0x08, 10_000), .. elements]);
        foreach (int length in new[] { 2, 3, 9, 10, 11, 100, 5000 }.Concat(Enumerable.Range(packed.Length - 9, 9)))
            Assert.StartsWith("f.idx: ", Problem(packed[..length]));
        Assert.Contains("checksum and the length", Problem([.. packed, 0]));
        packed[500] ^= 0x55;
        Assert.StartsWith("f.idx: ", Problem(packed));
    }

    [Fact]
    public void A_packing_may_have_several_members()
    {
        byte[] file = [.. Header(0x08, 2, 3), 1, 2, 3, 4, 5, 6];
        foreach (int cut in (int[])[1, 5, 12, 15, 18])
        {
            byte[] packed = [.. Gzip(file[..cut]), .. Gzip(file[cut..])];
            Assert.Equal([1, 2, 3, 4, 5, 6], Read(packed).Bytes);
            for (int missing = 1; missing <= 8; missing++)
                Assert.StartsWith("f.idx: ", Problem(packed[..^missing]));
        }
    }

    [Fact]
    public void Bytes_behind_the_last_element_are_refused()
    {
        byte[] file = [.. Header(0x08, 2), 1, 2, 3];
        Assert.Equal("f.idx: byte 10: the file goes on behind its last element; 2 unsigned bytes end here.", Problem(file));
        Assert.Equal(
            "f.idx: byte 10 (unpacked): the file goes on behind its last element; 2 unsigned bytes end here.",
            Problem(Gzip(file))
        );
    }

    [Theory]
    [InlineData("89504E470D0A1A0A", "byte 0: an IDX file begins with two zero bytes, but here are 89 50.")]
    [InlineData("00010803", "byte 0: an IDX file begins with two zero bytes, but here are 00 01.")]
    [InlineData("00000A0100000001", "byte 2: 0A is no type of elements; IDX has 08, 09, 0B, 0C, 0D, 0E.")]
    [InlineData("0000080000000001", "byte 3: the array has 0 dimensions, but 1 to 4 can be read.")]
    [InlineData("000008FF00000001", "byte 3: the array has 255 dimensions, but 1 to 4 can be read.")]
    [InlineData("000008020000000100000000", "byte 8: size 2 of the array is 0, but at least 1 is needed.")]
    [InlineData("00000801FFFFFFFF", "byte 4: size 1 of the array is 4,294,967,295, by which it exceeds the limit of 2^31-1 bytes.")]
    [InlineData("000008020001000000010000", "byte 8: size 2 of the array is 65,536, by which it exceeds the limit")]
    [InlineData("00000E0110000000", "byte 4: size 1 of the array is 268,435,456, by which it exceeds the limit")]
    public void A_wrong_header_is_refused_at_its_byte(string file, string expected) =>
        Assert.StartsWith("f.idx: " + expected, Problem(Convert.FromHexString(file)));

    [Fact]
    public void Promised_bytes_take_no_memory_before_they_come()
    {
        byte[] file = [.. Header(0x08, 1_000_000_000), 1, 2, 3];
        foreach (byte[] hostile in new[] { file, Gzip(file) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("(1,000,000,000 bytes), but 3 bytes follow", Problem(hostile));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }
    }

    [Fact]
    public void Packed_files_are_unpacked_to_a_gigabyte_and_no_further() =>
        Assert.Equal(
            "f.idx: byte 4 (unpacked): size 1 of the array is 1,000,000,001, by which it exceeds the limit of 1,000,000,000 bytes to which "
                + "packed files are read; unpacked, larger ones can be.",
            Problem(Gzip([.. Header(0x08, 1_000_000_001), 1]))
        );

    [Fact]
    public void A_gzip_bomb_is_left_when_it_exceeds_its_header()
    {
        // A hundred megabytes of zeros in a hundred kilobytes, behind a header that announces ten elements.
        byte[] bomb = Gzip([.. Header(0x08, 10), .. new byte[100_000_000]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("byte 18 (unpacked): the file goes on behind its last element", Problem(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Random_bytes_are_never_more_than_a_format_error() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    byte[] file = new byte[random.Next(60)];
                    random.NextBytes(file);
                    // Most of them get past the first bytes, so that what follows is tried as well.
                    byte[] start = [0, 0, (byte)random.Next(8, 15), (byte)random.Next(5), 0, 0, 0, (byte)random.Next(9)];
                    start.AsSpan(0, Math.Min(file.Length, random.Next(9))).CopyTo(file);
                    try
                    {
                        Idx idx = Read(random.Next(2) == 0 ? file : Gzip(file));
                        return idx.Sizes.Aggregate(1, (a, b) => a * b) == idx.Count;
                    }
                    catch (DataFormatException e)
                    {
                        return e.Message.StartsWith("f.idx: ", StringComparison.Ordinal);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_of_another_type_are_refused() =>
        Assert.Equal(
            "f.idx: byte 2: unsigned bytes (type 08) are needed, but here are 16-bit integers (0B).",
            Assert.Throws<DataFormatException>(() => Read([.. Header(0x0B, 1), 0, 1]).Bytes).Message
        );

    [Fact]
    public void What_is_no_file_is_refused_by_its_path()
    {
        string folder = Directory.CreateTempSubdirectory("longhand-").FullName;
        string missing = Path.Combine(folder, "missing");
        Assert.Equal(
            $"Cannot read the data file {folder}: this is a folder, not a file.",
            Assert.Throws<LonghandException>(() => Idx.Read(folder)).Message
        );
        Assert.Equal(
            $"Cannot read the data file {missing}: there is no such file.",
            Assert.Throws<LonghandException>(() => Idx.Read(missing)).Message
        );
        Assert.StartsWith("Cannot read the data file \"a\\u0000b\"", Assert.Throws<LonghandException>(() => Idx.Read("a\0b")).Message);
        Directory.Delete(folder);
    }
}

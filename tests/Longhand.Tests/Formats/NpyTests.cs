using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>NumPy's arrays and archives of them: what NumPy writes is read, and what nobody should write is refused with its byte.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private NumberArray Read(byte[] file)
    {
        File.WriteAllBytes(folder.File("a.npy"), file);
        return Npy.Read(folder.File("a.npy"));
    }

    private static double[] Numbers(NumberArray array)
    {
        var numbers = new double[array.Count];
        array.Copy(0, numbers);
        var singles = new float[array.Count];
        array.Copy(0, singles);
        Assert.Equal(numbers.Select(number => (float)number), singles);
        return numbers;
    }

    private string Problem(byte[] file)
    {
        string message = Assert.Throws<DataFormatException>(() => Read(file)).Message;
        Assert.StartsWith(folder.File("a.npy") + ": ", message);
        return message;
    }

    [Theory]
    [InlineData("|u1", "00 7F FF", new double[] { 0, 127, 255 })]
    [InlineData("|b1", "00 01 01", new double[] { 0, 1, 1 })]
    [InlineData("|i1", "00 7F FF", new double[] { 0, 127, -1 })]
    [InlineData("<u2", "0201 FFFF", new double[] { 258, 65535 })]
    [InlineData(">u2", "0102 FFFF", new double[] { 258, 65535 })]
    [InlineData("<i2", "0201 FEFF", new double[] { 258, -2 })]
    [InlineData(">i2", "0102 FFFE", new double[] { 258, -2 })]
    [InlineData("<i4", "00000100 FFFFFFFF", new double[] { 65536, -1 })]
    [InlineData(">u4", "00010000 FFFFFFFF", new double[] { 65536, 4294967295 })]
    [InlineData("<i8", "0100000000000000 FEFFFFFFFFFFFFFF", new double[] { 1, -2 })]
    [InlineData(">u8", "0000000000000001 0010000000000000", new double[] { 1, 4503599627370496 })]
    [InlineData("<f2", "003C 00C1", new double[] { 1, -2.5 })]
    [InlineData(">f2", "3C00 C100", new double[] { 1, -2.5 })]
    [InlineData("<f4", "0000803F 000020C0", new double[] { 1, -2.5 })]
    [InlineData(">f4", "3F800000 C0200000", new double[] { 1, -2.5 })]
    [InlineData("<f8", "9A9999999999B93F 00000000000004C0", new double[] { 0.1, -2.5 })]
    [InlineData(">f8", "3FB999999999999A C004000000000000", new double[] { 0.1, -2.5 })]
    public void Every_type_is_read_in_both_orders_of_bytes(string descr, string elements, double[] expected)
    {
        byte[] bytes = Convert.FromHexString(elements.Replace(" ", ""));
        foreach (byte version in (byte[])[1, 2, 3])
            Assert.Equal(expected, Numbers(Read(Sample.Npy(descr, $"({expected.Length},)", bytes, version: version))));
    }

    [Fact]
    public void Long_arrays_are_read_in_pieces_without_a_seam()
    {
        double[] numbers = [.. Enumerable.Range(0, 5000).Select(i => Math.Sqrt(i))];
        byte[] big = [.. numbers.SelectMany(number => BitConverter.GetBytes(number).Reverse())];
        Assert.Equal(numbers, Numbers(Read(Sample.Npy(">f8", "(5000,)", big))));
        Assert.Equal(numbers, Numbers(Read(Sample.Npy("<f8", "(50, 100)", Sample.Doubles(numbers)))));
    }

    [Fact]
    public void Fortran_order_is_the_transpose_of_what_lies_in_the_file()
    {
        // numpy.arange(24).reshape(2, 3, 4), saved in Fortran order: the first index runs fastest.
        byte[] fortran =
        [
            .. from k in Enumerable.Range(0, 4)
            from j in Enumerable.Range(0, 3)
            from i in Enumerable.Range(0, 2)
            select (byte)(12 * i + 4 * j + k),
        ];
        NumberArray array = Read(Sample.Npy("|u1", "(2, 3, 4)", fortran, fortran: true));
        Assert.Equal([2, 3, 4], array.Sizes);
        Assert.Equal(Enumerable.Range(0, 24).Select(n => (double)n), Numbers(array));
        Assert.Equal([1, 2, 3], Numbers(Read(Sample.Npy("|u1", "(3,)", [1, 2, 3], fortran: true))));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{\"shape\":(1L,),\"fortran_order\":False,\"descr\":\"<f4\"}")]
    [InlineData("  { 'fortran_order' : False , 'shape' : ( 1 , ) , 'descr' : '<f4' , }  ")]
    public void A_header_may_be_written_in_more_than_one_way(string header) =>
        Assert.Equal([1.5], Numbers(Read(Sample.NpyOf(header, Sample.Floats(1.5f)))));

    [Theory]
    [InlineData("", "byte 64: here belongs {")]
    [InlineData("[]", "byte 10: here belongs {")]
    [InlineData("{}", "byte 10: the header has no descr.")]
    [InlineData("{'descr': '<f4'}", "byte 10: the header has no fortran_order.")]
    [InlineData("{'descr': '<f4', 'descr': '<f4'}", "byte 27: \"descr\" stands twice")]
    [InlineData("{'descr': '<f4', 'size': 3}", "the header has \"size\", but descr, fortran_order and shape alone belong there.")]
    [InlineData("{'descr': '<f4", "byte 20: the quotation mark is never closed.")]
    [InlineData("{'descr': '<f4' 'shape': (1,)}", "byte 26: here belongs }")]
    [InlineData("{'descr': [('a', '<f4')]}", "byte 20: the elements are records of several fields")]
    [InlineData("{'descr': '|O'}", "Python objects, which are never read")]
    [InlineData("{'descr': '<U5'}", "the elements are texts (\"<U5\")")]
    [InlineData("{'descr': '<c8'}", "the type \"<c8\" is not read here")]
    [InlineData("{'descr': ''}", "the type \"\" is not read here")]
    [InlineData("{'fortran_order': Maybe}", "byte 28: here belongs True or False.")]
    [InlineData("{'shape': ()}", "byte 20: the array is a single number without sizes")]
    [InlineData("{'shape': (0,)}", "byte 21: size 1 of the shape is 0")]
    [InlineData("{'shape': (-1,)}", "byte 21: here belongs a size of the shape")]
    [InlineData("{'shape': (99999999999999999999,)}", "byte 21: here belongs a size of the shape, a whole number below 2^63.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "byte 66: the header goes on behind its brace.")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 4000000000)}",
        "the shape (4000000000, 4000000000) of 32-bit floats exceeds, with 4,000,000,000, the limit of 2^63-1 bytes."
    )]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,)}", "exceeds")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000)}",
        "its header announces 1000000000×1000 elements (4,000,000,000,000 bytes), but 8 bytes follow it."
    )]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", "announces 3 elements (12 bytes), but 8 bytes follow it.")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
        "the file goes on behind its last element; 1 32-bit floats end here."
    )]
    public void A_wrong_header_is_refused_at_its_byte(string header, string expected) =>
        Assert.Contains(expected, Problem(Sample.NpyOf(header, new byte[8])));

    [Theory]
    [InlineData("", "byte 0: the file ends within the header of an npy file.")]
    [InlineData("934E554D", "byte 4: the file ends within the header of an npy file.")]
    [InlineData("504B0304504B0304", "byte 0: an npy file begins with 93 4E 55 4D 50 59, but here is 504B0304504B.")]
    [InlineData("934E554D50590400FFFF", "byte 6: the file has version 4, but 1 to 3 can be read.")]
    [InlineData("934E554D50590100FFFF", "byte 10: the file ends within the header.")]
    [InlineData("934E554D50590200FFFFFFFF", "byte 8: a header of 4,294,967,295 bytes exceeds the limit of 65,535.")]
    public void A_wrong_beginning_is_refused(string file, string expected) =>
        Assert.Contains(expected, Problem(Convert.FromHexString(file)));

    [Fact]
    public void Promised_bytes_take_no_memory_before_they_come()
    {
        byte[] file = Sample.Npy("<f8", "(100000000,)", new byte[8]);
        byte[] npz = Sample.Zip(true, ("x.npy", file), ("y.npy", file));
        File.WriteAllBytes(folder.File("a.npz"), npz);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("(800,000,000 bytes), but 8 bytes follow", Problem(file));
        Assert.Contains(
            "(800,000,000 bytes), but 8 bytes follow",
            Assert.Throws<DataFormatException>(() => Data.FromNpz(folder.File("a.npz"))).Message
        );
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void A_zip_bomb_is_left_at_the_limit_and_where_it_exceeds_its_header()
    {
        // A gigabyte and more announced honestly is too much; a hundred megabytes behind a header that announces one byte as well.
        File.WriteAllBytes(folder.File("a.npz"), Sample.Zip(true, ("x.npy", Sample.Npy("|u1", "(1000000001,)", [])), ("y.npy", [])));
        File.WriteAllBytes(
            folder.File("b.npz"),
            Sample.Zip(true, ("x.npy", Sample.Npy("|u1", "(1,)", new byte[100_000_000])), ("y.npy", []))
        );
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "the limit of 1,000,000,000 bytes to which packed files are read",
            Assert.Throws<DataFormatException>(() => Data.FromNpz(folder.File("a.npz"))).Message
        );
        Assert.Contains("goes on behind its last", Assert.Throws<DataFormatException>(() => Data.FromNpz(folder.File("b.npz"))).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Names_of_an_archive_are_no_paths()
    {
        using var inside = new TemporaryFolder();
        byte[] x = Sample.Npy("<f4", "(2, 1)", Sample.Floats(1, 2)),
            y = Sample.Npy("|u1", "(2,)", [0, 1]);
        File.WriteAllBytes(
            inside.File("a.npz"),
            Sample.Zip(false, ("../x.npy", x), ("/tmp/longhand-evil/y.npy", y), ("C:\\x.npy", x), ("x.npy", x), ("y.npy", y))
        );
        Assert.Equal(2, Data.FromNpz(inside.File("a.npz")).All.Count);
        Assert.Equal([inside.File("a.npz")], Directory.GetFileSystemEntries(inside.Path));
        Assert.False(Directory.Exists("/tmp/longhand-evil"));
        Assert.Equal([1.0], Data.Make("npz a.npz x=../x y=y", inside.Path).All[0].Input);
    }

    [Fact]
    public void A_damaged_archive_is_refused()
    {
        byte[] x = Sample.Npy("<f4", "(2, 1)", Sample.Floats(1, 2)),
            y = Sample.Npy("|u1", "(2,)", [0, 1]);
        byte[] sound = Sample.Zip(false, ("x.npy", x), ("y.npy", y));
        int at = sound.AsSpan().IndexOf(Sample.Floats(1, 2));
        sound[at + 2] ^= 1;
        Assert.Contains("\"x.npy\": its bytes are damaged: their checksum is", ArchiveProblem(sound));
        Assert.Contains("the file is empty", ArchiveProblem([]));
        Assert.Contains("this zip file is damaged or cut off", ArchiveProblem(sound[..^1]));
        Assert.Contains("two arrays are called \"x.npy\"", ArchiveProblem(Sample.Zip(true, ("x.npy", x), ("x.npy", x))));
        Assert.Contains("there is no array in this archive", ArchiveProblem(Sample.Zip(true, ("x.txt", x))));
        Assert.Contains(
            "there are no arrays x and y; it has \"a\", \"b\": say x=NAME y=NAME.",
            ArchiveProblem(Sample.Zip(true, ("a.npy", x), ("b.npy", y)))
        );
    }

    private string ArchiveProblem(byte[] file)
    {
        File.WriteAllBytes(folder.File("a.npz"), file);
        string message = Assert.Throws<DataFormatException>(() => Data.FromNpz(folder.File("a.npz"))).Message;
        Assert.StartsWith(folder.File("a.npz"), message);
        return message;
    }
}

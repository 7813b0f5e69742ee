using System.Numerics;
using System.Text;
using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

public class SafetensorsTests
{
    [Fact]
    public void The_empty_file_is_read()
    {
        byte[] empty = [8, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20];
        Safetensors file = Safetensors.Read(new MemoryStream(empty), "empty");
        Assert.Empty(file.Entries);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void The_bytes_of_a_file_are_these()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(
            stream,
            [
                SafetensorsEntry.Of("b", [2], [1f, -2f]),
                SafetensorsEntry.Of("a", [], [0.5f]),
                SafetensorsEntry.Of("z", [1, 1], [3.0]),
                SafetensorsEntry.Of("none", [0, 4], Array.Empty<float>()),
            ],
            new Dictionary<string, string> { ["network"] = "2 -> dense 1 <\"é\">", ["a"] = "1" }
        );
        const string header =
            """{"__metadata__":{"a":"1","format":"pt","network":"2 -> dense 1 <\"é\">"},"z":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"F32","shape":[],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}"""
            + ""","none":{"dtype":"F32","shape":[0,4],"data_offsets":[20,20]}}""";
        byte[] json = Encoding.UTF8.GetBytes(header);
        int padded = (json.Length + 7) / 8 * 8;
        byte[] expected =
        [
            .. BitConverter.GetBytes((ulong)padded),
            .. json,
            .. Enumerable.Repeat((byte)' ', padded - json.Length),
            .. BitConverter.GetBytes(3.0),
            .. BitConverter.GetBytes(0.5f),
            .. BitConverter.GetBytes(1f),
            .. BitConverter.GetBytes(-2f),
        ];
        Assert.Equal(expected, stream.ToArray());
        Assert.NotEqual(json.Length, padded); // or this would not see the padding
    }

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        float[] singles = [0.1f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, float.MaxValue];
        double[] doubles = [0.1, -0.0, double.NegativeInfinity, double.Epsilon];
        Safetensors.Write(
            path,
            [SafetensorsEntry.Of("w\n\u0001\"é", [2, 3], singles), SafetensorsEntry.Of("d", [4, 1], doubles)],
            new Dictionary<string, string> { ["format"] = "other" }
        );
        Safetensors file = Safetensors.Read(path);
        Assert.Equal(["d", "w\n\u0001\"é"], file.Entries.Select(entry => entry.Name));
        Assert.Equal("other", Assert.Single(file.Metadata).Value);
        Assert.True(file.TryGet("d", out SafetensorsEntry? d));
        Assert.Equal([4L, 1L], d.Shape);
        Assert.Equal(SafetensorsType.F64, d.Type);
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), d.ToDoubles().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(doubles.Select(x => (float)x), d.ToSingles());
        SafetensorsEntry w = file.Entries[1];
        Assert.Equal(singles.Select(BitConverter.SingleToInt32Bits), w.ToSingles().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(singles.Select(x => (double)x), w.ToDoubles());
        Assert.False(file.TryGet("x", out _));
    }

    [Fact]
    public void The_order_of_the_entries_does_not_change_the_bytes()
    {
        SafetensorsEntry[] entries = [.. Enumerable.Range(0, 20).Select(i => SafetensorsEntry.Of($"e{i}", [1], [(float)i]))];
        using var forth = new MemoryStream();
        using var back = new MemoryStream();
        Safetensors.Write(forth, entries, new Dictionary<string, string> { ["x"] = "1", ["b"] = "2" });
        Safetensors.Write(back, entries.Reverse(), new Dictionary<string, string> { ["b"] = "2", ["x"] = "1" });
        Assert.Equal(forth.ToArray(), back.ToArray());
    }

    [Theory]
    [InlineData("BOOL", "00 01", 0, 1)]
    [InlineData("U8", "FF 02", 255, 2)]
    [InlineData("I8", "FF 02", -1, 2)]
    [InlineData("I16", "FE FF 00 80", -2, -32768)]
    [InlineData("U16", "FE FF 00 80", 65534, 32768)]
    [InlineData("F16", "00 3C 01 00", 1, 5.9604644775390625e-8)]
    [InlineData("BF16", "80 3F 49 C0", 1, -3.140625)]
    [InlineData("I32", "FF FF FF FF 00 00 00 01", -1, 16777216)]
    [InlineData("U32", "FF FF FF FF 00 00 00 01", 4294967295, 16777216)]
    [InlineData("F32", "00 00 80 3F 00 00 00 C0", 1, -2)]
    [InlineData("F64", "00 00 00 00 00 00 F0 3F 9A 99 99 99 99 99 B9 3F", 1, 0.1)]
    [InlineData("I64", "FF FF FF FF FF FF FF FF 00 00 00 00 00 00 00 80", -1, -9223372036854775808.0)]
    [InlineData("U64", "FF FF FF FF FF FF FF FF 01 00 00 00 00 00 00 00", 18446744073709551615.0, 1)]
    public void Every_type_is_read_as_doubles_and_singles(string type, string hex, double first, double second)
    {
        byte[] data = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        byte[] file = Raw.File($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{data.Length}}}]}}""", data);
        SafetensorsEntry entry = Assert.Single(Safetensors.Read(new MemoryStream(file), "f").Entries);
        Assert.Equal([first, second], entry.ToDoubles());
        Assert.Equal([(float)first, (float)second], entry.ToSingles());
        Assert.Equal(2, entry.Count);
    }

    [Theory]
    [InlineData("I64", 1L << 60)]
    [InlineData("U64", 1L << 60)]
    [InlineData("U64", long.MinValue)]
    public void Long_integers_become_singles_in_one_rounding(string type, long power)
    {
        // Just above the middle of two floats; a double in between would lose the last bit and round to the even one below.
        float exact = type == "U64" ? (ulong)power : power;
        long value = power + (1L << (BitOperations.Log2((ulong)power) - 24)) + 1;
        byte[] file = Raw.File($$$"""{"x":{"dtype":"{{{type}}}","shape":[],"data_offsets":[0,8]}}""", BitConverter.GetBytes(value));
        Assert.Equal(MathF.BitIncrement(exact), Safetensors.Read(new MemoryStream(file), "f").Entries[0].ToSingles()[0]);
    }

    [Fact]
    public void Types_that_the_writer_does_not_make_survive_a_copy()
    {
        byte[] data = [1, 2, 3, 4, 5, 6];
        byte[] file = Raw.File(
            """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[2,6]}}""",
            data
        );
        using var copy = new MemoryStream();
        Safetensors.Write(copy, Safetensors.Read(new MemoryStream(file), "f").Entries);
        IReadOnlyList<SafetensorsEntry> entries = Safetensors.Read(new MemoryStream(copy.ToArray()), "f").Entries;
        Assert.Equal(["b", "a"], entries.Select(entry => entry.Name));
        Assert.Equal(data[2..], entries[0].Data.ToArray());
        Assert.Equal(data[..2], entries[1].Data.ToArray());
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        float[] two = [1, 2];
        Assert.Contains("shape [3]", Refused(() => SafetensorsEntry.Of("x", [3], two)), StringComparison.Ordinal);
        Assert.Contains("shape [-1, -2]", Refused(() => SafetensorsEntry.Of("x", [-1, -2], two)), StringComparison.Ordinal);
        Assert.Contains("cannot be called", Refused(() => SafetensorsEntry.Of("__metadata__", [2], two)), StringComparison.Ordinal);
        Assert.Contains("cannot be called", Refused(() => SafetensorsEntry.Of("\ud800", [2], two)), StringComparison.Ordinal);
        Assert.Contains("cannot be called", Refused(() => SafetensorsEntry.Of("\ufffd\udc00", [2], two)), StringComparison.Ordinal);
        SafetensorsEntry entry = SafetensorsEntry.Of("x", [2], two);
        Assert.Contains("Two entries", Refused(() => Safetensors.Write(Stream.Null, [entry, entry])), StringComparison.Ordinal);
        Assert.Contains(
            "surrogate",
            Refused(() => Safetensors.Write(Stream.Null, [entry], new Dictionary<string, string> { ["k"] = "\ud800" })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_entry_keeps_the_values_it_was_made_with()
    {
        float[] values = [1];
        SafetensorsEntry entry = SafetensorsEntry.Of("x", [1], values);
        values[0] = 2;
        Assert.Equal([1f], entry.ToSingles());
    }

    private static string Refused(Action action) => Assert.Throws<LonghandException>(action).Message;
}

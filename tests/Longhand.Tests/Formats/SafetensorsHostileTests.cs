using System.Globalization;
using System.Text;
using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>Files that lie: each is refused with the reason, and none costs more than a small multiple of its own length.</summary>
public class SafetensorsHostileTests
{
    [Theory]
    // The header's frame
    [InlineData("", 0, "the header is empty")]
    [InlineData(" {}", 0, "byte 8: the header does not begin with {")]
    [InlineData("[]", 0, "byte 8: the header does not begin with {")]
    [InlineData("{", 0, "byte 9: the header is not valid JSON")]
    [InlineData("{}{}", 0, "byte 10: the header is not valid JSON")]
    [InlineData("{\n \"a\":\n x}", 0, "byte 17: the header is not valid JSON")]
    [InlineData("{/**/}", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},}""", 0, "not valid JSON")]
    [InlineData("""{"\ud800":1}""", 0, "byte 9: the text here has half of a surrogate pair")]
    // Names
    [InlineData(
        """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""",
        0,
        "byte 62: the name \"a\" stands twice"
    )]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "the name \"__metadata__\" stands twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "the metadata \"k\" stands twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "the metadata \"k\" must be a text, not a number")]
    [InlineData("""{"__metadata__":{"k":null}}""", 0, "must be a text, not null")]
    [InlineData("""{"__metadata__":[]}""", 0, "must be an object of texts, not a list")]
    // An entry's parts
    [InlineData("""{"a":3}""", 0, "entry \"a\": it must be an object with dtype, shape and data_offsets, not a number")]
    [InlineData("""{"a":{"shape":[0],"data_offsets":[0,0]}}""", 0, "entry \"a\": it has no dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,0]}}""", 0, "it has no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0]}}""", 0, "it has no data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "its \"dtype\" stands twice")]
    [InlineData(
        """{"a":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[0,0]}}""",
        0,
        "its dtype \"F8_E4M3\" is not one that is read here (BOOL, U8"
    )]
    [InlineData("""{"a":{"dtype":"f32","shape":[0],"data_offsets":[0,0]}}""", 0, "its dtype \"f32\" is not one")]
    [InlineData("""{"a":{"dtype":9,"shape":[0],"data_offsets":[0,0]}}""", 0, "its dtype must be a text such as \"F32\", not a number")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "its shape must be a list of whole numbers, not a number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "its shape has \"2.5\", not a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e1],"data_offsets":[0,8]}}""", 8, "its shape has \"1e1\", not a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}""", 8, "its shape has \"-2\", not a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,"1"],"data_offsets":[0,8]}}""", 8, "its shape must hold whole numbers only, not a text")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,[1]],"data_offsets":[0,8]}}""", 8, "its shape must hold whole numbers only, not a list")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "two numbers, begin and end, not 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "two numbers, begin and end, not 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 0, "its data_offsets has \"-8\"")]
    // Sizes that overflow
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2,18446744073709551614],"data_offsets":[0,16]}}""",
        16,
        "its shape has \"18446744073709551614\""
    )]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}""", 16, "is larger than any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0, "is larger than any file")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "is larger than any file")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""",
        4,
        "but only 4 bytes follow the header"
    )]
    // Offsets
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "its data end at 0, before they begin at 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes, but its data_offsets [0, 8] span 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "the entries describe 8 bytes, but 9 follow the header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "its data end at 8, but only 7 bytes follow the header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "its data begin at 4, which leaves a hole behind 0")]
    [InlineData("{}", 1, "the entries describe 0 bytes, but 1 follow the header")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""",
        12,
        "entry \"b\": its data begin at 8, which leaves a hole behind 4"
    )]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8,
        "entry \"b\": its data begin at 4 and overlap those before, which end at 8"
    )]
    public void A_malformed_file_is_refused_with_its_reason(string header, int dataLength, string reason)
    {
        string message = Refused(Raw.File(header, new byte[dataLength]));
        Assert.StartsWith("nets/m.safetensors", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_tensors_in_one_place_are_refused()
    {
        IEnumerable<string> entries = Enumerable
            .Range(0, 10)
            .Select(i => $$""" "t{{i}}":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}""");
        Assert.Contains("overlap", Refused(Raw.File($"{{{string.Join(',', entries)}}}", new byte[16])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_cannot_be_there_is_refused_before_memory_is_taken()
    {
        Assert.Contains("has only 0 bytes", Refused([]), StringComparison.Ordinal);
        Assert.Contains("has only 7 bytes", Refused(new byte[7]), StringComparison.Ordinal);
        foreach (
            (ulong length, string reason) in new[]
            {
                (99_000_000UL, "byte 0: the header is said to have 99000000 bytes, but only 2 follow"),
                (100_000_000UL, "but only 2 follow"),
                (100_000_001UL, "byte 0: a header of 100000001 bytes is longer than the 100000000 allowed"),
                (ulong.MaxValue, "byte 0: a header of 18446744073709551615 bytes is longer"),
                (ulong.MaxValue - 7, "is longer"),
            }
        )
        {
            byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = Refused(file);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_header_that_is_not_utf8_is_refused()
    {
        byte[] header = [.. "{\"a"u8, 0xC3, 0x28, .. "\":1}"u8];
        Assert.Contains("byte 11: the header is not UTF-8", Refused(Raw.File(header, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Assert.Contains("not valid JSON", Refused(Raw.File($"{{\"a\":{{\"more\":{deep}}}}}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_stays_short_and_harmless_whatever_the_names()
    {
        string name = "\\u001b[2J" + new string('x', 100_000);
        string shape = string.Join(',', Enumerable.Repeat("1", 50_000));
        string message = Refused(Raw.File($$$"""{"{{{name}}}":{"dtype":"F32","shape":[{{{shape}}}],"data_offsets":[0,8]}}""", new byte[8]));
        Assert.InRange(message.Length, 50, 400);
        Assert.DoesNotContain('\u001b', message);
        Assert.Contains("\\u001b", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_format_allows_is_read()
    {
        byte[] file = Raw.File(
            """{ "s" : {"data_offsets":[0,4],"shape":[],"new":{"x":[1]},"dtype":"F32"},"e":{"dtype":"F64","shape":[0,3],"data_offsets":[4,4]} } """,
            0,
            0,
            0xC0,
            0x7F
        );
        Safetensors read = Safetensors.Read(new MemoryStream(file), "f");
        Assert.Equal([float.NaN], read.Entries[0].ToSingles());
        Assert.Empty(read.Entries[0].Shape);
        Assert.Empty(read.Entries[1].ToDoubles());
    }

    [Fact]
    public void No_mutation_does_anything_but_read_or_be_refused()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(
            stream,
            [
                SafetensorsEntry.Of("dense1.weight", [3, 2], [1f, 2, 3, 4, 5, 6]),
                SafetensorsEntry.Of("dense1.bias", [3], [1.0, 2, 3]),
                SafetensorsEntry.Of("swish1.beta", [], [1f]),
            ],
            new Dictionary<string, string> { ["network"] = "2 -> dense 3 swish learn" }
        );
        byte[] sound = stream.ToArray();
        var random = new RandomStream(1, "mutations");
        int read = 0,
            refused = 0;
        Read(sound); // whatever is allocated once, is allocated now
        Assert.Throws<DataFormatException>(() => Read(sound[..^1]));
        for (int round = 0; round < 2000; round++)
        {
            byte[] mutated = Mutate(sound, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read(mutated);
                read++;
            }
            catch (DataFormatException e)
            {
                refused++;
                Assert.StartsWith("m", e.Message, StringComparison.Ordinal);
                Assert.InRange(e.Message.Length, 10, 600);
            }
            // Exceptions cost some kilobytes, with their stack traces, however small the file.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * mutated.Length + 50_000);
        }
        Assert.InRange(read, 100, 1900);
        Assert.InRange(refused, 100, 1900);
    }

    private static void Read(byte[] file)
    {
        foreach (SafetensorsEntry entry in Safetensors.Read(new MemoryStream(file), "m").Entries)
        {
            entry.ToSingles();
            entry.ToDoubles();
        }
    }

    /// <summary>Bytes changed, taken out, doubled or cut off at the end; digits most of all, since sizes are made of them.</summary>
    private static byte[] Mutate(byte[] sound, RandomStream random)
    {
        List<byte> bytes = [.. sound];
        for (int changes = 1 + random.Below(3); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Below(bytes.Count);
            switch (random.Below(7))
            {
                case 0:
                    bytes[at] = (byte)random.Below(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, bytes[random.Below(bytes.Count)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    at = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    if (at >= 0)
                        bytes.InsertRange(at, Encoding.ASCII.GetBytes(random.NextBits().ToString(CultureInfo.InvariantCulture)));
                    break;
                case 5:
                    bytes[^(1 + random.Below(Math.Min(bytes.Count, 48)))] = (byte)random.Below(256); // a number's own bytes
                    break;
                default:
                    bytes[Math.Min(random.Below(8), bytes.Count - 1)] = (byte)random.Below(256);
                    break;
            }
        }
        return [.. bytes];
    }

    private static string Refused(byte[] file) =>
        Assert.Throws<DataFormatException>(() => Safetensors.Read(new MemoryStream(file), "nets/m.safetensors")).Message;
}

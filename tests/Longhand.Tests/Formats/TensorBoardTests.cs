using System.Buffers.Binary;
using System.Text;
using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>Files of events, read back by a reader that shares nothing with the writer.</summary>
public class TensorBoardTests
{
    [Fact]
    public void Points_come_back_as_they_were_added()
    {
        using var folder = new TemporaryFolder();
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500);
        using (var log = TensorBoardLog.Create(folder.File("a/b"), time))
        {
            log.Add("loss/train", 0, 0.75, time);
            log.Add("learning rate", 300, -1e-3, time.AddSeconds(1));
            log.Add(new string('ö', 100), int.MaxValue, double.NaN, time);
        }
        string path = Assert.Single(Directory.GetFiles(folder.File("a/b")));
        Assert.Contains("tfevents", path);
        List<Event> events = Read(File.ReadAllBytes(path));
        Assert.Equal(4, events.Count);
        Assert.Equal(new(1_700_000_000.5, 0, "brain.Event:2", null, 0), events[0]);
        Assert.Equal(new(1_700_000_000.5, 0, null, "loss/train", 0.75f), events[1]);
        Assert.Equal(new(1_700_000_001.5, 300, null, "learning rate", -1e-3f), events[2]);
        Assert.Equal((int.MaxValue, new string('ö', 100), true), (events[3].Step, events[3].Tag, float.IsNaN(events[3].Value)));
        // A second run in the same second has a file of its own.
        TensorBoardLog.Create(folder.File("a/b"), time).Dispose();
        Assert.Equal(2, Directory.GetFiles(folder.File("a/b")).Length);
    }

    [Fact]
    public void The_reader_knows_the_checksum_of_the_standard()
    {
        // RFC 3720, B.4: thirty-two bytes of zeros, and the digits.
        Assert.Equal(0x8a9136aau, Crc(new byte[32]));
        Assert.Equal(0xe3069283u, Crc("123456789"u8));
    }

    [Fact]
    public void A_place_that_is_none_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("f"), "");
        Assert.StartsWith(
            $"Cannot write curves for TensorBoard into {folder.File("f")}: ",
            Assert.Throws<LonghandException>(() => TensorBoardLog.Create(folder.File("f"), DateTimeOffset.UnixEpoch)).Message
        );
    }

    internal sealed record Event(double Time, long Step, string? Version, string? Tag, float Value);

    /// <summary>Every event of a file; a checksum that does not fit fails the test.</summary>
    internal static List<Event> Read(byte[] file)
    {
        var events = new List<Event>();
        for (int at = 0; at < file.Length; )
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            Assert.Equal(Mask(Crc(file.AsSpan(at, 8))), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            ReadOnlySpan<byte> data = file.AsSpan(at + 12, length);
            Assert.Equal(Mask(Crc(data)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(Parse(data));
            at += 16 + length;
        }
        return events;
    }

    private static Event Parse(ReadOnlySpan<byte> data)
    {
        var parsed = new Event(0, 0, null, null, 0);
        foreach ((int field, ulong number, byte[] bytes) in Fields(data))
            parsed = field switch
            {
                1 => parsed with { Time = BitConverter.UInt64BitsToDouble(number) },
                2 => parsed with { Step = (long)number },
                3 => parsed with { Version = Encoding.UTF8.GetString(bytes) },
                5 => Value(parsed, Assert.Single(Fields(bytes)).Bytes),
                _ => throw new InvalidDataException($"field {field}"),
            };
        return parsed;
    }

    private static Event Value(Event parsed, byte[] value)
    {
        foreach ((int field, ulong number, byte[] bytes) in Fields(value))
            parsed = field switch
            {
                1 => parsed with { Tag = Encoding.UTF8.GetString(bytes) },
                2 => parsed with { Value = BitConverter.UInt32BitsToSingle((uint)number) },
                _ => throw new InvalidDataException($"field {field} of a value"),
            };
        return parsed;
    }

    // Protocol buffers: a key (number and wire type), then what the type says.
    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> data)
    {
        var fields = new List<(int, ulong, byte[])>();
        while (!data.IsEmpty)
        {
            ulong key = Varint(ref data);
            switch (key & 7)
            {
                case 0:
                    fields.Add(((int)(key >> 3), Varint(ref data), []));
                    break;
                case 1:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadUInt64LittleEndian(data), []));
                    data = data[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref data);
                    fields.Add(((int)(key >> 3), 0, data[..length].ToArray()));
                    data = data[length..];
                    break;
                case 5:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadUInt32LittleEndian(data), []));
                    data = data[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }
        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        int shift = 0;
        byte b;
        do
        {
            b = data[0];
            data = data[1..];
            value |= (ulong)(b & 127) << shift;
            shift += 7;
        } while ((b & 128) != 0);
        return value;
    }

    private static uint Mask(uint crc) => (uint)((((ulong)crc >> 15 | (ulong)crc << 17) + 0xa282ead8UL) & 0xffffffff);

    // Castagnoli's polynomial, bit by bit.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xffffffff;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }
        return ~crc;
    }
}

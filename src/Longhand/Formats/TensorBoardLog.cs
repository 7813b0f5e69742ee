using System.Buffers.Binary;
using System.Text;

namespace Longhand.Formats;

/// <summary>
/// Curves for TensorBoard: a file of events, each a protocol-buffer message (wall time, step, a tag and its value) in a TFRecord, which is
/// length, masked CRC-32C of the length, data, masked CRC-32C of the data.
/// </summary>
public sealed class TensorBoardLog : IDisposable
{
    private const byte Double = 1,
        Varint = 0,
        Bytes = 2,
        Float = 5;

    private readonly FileStream file;

    private TensorBoardLog(FileStream file) => this.file = file;

    /// <summary>Begins a file of events in a folder, which is made where there is none.</summary>
    /// <param name="folder">The folder that TensorBoard is shown.</param>
    /// <param name="time">When the run starts.</param>
    /// <exception cref="LonghandException">It cannot be written; the message says why.</exception>
    public static TensorBoardLog Create(string folder, DateTimeOffset time)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string name = FormattableString.Invariant($"events.out.tfevents.{time.ToUnixTimeSeconds():D10}.longhand");
            string path = Path.Combine(folder, name);
            for (int i = 2; File.Exists(path); i++)
                path = Path.Combine(folder, FormattableString.Invariant($"{name}.{i}"));
            // TensorBoard reads along while the run goes on.
            var log = new TensorBoardLog(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite));
            using var first = new MemoryStream();
            Time(first, time);
            Field(first, 3, Bytes);
            Text(first, "brain.Event:2");
            log.Record(first);
            return log;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot write curves for TensorBoard into {folder}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Adds a point to the curve of that name.</summary>
    /// <exception cref="LonghandException">It cannot be written.</exception>
    public void Add(string tag, long step, double value, DateTimeOffset time)
    {
        using var point = new MemoryStream();
        Field(point, 1, Bytes);
        Text(point, tag);
        Field(point, 2, Float);
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        point.Write(number);
        using var summary = new MemoryStream();
        Field(summary, 1, Bytes);
        Message(summary, point);
        using var happened = new MemoryStream();
        Time(happened, time);
        Field(happened, 2, Varint);
        Number(happened, (ulong)step);
        Field(happened, 5, Bytes);
        Message(happened, summary);
        try
        {
            Record(happened);
        }
        catch (IOException e)
        {
            throw new LonghandException($"Cannot write {file.Name}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Record(MemoryStream message)
    {
        byte[] data = message.ToArray();
        // In one piece, so that whoever reads along sees whole records.
        var record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Masked(data));
        file.Write(record);
        file.Flush();
    }

    private static void Time(MemoryStream to, DateTimeOffset time)
    {
        Field(to, 1, Double);
        Span<byte> seconds = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(seconds, time.ToUnixTimeMilliseconds() / 1000.0);
        to.Write(seconds);
    }

    private static void Field(MemoryStream to, int number, byte type) => to.WriteByte((byte)(number << 3 | type));

    private static void Text(MemoryStream to, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Message(MemoryStream to, MemoryStream message)
    {
        Number(to, (ulong)message.Length);
        message.WriteTo(to);
    }

    // Seven bits a byte, the lowest first.
    private static void Number(MemoryStream to, ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            to.WriteByte((byte)(value | 0x80));
        to.WriteByte((byte)value);
    }

    // TFRecord's mask, so that a checksum of data with checksums in it is none of its own.
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = ~0u;
        foreach (byte b in data)
            crc = System.Numerics.BitOperations.Crc32C(crc, b);
        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }
}

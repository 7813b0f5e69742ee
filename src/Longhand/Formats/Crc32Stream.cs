namespace Longhand.Formats;

/// <summary>A stream that is read through, with the checksum of what came: CRC-32 as zip uses it (ISO 3309, polynomial EDB88320 reflected).</summary>
internal sealed class Crc32Stream(Stream inner) : Stream
{
    private static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(b => Remainder((uint)b))];

    private uint state = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public uint Value => ~state;

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
        int got = inner.Read(buffer);
        state = After(state, buffer[..got]);
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The checksum of bytes that follow on each other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~After(After(uint.MaxValue, first), second);

    private static uint After(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            state = table[(byte)(state ^ b)] ^ (state >> 8);
        return state;
    }

    private static uint Remainder(uint b)
    {
        for (int bit = 0; bit < 8; bit++)
            b = (b & 1) != 0 ? 0xEDB88320 ^ (b >> 1) : b >> 1;
        return b;
    }
}

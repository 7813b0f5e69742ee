namespace Longhand.Formats;

/// <summary>A stream of which the first bytes have been read already, put together again. It knows its last bytes, and leaves the stream open.</summary>
internal sealed class Rejoined(ReadOnlyMemory<byte> head, Stream stream) : Stream
{
    private readonly byte[] tail = new byte[TailLength];
    private ReadOnlyMemory<byte> rest = head;

    /// <summary>How many bytes are kept of what was read last.</summary>
    public const int TailLength = 8;

    /// <summary>What was read last; zeros where less than that has been.</summary>
    public ReadOnlySpan<byte> Tail => tail;

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
        int count;
        if (rest.IsEmpty)
            count = stream.Read(buffer);
        else
        {
            count = Math.Min(rest.Length, buffer.Length);
            rest.Span[..count].CopyTo(buffer);
            rest = rest[count..];
        }
        int kept = Math.Min(count, TailLength);
        tail.AsSpan(kept).CopyTo(tail);
        buffer[(count - kept)..count].CopyTo(tail.AsSpan(TailLength - kept));
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

using System.IO.MemoryMappedFiles;

namespace Longhand.Formats;

/// <summary>The bytes of a file: in memory, or mapped, so that a file larger than the memory is read where and when it is asked for.</summary>
internal abstract class FileBytes
{
    /// <summary>Plain files of more than this many bytes are mapped rather than read into memory.</summary>
    public const long MappedFrom = 100_000_000;

    /// <summary>Some bytes: as they lie in memory, or copied into <paramref name="room"/>, which must be as long.</summary>
    public abstract ReadOnlySpan<byte> Get(long offset, int count, Span<byte> room);

    /// <summary>Bytes that are in memory.</summary>
    public static FileBytes Of(byte[] bytes) => new Memory(bytes);

    /// <summary>A file, mapped. It stays open until nothing reads it any more, and must not be shortened until then.</summary>
    public static FileBytes Map(FileStream file) => new Mapped(file);

    /// <summary>The array itself where the bytes are in memory; otherwise null.</summary>
    public virtual byte[]? Array => null;

    private sealed class Memory(byte[] bytes) : FileBytes
    {
        public override byte[] Array => bytes;

        public override ReadOnlySpan<byte> Get(long offset, int count, Span<byte> room) => bytes.AsSpan((int)offset, count);
    }

    private sealed class Mapped : FileBytes
    {
        private readonly MemoryMappedFile map;
        private readonly MemoryMappedViewAccessor view;

        public Mapped(FileStream file)
        {
            map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }

        public override ReadOnlySpan<byte> Get(long offset, int count, Span<byte> room)
        {
            view.SafeMemoryMappedViewHandle.ReadSpan((ulong)offset, room[..count]);
            return room[..count];
        }
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Longhand.Formats;

/// <summary>A type of number as files store it, and how it is read.</summary>
/// <param name="Name">What it is in words: "unsigned bytes".</param>
/// <param name="Bytes">The bytes of one number.</param>
/// <param name="IsInteger">Whether it holds whole numbers alone; others may hold NaN and infinities as well.</param>
internal abstract record NumberType(string Name, int Bytes, bool IsInteger)
{
    /// <summary>The most bytes that <see cref="Read(ReadOnlySpan{byte}, Span{double})"/> takes at once.</summary>
    public const int Chunk = 4096;

    /// <summary>Whether it is one unsigned byte, as pixels are.</summary>
    public bool IsByte => this is NumberType<byte>;

    /// <summary>A type with the bytes of a number in one order or the other.</summary>
    public static NumberType Of<T>(string name, bool bigEndian, bool isInteger = true)
        where T : unmanaged, INumberBase<T> => new NumberType<T>(name, bigEndian, isInteger);

    /// <summary>Numbers from at most <see cref="Chunk"/> bytes; 64-bit integers above 2^53 are rounded.</summary>
    public abstract void Read(ReadOnlySpan<byte> source, Span<double> destination);

    /// <summary>Numbers from at most <see cref="Chunk"/> bytes, rounded to single precision.</summary>
    public abstract void Read(ReadOnlySpan<byte> source, Span<float> destination);
}

/// <inheritdoc/>
internal sealed record NumberType<T>(string Name, bool BigEndian, bool IsInteger)
    : NumberType(Name, System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), IsInteger)
    where T : unmanaged, INumberBase<T>
{
    public override void Read(ReadOnlySpan<byte> source, Span<double> destination)
    {
        Span<byte> room = stackalloc byte[Chunk];
        ReadOnlySpan<T> numbers = Native(source, room);
        for (int i = 0; i < numbers.Length; i++)
            destination[i] = double.CreateTruncating(numbers[i]);
    }

    public override void Read(ReadOnlySpan<byte> source, Span<float> destination)
    {
        Span<byte> room = stackalloc byte[Chunk];
        ReadOnlySpan<T> numbers = Native(source, room);
        if (typeof(T) == typeof(float))
            MemoryMarshal.Cast<T, float>(numbers).CopyTo(destination);
        else
            for (int i = 0; i < numbers.Length; i++)
                destination[i] = float.CreateTruncating(numbers[i]);
    }

    private ReadOnlySpan<T> Native(ReadOnlySpan<byte> source, Span<byte> room)
    {
        if (Bytes == 1 || BigEndian != BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, T>(source);
        room = room[..source.Length];
        switch (Bytes)
        {
            case 2:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, ushort>(room));
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, uint>(room));
                break;
            default:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(source), MemoryMarshal.Cast<byte, ulong>(room));
                break;
        }
        return MemoryMarshal.Cast<byte, T>(room);
    }
}

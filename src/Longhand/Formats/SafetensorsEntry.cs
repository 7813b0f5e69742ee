using System.Buffers.Binary;
using System.Text;

namespace Longhand.Formats;

/// <summary>One tensor of a safetensors file: its name, element type, shape, and its numbers in row-major order.</summary>
public sealed class SafetensorsEntry
{
    internal SafetensorsEntry(string name, SafetensorsType type, long[] shape, byte[] data)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>The name, unique in its file: dense1.weight.</summary>
    public string Name { get; }

    /// <summary>The type of an element.</summary>
    public SafetensorsType Type { get; }

    /// <summary>The sizes, outermost first; none for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements as they lie in the file: little-endian, the last index running fastest.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>How many elements.</summary>
    public int Count => Data.Length / Type.Size();

    /// <summary>An entry of singles (F32). The values are copied: what is written is what they are now.</summary>
    /// <exception cref="LonghandException">The shape does not hold so many values, or the name cannot stand in a file.</exception>
    public static SafetensorsEntry Of(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        byte[] data = Bytes(name, shape, values.Length, sizeof(float));
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * sizeof(float)), values[i]);
        return new SafetensorsEntry(name, SafetensorsType.F32, shape.ToArray(), data);
    }

    /// <summary>An entry of doubles (F64). The values are copied: what is written is what they are now.</summary>
    /// <exception cref="LonghandException">The shape does not hold so many values, or the name cannot stand in a file.</exception>
    public static SafetensorsEntry Of(string name, ReadOnlySpan<long> shape, ReadOnlySpan<double> values)
    {
        byte[] data = Bytes(name, shape, values.Length, sizeof(double));
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(i * sizeof(double)), values[i]);
        return new SafetensorsEntry(name, SafetensorsType.F64, shape.ToArray(), data);
    }

    /// <summary>The numbers as singles, whatever their type: F64 and long integers rounded to the nearest, BOOL as 0 and 1.</summary>
    public float[] ToSingles()
    {
        var numbers = new float[Count];
        int size = Type.Size();
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Single(Type, Data.Span.Slice(i * size, size));
        return numbers;
    }

    /// <summary>The numbers as doubles, whatever their type: exact but for integers beyond 2^53; BOOL as 0 and 1.</summary>
    public double[] ToDoubles()
    {
        var numbers = new double[Count];
        int size = Type.Size();
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Double(Type, Data.Span.Slice(i * size, size));
        return numbers;
    }

    // F32 by way of double would quieten a signalling NaN, and long integers would be rounded twice.
    private static float Single(SafetensorsType type, ReadOnlySpan<byte> bytes) =>
        type switch
        {
            SafetensorsType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            SafetensorsType.BF16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
            SafetensorsType.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            SafetensorsType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => (float)Double(type, bytes),
        };

    private static double Double(SafetensorsType type, ReadOnlySpan<byte> bytes) =>
        type switch
        {
            SafetensorsType.Bool => bytes[0] == 0 ? 0 : 1,
            SafetensorsType.U8 => bytes[0],
            SafetensorsType.I8 => (sbyte)bytes[0],
            SafetensorsType.I16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            SafetensorsType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            SafetensorsType.F16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            SafetensorsType.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            SafetensorsType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            SafetensorsType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            SafetensorsType.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            SafetensorsType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => Single(type, bytes),
        };

    private static byte[] Bytes(string name, ReadOnlySpan<long> shape, int values, int size)
    {
        if (name == Safetensors.MetadataKey || !IsText(name))
            throw new LonghandException($"A safetensors entry cannot be called {Quoted.Of(name)}.");
        if (Elements(shape) != values)
            throw new LonghandException(
                $"The entry {Quoted.Of(name)} has {values} values, but its shape [{string.Join(", ", shape.ToArray())}] does not hold so many."
            );
        if ((long)values * size > Array.MaxLength)
            throw new LonghandException($"The entry {Quoted.Of(name)} has more than {Array.MaxLength} bytes.");
        return new byte[values * size];
    }

    /// <summary>The product of the sizes, in their order; null where one is negative or 63 bits do not hold it.</summary>
    internal static long? Elements(ReadOnlySpan<long> shape)
    {
        long elements = 1;
        foreach (long size in shape)
            if (size < 0 || Math.BigMul(elements, size, out long low) != 0 || (elements = low) < 0)
                return null;
        return elements;
    }

    /// <summary>Whether UTF-8 can hold the text: no half of a surrogate pair without its other half.</summary>
    internal static bool IsText(string text)
    {
        for (int at = 0; at < text.Length; )
        {
            if (!Rune.TryGetRuneAt(text, at, out Rune rune))
                return false;
            at += rune.Utf16SequenceLength;
        }
        return true;
    }
}

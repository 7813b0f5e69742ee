namespace Longhand;

/// <summary>
/// Single-precision numbers with sizes, row-major: [N, features], [N, C, H, W], [out, in]. The data is the caller's own array, not a copy.
/// </summary>
public sealed class Tensor
{
    /// <param name="data">The numbers, the last index running fastest.</param>
    /// <param name="sizes">The extent of each index; none for a single number.</param>
    /// <exception cref="ShapeException">The sizes do not multiply to the number of elements.</exception>
    public Tensor(float[] data, params ReadOnlySpan<int> sizes)
    {
        long length = 1;
        foreach (int size in sizes)
            length = checked(length * size);
        if (length != data.Length)
            throw new ShapeException($"Sizes [{string.Join(", ", sizes.ToArray())}] hold {length} numbers, but {data.Length} were given.");
        Data = data;
        Sizes = sizes.ToArray();
    }

    /// <summary>The numbers, the last index running fastest.</summary>
    public float[] Data { get; }

    /// <summary>The extent of each index.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The number at <paramref name="index"/>, one index per size.</summary>
    public float this[params ReadOnlySpan<int> index]
    {
        get => Data[Offset(index)];
        set => Data[Offset(index)] = value;
    }

    private int Offset(ReadOnlySpan<int> index)
    {
        if (index.Length != Sizes.Count)
            throw new ArgumentException($"A tensor with {Sizes.Count} sizes is indexed with {Sizes.Count} numbers, not {index.Length}.");
        int offset = 0;
        for (int i = 0; i < index.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index[i], (uint)Sizes[i], nameof(index));
            offset = offset * Sizes[i] + index[i];
        }
        return offset;
    }
}

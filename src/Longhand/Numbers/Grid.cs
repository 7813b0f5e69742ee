namespace Longhand.Numbers;

/// <summary>
/// Numbers of any kind with up to four indices, as the declarations read and write them: [sample, feature], [sample, channel, row, column],
/// [out, in]. A view over an array, with strides, so that the same loops run over a plan's memory whatever its layout.
/// </summary>
public sealed class Grid<T>
{
    private readonly T[] data;
    private readonly int offset;
    private readonly int[] sizes;
    private readonly int[] strides;

    /// <summary>A new grid of default numbers, the last index running fastest.</summary>
    public Grid(params ReadOnlySpan<int> sizes)
        : this(new T[Product(sizes)], sizes) { }

    /// <summary>A view over the whole of <paramref name="data"/>, the last index running fastest.</summary>
    public Grid(T[] data, params ReadOnlySpan<int> sizes)
        : this(data, 0, sizes, RowMajor(sizes)) { }

    /// <summary>A view over part of <paramref name="data"/>: element (i, j, …) lies at offset + i·stride₀ + j·stride₁ + ….</summary>
    public Grid(T[] data, int offset, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
    {
        this.data = data;
        this.offset = offset;
        this.sizes = sizes.ToArray();
        this.strides = strides.ToArray();
        Length = Product(sizes);
    }

    /// <summary>Whether any element has been read since the grid was made: what a backward pass reads is what must be kept for it.</summary>
    public bool WasRead { get; private set; }

    /// <summary>How many indices.</summary>
    public int Rank => sizes.Length;

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>The sizes, one per index.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>The size of one index.</summary>
    public int Size(int index) => sizes[index];

    /// <summary>The element at i.</summary>
    public T this[int i]
    {
        get => Read(offset + i * strides[0]);
        set => data[offset + i * strides[0]] = value;
    }

    /// <summary>The element at (i, j).</summary>
    public T this[int i, int j]
    {
        get => Read(offset + i * strides[0] + j * strides[1]);
        set => data[offset + i * strides[0] + j * strides[1]] = value;
    }

    /// <summary>The element at (i, j, k, l).</summary>
    public T this[int i, int j, int k, int l]
    {
        get => Read(offset + i * strides[0] + j * strides[1] + k * strides[2] + l * strides[3]);
        set => data[offset + i * strides[0] + j * strides[1] + k * strides[2] + l * strides[3]] = value;
    }

    /// <summary>The element at a position counted in row-major order, whatever the layout.</summary>
    public T Flat(int position) => Read(Offset(position));

    /// <summary>Sets the element at a position counted in row-major order, whatever the layout.</summary>
    public void SetFlat(int position, T value) => data[Offset(position)] = value;

    /// <summary>The numbers of one sample of a [sample, feature] grid, side by side.</summary>
    public ReadOnlySpan<T> Row(int sample)
    {
        WasRead = true;
        return RowToSet(sample);
    }

    /// <summary>The numbers of one sample of a [sample, feature] grid, to be written.</summary>
    internal Span<T> RowToSet(int sample) =>
        Rank == 2 && strides[1] == 1
            ? data.AsSpan(offset + sample * strides[0], sizes[1])
            : throw new InvalidOperationException(
                "A bug in Longhand: only a [sample, feature] grid whose features lie side by side has rows."
            );

    /// <summary>All numbers in row-major order, copied.</summary>
    public T[] ToArray()
    {
        var all = new T[Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = Flat(i);
        return all;
    }

    private T Read(int position)
    {
        WasRead = true;
        return data[position];
    }

    private int Offset(int position)
    {
        int result = offset;
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            result += position % sizes[d] * strides[d];
            position /= sizes[d];
        }
        return result;
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
            product = checked(product * size);
        return product;
    }

    private static int[] RowMajor(ReadOnlySpan<int> sizes)
    {
        var strides = new int[sizes.Length];
        for (int d = sizes.Length - 1, stride = 1; d >= 0; stride *= sizes[d], d--)
            strides[d] = stride;
        return strides;
    }
}

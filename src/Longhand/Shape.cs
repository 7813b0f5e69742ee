using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// The shape of one example: a vector of n features, or an image of height × width × channels. Shapes are written in that order,
/// as on paper; in memory an image lies channel by channel (C×H×W), as in PyTorch and ONNX. The batch is not part of a shape.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
[SuppressMessage("Naming", "CA1710", Justification = "A shape is a shape; that it can be enumerated serves the collection expression.")]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    private readonly Size[]? sizes;

    private Shape(Size[] sizes) => this.sizes = sizes;

    /// <summary>[n] is a vector, [height, width, channels] an image.</summary>
    /// <exception cref="ShapeException">There are neither one nor three sizes, or one of them is not positive.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        var all = new Size[sizes.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = sizes[i];
        return Of(all);
    }

    /// <summary>The same with sizes that may be letters.</summary>
    /// <exception cref="ShapeException">There are neither one nor three sizes, or one of them is not positive.</exception>
    public static Shape Of(params ReadOnlySpan<Size> sizes)
    {
        if (sizes.Length is not (1 or 3))
            throw new ShapeException($"A shape has one size (features) or three (height × width × channels), not {sizes.Length}.");
        foreach (Size size in sizes)
            if (!size.HasLetters && size.Number <= 0)
                throw new ShapeException($"Each size of a shape is at least 1, but {Join(sizes)} has {size}.");
        return new Shape(sizes.ToArray());
    }

    /// <summary>A vector of <paramref name="features"/> numbers.</summary>
    public static Shape Vector(int features) => Create([features]);

    /// <summary>An image of <paramref name="height"/> × <paramref name="width"/> pixels with <paramref name="channels"/> numbers each.</summary>
    public static Shape Image(int height, int width, int channels = 1) => Create([height, width, channels]);

    /// <summary>1 for a vector, 3 for an image.</summary>
    public int Rank => sizes?.Length ?? 0;

    /// <summary>The size at <paramref name="index"/>, in the written order (height, width, channels).</summary>
    /// <exception cref="LonghandException">It is a letter.</exception>
    public int this[int index] => Size(index).Number;

    /// <summary>The size at <paramref name="index"/>, which may be a letter; the last is that of the channels, or features.</summary>
    public Size Size(Index index) => (sizes ?? throw new ShapeException("An empty shape has no sizes."))[index];

    /// <summary>Whether any size is a letter.</summary>
    public bool HasLetters => sizes is not null && Array.Exists(sizes, size => size.HasLetters);

    /// <summary>How many numbers one example has, whether in letters or not.</summary>
    public Polynomial Formula => (sizes ?? []).Aggregate(Polynomial.Of(1), (product, size) => product * size.Formula);

    /// <summary>Whether this is a height × width × channels image.</summary>
    public bool IsImage => Rank == 3;

    /// <summary>Rows of an image; 1 for a vector.</summary>
    public int Height => IsImage ? this[0] : 1;

    /// <summary>Columns of an image; 1 for a vector.</summary>
    public int Width => IsImage ? this[1] : 1;

    /// <summary>Channels of an image; the features of a vector.</summary>
    public int Channels => IsImage ? this[2] : this[0];

    /// <summary>How many numbers one example has.</summary>
    public long Length
    {
        get
        {
            long length = 1;
            foreach (int size in this)
                length = checked(length * size);
            return length;
        }
    }

    /// <summary>The sizes in memory order: [n], or [channels, height, width].</summary>
    public int[] MemoryOrder() => IsImage ? [Channels, Height, Width] : [this[0]];

    /// <inheritdoc/>
    public bool Equals(Shape other) => ((ReadOnlySpan<Size>)sizes).SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Rank == 0 ? 0 : HashCode.Combine(Size(0), Rank, Size(^1));

    /// <summary>Same rank and sizes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Another rank or another size.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => (sizes ?? []).Select(size => size.Number).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As on paper: <c>10</c>, or <c>31×31×5</c>.</summary>
    public override string ToString() => Join(sizes);

    private static string Join(ReadOnlySpan<Size> sizes) =>
        sizes.Length == 1
            ? sizes[0].ToString()
            : string.Join('×', sizes.ToArray().Select(size => size.HasLetters ? size.Formula.ToFactor() : size.ToString()));
}

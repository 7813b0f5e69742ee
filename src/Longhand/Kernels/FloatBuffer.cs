using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// Floats that do not move: 64-byte aligned, padded with zeros to whole vectors of any width, on the pinned heap, so that kernels may keep
/// a pointer to them as long as the buffer itself is kept. The elements are typed <see cref="Float32"/> so that the reference can read them
/// in place.
/// </summary>
internal sealed unsafe class FloatBuffer
{
    /// <summary>Lengths are rounded up to a multiple of this: the widest vector.</summary>
    public const int Padding = 16;

    /// <summary>No buffer is longer: 4 GB, so that a position and a tile beyond it still count in an int.</summary>
    public const int MaximumLength = 1 << 30;

    private readonly Float32[] array;
    private readonly int start;

    /// <exception cref="LonghandException">So many numbers do not go into one buffer.</exception>
    public FloatBuffer(long length)
    {
        if (length > MaximumLength)
            throw new LonghandException(
                $"{length} numbers would lie in one piece of memory, and at most {MaximumLength} can: take a smaller network or smaller batches."
            );
        Length = (int)length;
        array = GC.AllocateArray<Float32>(Padded(Length) + Padding, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        start = (int)((64 - address % 64) % 64 / sizeof(float));
        Pointer = (float*)address + start;
    }

    private FloatBuffer(FloatBuffer whole, int offset, int length)
    {
        array = whole.array;
        start = whole.start + offset;
        Length = length;
        Pointer = whole.Pointer + offset;
    }

    /// <summary>How many floats are meant; what follows up to the padding is zero.</summary>
    public int Length { get; }

    /// <summary>The first float.</summary>
    public float* Pointer { get; }

    /// <summary>The floats.</summary>
    public Span<float> Span => new(Pointer, Length);

    /// <summary>A length rounded up to whole vectors.</summary>
    public static int Padded(int length) => (length + Padding - 1) / Padding * Padding;

    /// <summary>Part of this buffer.</summary>
    public FloatBuffer Part(int offset, int length) => new(this, offset, length);

    /// <summary>A view for the reference: row-major over these sizes.</summary>
    public Grid<Float32> Grid(ReadOnlySpan<int> sizes)
    {
        Span<int> strides = stackalloc int[sizes.Length];
        for (int d = sizes.Length - 1, stride = 1; d >= 0; stride *= sizes[d], d--)
            strides[d] = stride;
        return new(array, start, sizes, strides);
    }

    /// <summary>A view for the reference over images that lie as N×H×W×C, read as [sample, channel, row, column].</summary>
    public Grid<Float32> ImageGrid(int samples, Shape shape)
    {
        (int h, int w, int c) = (shape.Height, shape.Width, shape.Channels);
        return new(array, start, [samples, c, h, w], [h * w * c, 1, w * c, c]);
    }
}

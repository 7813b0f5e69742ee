using System.Buffers;
using Longhand.Formats;

namespace Longhand;

/// <summary>Rows that are read from an array in a file whenever they are asked for.</summary>
internal sealed class ArrayRows : Rows
{
    private readonly NumberArray array;
    private readonly double divisor;
    private readonly int[]? order;
    private readonly float[]? pixels;

    /// <param name="array">The numbers, row after row.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="divisor">What each is divided by.</param>
    /// <param name="order">From where in the stored row each number is taken; null where they stay as they are.</param>
    public ArrayRows(NumberArray array, int width, double divisor, int[]? order)
        : base((int)(array.Count / width), width)
    {
        this.array = array;
        this.divisor = divisor;
        this.order = order;
        if (array.Type.IsByte)
            pixels = [.. Enumerable.Range(0, 256).Select(b => (float)(b / divisor))];
    }

    /// <summary>Rows of an array; bytes that are in memory and in order go the shorter way.</summary>
    public static Rows Of(NumberArray array, int width, double divisor, int[]? order) =>
        array is { Type.IsByte: true, Array: { } bytes } && order is null
            ? Rows.Of(bytes, width, divisor)
            : new ArrayRows(array, width, divisor, order);

    public override void Copy(int row, Span<float> destination)
    {
        destination = destination[..Width];
        if (order is null)
        {
            Read(row, destination);
            return;
        }
        float[] stored = ArrayPool<float>.Shared.Rent(Width);
        Read(row, stored.AsSpan(0, Width));
        for (int i = 0; i < order.Length; i++)
            destination[i] = stored[order[i]];
        ArrayPool<float>.Shared.Return(stored);
    }

    public override void Copy(int row, Span<double> destination)
    {
        destination = destination[..Width];
        double[]? stored = order is null ? null : ArrayPool<double>.Shared.Rent(Width);
        Span<double> read = stored is null ? destination : stored.AsSpan(0, Width);
        array.Copy((long)row * Width, read);
        if (divisor != 1)
            foreach (ref double number in read)
                number /= divisor;
        if (stored is null)
            return;
        for (int i = 0; i < order!.Length; i++)
            destination[i] = stored[order[i]];
        ArrayPool<double>.Shared.Return(stored);
    }

    private void Read(int row, Span<float> destination)
    {
        long first = (long)row * Width;
        if (pixels is null && divisor == 1)
        {
            array.Copy(first, destination);
            return;
        }
        Span<byte> room = stackalloc byte[NumberType.Chunk];
        Span<double> numbers = stackalloc double[NumberType.Chunk / sizeof(double)];
        int most = pixels is null ? numbers.Length : room.Length;
        for (int done = 0; done < destination.Length; done += most)
        {
            Span<float> part = destination.Slice(done, Math.Min(most, destination.Length - done));
            if (pixels is not null)
            {
                ReadOnlySpan<byte> bytes = array.Raw(first + done, part.Length, room);
                for (int i = 0; i < bytes.Length; i++)
                    part[i] = pixels[bytes[i]];
            }
            else
            {
                array.Copy(first + done, numbers[..part.Length]);
                for (int i = 0; i < part.Length; i++)
                    part[i] = (float)(numbers[i] / divisor);
            }
        }
    }
}

namespace Longhand.Numbers;

/// <summary>How a window moves along one axis of an image.</summary>
/// <param name="Inputs">Rows (or columns) of the image.</param>
/// <param name="Size">How many of them the window looks at.</param>
/// <param name="Stride">From one output to the next.</param>
/// <param name="Dilation">From one row of the window to the next.</param>
/// <param name="Before">Padding before the image.</param>
/// <param name="After">Padding behind it.</param>
/// <param name="Count">How many outputs there are; not positive where the window does not fit.</param>
internal readonly record struct WindowAxis(int Inputs, int Size, int Stride, int Dilation, int Before, int After, long Count)
{
    /// <summary>From the window's first row to its last.</summary>
    public long Span => (Size - 1L) * Dilation + 1;

    /// <summary>Where in the image row <paramref name="k"/> of window <paramref name="output"/> lies; negative or beyond it in the padding.</summary>
    public int Place(int output, int k) => (int)Math.Min(int.MaxValue, (long)output * Stride - Before + (long)k * Dilation);

    /// <summary>Whether a place is in the image.</summary>
    public bool Holds(int place) => (uint)place < (uint)Inputs;

    /// <summary>The rows of a window that lie in the image: from the first up to, but not including, the second. They are neighbours.</summary>
    public (int From, int End) Inside(int output)
    {
        long start = (long)output * Stride - Before,
            from = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation,
            end = start >= Inputs ? 0 : (Inputs - 1 - start) / Dilation + 1;
        return ((int)Math.Min(from, Size), (int)Math.Min(end, Size));
    }

    /// <summary>How many rows of a window a mean is divided by: those in the image, with or without those in its padding.</summary>
    public int Counted(int output, bool withPadding)
    {
        int count = 0;
        for (int k = 0; k < Size; k++)
        {
            long place = (long)output * Stride - Before + (long)k * Dilation;
            if (withPadding ? place < Inputs + (long)After : place >= 0 && place < Inputs)
                count++;
        }
        return count;
    }

    /// <param name="inputs">Rows of the image.</param>
    /// <param name="size">Rows of the window.</param>
    /// <param name="stride">From one output to the next.</param>
    /// <param name="dilation">From one row of the window to the next.</param>
    /// <param name="before">Padding before the image.</param>
    /// <param name="after">Padding behind it.</param>
    /// <param name="same">Whether the padding is what makes the outputs ceil(inputs / stride).</param>
    /// <param name="ceiling">Whether outputs are rounded up.</param>
    public static WindowAxis Of(int inputs, int size, int stride, int dilation, int before, int after, bool same, bool ceiling)
    {
        long span = (size - 1L) * dilation + 1,
            count;
        if (same)
        {
            count = (inputs + (long)stride - 1) / stride;
            long total = Math.Max(0, (count - 1) * stride + span - inputs);
            if (total > int.MaxValue)
                throw new ShapeException(
                    $"A window of {span} would need {total} rows of padding, and more than {int.MaxValue} is not supported."
                );
            before = (int)(total / 2);
            after = (int)(total - before);
        }
        else
        {
            long room = inputs + (long)before + after - span;
            // Rounded down towards minus infinity: −1/2 is no window, not one.
            count = (ceiling ? -FloorDivide(-room, stride) : FloorDivide(room, stride)) + 1;
            // Such a window would lie in the padding behind the image, and see nothing of it.
            if (ceiling && (count - 1) * stride >= inputs + (long)before)
                count--;
        }
        return new(inputs, size, stride, dilation, before, after, count);
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}

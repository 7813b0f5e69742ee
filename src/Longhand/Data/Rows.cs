namespace Longhand;

/// <summary>Rows of numbers of one width, however they are stored: doubles, floats, or bytes with a scale.</summary>
public abstract class Rows(int count, int width)
{
    /// <summary>How many rows.</summary>
    public int Count { get; } = count;

    /// <summary>Numbers in a row.</summary>
    public int Width { get; } = width;

    /// <summary>Copies a row, rounded to single precision.</summary>
    public abstract void Copy(int row, Span<float> destination);

    /// <summary>Copies a row as precisely as it is stored.</summary>
    public abstract void Copy(int row, Span<double> destination);

    /// <summary>Doubles, row after row.</summary>
    public static Rows Of(double[] values, int width) => new Doubles(values, width);

    /// <summary>Floats, row after row.</summary>
    public static Rows Of(float[] values, int width) => new Floats(values, width);

    /// <summary>Bytes, row after row, each divided by <paramref name="divisor"/> when it is read.</summary>
    public static Rows Of(byte[] values, int width, double divisor) => new Bytes(values, width, divisor);

    internal static Rows Of(double[][] rows, string what) => Of(Flatten(rows, what), rows[0].Length);

    internal static Rows Of(float[][] rows, string what) => Of(Flatten(rows, what), rows[0].Length);

    private static T[] Flatten<T>(T[][] rows, string what)
    {
        if (rows.Length == 0 || rows[0].Length == 0)
            throw new LonghandException($"There are no {what}: a data set needs at least one row with at least one number.");
        int width = rows[0].Length;
        var flat = new T[checked(rows.Length * width)];
        for (int r = 0; r < rows.Length; r++)
        {
            if (rows[r].Length != width)
                throw new LonghandException($"Row {r} of the {what} has {rows[r].Length} numbers, but row 0 has {width}.");
            rows[r].CopyTo(flat, r * width);
        }
        return flat;
    }

    private sealed class Doubles(double[] values, int width) : Rows(values.Length / width, width)
    {
        public override void Copy(int row, Span<double> destination) => values.AsSpan(row * Width, Width).CopyTo(destination);

        public override void Copy(int row, Span<float> destination)
        {
            ReadOnlySpan<double> source = values.AsSpan(row * Width, Width);
            for (int i = 0; i < source.Length; i++)
                destination[i] = (float)source[i];
        }
    }

    private sealed class Floats(float[] values, int width) : Rows(values.Length / width, width)
    {
        public override void Copy(int row, Span<float> destination) => values.AsSpan(row * Width, Width).CopyTo(destination);

        public override void Copy(int row, Span<double> destination)
        {
            ReadOnlySpan<float> source = values.AsSpan(row * Width, Width);
            for (int i = 0; i < source.Length; i++)
                destination[i] = source[i];
        }
    }

    private sealed class Bytes : Rows
    {
        private readonly byte[] values;
        private readonly float[] asFloat = new float[256];
        private readonly double[] asDouble = new double[256];
        private readonly float divisor;

        // Whether a division of floats gives the rounded quotient of doubles for every byte, as it does by 255.
        private readonly bool dividesInSingle = true;

        public Bytes(byte[] values, int width, double divisor)
            : base(values.Length / width, width)
        {
            this.values = values;
            this.divisor = (float)divisor;
            for (int b = 0; b < 256; b++)
            {
                asDouble[b] = b / divisor;
                asFloat[b] = (float)asDouble[b];
                dividesInSingle &= asFloat[b].Equals(b / this.divisor);
            }
        }

        public override void Copy(int row, Span<float> destination)
        {
            ReadOnlySpan<byte> source = values.AsSpan(row * Width, Width);
            if (dividesInSingle)
                Kernels.ByteKernel.Divide(source, divisor, destination);
            else
                for (int i = 0; i < source.Length; i++)
                    destination[i] = asFloat[source[i]];
        }

        public override void Copy(int row, Span<double> destination)
        {
            ReadOnlySpan<byte> source = values.AsSpan(row * Width, Width);
            for (int i = 0; i < source.Length; i++)
                destination[i] = asDouble[source[i]];
        }
    }
}

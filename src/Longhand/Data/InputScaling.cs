namespace Longhand;

/// <summary>
/// Inputs brought to a common scale: x′ = (x − shift) / divisor, for each column of a vector input, or each channel of an image. Shift and
/// divisor are found on the training part alone; whatever is measured or predicted later is scaled with the same ones.
/// </summary>
public sealed class InputScaling
{
    // Up to this many numbers are scaled once and kept; beyond, they are scaled whenever they are read.
    private const long MostKept = 1 << 24;

    private readonly double[] shift,
        divisor;

    /// <param name="kind">standard or minmax.</param>
    /// <param name="shift">What is subtracted, for each column or channel.</param>
    /// <param name="divisor">What is divided by then; above 0.</param>
    /// <exception cref="LonghandException">The kind is unknown, the lengths differ, or a number is not finite or no divisor.</exception>
    public InputScaling(string kind, ReadOnlySpan<double> shift, ReadOnlySpan<double> divisor)
    {
        if (!Kinds.Contains(kind))
            throw new LonghandException($"Inputs are scaled {string.Join(" or ", Kinds)}, not {Quoted.Of(kind)}.");
        if (shift.Length == 0 || shift.Length != divisor.Length)
            throw new LonghandException($"A scaling has as many shifts as divisors, not {shift.Length} and {divisor.Length}.");
        foreach (double number in shift)
            if (!double.IsFinite(number))
                throw new LonghandException($"A scaling's shift is a finite number, not {number}.");
        foreach (double number in divisor)
            if (!(number > 0) || !double.IsFinite(number))
                throw new LonghandException($"A scaling's divisor is a finite number above 0, not {number}.");
        Kind = kind;
        this.shift = shift.ToArray();
        this.divisor = divisor.ToArray();
    }

    /// <summary>The kinds of scaling: standard (mean 0, standard deviation 1) and minmax (smallest 0, largest 1).</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["standard", "minmax"];

    /// <summary>How shift and divisor were found: one of <see cref="Kinds"/>.</summary>
    public string Kind { get; }

    /// <summary>What is subtracted, for each column or channel.</summary>
    public IReadOnlyList<double> Shift => shift;

    /// <summary>What is divided by then, for each column or channel.</summary>
    public IReadOnlyList<double> Divisor => divisor;

    /// <summary>To mean 0 and standard deviation 1 (that of the population); what is constant only loses its mean.</summary>
    /// <param name="train">The training part.</param>
    public static InputScaling Standard(DataSet train)
    {
        Moments[] moments = Measure(train);
        return new(
            "standard",
            [.. moments.Select(m => m.Mean)],
            [.. moments.Select(m => m.Squares > 0 ? PositiveOr1(Math.Sqrt(m.Squares / m.Count)) : 1)]
        );
    }

    /// <summary>To the range from 0 to 1; what is constant becomes 0.</summary>
    /// <param name="train">The training part.</param>
    public static InputScaling MinMax(DataSet train)
    {
        Moments[] moments = Measure(train);
        return new("minmax", [.. moments.Select(m => m.Least)], [.. moments.Select(m => PositiveOr1(m.Most - m.Least))]);
    }

    /// <summary>A scaling by its name.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="train">The training part.</param>
    /// <exception cref="LonghandException">The kind is unknown.</exception>
    public static InputScaling Fit(string kind, DataSet train) =>
        kind switch
        {
            "standard" => Standard(train),
            "minmax" => MinMax(train),
            _ => throw new LonghandException($"Inputs are scaled {string.Join(" or ", Kinds)}, not {Quoted.Of(kind)}."),
        };

    /// <summary>Scales one input in place; an image lies channel by channel.</summary>
    public void Apply(Span<double> input)
    {
        int each = Each(input.Length);
        for (int i = 0; i < input.Length; i++)
            input[i] = (input[i] - shift[i / each]) / divisor[i / each];
    }

    /// <inheritdoc cref="Apply(Span{double})"/>
    public void Apply(Span<float> input)
    {
        int each = Each(input.Length);
        for (int i = 0; i < input.Length; i++)
            input[i] = (float)((input[i] - shift[i / each]) / divisor[i / each]);
    }

    /// <summary>The same examples with scaled inputs; those that are scaled already stay as they are.</summary>
    /// <exception cref="ShapeException">The scaling is for inputs of another shape.</exception>
    public DataSet Apply(DataSet data)
    {
        RequireFitting(data.InputShape);
        if (data.Scaling is not null)
            return data;
        long numbers = data.Count * data.InputShape.Length;
        if (numbers > MostKept)
            return data.WithRows(rows => new ScaledRows(rows, this), this);
        int width = (int)data.InputShape.Length;
        var scaled = new double[numbers];
        for (int i = 0; i < data.Count; i++)
        {
            Span<double> row = scaled.AsSpan(i * width, width);
            data.CopyInput(i, row);
            Apply(row);
        }
        return data.Gathered(Rows.Of(scaled, width), this);
    }

    /// <summary>Refuses a shape that has another number of columns or channels.</summary>
    internal void RequireFitting(Shape input)
    {
        if (Parts(input) != shift.Length)
            throw new ShapeException(
                $"The inputs are {input}, but the scaling is for {shift.Length} {(input.IsImage ? "channels" : "columns")}."
            );
    }

    private static int Parts(Shape input) => input.IsImage ? input.Channels : (int)input.Length;

    private int Each(int length) =>
        length % shift.Length == 0
            ? length / shift.Length
            : throw new ShapeException($"An input of {length} numbers does not fit a scaling for {shift.Length} columns or channels.");

    // A column may be as good as constant: what is too small to divide by is left alone.
    private static double PositiveOr1(double spread) => spread > 0 && double.IsFinite(1 / spread) && double.IsFinite(spread) ? spread : 1;

    private static Moments[] Measure(DataSet train)
    {
        var moments = new Moments[Parts(train.InputShape)];
        var row = new double[train.InputShape.Length];
        int each = row.Length / moments.Length;
        for (int i = 0; i < train.Count; i++)
        {
            train.CopyInput(i, row);
            for (int k = 0; k < row.Length; k++)
                moments[k / each].Add(row[k]);
        }
        return moments;
    }

    /// <summary>Mean and sum of squared deviations in one pass (Welford 1962), which loses no digits to a large mean.</summary>
    private struct Moments
    {
        public long Count;
        public double Mean,
            Squares,
            Least,
            Most;

        public void Add(double x)
        {
            (Least, Most) = Count == 0 ? (x, x) : (Math.Min(Least, x), Math.Max(Most, x));
            Count++;
            double before = x - Mean;
            Mean += before / Count;
            Squares += before * (x - Mean);
        }
    }

    private sealed class ScaledRows(Rows rows, InputScaling scaling) : Rows(rows.Count, rows.Width)
    {
        public override void Copy(int row, Span<double> destination)
        {
            rows.Copy(row, destination);
            scaling.Apply(destination[..Width]);
        }

        // Through single precision a large mean would take the digits with it.
        public override void Copy(int row, Span<float> destination)
        {
            double[] room = System.Buffers.ArrayPool<double>.Shared.Rent(Width);
            Copy(row, room.AsSpan(0, Width));
            for (int i = 0; i < Width; i++)
                destination[i] = (float)room[i];
            System.Buffers.ArrayPool<double>.Shared.Return(room);
        }
    }
}

namespace Longhand.Playground;

/// <summary>
/// What each unit makes of every place of the plane, as bytes: 0 for −1 and below, 127 for 0, 254 for 1 and above, 255 for no number. Hidden
/// units come layer by layer, each of <see cref="SmallSide"/> rows from the top of the plane down; where there are several outputs, these too,
/// as probabilities from 0 (byte 0) to 1 (254); then the output with <see cref="Side"/> rows. Of several classes that is the winner: 25 times
/// its number, and from 0 to 24 how clearly it wins.
/// </summary>
internal sealed class UnitMaps : Pictures
{
    /// <summary>Places along each side of the plane for the output, both ends included.</summary>
    public const int Side = 100;

    /// <summary>The steps of a class in the winners' picture.</summary>
    public const int Steps = 25;

    // Rows of the plane that are computed at a time: a multiple of what lies between two rows of any small picture.
    private const int RowsAtOnce = 10;

    private const int MostUnitsInDetail = 256;
    private const byte NoNumber = 255;
    private const float Middle = 127;

    private readonly Setup setup;
    private readonly float[] inputs;
    private readonly UnitValues units;
    private readonly int outputs;
    private readonly int[] offsets;
    private readonly byte[] drawn;
    private readonly float[] shares;

    /// <param name="setup">What is drawn; it has a plane.</param>
    /// <exception cref="LonghandException">A feature is not a finite number somewhere in the plane.</exception>
    public UnitMaps(Setup setup)
    {
        this.setup = setup;
        outputs = setup.Layers[^1].Units;
        SmallSide = setup.Layers.Sum(l => l.Units) <= MostUnitsInDetail ? Side / 2 : Side / 5;
        inputs = Inputs(setup);
        units = new UnitValues(setup, inputs, RowsAtOnce * Side);
        offsets = new int[setup.Layers.Count + 1];
        for (int l = 0; l < setup.Layers.Count; l++)
            offsets[l + 1] = offsets[l] + (l < setup.Layers.Count - 1 || outputs > 1 ? setup.Layers[l].Units * SmallSide * SmallSide : 0);
        drawn = new byte[Length];
        shares = new float[outputs];
    }

    /// <summary>Places along each side for the other units: every second one, of very many units every fifth.</summary>
    public int SmallSide { get; }

    public override int Length => offsets[^1] + Side * Side;

    public override void Draw(IReadOnlyList<ParameterValues> values, Span<byte> bytes)
    {
        units.Compute(
            values,
            (l, first, x) =>
            {
                int count = setup.Layers[l].Units;
                if (l < setup.Layers.Count - 1)
                    for (int u = 0; u < count; u++)
                        Small(x[u..], count, first / Side, drawn.AsSpan(offsets[l] + u * SmallSide * SmallSide));
                else if (count == 1)
                    for (int i = 0; i < x.Length; i++)
                        drawn[offsets[^1] + first + i] = Quantised(setup.Plane!.Shade(x[i]));
                else
                    Outputs(x, first);
            }
        );
        drawn.CopyTo(bytes);
    }

    /// <summary>The input features, drawn at <see cref="SmallSide"/> one behind the other, each against its own largest magnitude.</summary>
    public override byte[] DrawFeatures()
    {
        int count = setup.FeatureNames.Count;
        var bytes = new byte[count * SmallSide * SmallSide];
        var scaled = new float[inputs.Length];
        for (int f = 0; f < count; f++)
        {
            float largest = 0;
            for (int i = f; i < inputs.Length; i += count)
                largest = Math.Max(largest, Math.Abs(inputs[i]));
            for (int i = f; i < inputs.Length; i += count)
                scaled[i] = largest == 0 ? 0 : inputs[i] / largest;
            Small(scaled.AsSpan(f), count, 0, bytes.AsSpan(f * SmallSide * SmallSide));
        }
        return bytes;
    }

    // Several outputs: a picture of each, and which of them wins; values that are no classes have no winner but the first.
    private void Outputs(ReadOnlySpan<float> x, int first)
    {
        bool areClasses = setup.Data.Train.HasClasses;
        int step = Side / SmallSide;
        for (int i = 0; i < x.Length / outputs; i++)
        {
            ReadOnlySpan<float> output = x.Slice(i * outputs, outputs);
            (int row, int column) = ((first + i) / Side, (first + i) % Side);
            if (areClasses)
                setup.Shares.Of(output, shares);
            if (row % step == 0 && column % step == 0)
                for (int u = 0; u < outputs; u++)
                    drawn[offsets[^2] + u * SmallSide * SmallSide + row / step * SmallSide + column / step] = Quantised(
                        areClasses ? 2 * shares[u] - 1 : output[u]
                    );
            drawn[offsets[^1] + first + i] = areClasses ? Winner(output) : Quantised(output[0]);
        }
    }

    private byte Winner(ReadOnlySpan<float> output)
    {
        foreach (float value in output)
            if (float.IsNaN(value))
                return NoNumber;
        int winner = setup.Targets.Decide(output);
        float chance = 1f / outputs,
            clearly = Math.Clamp((shares[winner] - chance) / (1 - chance), 0, 1);
        return (byte)(winner * Steps + (int)MathF.Round(clearly * (Steps - 1)));
    }

    // Every so many places of some rows, from the given one on.
    private void Small(ReadOnlySpan<float> values, int stride, int firstRow, Span<byte> bytes)
    {
        int step = Side / SmallSide,
            rows = (values.Length + stride - 1) / stride / Side;
        for (int row = 0; row < rows; row += step)
        for (int column = 0; column < SmallSide; column++)
            bytes[(firstRow + row) / step * SmallSide + column] = Quantised(values[(row * Side + step * column) * stride]);
    }

    private static byte Quantised(float value) =>
        float.IsNaN(value) ? NoNumber : (byte)MathF.Round(Middle + Middle * Math.Clamp(value, -1, 1));

    private static float[] Inputs(Setup setup)
    {
        Plane plane = setup.Plane!;
        static double Between((double Low, double High) range, int i) => range.Low + (range.High - range.Low) * i / (Side - 1);
        double[][] rows =
        [
            .. Enumerable
                .Range(0, Side)
                .SelectMany(row =>
                    Enumerable.Range(0, Side).Select(column => new[] { Between(plane.X, column), Between(plane.Y, Side - 1 - row) })
                ),
        ];
        DataSet places = new(rows, new int[rows.Length]) { Name = "the plane" };
        DataSet features = setup.Features?.Apply(places) ?? places;
        int width = (int)features.InputShape.Length;
        var inputs = new float[rows.Length * width];
        var numbers = new double[width];
        for (int i = 0; i < rows.Length; i++)
        {
            features.CopyInput(i, numbers);
            setup.Data.Train.Scaling?.Apply(numbers);
            for (int j = 0; j < width; j++)
                inputs[i * width + j] = (float)numbers[j];
        }
        return inputs;
    }
}

using System.Buffers.Binary;

namespace Longhand.Playground;

/// <summary>
/// The values of each unit over the training examples, where these lie in no plane: four bytes with the largest magnitude as a single
/// (little endian), then how often a value lies in each of <see cref="Bins"/> ranges of one width from minus that magnitude to it, 255 for the
/// fullest. Units come layer by layer, the output last.
/// </summary>
internal sealed class UnitHistograms : Pictures
{
    /// <summary>Ranges of values: half of them below 0, half above.</summary>
    public const int Bins = 16;

    /// <summary>Bytes of one picture.</summary>
    public const int Bytes = sizeof(float) + Bins;

    // More examples than this change no picture.
    private const int Most = 1000;

    private readonly Setup setup;
    private readonly float[] inputs;
    private readonly int count;
    private readonly UnitValues units;
    private readonly byte[] drawn;

    /// <param name="setup">What is drawn.</param>
    public UnitHistograms(Setup setup)
    {
        this.setup = setup;
        DataSet train = setup.Data.Train;
        int width = (int)setup.Network.Input.Length;
        count = Math.Min(Most, train.Count);
        inputs = new float[count * width];
        for (int i = 0; i < count; i++)
            train.CopyInput((int)((long)i * train.Count / count), inputs.AsSpan(i * width, width));
        units = new UnitValues(setup, inputs, count);
        drawn = new byte[Length];
    }

    public override int Length => setup.Layers.Sum(l => l.Units) * Bytes;

    public override void Draw(IReadOnlyList<ParameterValues> values, Span<byte> bytes)
    {
        int place = 0;
        units.Compute(
            values,
            (l, _, x) =>
            {
                for (int u = 0; u < setup.Layers[l].Units; u++, place += Bytes)
                    Histogram(x[u..], setup.Layers[l].Units, drawn.AsSpan(place, Bytes));
            }
        );
        drawn.CopyTo(bytes);
    }

    public override byte[] DrawFeatures()
    {
        int width = inputs.Length / count;
        var bytes = new byte[width * Bytes];
        for (int f = 0; f < width; f++)
            Histogram(inputs.AsSpan(f), width, bytes.AsSpan(f * Bytes, Bytes));
        return bytes;
    }

    private static void Histogram(ReadOnlySpan<float> values, int stride, Span<byte> bytes)
    {
        float largest = 0;
        for (int i = 0; i < values.Length; i += stride)
            if (float.IsFinite(values[i]))
                largest = Math.Max(largest, Math.Abs(values[i]));
        Span<int> counts = stackalloc int[Bins];
        counts.Clear();
        for (int i = 0; i < values.Length; i += stride)
            if (float.IsFinite(values[i]))
                // Zero stands with what is positive.
                counts[largest == 0 ? Bins / 2 : Math.Clamp((int)MathF.Floor((values[i] / largest + 1) * (Bins / 2)), 0, Bins - 1)]++;
        int most = 1;
        foreach (int n in counts)
            most = Math.Max(most, n);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, largest);
        for (int b = 0; b < Bins; b++)
            bytes[sizeof(float) + b] = (byte)((255 * counts[b] + most - 1) / most);
    }
}

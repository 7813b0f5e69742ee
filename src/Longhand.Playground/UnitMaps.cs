using Longhand.Experiments;
using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand.Playground;

/// <summary>What each unit makes of every place of the plane, as bytes: 0 for −1 and below, 127 for 0, 254 for 1 and above, 255 for no number.</summary>
internal sealed class UnitMaps
{
    /// <summary>Places along each side of the plane for the output, both ends included.</summary>
    public const int Side = 100;

    /// <summary>Places along each side for the other units: every second one.</summary>
    public const int SmallSide = Side / 2;

    private const byte NoNumber = 255;
    private const float Middle = 127;

    private readonly Setup setup;
    private readonly float[] inputs;
    private readonly List<(Plan Plan, ParameterBlock Parameters, UnitLayer Layer)> layers = [];

    /// <param name="setup">What is drawn; it has a plane.</param>
    /// <exception cref="LonghandException">A feature is not a finite number somewhere in the plane.</exception>
    public UnitMaps(Setup setup)
    {
        this.setup = setup;
        inputs = Inputs(setup);
        Shape shape = setup.Network.Input;
        foreach (UnitLayer layer in setup.Layers)
        {
            Network part = Network.Chain(shape, layer.Nodes.Select(n => n.Layer));
            var parameters = new ParameterBlock(part, [.. part.Parameters.Select(p => Zeros(p.Parameter))], training: false);
            layers.Add((new Plan(part, parameters, Side * Side, training: false, WorkerPool.Shared(1), static _ => 0), parameters, layer));
            shape = part.Output;
        }
    }

    /// <summary>Bytes of one picture: hidden units layer by layer at <see cref="SmallSide"/>, then the output at <see cref="Side"/>.</summary>
    public int Length => setup.Layers.SkipLast(1).Sum(l => l.Units) * SmallSide * SmallSide + Side * Side;

    /// <summary>Draws all units.</summary>
    /// <param name="values">The network's parameters.</param>
    /// <param name="bytes">Room for <see cref="Length"/>; rows from the top of the plane (y = Extent) down.</param>
    public void Draw(IReadOnlyList<ParameterValues> values, Span<byte> bytes)
    {
        ReadOnlySpan<float> x = inputs;
        foreach ((Plan plan, ParameterBlock parameters, UnitLayer layer) in layers)
        {
            parameters.Import([.. layer.Parameters.Select(i => values[i])]);
            x.CopyTo(plan.Input.Span);
            plan.Forward();
            x = plan.Output.Span[..(Side * Side * layer.Units)];
            if (layer == setup.Layers[^1])
                break;
            for (int u = 0; u < layer.Units; u++)
            {
                Small(x[u..], layer.Units, bytes);
                bytes = bytes[(SmallSide * SmallSide)..];
            }
        }
        for (int i = 0; i < Side * Side; i++)
            bytes[i] = Quantised(setup.Plane!.Shade(x[i]));
    }

    /// <summary>The input features, drawn at <see cref="SmallSide"/> one behind the other, each against its own largest magnitude.</summary>
    public byte[] DrawFeatures()
    {
        int count = setup.Plane!.FeatureNames.Count;
        var bytes = new byte[count * SmallSide * SmallSide];
        var scaled = new float[inputs.Length];
        for (int f = 0; f < count; f++)
        {
            float largest = 0;
            for (int i = f; i < inputs.Length; i += count)
                largest = Math.Max(largest, Math.Abs(inputs[i]));
            for (int i = f; i < inputs.Length; i += count)
                scaled[i] = largest == 0 ? 0 : inputs[i] / largest;
            Small(scaled.AsSpan(f), count, bytes.AsSpan(f * SmallSide * SmallSide));
        }
        return bytes;
    }

    private static void Small(ReadOnlySpan<float> values, int stride, Span<byte> bytes)
    {
        for (int row = 0; row < SmallSide; row++)
        for (int column = 0; column < SmallSide; column++)
            bytes[row * SmallSide + column] = Quantised(values[(2 * row * Side + 2 * column) * stride]);
    }

    private static byte Quantised(float value) =>
        float.IsNaN(value) ? NoNumber : (byte)MathF.Round(Middle + Middle * Math.Clamp(value, -1, 1));

    private static ParameterValues Zeros(Layers.Parameter parameter) => new(parameter, new float[parameter.Length]);

    private static float[] Inputs(Setup setup)
    {
        double Place(int i) => setup.Plane!.Extent * (2.0 * i / (Side - 1) - 1);
        double[][] rows =
        [
            .. Enumerable
                .Range(0, Side)
                .SelectMany(row => Enumerable.Range(0, Side).Select(column => new[] { Place(column), -Place(row) })),
        ];
        DataSet places = new(rows, new int[rows.Length]) { Name = "the plane" };
        DataSet features = setup.Plane!.Features?.Apply(places) ?? places;
        int width = (int)features.InputShape.Length;
        var inputs = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            features.CopyInput(i, inputs.AsSpan(i * width, width));
        return inputs;
    }
}

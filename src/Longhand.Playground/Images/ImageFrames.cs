using System.Text.Json;
using Longhand.Experiments.Reports;

namespace Longhand.Playground.Images;

/// <summary>
/// The part of a frame that shows an image: what the network says of it, and as bytes the maps of every column and then its filters, one
/// column behind the other. 127 is 0, 0 and 254 the column's largest magnitude, 255 no number.
/// </summary>
internal sealed class ImageFrames
{
    private const byte NoNumber = 255;
    private const float Middle = 127;

    private readonly ImageView view;
    private readonly ImageMaps maps;
    private readonly Judge judge;
    private readonly ExampleLoss loss;

    /// <param name="setup">What is trained; its examples are images.</param>
    public ImageFrames(Setup setup)
    {
        view = setup.Images!;
        maps = new ImageMaps(setup.Network);
        judge = new Judge(setup.Network, setup.Experiment.Loss!, setup.Targets);
        loss = new ExampleLoss(setup);
        Length = view.Columns.Sum(c => c.Length + (c.Filters?.Length ?? 0));
    }

    /// <summary>Bytes of all pictures.</summary>
    public int Length { get; }

    /// <summary>Writes the property <c>image</c>, and the pictures behind the object.</summary>
    /// <param name="json">Where an object is being written.</param>
    /// <param name="values">The network's parameters.</param>
    /// <param name="look">What the page looks at.</param>
    /// <returns>The pictures: <see cref="Length"/> bytes.</returns>
    public byte[] Write(Utf8JsonWriter json, IReadOnlyList<ParameterValues> values, Look look)
    {
        float[][] all = maps.Of(values, look.Image(view));
        float[] output = all[^1];
        int? label = look.Class(view);
        json.WriteStartObject("image");
        json.WriteString("set", look.Set);
        json.WriteNumber("index", look.Index);
        json.WriteBoolean("own", look.Picture is not null);
        if (label is { } c)
        {
            json.WriteNumber("class", c);
            Number(json, "loss", loss.Of(output, c));
        }
        json.WriteNumber("found", judge.Decide(output));
        json.WriteBoolean("probable", judge.HasProbabilities);
        Numbers(json, "scores", judge.Scores(output));
        var bytes = new byte[Length];
        Span<byte> rest = bytes;
        var largest = new List<double>();
        var largestFilter = new List<double>();
        foreach (ImageColumn column in view.Columns)
        {
            // Ink is told against full ink: a picture of greys is no picture of black.
            Draw(all[column.Value].AsSpan(0, column.Length), column.Node is null ? 1 : 0, largest, ref rest);
            if (column.Filters is { } filters)
                Draw(Filters(values[filters.Parameter], filters), 0, largestFilter, ref rest);
            else
                largestFilter.Add(0);
        }
        Numbers(json, "largest", largest);
        Numbers(json, "largestFilter", largestFilter);
        json.WriteEndObject();
        return bytes;
    }

    /// <summary>A number as a byte, against the largest magnitude beside it.</summary>
    public static byte Quantised(float value, float largest) =>
        float.IsNaN(value) ? NoNumber
        : largest > 0 ? (byte)MathF.Round(Middle + Middle * Math.Clamp(value / largest, -1, 1))
        : (byte)Middle;

    private static float[] Filters(ParameterValues values, FilterBank filters)
    {
        int area = filters.Height * filters.Width,
            at = 0;
        var shown = new float[filters.Length];
        for (int o = 0; o < filters.Outputs; o++)
        for (int c = 0; c < filters.Inputs; c++)
        for (int i = 0; i < area; i++)
            shown[at++] = values.Single((o * filters.Sizes[1] + c) * area + i);
        return shown;
    }

    private static void Draw(ReadOnlySpan<float> values, float least, List<double> largest, ref Span<byte> bytes)
    {
        float most = least;
        foreach (float value in values)
            if (float.IsFinite(value))
                most = Math.Max(most, Math.Abs(value));
        largest.Add(most);
        for (int i = 0; i < values.Length; i++)
            bytes[i] = Quantised(values[i], most);
        bytes = bytes[values.Length..];
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            if (double.IsFinite(number))
                json.WriteNumberValue(number);
            else
                json.WriteNullValue();
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}

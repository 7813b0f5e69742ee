using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Longhand.Experiments;

namespace Longhand.Cli;

/// <summary>JSON as the command line writes it: on one line, numbers as the shortest text that reads back to the same bits.</summary>
internal static class Json
{
    // Nothing of it is ever pasted into a web page, and names should stay readable.
    private static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of one value.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options))
            write(json);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>A number; JSON knows neither NaN nor infinities: then null, with the reason beside it.</summary>
    public static void Real(this Utf8JsonWriter json, string name, double value) => EpochJson.Real(json, name, value);

    /// <summary>A single-precision number in a list; null where it is not finite.</summary>
    public static void Single(this Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    /// <summary>A number in a list; null where it is not finite.</summary>
    public static void Double(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    /// <summary>Texts.</summary>
    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A shape as it is written: [h,w,c] or [n].</summary>
    public static void Shape(this Utf8JsonWriter json, string name, Shape shape)
    {
        json.WriteStartArray(name);
        foreach (int size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    /// <summary>Numbers nested as their sizes are, each written by <paramref name="write"/> from its position.</summary>
    public static void Nested(this Utf8JsonWriter json, IReadOnlyList<int> sizes, Action<int> write)
    {
        Level(0, 0);

        int Level(int depth, int position)
        {
            if (depth == sizes.Count)
            {
                write(position);
                return position + 1;
            }
            json.WriteStartArray();
            for (int i = 0; i < sizes[depth]; i++)
                position = Level(depth + 1, position);
            json.WriteEndArray();
            return position;
        }
    }

    /// <summary>All parameters by name, as precisely as they are known.</summary>
    public static void Parameters(this Utf8JsonWriter json, string name, Network network, IReadOnlyList<ParameterValues> values)
    {
        json.WriteStartObject(name);
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
        {
            json.WritePropertyName(parameter.Name);
            ParameterValues of = values[p];
            json.Nested(
                parameter.Parameter.Sizes,
                i =>
                {
                    if (of.IsPrecise)
                        json.Double(of.Double(i));
                    else
                        json.Single(of.Single(i));
                }
            );
        }
        json.WriteEndObject();
    }
}

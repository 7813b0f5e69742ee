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

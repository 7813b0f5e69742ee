using System.Text.Json;

namespace Longhand.Experiments;

/// <summary>What commands and the page write as JSON in the same way.</summary>
internal static class JsonValues
{
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
}

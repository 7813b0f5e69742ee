using System.Globalization;
using System.Text.Json;

namespace Longhand.Experiments.Sheets;

/// <summary>
/// Finds a value in JSON: <c>gradients.dense1.weight[0][1]</c>, where a name may hold dots itself; <c>layers[conv2].parameters</c> takes
/// the element of that name, <c>rows[*].output</c> what all elements have there.
/// </summary>
internal static class JsonPath
{
    /// <summary>The value.</summary>
    /// <exception cref="LonghandException">There is none; the message says how far the path leads.</exception>
    public static JsonElement Find(JsonElement root, string path) => Find(root, path.StartsWith('[') ? path : "." + path, path);

    private static JsonElement Find(JsonElement value, string rest, string whole)
    {
        while (rest.Length > 0)
        {
            if (rest[0] == '.')
            {
                string[] names = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(p => p.Name)] : [];
                // A name such as dense1.weight before one that is only its beginning.
                string? name = names.Where(n => Follows(rest, n)).MaxBy(n => n.Length);
                if (name is null)
                    throw Missing(
                        whole,
                        rest,
                        names.Length > 0 ? $"{Nearest.Suggestion(rest[1..].Split('[')[0], names)} There is {string.Join(", ", names)}." : ""
                    );
                (value, rest) = (value.GetProperty(name), rest[(1 + name.Length)..]);
                continue;
            }
            int end = rest.IndexOf(']', StringComparison.Ordinal);
            if (rest[0] != '[' || end < 0)
                throw new LonghandException($"{whole}: {Quoted.Of(rest)} is no part of a path such as rows[3].output");
            string index = rest[1..end];
            rest = rest[(end + 1)..];
            if (value.ValueKind != JsonValueKind.Array)
                throw Missing(whole, $"[{index}]{rest}", "");
            if (index == "*")
                return All(value, rest, whole);
            value = Element(value, index) ?? throw Missing(whole, $"[{index}]{rest}", $" There are {value.GetArrayLength()} elements.");
        }
        return value;
    }

    private static JsonElement All(JsonElement list, string rest, string whole) =>
        JsonDocument.Parse($"[{string.Join(',', list.EnumerateArray().Select(v => Find(v, rest, whole).GetRawText()))}]").RootElement;

    private static JsonElement? Element(JsonElement list, string index)
    {
        if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i))
            return i < list.GetArrayLength() ? list[i] : null;
        foreach (JsonElement element in list.EnumerateArray())
            if (
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty("name", out JsonElement name)
                && name.ValueEquals(index)
            )
                return element;
        return null;
    }

    private static bool Follows(string rest, string name) =>
        rest.AsSpan(1).StartsWith(name) && (rest.Length == name.Length + 1 || rest[name.Length + 1] is '.' or '[');

    private static LonghandException Missing(string whole, string rest, string hint) =>
        new($"{whole}: the JSON of the command has no {Quoted.Of(rest.TrimStart('.'))} there.{hint}");
}

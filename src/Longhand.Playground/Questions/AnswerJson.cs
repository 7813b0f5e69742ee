using System.Text.Json;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>Answers that are written as the command line writes them.</summary>
internal static class AnswerJson
{
    /// <summary>What is written, as an object to which more can be added.</summary>
    /// <param name="write">Writes one object.</param>
    public static JsonObject Of(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            write(json);
        return JsonNode.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))!.AsObject();
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>A shape as it is written: [h,w,c].</summary>
    public static JsonArray Of(Shape shape) => new([.. shape.Select(size => (JsonNode)size)]);
}

using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>Numbers as JSON has them: what is not finite is null.</summary>
internal static class Json
{
    /// <summary>A number.</summary>
    public static JsonNode? Number(double? number) => number is { } n && double.IsFinite(n) ? JsonValue.Create(n) : null;

    /// <summary>Numbers in their order.</summary>
    public static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(n => Number(n))]);
}

using System.Text;
using System.Text.Json.Nodes;

namespace Longhand.Playground;

/// <summary>What is sent to a page: JSON as text, or a frame as bytes.</summary>
internal readonly record struct Message(ReadOnlyMemory<byte> Bytes, bool IsBinary)
{
    /// <summary>A JSON message.</summary>
    public static Message Of(JsonObject json) => new(Encoding.UTF8.GetBytes(json.ToJsonString()), false);
}

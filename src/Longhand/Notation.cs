using Longhand.Layers;

namespace Longhand;

/// <summary>The notation of networks, both ways.</summary>
internal static class Notation
{
    public static Network Parse(string text)
    {
        string[] parts = text.Split("->", StringSplitOptions.TrimEntries);
        var builder = new NetworkBuilder([int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)]);
        foreach (string part in parts.AsSpan(1))
            builder.Add(Layer.Kinds.Parse(part));
        return builder.Build();
    }

    public static string Write(Network network) =>
        string.Join(" -> ", network.Nodes.Select(n => n.Layer.Notation).Prepend(network.Input.ToString()));
}

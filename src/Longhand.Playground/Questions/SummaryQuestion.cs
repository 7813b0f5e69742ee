using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>What a network's layers are: the rows of <c>longhand summary</c>.</summary>
internal sealed class SummaryQuestion : Question
{
    public override string Name => "summary";

    public override IReadOnlyList<string> Arguments { get; } = ["network"];

    public override JsonObject Answer(Asked asked)
    {
        var network = Network.Parse(asked.Text("network"));
        return new JsonObject
        {
            ["layers"] = new JsonArray([
                .. network.Nodes.Select(node =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = node.Name,
                            ["layer"] = node.Layer.Notation,
                            ["shape"] = node.Output.ToString(),
                            ["parameters"] = network.Parameters.Where(p => p.Node == node).Sum(p => (long)p.Parameter.Length),
                        }
                ),
            ]),
        };
    }
}

using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments.Reports;

namespace Longhand.Playground.Questions;

/// <summary>
/// What a network's layers are: the JSON of <c>longhand summary</c>, and for the input and each layer where it stands in the text
/// ("rows").
/// </summary>
internal sealed class SummaryQuestion : Question
{
    public override string Name => "summary";

    public override IReadOnlyList<string> Arguments => SummaryAsked.Arguments;

    public override JsonObject Answer(Asked asked)
    {
        var read = new SummaryAsked(asked);
        IReadOnlyList<NetworkWarning> warnings = NetworkWarning.Of(read.Places.Network);
        JsonObject answer = AnswerJson.Of(json =>
        {
            if (read.Formulas is { } formulas)
                SummaryJson.Write(json, formulas, read.Numbers.Count > 0 ? read.Summary : null, read.Numbers, warnings);
            else
                SummaryJson.Write(json, read.Summary, warnings);
        });
        answer["rows"] = new JsonArray([
            .. Enumerable.Range(0, read.Places.Network.Nodes.Count + 1).Select(value => Row(read.Places, value)),
        ]);
        answer["optimizer"] = read.Summary.Optimizer.Notation;
        return answer;
    }

    // Where the words stand: the text itself is the page's own.
    private static JsonNode Row(NotationPlaces places, int value)
    {
        Node? node = value == 0 ? null : places.Network.Nodes[value - 1];
        (int Start, int End)? words = places.Words(value);
        return new JsonObject
        {
            ["name"] = node?.Name ?? Summary.InputName,
            ["layer"] = node?.Layer.Notation ?? "input",
            ["shape"] = places.Network.ShapeOf(value).ToString(),
            ["start"] = words?.Start,
            ["end"] = words?.End,
            ["moves"] = places.BeginsPart(value),
        };
    }
}

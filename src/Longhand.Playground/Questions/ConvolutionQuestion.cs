using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>What a convolution makes of an image, or its way back of ∂L/∂y; the shapes and the parameters with their formulas.</summary>
internal sealed class ConvolutionQuestion : Question
{
    public override string Name => "convolution";

    public override IReadOnlyList<string> Arguments => ConvolutionAsked.Arguments;

    public override JsonObject Answer(Asked asked)
    {
        var read = new ConvolutionAsked(asked);
        ConvolutionWork work = read.Work();
        Network network = read.Network;
        Window window = read.Conv.Window;
        (WindowAxis rows, WindowAxis columns) = (window.Rows(network.Input.Height), window.Columns(network.Input.Width));
        var summary = Summary.Of(network);
        JsonArray Why(string field) => AnswerJson.Texts(SummaryFormulas.Why(summary, $"conv1.{field}"));
        return new JsonObject
        {
            ["notation"] = network.ToString(),
            ["input"] = AnswerJson.Of(network.Input),
            ["output"] = AnswerJson.Of(network.Output),
            ["padding"] = new JsonArray(rows.Before, columns.Before, rows.After, columns.After),
            ["result"] = Nested(work),
            ["values"] = new JsonArray([.. Enumerable.Range(0, work.Length).Select(i => JsonValue.Create(work.Value(i)))]),
            ["formulas"] = Why("output"),
            ["parameters"] = Why("parameters"),
            ["macs"] = Why("macs"),
            ["dense"] = Dense(network),
        };
    }

    // (16·16 + 16) for a layer that knows nothing of neighbours.
    private static string Dense(Network network)
    {
        (long inputs, long outputs) = (network.Input.Length, network.Output.Length);
        bool hasBias = network.Parameters.Count > 1;
        return FormattableString.Invariant(
            $"{inputs}·{outputs}{(hasBias ? $" + {outputs}" : "")} = {inputs * outputs + (hasBias ? outputs : 0)}"
        );
    }

    // [channel][row][column], as they are printed.
    private static JsonArray Nested(ConvolutionWork work)
    {
        (int height, int width) = (work.Result.Height, work.Result.Width);
        JsonArray List(int count, Func<int, JsonNode> at) => new([.. Enumerable.Range(0, count).Select(at)]);
        return List(work.Result.Channels, c => List(height, i => List(width, j => work.Text((c * height + i) * width + j))));
    }
}

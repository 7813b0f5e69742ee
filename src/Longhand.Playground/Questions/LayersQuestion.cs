using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>How the columns of units do: gradients and activations on a sample of the training examples.</summary>
internal sealed class LayersQuestion : Question
{
    public override string Name => "layers";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked)
    {
        Setup setup = asked.RequireUnits();
        return new JsonObject
        {
            ["examples"] = LayerStatistics.ExamplesOf(setup),
            ["layers"] = new JsonArray([
                .. LayerStatistics
                    .Of(setup, asked.Moment.State.Values)
                    .Select(layer =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["gradient"] = Json.Number(layer.GradientNorm),
                                ["weights"] = Json.Number(layer.WeightNorm),
                                ["signal"] = Json.Number(layer.SignalNorm),
                                ["mean"] = Json.Number(layer.Mean),
                                ["spread"] = Json.Number(layer.Spread),
                                ["flat"] = layer.Flat,
                                ["dead"] = layer.Dead,
                            }
                    ),
            ]),
        };
    }
}

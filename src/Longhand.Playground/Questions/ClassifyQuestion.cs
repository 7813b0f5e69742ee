using System.Text.Json.Nodes;
using Longhand.Experiments.Reports;
using Longhand.Playground.Images;

namespace Longhand.Playground.Questions;

/// <summary>What the network says of an image: a number for each class, and every layer's maps in full.</summary>
internal sealed class ClassifyQuestion : Question
{
    public override string Name => "classify";

    public override IReadOnlyList<string> Arguments => ExampleAsked.Arguments;

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        Setup setup = moment.Setup;
        ImageView view = ExampleAsked.View(asked);
        float[] image = ExampleAsked.Look(asked).Image(view);
        float[][] all = new ImageMaps(setup.Network).Of(moment.State.Values, image);
        var judge = new Judge(setup.Network, setup.Experiment.Loss!, setup.Targets);
        int found = judge.Decide(all[^1]);
        return new JsonObject
        {
            ["found"] = found,
            ["probable"] = judge.HasProbabilities,
            ["scores"] = ExampleAsked.Numbers(judge.Scores(all[^1])),
            ["image"] = ExampleAsked.Numbers(image.Select(v => (double)v)),
            ["layers"] = new JsonArray([
                .. view
                    .Columns.Skip(1)
                    .Select(column =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["name"] = column.Name,
                                ["output"] = ExampleAsked.Numbers(all[column.Value].Take(column.Length).Select(v => (double)v)),
                            }
                    ),
            ]),
        };
    }
}

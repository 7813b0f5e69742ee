using System.Text.Json.Nodes;
using Longhand.Playground.Images;

namespace Longhand.Playground.Questions;

/// <summary>Which class is taken for which, and the examples that are got most wrong.</summary>
internal sealed class ConfusionQuestion : Question
{
    private const int MostMistakes = 24;

    public override string Name => "confusion";

    public override IReadOnlyList<string> Arguments { get; } = ["set", "worst"];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        ImageView view = ExampleAsked.View(asked);
        string set = asked.Word("set", "test", "train", "test");
        int worst = asked.Whole("worst", 0, MostMistakes, 12);
        var judgement = new SetJudgement(moment.Setup, moment.State.Values, set);
        int classes = judgement.Confusion.GetLength(0);
        return new JsonObject
        {
            ["epoch"] = moment.Epoch,
            ["batch"] = moment.Batch,
            ["set"] = set,
            ["count"] = judgement.Examples.Count,
            ["of"] = judgement.Of,
            ["loss"] = ExampleAsked.Number(judgement.Loss),
            ["accuracy"] = judgement.Accuracy,
            ["confusion"] = new JsonArray([
                .. Enumerable
                    .Range(0, classes)
                    .Select(row =>
                        (JsonNode)new JsonArray([.. Enumerable.Range(0, classes).Select(c => (JsonNode)judgement.Confusion[row, c])])
                    ),
            ]),
            ["wrong"] = judgement.Examples.Count(e => !e.IsRight),
            ["worst"] = new JsonArray([.. judgement.Worst.Take(worst).Select(e => (JsonNode)ExampleAsked.Example(view.Set(set), e))]),
        };
    }
}

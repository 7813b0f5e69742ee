using System.Text.Json.Nodes;
using Longhand.Playground.Images;

namespace Longhand.Playground.Questions;

/// <summary>Examples of a set in their order, with what the network says of them: a page of all, or of those of a class taken for another.</summary>
internal sealed class PicturesQuestion : Question
{
    private const int MostPictures = 120;

    public override string Name => "pictures";

    public override IReadOnlyList<string> Arguments { get; } = ["set", "first", "count", "class", "found"];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        ImageView view = ExampleAsked.View(asked);
        string set = asked.Word("set", "test", "train", "test");
        int classes = view.ClassNames.Count,
            first = asked.Whole("first", 0, int.MaxValue, 0),
            count = asked.Whole("count", 1, MostPictures, 30);
        int? wanted = asked.Has("class") ? asked.Whole("class", 0, classes - 1) : null,
            found = asked.Has("found") ? asked.Whole("found", 0, classes - 1) : null;
        var judgement = new SetJudgement(moment.Setup, moment.State.Values, set);
        JudgedExample[] all = [.. judgement.Examples.Where(e => (wanted ?? e.Class) == e.Class && (found ?? e.Found) == e.Found)];
        return new JsonObject
        {
            ["count"] = all.Length,
            ["first"] = first,
            ["examples"] = new JsonArray([.. all.Skip(first).Take(count).Select(e => (JsonNode)ExampleAsked.Example(view.Set(set), e))]),
        };
    }
}

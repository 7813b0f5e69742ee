using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The present run, trained again from its initial weights, as one file that needs no server.</summary>
internal sealed class StaticPageQuestion : Question
{
    public override string Name => "page";

    public override IReadOnlyList<string> Arguments { get; } = ["touched", "set", "example"];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        if (asked.Truth("touched"))
            throw new LonghandException(
                "Settings were changed or weights set by hand on the way, and a saved page trains from the start: it would show another run. "
                    + "Reset, train, and save then."
            );
        if (moment.Epoch + moment.Batch == 0)
            throw new LonghandException("There is nothing to replay yet: train first.");
        string set = asked.Word("set", "train", "train", "test");
        DataSet data =
            (set == "train" ? moment.Setup.Data.Train : moment.Setup.Data.Test)
            ?? throw asked.Wrong("set", "nothing is kept aside for testing; take an example of the training data.");
        int example = asked.Whole("example", 0, data.Count - 1, 0);
        return new JsonObject { ["html"] = StaticPage.Write(moment.Setup, moment.Epoch, moment.Batch, set, example) };
    }
}

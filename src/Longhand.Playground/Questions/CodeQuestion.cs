using System.Text.Json.Nodes;
using Longhand.Experiments.Code;

namespace Longhand.Playground.Questions;

/// <summary>A program that reproduces what is shown: <c>longhand code</c> for the page's own weights.</summary>
internal sealed class CodeQuestion : Question
{
    public override string Name => "code";

    public override IReadOnlyList<string> Arguments { get; } = ["language", "touched"];

    public override JsonObject Answer(Asked asked)
    {
        string[] names = [.. CodeLanguage.All.Select(l => l.Name)];
        var language = CodeLanguage.Find(asked.Word("language", null, names));
        Moment moment = asked.Moment;
        Setup setup = moment.Setup;
        var run = new CodeRun
        {
            Experiment = setup.Experiment,
            Data = setup.Data,
            Start = setup.Draw(),
            Shown = moment.State.Values,
            Epochs = moment.Epoch,
            Batches = moment.Batch,
            Losses = CodeRun.Measure(setup.Experiment, setup.Data, moment.State.Values),
            IsTouched = asked.Truth("touched"),
        };
        return new JsonObject { ["code"] = language.Write(run), ["name"] = "longhand" + language.Ending };
    }
}

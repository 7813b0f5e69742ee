using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The experiment as a file that starts from the present parameters, however they came about.</summary>
internal sealed class ExperimentQuestion : Question
{
    public override string Name => "experiment";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked) => new() { ["experiment"] = asked.Moment.Setup.ToText(asked.Moment.State.Values) };
}

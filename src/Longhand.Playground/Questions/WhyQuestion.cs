using System.Text.Json.Nodes;
using Longhand.Analysis;

namespace Longhand.Playground.Questions;

/// <summary>How a number of a summary comes about: what <c>longhand summary --why conv2.parameters</c> says.</summary>
internal sealed class WhyQuestion : Question
{
    public override string Name => "why";

    public override IReadOnlyList<string> Arguments { get; } = [.. SummaryAsked.Arguments, "cell"];

    public override JsonObject Answer(Asked asked)
    {
        string cell = asked.Text("cell");
        return new JsonObject { ["why"] = cell, ["lines"] = AnswerJson.Texts(SummaryFormulas.Why(new SummaryAsked(asked).Summary, cell)) };
    }
}

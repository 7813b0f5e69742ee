using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>One number of a convolution: the sum that made it, as a person writes it, and the places that were read for it.</summary>
internal sealed class PatchQuestion : Question
{
    public override string Name => "patch";

    public override IReadOnlyList<string> Arguments { get; } = [.. ConvolutionAsked.Arguments, "at"];

    public override JsonObject Answer(Asked asked)
    {
        ConvolutionWork work = new ConvolutionAsked(asked).Work();
        int at = asked.Whole("at", 0, work.Length - 1);
        WorkingStep line = work.Line(at);
        return new JsonObject
        {
            ["line"] = line.Line,
            ["html"] = ConvolutionWork.Html(line),
            ["value"] = line.Result,
            ["terms"] = new JsonArray([.. work.Terms(at).Select(t => new JsonArray(t.Channel, t.Row, t.Column, t.Weight))]),
        };
    }
}

using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The present model as the file that <c>longhand predict</c> reads.</summary>
internal sealed class ModelQuestion : Question
{
    public override string Name => "model";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        return new JsonObject
        {
            ["file"] = "model.safetensors",
            ["bytes"] = ModelBytes.Write(moment.Setup, moment.State.Values, moment.Epoch),
        };
    }
}

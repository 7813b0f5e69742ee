using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>Which optimizers and schedules there are, and how they are written.</summary>
internal sealed class RulesQuestion : Question
{
    public override string Name => "rules";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked) =>
        new() { ["optimizers"] = Kinds(Optimizer.Kinds), ["schedules"] = Kinds(Schedule.Kinds) };

    private static JsonArray Kinds<T>(Registry<T> registry)
        where T : class =>
        new([
            .. registry.All.Select(kind =>
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = kind.Name,
                        ["usage"] = kind.Usage,
                        ["summary"] = kind.Summary,
                        ["example"] = kind.Examples[0],
                    }
            ),
        ]);
}

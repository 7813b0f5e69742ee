using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Longhand.Layers;

namespace Longhand.Playground;

/// <summary>What can be chosen, as the registries declare it: kinds with their options and what holds where nothing is said.</summary>
internal static partial class KindLists
{
    /// <summary>Everything that a page's controls offer.</summary>
    public static JsonObject All() =>
        new()
        {
            ["activation"] = Of(Layer.Kinds.All.Where(k => k.Example is { IsActivation: true }), k => k.Name, k => k.Usage, k => k.Summary),
            ["loss"] = new JsonArray([
                .. Loss.Kinds.All.Select(k =>
                {
                    JsonObject kind = One(k.Name, k.Usage, k.Summary);
                    kind["reads"] = k.Example!.Reads.ToString();
                    kind["labels"] = k.Example.Labels.ToString();
                    return (JsonNode)kind;
                }),
            ]),
            ["optimizer"] = Of(Optimizer.Kinds.All, k => k.Name, k => k.Usage, k => k.Summary),
            ["schedule"] = new JsonArray([
                .. Schedule.Kinds.All.Select(k =>
                {
                    JsonObject kind = One(k.Name, k.Usage, k.Summary);
                    var schedule = Schedule.Parse(k.Name);
                    (kind["needsLength"], kind["watches"]) = (schedule.NeedsLength, schedule.Watches);
                    // What the notation leaves out is the optimizer's own rate, whatever the usage shows as an example.
                    foreach (JsonNode? option in kind["options"]!.AsArray())
                        if (
                            (string)option!["name"]! is not ("warmup" or "per")
                            && !$"{schedule.Notation} ".Contains($" {option["name"]}={option["default"]} ")
                        )
                            option["default"] = null;
                    return (JsonNode)kind;
                }),
            ]),
            ["init"] = Of(Initializer.Kinds.All, k => k.Name, k => k.Usage, k => k.Summary),
            ["data"] = new JsonArray([
                .. Data
                    .Kinds.Where(k => Setup.DataNames.Contains(k.Name))
                    .Select(k =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["name"] = k.Name,
                                ["usage"] = k.Usage,
                                ["summary"] = k.Summary,
                                ["options"] = new JsonArray([
                                    .. k.Options.Select(o =>
                                        (JsonNode)
                                            new JsonObject
                                            {
                                                ["name"] = o.Name,
                                                ["default"] = o.Default,
                                                ["summary"] = o.Summary,
                                            }
                                    ),
                                ]),
                                ["flags"] = new JsonArray(),
                            }
                    ),
            ]),
            ["conventions"] = new JsonArray([.. Conventions.Presets.Select(c => (JsonNode)c.Name)]),
            ["scale"] = new JsonArray(["none", .. InputScaling.Kinds.Select(k => (JsonNode)k)]),
        };

    private static JsonArray Of<T>(IEnumerable<T> kinds, Func<T, string> name, Func<T, string> usage, Func<T, string> summary) =>
        new([.. kinds.Select(kind => (JsonNode)One(name(kind), usage(kind), summary(kind)))]);

    private static JsonObject One(string name, string usage, string summary) =>
        new()
        {
            ["name"] = name,
            ["usage"] = usage,
            ["summary"] = summary,
            ["options"] = new JsonArray([
                .. Option()
                    .Matches(usage)
                    .Select(m => (JsonNode)new JsonObject { ["name"] = m.Groups[1].Value, ["default"] = m.Groups[2].Value }),
            ]),
            ["flags"] = new JsonArray([.. Flag().Matches(usage).Select(m => (JsonNode)m.Groups[1].Value)]),
        };

    // [momentum=0]
    [GeneratedRegex(@"\[([a-z][a-z0-9-]*)=([^\]]+)\]")]
    private static partial Regex Option();

    // [nesterov]
    [GeneratedRegex(@"\[([a-z][a-z0-9-]*)\]")]
    private static partial Regex Flag();
}

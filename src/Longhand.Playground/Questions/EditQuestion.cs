using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The text of a network with one row of its summary changed. What would be no network is refused, so that a table stays one.</summary>
internal sealed class EditQuestion : Question
{
    private static readonly Dictionary<string, int> none = [];

    public override string Name => "edit";

    public override IReadOnlyList<string> Arguments { get; } = ["network", "row", "do", "text"];

    public override JsonObject Answer(Asked asked)
    {
        NotationPlaces places = SummaryAsked.Read(asked.Text("network", most: Limits.NetworkLength), none);
        int row = asked.Whole("row", 0, places.Network.Nodes.Count);
        string what = asked.Word("do", null, "change", "remove", "add", "up", "down");
        string changed = what switch
        {
            "change" => places.Changed(row, Words(asked)),
            "add" => places.Added(row, Words(asked)),
            "remove" => places.Removed(row),
            "up" => places.Moved(row, -1),
            _ => places.Moved(row, 1),
        };
        if (changed.Length > Limits.NetworkLength)
            throw asked.Wrong("network", $"{changed.Length} characters are too many; {Limits.NetworkLength} is the limit.");
        NotationPlaces made = SummaryAsked.Read(changed, none);
        int part = places.PartOf(row);
        // The row that it has become, for whoever goes on from there.
        int now = what switch
        {
            "change" or "remove" => Math.Min(row, made.Network.Nodes.Count),
            "up" => made.FirstOf(part - 1),
            _ => made.FirstOf(part + 1),
        };
        return new JsonObject
        {
            ["network"] = changed,
            ["row"] = now,
            ["rows"] = RowsBehind.Of(places, made, row, what),
        };
    }

    private static string Words(Asked asked) =>
        asked.Text("text").Trim() is { Length: > 0 } text
            ? text
            : throw asked.Wrong("text", "a layer is needed, such as \"dense 8 relu\".");
}

using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Playground.Questions;

/// <summary>
/// The path of an optimizer down a landscape, every step with its numbers, as columns; or, with <c>step</c>, how that one step is worked out.
/// </summary>
internal sealed class DescendQuestion : Question
{
    private const int UsualSteps = 50,
        Digits = 6;

    public override string Name => "descend";

    public override IReadOnlyList<string> Arguments { get; } = [.. Terrain.Arguments, "x", "y", "optimizer", "schedule", "steps", "step"];

    public override JsonObject Answer(Asked asked)
    {
        var terrain = Terrain.Read(asked);
        int steps = asked.Whole("steps", 0, Limits.DescentSteps, UsualSteps);
        terrain.RequireSteps(asked, steps);
        // The step that is worked out; all before it are taken, and none behind it.
        int? step = asked.Has("step") ? asked.Whole("step", 1, Math.Max(1, steps)) : null;
        Optimizer optimizer = Optimizer.Parse(asked.Text("optimizer", "sgd lr=0.1"));
        string rule = asked.Text("schedule", "");
        Schedule? schedule = rule is "" or "constant" ? null : Schedule.Parse(rule);
        Rational[] start = [Start(asked, "x", 0, terrain), Start(asked, "y", 1, terrain)];
        if (step is { } worked)
        {
            // A schedule reads how long the whole run is, so that all of it is gone.
            var lines = DescentWalk.Run(terrain.Landscape, start, new(optimizer, schedule, steps, Digits, worked, 1));
            return new()
            {
                ["lines"] = new JsonArray([
                    .. (worked < lines.Path.Count ? lines.Path[worked].Lines : []).Select(line => (JsonNode)Line(line)),
                ]),
            };
        }
        (DescentWalk walk, IEnumerable<string> verdict) = Walk(terrain, start, optimizer, schedule, steps);
        return new()
        {
            ["optimizer"] = optimizer.Notation,
            ["schedule"] = schedule?.Notation ?? "",
            ["state"] = new JsonArray([.. optimizer.State.Select(name => (JsonNode)name)]),
            ["x"] = Column(walk, s => s.Point[0]),
            ["y"] = Column(walk, s => s.Point[1]),
            ["value"] = Column(walk, s => s.Value),
            ["dx"] = Column(walk, s => s.Gradient[0]),
            ["dy"] = Column(walk, s => s.Gradient[1]),
            ["rate"] = Column(walk, s => s.Rate ?? double.NaN),
            ["kept"] = new JsonArray([
                .. optimizer.State.SelectMany((_, k) => new[] { 0, 1 }.Select(i => (JsonNode)Column(walk, s => s.State[i][k]))),
            ]),
            ["failure"] = walk.Failure,
            ["runsAway"] = DescentWalk.RunsAway(walk.Path, walk.Failure),
            ["verdict"] = new JsonArray([.. verdict.Select(sentence => (JsonNode)sentence)]),
        };
    }

    /// <summary>A line of a computation.</summary>
    public static JsonObject Line(NumberLine line) =>
        new() { ["name"] = line.Name, ["parts"] = new JsonArray([.. line.Parts.Select(part => (JsonNode)part)]) };

    private static (DescentWalk, IEnumerable<string>) Walk(
        Terrain terrain,
        Rational[] start,
        Optimizer optimizer,
        Schedule? schedule,
        int steps
    )
    {
        if (terrain.Function is { } function)
        {
            var descent = Descent.Run(function, start, optimizer, steps, Digits, worked: 0, schedule);
            return (new(descent.Path, descent.Failure), DescentWords.Verdict(descent, Digits));
        }
        var walk = DescentWalk.Run(terrain.Landscape, start, new(optimizer, schedule, steps, Digits, 1, 0));
        return (walk, DescentWords.End(walk.Path, walk.Failure, DescentWalk.RunsAway(walk.Path, walk.Failure), optimizer, Digits));
    }

    // A number as it is typed, so that 1/3 and 0.1 are what they say; for a network, where the parameter stands.
    private static Rational Start(Asked asked, string key, int variable, Terrain terrain)
    {
        if (!asked.Has(key) && terrain.Present is { } present)
            return Rational.FromDouble(present[variable]);
        string text = asked.Text(key).Trim().Replace('−', '-');
        if (!Rational.TryParse(text, out Rational value, out string? reason))
            throw asked.Wrong(key, $"{reason}.");
        return double.IsFinite((double)value)
            ? value
            : throw asked.Wrong(key, $"{Quoted.Of(text)} is too large for a number of double precision.");
    }

    private static JsonArray Column(DescentWalk walk, Func<DescentStep, double> value) =>
        new([.. walk.Path.Select(step => value(step) is var v && double.IsFinite(v) ? (JsonNode?)(v + 0.0) : null)]);
}

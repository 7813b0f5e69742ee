using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>The losses of another run, trained again from what its link says: how a link keeps the runs that were pinned.</summary>
internal sealed class CurveQuestion : Question
{
    public override string Name => "curve";

    public override IReadOnlyList<string> Arguments { get; } = ["link"];

    public override JsonObject Answer(Asked asked)
    {
        Settings settings = Settings.FromLink(asked.Text("link"));
        (int epochs, _, _) = settings.Progress();
        var setup = Setup.Read(settings);
        if (setup.Images is not null)
            throw asked.Wrong("link", "runs on images are not trained again.");
        using var course = new Course(setup, setup.Draw());
        long start = Stopwatch.GetTimestamp();
        while (course.Loop.Epoch < epochs && course.Loop.Problem is null)
        {
            course.Run(Stopwatch.GetTimestamp() + (long)(Limits.Slice.TotalSeconds * Stopwatch.Frequency), epochs);
            if (Stopwatch.GetElapsedTime(start) > Limits.CurveTime)
                throw asked.Wrong(
                    "link",
                    $"training again takes longer than {Limits.CurveTime.TotalSeconds} seconds: epoch {course.Loop.Epoch} of {epochs} was reached."
                );
        }
        var said = new JsonObject();
        foreach ((string key, _) in Settings.Keys)
            said[key] = settings[key];
        return new JsonObject
        {
            ["settings"] = said,
            ["epoch"] = course.Loop.Epoch,
            ["rows"] = new JsonArray([
                .. course.Losses.Rows.Select(row =>
                    (JsonNode)
                        new JsonArray(
                            row.Epoch,
                            Json.Number(row.Train),
                            Json.Number(row.Test),
                            Json.Number(row.Penalty),
                            Json.Number(row.Rate)
                        )
                ),
            ]),
        };
    }
}

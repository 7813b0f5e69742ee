using System.Text.Json;

namespace Longhand.Experiments;

/// <summary>The report of an epoch as JSON: the event of <c>train --json</c>, and a line of a run's history.</summary>
public static class EpochJson
{
    /// <summary>Writes the fields of the event, from <c>"event": "epoch"</c> on, into an object that has been begun.</summary>
    public static void Write(Utf8JsonWriter json, EpochReport report)
    {
        json.WriteString("event", "epoch");
        json.WriteNumber("epoch", report.Epoch);
        // Before training there are no batches whose losses could be averaged.
        if (report.Loss is { } loss)
            Real(json, "loss", loss);
        Real(json, "penalty", report.Penalty);
        WriteSets(json, report);
        Real(json, "learningRate", report.LearningRate);
    }

    /// <summary>Writes what was measured: an object for each of train, validation and test.</summary>
    public static void WriteSets(Utf8JsonWriter json, EpochReport report)
    {
        foreach ((string name, Measurement? of) in Sets(report))
        {
            if (of is null)
                continue;
            json.WriteStartObject(name);
            Real(json, "loss", of.Loss);
            if (of.Accuracy is { } accuracy)
                Real(json, "accuracy", accuracy);
            json.WriteEndObject();
        }
    }

    /// <summary>What was measured, by name.</summary>
    public static IReadOnlyList<(string Name, Measurement? Of)> Sets(EpochReport report) =>
        [("train", report.Train), ("validation", report.Validation), ("test", report.Test)];

    /// <summary>A number; JSON knows neither NaN nor infinities: then null, with the reason beside it.</summary>
    public static void Real(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
            return;
        }
        json.WriteNull(name);
        json.WriteString(name + "Reason", double.IsNaN(value) ? "not a number" : "infinite");
    }
}

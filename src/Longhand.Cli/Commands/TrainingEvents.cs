using System.Text.Json;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary>A training run as JSON, an event a line.</summary>
internal sealed class TrainingEvents(Session session, Experiment experiment, bool history)
{
    public TrainingResult Run(ExperimentData data, Training training)
    {
        TrainingResult result = experiment.Network.Run(data.Train, training with { OnEpoch = training.OnEpoch + Epoch });
        session.WriteJson(json => Result(json, result));
        session.Output.Flush();
        return result;
    }

    private void Epoch(EpochReport report)
    {
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            EpochJson.Write(json, report);
            if (history)
                json.Parameters("parameters", experiment.Network, report.Parameters());
            json.WriteEndObject();
        });
        session.Output.Flush();
    }

    private void Result(Utf8JsonWriter json, TrainingResult result)
    {
        json.WriteStartObject();
        json.WriteString("event", "result");
        json.WriteNumber("epochs", result.History[^1].Epoch);
        json.Real("seconds", result.Seconds);
        json.Real("samplesPerSecond", result.SamplesPerSecond);
        json.WriteString(
            "stopped",
            result.Stopped switch
            {
                StopReason.Epochs => "epochs",
                StopReason.Early => "early",
                StopReason.NotFinite => "nan",
                _ => "cancelled",
            }
        );
        if (result.RestoredEpoch is { } restored)
            json.WriteNumber("restoredEpoch", restored);
        if (result.Problem is { } problem)
            json.WriteString("problem", problem);
        EpochJson.WriteSets(json, result.Final);
        if (history)
            json.Parameters("parameters", experiment.Network, result.Model.Values);
        json.WriteEndObject();
    }
}

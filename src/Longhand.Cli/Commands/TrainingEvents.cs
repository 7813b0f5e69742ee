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
            json.WriteString("event", "epoch");
            json.WriteNumber("epoch", report.Epoch);
            // Before training there are no batches whose losses could be averaged.
            if (report.Loss is { } loss)
                json.Real("loss", loss);
            json.Real("penalty", report.Penalty);
            Measured(json, report);
            json.Real("learningRate", report.LearningRate);
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
                StopReason.NotFinite => "nan",
                _ => "cancelled",
            }
        );
        if (result.Problem is { } problem)
            json.WriteString("problem", problem);
        Measured(json, result.History[^1]);
        if (history)
            json.Parameters("parameters", experiment.Network, result.Model.Values);
        json.WriteEndObject();
    }

    private static void Measured(Utf8JsonWriter json, EpochReport report)
    {
        foreach (
            (string name, Measurement? of) in new[] { ("train", report.Train), ("validation", report.Validation), ("test", report.Test) }
        )
        {
            if (of is null)
                continue;
            json.WriteStartObject(name);
            json.Real("loss", of.Loss);
            if (of.Accuracy is { } accuracy)
                json.Real("accuracy", accuracy);
            json.WriteEndObject();
        }
    }
}

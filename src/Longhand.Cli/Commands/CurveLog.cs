using Longhand.Experiments;
using Longhand.Formats;

namespace Longhand.Cli.Commands;

/// <summary>What <c>train --tensorboard</c> writes of each epoch.</summary>
internal static class CurveLog
{
    public static void Add(TensorBoardLog log, EpochReport report)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        void Point(string tag, double? value)
        {
            if (value is { } number)
                log.Add(tag, report.Epoch, number, now);
        }
        Point("loss/batches", report.Loss);
        foreach ((string name, Measurement? of) in EpochJson.Sets(report))
        {
            Point($"loss/{name}", of?.Loss);
            Point($"accuracy/{name}", of?.Accuracy);
        }
        if (report.Penalty != 0)
            Point("penalty", report.Penalty);
        Point("learning rate", report.LearningRate);
    }
}

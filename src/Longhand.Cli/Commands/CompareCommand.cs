using System.CommandLine;
using System.Text.Json;
using Longhand.Experiments;
using Longhand.Experiments.Reports;

namespace Longhand.Cli.Commands;

/// <summary><c>compare RUN RUN…</c>: the curves of several runs over each other, and what differs in their settings.</summary>
internal static class CompareCommand
{
    private const int MostRuns = 26;

    public static Command Create(Session session)
    {
        var folders = Operands.Argument("RUN", "the folder of a run that train --runs has kept");
        var command = new Command("compare", "Lays the curves of several runs over each other and lists what differs in their settings.")
        {
            folders,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string[] words = Operands.Words(parsed, folders);
                    if (words.Length is < 2 or > MostRuns)
                        throw new LonghandException(
                            $"compare needs 2 to {MostRuns} folders of runs, not {words.Length}; for example: {Examples.First("compare")}"
                        );
                    RunRecord[] runs = [.. words.Select(RunRecord.Read)];
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, runs));
                    else
                        Write(session.NewPage(), runs);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Write(Page page, RunRecord[] runs)
    {
        page.Strong($"{runs.Length} runs");
        page.Table(
            ["", "run", "epochs>", "train>", "validation>", "test>"],
            runs.Select(
                (run, i) =>
                    (string[])
                        [
                            $"{Mark(i)}",
                            run.Name,
                            Words.Count(Last(run)?.Epoch ?? 0),
                            Measured(Last(run)?.Train),
                            Measured(Last(run)?.Validation),
                            Measured(Last(run)?.Test),
                        ]
            )
        );
        (string what, Func<RunEpoch, double?> read) = Curve(runs);
        (int Run, RunEpoch Epoch, double Loss)[] points =
        [
            .. runs.SelectMany((run, i) => run.History.Select(epoch => (i, epoch, read(epoch) ?? double.NaN)))
                .Where(point => double.IsFinite(point.Item3)),
        ];
        if (points.Length > 0)
        {
            (double Low, double High) losses = CharacterPlot.Range(points.Select(point => point.Loss));
            bool isLogarithmic = CurveFigures.AreDecades(losses.Low, losses.High);
            var plot = new CharacterPlot(CharacterPlot.Range(points.Select(point => (double)point.Epoch.Epoch)), losses, isLogarithmic);
            // The first run is drawn last, so that where two meet the one that is named first is seen.
            foreach ((int run, RunEpoch epoch, double loss) in points.Reverse())
                plot.Mark(epoch.Epoch, loss, Mark(run));
            page.Line(
                plot.Draw(
                    $"{what}{(isLogarithmic ? ", logarithmic," : "")} over epochs: {string.Join(", ", runs.Select((run, i) => $"{Mark(i)} {run.Name}"))}"
                )
            );
            page.Line();
        }
        IReadOnlyList<(string Key, string?[] Values)> differences = Differences(runs);
        if (differences.Count == 0)
        {
            page.Line("Their settings are the same.");
            return;
        }
        page.Strong("What differs in their settings");
        page.Table(
            ["", .. runs.Select((_, i) => $"{Mark(i)}")],
            differences.Select(pair => (string[])[pair.Key, .. pair.Values.Select(value => value ?? "not given")])
        );
    }

    private static void Write(Utf8JsonWriter json, RunRecord[] runs)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (RunRecord run in runs)
        {
            json.WriteStartObject();
            json.WriteString("name", run.Name);
            json.WriteNumber("epochs", Last(run)?.Epoch ?? 0);
            if (Last(run) is { } last)
                foreach (
                    (string name, Measurement? of) in new[] { ("train", last.Train), ("validation", last.Validation), ("test", last.Test) }
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
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("differences");
        foreach ((string key, string?[] values) in Differences(runs))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartArray("values");
            foreach (string? value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What can be compared: unseen data before seen ones, and what every run has.
    private static (string What, Func<RunEpoch, double?> Read) Curve(RunRecord[] runs)
    {
        (string, Func<RunEpoch, double?>)[] curves =
        [
            ("validation loss", epoch => epoch.Validation?.Loss),
            ("test loss", epoch => epoch.Test?.Loss),
            ("training loss", epoch => epoch.Train?.Loss),
        ];
        foreach ((string what, Func<RunEpoch, double?> read) in curves)
            if (Array.TrueForAll(runs, run => run.History.Any(epoch => epoch.Epoch > 0 && read(epoch) is not null)))
                return (what, read);
        return ("loss of the batches", epoch => epoch.Loss);
    }

    private static IReadOnlyList<(string Key, string?[] Values)> Differences(RunRecord[] runs) =>
        [
            .. runs.SelectMany(run => run.Settings.Keys)
                .Distinct()
                .Select(key => (key, runs.Select(run => run.Settings.GetValueOrDefault(key)).ToArray()))
                .Where(pair => pair.Item2.Distinct().Count() > 1),
        ];

    private static string Measured(Measurement? of) =>
        of is null ? ""
        : of.Accuracy is { } accuracy ? $"{Words.Loss(of.Loss)}, {Words.Percent(accuracy)}"
        : Words.Loss(of.Loss);

    private static RunEpoch? Last(RunRecord run) => run.History is [.., var last] ? last : null;

    private static char Mark(int run) => (char)('a' + run);
}

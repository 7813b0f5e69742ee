using System.Globalization;
using System.Text;
using System.Text.Json;
using Longhand.Formats;

namespace Longhand.Experiments;

/// <summary>
/// A folder of its own for one training run, <c>NAME-time</c> below a common one: the experiment, the history as a table and as JSON lines,
/// checkpoints, the model and a report.
/// </summary>
public sealed class RunFolder : IDisposable
{
    internal const string ExperimentFile = "experiment.yaml",
        HistoryLines = "history.jsonl",
        HistoryTable = "history.csv";

    private const string Header =
        "epoch,loss,penalty,train loss,train accuracy,validation loss,validation accuracy,test loss,test accuracy,learning rate";

    private readonly StreamWriter table,
        lines;

    private RunFolder(string path)
    {
        Path = path;
        table = Open(HistoryTable);
        lines = Open(HistoryLines);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where checkpoints belong.</summary>
    public string Checkpoints => System.IO.Path.Combine(Path, "checkpoints");

    /// <summary>Where the model belongs.</summary>
    public string Model => System.IO.Path.Combine(Path, "model.safetensors");

    /// <summary>Where the report belongs.</summary>
    public string Report => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Makes a folder for a run and writes the experiment into it.</summary>
    /// <param name="folder">The common folder; made where there is none.</param>
    /// <param name="experiment">What is run.</param>
    /// <param name="time">When it starts; a second run in the same second gets a number.</param>
    /// <exception cref="LonghandException">It cannot be made; the message says why.</exception>
    public static RunFolder Create(string folder, Experiment experiment, DateTime time)
    {
        string file = System.IO.Path.GetFileNameWithoutExtension(experiment.Source.Name);
        string name =
            $"{string.Concat(file.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'))}-{time.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        try
        {
            Directory.CreateDirectory(folder);
            string path = System.IO.Path.Combine(folder, name);
            for (int i = 2; Directory.Exists(path); i++)
                path = System.IO.Path.Combine(folder, $"{name}-{i}");
            Directory.CreateDirectory(path);
            SafeFile.Write(
                System.IO.Path.Combine(path, ExperimentFile),
                stream => stream.Write(Encoding.UTF8.GetBytes(experiment.ToText(PathStyle.Full)))
            );
            var run = new RunFolder(path);
            run.table.WriteLine(Header);
            return run;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot make a folder for the run in {folder}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Adds a report to the history, and what has been added stays whatever becomes of the run.</summary>
    /// <exception cref="LonghandException">It cannot be written.</exception>
    public void Add(EpochReport report)
    {
        try
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                json.WriteStartObject();
                EpochJson.Write(json, report);
                json.WriteEndObject();
            }
            lines.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
            lines.Flush();
            double?[] numbers =
            [
                report.Loss,
                report.Penalty,
                .. EpochJson.Sets(report).SelectMany(set => (double?[])[set.Of?.Loss, set.Of?.Accuracy]),
                report.LearningRate,
            ];
            table.WriteLine(
                string.Join(
                    ',',
                    numbers
                        .Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? "")
                        .Prepend(report.Epoch.ToString(CultureInfo.InvariantCulture))
                )
            );
            table.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot write the history into {Path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        table.Dispose();
        lines.Dispose();
    }

    private StreamWriter Open(string name) =>
        new(System.IO.Path.Combine(Path, name), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
}

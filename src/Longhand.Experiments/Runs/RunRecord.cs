using System.Text.Json;

namespace Longhand.Experiments;

/// <summary>A run as its folder tells it.</summary>
public sealed class RunRecord
{
    private RunRecord(string name, IReadOnlyDictionary<string, string> settings, IReadOnlyList<RunEpoch> history)
    {
        Name = name;
        Settings = settings;
        History = history;
    }

    /// <summary>The name of the folder.</summary>
    public string Name { get; }

    /// <summary>The settings of its experiment, those within others under both names: <c>train.epochs</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>One entry per epoch, epoch 0 first.</summary>
    public IReadOnlyList<RunEpoch> History { get; }

    /// <summary>Reads the folder of a run.</summary>
    /// <exception cref="LonghandException">It is none; the message names the file, and the line where that is known.</exception>
    public static RunRecord Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new LonghandException(
                $"There is no folder {folder}; a run is kept by train --runs DIR, in a folder of its own below DIR."
            );
        string path = Path.Combine(folder, RunFolder.ExperimentFile);
        var source = new Source(path);
        Entry root =
            EntryText.Parse(source, EntryText.ReadFile(path, "the experiment"))
            ?? throw source.Error("the file is empty, but an experiment is needed.");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(root, "", settings);
        string lines = Path.Combine(folder, RunFolder.HistoryLines);
        string text = EntryText.ReadFile(lines, "the history");
        // A run that was killed may have left half a line at the end.
        string[] whole = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            settings,
            [.. whole.Select((line, i) => ReadLine(lines, i + 1, line))]
        );
    }

    private static void Collect(Entry entry, string name, Dictionary<string, string> settings)
    {
        if (entry is MapEntry map)
            foreach (Field field in map.Fields)
                Collect(field.Value, name.Length == 0 ? field.Key.Text : $"{name}.{field.Key.Text}", settings);
        else
            settings[name] = ExperimentText.Flow(entry);
    }

    private static RunEpoch ReadLine(string path, int line, string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement root = json.RootElement;
            Measurement? Set(string name) =>
                root.TryGetProperty(name, out JsonElement set) ? new(Number(set, "loss") ?? double.NaN, Number(set, "accuracy")) : null;
            return new(root.GetProperty("epoch").GetInt32(), Number(root, "loss"), Set("train"), Set("validation"), Set("test"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DataFormatException($"{path}, line {line}: this is not the report of an epoch.");
        }
    }

    private static double? Number(JsonElement of, string name) =>
        !of.TryGetProperty(name, out JsonElement number) ? null
        : number.ValueKind == JsonValueKind.Null ? double.NaN
        : number.GetDouble();
}

/// <summary>What a run's history says of an epoch.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Loss">The mean of the batch losses during the epoch; null at epoch 0.</param>
/// <param name="Train">The training set.</param>
/// <param name="Validation">The held-out part.</param>
/// <param name="Test">The test set.</param>
public sealed record RunEpoch(int Epoch, double? Loss, Measurement? Train, Measurement? Validation, Measurement? Test);

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Longhand.Formats;
using Longhand.Layers;

namespace Longhand;

/// <summary>
/// The layout of a checkpoint: parameters under their own names; what else belongs to one under <c>optimizer/KIND/NAME</c>,
/// <c>dead/NAME</c> and <c>best/NAME</c>; the order of the examples; the rest as text. A checksum covers it all, since the length of a
/// file says nothing of the bytes in it.
/// </summary>
internal static class CheckpointFile
{
    public const string Epoch = "epoch",
        Epochs = "epochs",
        Updates = "updates",
        Experiment = "experiment";

    private const string Version = "1",
        VersionKey = "longhand-checkpoint",
        Checksum = "checksum",
        Done = "batches-done",
        LossSum = "loss-sum",
        History = "history",
        Watched = "watched",
        Random = "shuffles",
        Order = "batches/order",
        LeftOver = "batches/left-over",
        Kinds = "optimizer-state",
        Setting = "setting.";

    public static void Write(
        string path,
        Network network,
        Optimizer optimizer,
        CheckpointState state,
        int epochs,
        IReadOnlyDictionary<string, string> identity,
        string? experiment
    )
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        (ulong a, ulong b, ulong c, ulong d) = state.Batches.Random;
        var texts = new Dictionary<string, string>
        {
            [VersionKey] = Version,
            [Epoch] = state.Epoch.ToString(invariant),
            [Epochs] = epochs.ToString(invariant),
            [Updates] = state.Engine.Updates.ToString(invariant),
            [Done] = state.Done.ToString(invariant),
            [LossSum] = HistoryText.Number(state.LossSum),
            [History] = HistoryText.Write(state.History),
            [Watched] = string.Join(' ', state.Watched.Select(HistoryText.Number)),
            [Kinds] = string.Join(' ', optimizer.State),
            [Random] = $"{a:x16} {b:x16} {c:x16} {d:x16}",
        };
        if (experiment is not null)
            texts[Experiment] = experiment;
        foreach ((string key, string value) in identity)
            texts[Setting + key] = value;
        SafetensorsEntry[] entries = [.. Entries(network, optimizer, state)];
        texts[Checksum] = Sum(entries, texts);
        Safetensors.Write(path, entries, texts);
    }

    /// <exception cref="DataFormatException">It is no checkpoint, of another version, or not the one that was written.</exception>
    public static void RequireWhole(Safetensors file, string path)
    {
        if (!file.Metadata.TryGetValue(VersionKey, out string? version))
            throw new DataFormatException($"{path}: this safetensors file is no checkpoint.");
        if (version != Version)
            throw new DataFormatException($"{path}: the checkpoint has version {Quoted.Of(version)}, but this program reads {Version}.");
        if (file.Metadata.GetValueOrDefault(Checksum) != Sum(file.Entries, file.Metadata))
            throw new DataFormatException($"{path}: the checksum does not fit: the file has changed since it was written.");
    }

    /// <summary>A number of the metadata that counts something.</summary>
    public static int Number(Safetensors file, string path, string key) =>
        int.TryParse(Text(file, path, key), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new DataFormatException($"{path}: {key} in the metadata is not a whole number.");

    /// <summary>The state, for the run that it belongs to.</summary>
    /// <exception cref="LonghandException">It belongs to another run; the message names what differs.</exception>
    public static CheckpointState State(Safetensors file, string path, Network network, IReadOnlyDictionary<string, string> identity)
    {
        Dictionary<string, string> saved = file
            .Metadata.Where(pair => pair.Key.StartsWith(Setting, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[Setting.Length..], pair => pair.Value);
        string[] differences =
        [
            .. identity
                .Keys.Union(saved.Keys)
                .Where(key => identity.GetValueOrDefault(key) != saved.GetValueOrDefault(key))
                .Select(key => $"{key} {Shown(saved.GetValueOrDefault(key))} there, {Shown(identity.GetValueOrDefault(key))} here"),
        ];
        if (differences.Length > 0)
            throw new LonghandException(
                $"{path} is a checkpoint of another experiment: {string.Join("; ", differences)}. Continue it with its own settings, or choose another folder."
            );
        try
        {
            return Read(file, path, network);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new DataFormatException($"{path}: this checkpoint does not hold what its version asks for ({e.Message.TrimEnd('.')}).");
        }
    }

    private static string Shown(string? setting) => setting is null ? "not given" : Quoted.Of(setting);

    private static CheckpointState Read(Safetensors file, string path, Network network)
    {
        ParameterValues? Values(string name, NetworkParameter p) =>
            !file.TryGet(name, out SafetensorsEntry? entry) ? null
            : entry.Type == SafetensorsType.F64 ? new(p.Parameter, entry.ToDoubles())
            : new(p.Parameter, entry.ToSingles());
        int[] Whole(string name) => [.. Entry(file, path, name).ToDoubles().Select(number => checked((int)number))];
        string[] kinds = Text(file, path, Kinds).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ulong[] random =
        [
            .. Text(file, path, Random).Split(' ').Select(word => ulong.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ];
        return new(
            new(
                Number(file, path, Updates),
                [.. network.Parameters.Select(p => Values(p.Name, p) ?? throw Missing(path, p.Name))],
                [.. kinds.Select(kind => (ParameterValues?[])[.. network.Parameters.Select(p => Values($"optimizer/{kind}/{p.Name}", p))])],
                [.. network.Parameters.Select(p => Values($"dead/{p.Name}", p)?.ToDoubles().Select(link => link != 0).ToArray())]
            ),
            new(Whole(Order), Whole(LeftOver), (random[0], random[1], random[2], random[3])),
            Number(file, path, Epoch),
            Number(file, path, Done),
            HistoryText.ReadNumber(Text(file, path, LossSum)),
            HistoryText.Read(Text(file, path, History)),
            [.. Text(file, path, Watched).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(HistoryText.ReadNumber)],
            network.Parameters.Count > 0 && file.TryGet($"best/{network.Parameters[0].Name}", out _)
                ? [.. network.Parameters.Select(p => Values($"best/{p.Name}", p) ?? throw Missing(path, $"best/{p.Name}"))]
                : null
        );
    }

    private static IEnumerable<SafetensorsEntry> Entries(Network network, Optimizer optimizer, CheckpointState state)
    {
        foreach ((int i, NetworkParameter p) in network.Parameters.Index())
        {
            yield return Entry(p.Name, p.Parameter, state.Engine.Values[i]);
            foreach ((int kind, string name) in optimizer.State.Index())
                if (state.Engine.Kept[kind][i] is { } kept)
                    yield return Entry($"optimizer/{name}/{p.Name}", p.Parameter, kept);
            if (state.Engine.Dead[i] is { } dead)
                yield return SafetensorsEntry.Of($"dead/{p.Name}", Shape(p.Parameter), Array.ConvertAll(dead, link => link ? 1f : 0));
            if (state.Best is { } best)
                yield return Entry($"best/{p.Name}", p.Parameter, best[i]);
        }
        yield return Numbers(Order, state.Batches.Order);
        yield return Numbers(LeftOver, state.Batches.LeftOver);
    }

    private static SafetensorsEntry Entry(string name, Parameter parameter, ParameterValues values) =>
        values.IsPrecise
            ? SafetensorsEntry.Of(name, Shape(parameter), values.ToDoubles())
            : SafetensorsEntry.Of(name, Shape(parameter), values.ToSingles());

    private static SafetensorsEntry Numbers(string name, int[] values) =>
        SafetensorsEntry.Of(name, [values.Length], Array.ConvertAll(values, value => (double)value));

    private static long[] Shape(Parameter parameter) => [.. parameter.Sizes.Select(size => (long)size)];

    private static SafetensorsEntry Entry(Safetensors file, string path, string name) =>
        file.TryGet(name, out SafetensorsEntry? entry) ? entry : throw Missing(path, name);

    private static string Text(Safetensors file, string path, string key) =>
        file.Metadata.TryGetValue(key, out string? text) ? text : throw Missing(path, key);

    private static DataFormatException Missing(string path, string what) => new($"{path}: this checkpoint has no {what}.");

    private static string Sum(IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        // The key "format" is put there by every writer of safetensors.
        foreach ((string key, string text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (key is not (Checksum or "format"))
            {
                Add(key);
                Add(text);
            }
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Name} {entry.Type} {string.Join('x', entry.Shape)}"));
            hash.AppendData(entry.Data.Span);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

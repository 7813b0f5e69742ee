using System.Text.Json;
using Longhand.Formats;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// Models as safetensors: each parameter under its own name, in single precision where it was trained so and in double precision otherwise;
/// the network and what it was trained with stand in the metadata, as text. There are no times and no paths in it: the same run gives the
/// same bytes.
/// </summary>
internal static class ModelFile
{
    private const string Version = "1";

    public static void Save(Model model, string path) => Safetensors.Write(path, Entries(model), Metadata(model));

    public static void Save(Model model, Stream stream) => Safetensors.Write(stream, Entries(model), Metadata(model));

    private static Dictionary<string, string> Metadata(Model model)
    {
        var metadata = new Dictionary<string, string> { ["longhand"] = Version, ["network"] = model.Network.ToString() };
        if (model.Training is { } training)
        {
            metadata["loss"] = training.Loss.Notation;
            metadata["optimizer"] = training.Optimizer.Notation;
            metadata["conventions"] = training.Conventions.Name;
            if (!training.Regularization.IsNone)
                metadata["regularization"] = training.Regularization.ToString();
        }
        if (model.Experiment is { } experiment)
            metadata["experiment"] = experiment;
        Add(metadata, "classes", model.ClassNames);
        Add(metadata, "inputs", model.InputNames);
        Add(metadata, "features", model.Features);
        if (model.Scaling is { } scaling)
            metadata["scaling"] = ScalingText.Write(scaling);
        return metadata;
    }

    private static IEnumerable<SafetensorsEntry> Entries(Model model) =>
        model.Network.Parameters.Select(
            (p, i) =>
            {
                long[] sizes = [.. p.Parameter.Sizes.Select(size => (long)size)];
                ParameterValues values = model.Values[i];
                return values.IsPrecise
                    ? SafetensorsEntry.Of(p.Name, sizes, values.ToDoubles())
                    : SafetensorsEntry.Of(p.Name, sizes, values.ToSingles());
            }
        );

    public static Model Load(string path)
    {
        Safetensors file = Safetensors.Read(path);
        if (!file.Metadata.TryGetValue("network", out string? notation))
            throw new DataFormatException(
                $"{path}: this safetensors file holds no network (its metadata has no \"network\"); a model that Longhand saved does."
            );
        if (file.Metadata.TryGetValue("longhand", out string? version) && version != Version)
            throw new DataFormatException($"{path}: the model has version {version}, but this program reads version {Version}.");
        Network network = Inside(path, "network", () => Network.Parse(notation));
        Dictionary<string, ParameterValues> values = Parameters(file, path, network);
        string Text(string key, string absent) => file.Metadata.GetValueOrDefault(key) ?? absent;
        return new Model(network, Model.InitialValues(network, Initializer.Zero, new RandomStream(0, RandomStream.Weights), values))
        {
            Training = file.Metadata.TryGetValue("loss", out string? loss)
                ? new Training
                {
                    Loss = Inside(path, "loss", () => Loss.Parse(loss)),
                    Optimizer = Inside(path, "optimizer", () => Optimizer.Parse(Text("optimizer", "sgd"))),
                    Regularization = Inside(path, "regularization", () => Regularization.Parse(Text("regularization", "none"))),
                    Conventions =
                        Conventions.Presets.FirstOrDefault(c => c.Name == Text("conventions", "pytorch"))
                        ?? throw new DataFormatException(
                            $"{path}: unknown conventions {Quoted.Of(Text("conventions", ""))} in the metadata."
                        ),
                }
                : null,
            Experiment = file.Metadata.GetValueOrDefault("experiment"),
            ClassNames = List(file, path, "classes"),
            InputNames = List(file, path, "inputs"),
            Features = List(file, path, "features"),
            Scaling = file.Metadata.TryGetValue("scaling", out string? scaling)
                ? Inside(path, "scaling", () => ScalingText.Read(scaling, network.Input))
                : null,
        };
    }

    /// <summary>The parameters of a safetensors file, checked against a network: every one of them, of the right sizes, and nothing else.</summary>
    public static Dictionary<string, ParameterValues> Parameters(Safetensors file, string path, Network network)
    {
        var values = new Dictionary<string, ParameterValues>();
        foreach (NetworkParameter p in network.Parameters)
        {
            if (!file.TryGet(p.Name, out SafetensorsEntry? entry))
                throw new DataFormatException($"{path}: there is no {p.Name}, which the network {network} needs.");
            if (!entry.Shape.SequenceEqual(p.Parameter.Sizes.Select(size => (long)size)))
                throw new DataFormatException(
                    $"{path}: {p.Name} has sizes [{string.Join(", ", entry.Shape)}], but the network needs [{string.Join(", ", p.Parameter.Sizes)}]."
                );
            values[p.Name] =
                entry.Type == SafetensorsType.F64
                    ? new ParameterValues(p.Parameter, entry.ToDoubles())
                    : new ParameterValues(p.Parameter, entry.ToSingles());
        }
        if (file.Entries.FirstOrDefault(e => !values.ContainsKey(e.Name)) is { } stranger)
            throw new DataFormatException($"{path}: the network {network} has no parameter {Quoted.Of(stranger.Name)}.");
        return values;
    }

    private static T Inside<T>(string path, string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LonghandException e)
        {
            throw new DataFormatException($"{path}: {field} in the metadata: {e.Message}");
        }
    }

    private static void Add(Dictionary<string, string> metadata, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (string text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
        metadata[key] = System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static List<string> List(Safetensors file, string path, string key)
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
            return [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(item => item.GetString() ?? "")];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataFormatException($"{path}: {key} in the metadata is not a list of texts.");
        }
    }
}

using Longhand.Formats;
using Longhand.Layers;

namespace Longhand.Experiments;

/// <summary>The key <c>weights</c>: parameters written out, or a safetensors file of them.</summary>
internal static class WeightsEntry
{
    public static IReadOnlyDictionary<string, ParameterValues> Read(Entry? entry, Network network, string baseDirectory)
    {
        if (entry is null)
            return new Dictionary<string, ParameterValues>();
        if (entry is MapEntry map)
            return map.Fields.ToDictionary(field => field.Key.Text, field => Values(field, network));
        string path = entry.Text("weights: expected a map such as {dense1.weight: [[1, 2]]} or the path of a safetensors file");
        return entry.Read(() => Load(Path.GetFullPath(path, baseDirectory), network));
    }

    /// <summary>A network has no parameter of that name: where, and what was probably meant.</summary>
    public static void RequireParameter(Entry at, string name, Network network) => at.Read(() => network.Parameter(name));

    private static ParameterValues Values(Field field, Network network)
    {
        RequireParameter(field.Key, field.Key.Text, network);
        Parameter parameter = network.Parameter(field.Key.Text).Parameter;
        return new ParameterValues(parameter, NumberArrays.Read(field.Value, parameter.Sizes, $"weights.{field.Key.Text}"));
    }

    private static Dictionary<string, ParameterValues> Load(string path, Network network)
    {
        var values = new Dictionary<string, ParameterValues>();
        foreach (SafetensorsEntry entry in Safetensors.Read(path).Entries)
        {
            NetworkParameter? found = network.Parameters.FirstOrDefault(p => p.Name == entry.Name);
            if (found is null)
                throw new LonghandException(
                    $"{path}: the network has no parameter {Quoted.Of(entry.Name)}; it has {string.Join(", ", network.Parameters.Select(p => p.Name))}."
                );
            if (!entry.Shape.SequenceEqual(found.Parameter.Sizes.Select(size => (long)size)))
                throw new LonghandException(
                    $"{path}: {entry.Name} is [{string.Join("][", entry.Shape)}] there, but the network's is [{string.Join("][", found.Parameter.Sizes)}]."
                );
            values[entry.Name] = entry.Type switch
            {
                SafetensorsType.F32 or SafetensorsType.F16 or SafetensorsType.BF16 => new(found.Parameter, entry.ToSingles()),
                _ => new(found.Parameter, entry.ToDoubles()),
            };
        }
        return values;
    }
}

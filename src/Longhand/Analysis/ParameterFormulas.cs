using Longhand.Layers;

namespace Longhand.Analysis;

/// <summary>How many parameters a layer has, written out from the sizes of its arrays.</summary>
internal static class ParameterFormulas
{
    /// <summary><c>(4·4·3 + 1)·64 = 3136</c>.</summary>
    public static string All(Node node)
    {
        Parameter[] all = [.. node.Parameters.Where(p => p.Trainable)];
        long count = all.Sum(p => p.Length);
        if (all is [{ Role: ParameterRole.Weight } weight, { Role: ParameterRole.Bias } bias] && bias.Length == weight.Sizes[0])
            return $"({PerOutput(weight)} + 1)·{SummaryFormulas.Number(bias.Length)} = {SummaryFormulas.Number(count)}";
        return all.Length == 0 ? $"{node.Name} has none: 0"
            : all.Length == 1 ? $"{Written(all[0])} = {SummaryFormulas.Number(count)}"
            : $"{SummaryFormulas.Sum(all.Select(p => p.Length))} = {SummaryFormulas.Number(count)}";
    }

    /// <summary><c>4·4·3·64 = 3072</c>.</summary>
    public static string Of(Node node, ParameterRole role)
    {
        long count = node.Parameters.Where(p => p.Trainable && p.Role == role).Sum(p => p.Length);
        return count == 0 ? $"{node.Name} has none: 0" : $"{Product(node, role)} = {SummaryFormulas.Number(count)}";
    }

    /// <summary><c>4·4·3·64</c>; arrays are added.</summary>
    public static string Product(Node node, ParameterRole role) =>
        string.Join(" + ", node.Parameters.Where(p => p.Trainable && p.Role == role).Select(Written));

    private static string Written(Parameter parameter) =>
        parameter.Sizes.Count < 2
            ? SummaryFormulas.Product(parameter.Sizes)
            : $"{PerOutput(parameter)}·{SummaryFormulas.Number(parameter.Sizes[0])}";

    // [out, in, rows, columns] is rows·columns·in for one output, as it is said on paper.
    private static string PerOutput(Parameter weight) =>
        weight.Sizes.Count < 2 ? "1" : SummaryFormulas.Product([.. weight.Sizes.Skip(2), weight.Sizes[1]]);
}

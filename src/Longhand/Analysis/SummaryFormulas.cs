using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>How each number of a <see cref="Summary"/> comes about: its formula with the numbers put in.</summary>
public static class SummaryFormulas
{
    private static readonly Dictionary<string, Func<Summary, LayerSummary, IEnumerable<string>>> cells = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["output"] = Output,
        ["parameters"] = (_, layer) => [ParameterFormulas.All(layer.Node)],
        ["weights"] = (_, layer) => [ParameterFormulas.Of(layer.Node, ParameterRole.Weight)],
        ["biases"] = (_, layer) => [ParameterFormulas.Of(layer.Node, ParameterRole.Bias)],
        ["macs"] = (_, layer) => [Multiplications(layer)],
        ["receptiveField"] = FieldFormulas.Size,
        ["jump"] = FieldFormulas.Jump,
        ["start"] = FieldFormulas.Start,
        ["outputBytes"] = (summary, layer) =>
            [$"{Product(layer.Node.Output)}·{Number(summary.Batch)}·{Number(summary.BytesPerNumber)} = {Number(layer.OutputBytes)}"],
        ["stored"] = (_, layer) => [Stored(layer)],
    };

    private static readonly Dictionary<string, Func<Summary, IEnumerable<string>>> totals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["parameters"] = summary => [Total(summary.Layers.Select(layer => layer.Parameters))],
        ["macs"] = summary => [Total(summary.Layers.Select(layer => layer.Multiplications))],
        ["memory"] = summary => MemoryFormulas.All(summary).Select(pair => $"{pair.Part}: {pair.Formula}"),
        ["memory.parameters"] = summary => Memory(summary, "parameters"),
        ["memory.forward"] = summary => Memory(summary, "forward"),
        ["memory.stored"] = summary => Memory(summary, "stored"),
        ["memory.storedByCourse"] = summary => Memory(summary, "storedByCourse"),
        ["memory.optimizer"] = summary => Memory(summary, "optimizer"),
    };

    /// <summary>The lines that say how a cell of the table comes about.</summary>
    /// <param name="summary">The table.</param>
    /// <param name="cell">Layer and column, as in <c>conv2.parameters</c>, or a total: parameters, macs, memory.</param>
    /// <exception cref="LonghandException">There is no such cell; the nearest is suggested.</exception>
    public static IReadOnlyList<string> Why(Summary summary, string cell)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(cell);
        if (summary.Network.HasLetters)
            throw new LonghandException("the formulas have numbers put in, but the network has letters: give each of them a number first.");
        if (totals.TryGetValue(cell, out Func<Summary, IEnumerable<string>>? total))
            return [.. total(summary)];
        int dot = cell.IndexOf('.', StringComparison.Ordinal);
        string name = dot < 0 ? cell : cell[..dot];
        LayerSummary? layer = summary.Layers.FirstOrDefault(l => l.Node.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        string fields = string.Join(", ", cells.Keys);
        if (layer is null)
        {
            IEnumerable<string> known = summary.Network.Nodes.Select(node => node.Name);
            throw new LonghandException(
                dot < 0
                    ? $"{Quoted.Of(cell)} is neither a total (parameters, macs, memory) nor a cell of the table, such as conv2.parameters.{Nearest.Suggestion(cell, [.. totals.Keys, .. known])}"
                    : $"The network has no layer {Quoted.Of(name)}.{Nearest.Suggestion(name, known)}"
            );
        }
        if (dot < 0)
            throw new LonghandException($"Which number of {name}? Write one of {fields} behind it, as in {name}.parameters.");
        string field = cell[(dot + 1)..];
        return cells.TryGetValue(field, out Func<Summary, LayerSummary, IEnumerable<string>>? formula)
            ? [.. formula(summary, layer)]
            : throw new LonghandException(
                $"A layer has no {Quoted.Of(field)} in the summary.{(Nearest.Suggestion(field, cells.Keys) is { Length: > 0 } near ? near : $" There are {fields}.")}"
            );
    }

    /// <summary>A number as it stands in a formula: its digits alone, with a true minus.</summary>
    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>31·31·5.</summary>
    internal static string Product(IEnumerable<int> sizes) => string.Join('·', sizes.Select(size => Number(size)));

    /// <summary><c>3136 + 9·65600</c>: nothing of what is 0, and neighbours that are alike together.</summary>
    internal static string Sum(IEnumerable<long> terms)
    {
        var runs = new List<(long Value, int Count)>();
        foreach (long term in terms.Where(term => term != 0))
            if (runs.Count > 0 && runs[^1].Value == term)
                runs[^1] = (term, runs[^1].Count + 1);
            else
                runs.Add((term, 1));
        return runs.Count == 0
            ? "0"
            : string.Join(" + ", runs.Select(r => r.Count == 1 ? Number(r.Value) : $"{r.Count}·{Number(r.Value)}"));
    }

    private static string Total(IEnumerable<long> terms)
    {
        long[] all = [.. terms];
        return $"{Sum(all)} = {Number(all.Sum())}";
    }

    private static IEnumerable<string> Memory(Summary summary, string part) =>
        [MemoryFormulas.All(summary).First(pair => pair.Part == part).Formula];

    private static IEnumerable<string> Output(Summary summary, LayerSummary layer)
    {
        Node node = layer.Node;
        Shape input = summary.Network.ShapeOf(node.Inputs[0]);
        string from = summary.NameOf(node.Inputs[0]);
        if (node.Output.IsImage && node.Layer.WindowOver(input) is { } window)
            return
            [
                $"height: {OutputFormula.Of(window.Rows(input.Height), window)}",
                $"width: {OutputFormula.Of(window.Columns(input.Width), window)}",
                node.Output.Channels == input.Channels
                    ? $"channels: {Number(input.Channels)}, as {from} has"
                    : $"channels: {Number(node.Output.Channels)}, one for each filter",
            ];
        if (node.Output == input)
            return [$"{node.Output}, the shape of {from}"];
        if (node.Inputs.Count > 1)
            return
            [
                $"{(input.IsImage ? "channels: " : "")}{Sum(node.Inputs.Select(value => (long)summary.Network.ShapeOf(value).Channels))} = {Number(node.Output.Channels)}",
            ];
        if (node.Output.Length == input.Length)
            return [$"{Product(input)} = {Number(input.Length)}"];
        return [$"{node.Output}, since {node.Name} is written \"{node.Layer.Notation}\""];
    }

    private static string Multiplications(LayerSummary layer)
    {
        Shape output = layer.Node.Output;
        string formula = ParameterFormulas.Product(layer.Node, ParameterRole.Weight);
        if (layer.Multiplications == 0 || layer.Multiplications != layer.Weights * output.Height * output.Width)
            return $"{layer.Node.Name} multiplies by weights {Number(layer.Multiplications)} times";
        return $"{formula}{(output.IsImage ? $"·{Number(output.Height)}·{Number(output.Width)}" : "")} = {Number(layer.Multiplications)}";
    }

    private static string Stored(LayerSummary layer) =>
        layer.Stored.Count == 0
            ? $"the way back of {layer.Node.Name} reads neither its input nor its output"
            : $"the way back of {layer.Node.Name} reads {string.Join(" and ", layer.Stored.Select(name => name == layer.Node.Name ? $"its output {name}" : $"its input {name}"))}";
}

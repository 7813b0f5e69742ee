using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>Receptive field, jump and start of a layer, written out from those of the values that it reads.</summary>
internal static class FieldFormulas
{
    /// <summary><c>R = 9 + (5 − 1)·1 = 13</c>.</summary>
    public static IEnumerable<string> Size(Summary summary, LayerSummary layer) =>
        Along(
            summary,
            layer,
            "all of the input",
            (axis, before, window) =>
                window is { } w
                    ? $"R = {Number(before[0].Size)} + ({Number(w.Size)} − 1)·{(w.Dilation == 1 ? "" : Number(w.Dilation) + "·")}{Number(before[0].Jump)} = {Number(axis.Size)}"
                : before.Count == 1 ? $"R = {Number(axis.Size)}, that of {{0}}"
                : $"R = max({List(before, f => f.End)}) − min({List(before, f => f.Start)}) = {Number(axis.Size)}"
        );

    /// <summary><c>j = 2·3 = 6</c>.</summary>
    public static IEnumerable<string> Jump(Summary summary, LayerSummary layer) =>
        Along(
            summary,
            layer,
            "it has no neighbours that look elsewhere",
            (axis, before, window) =>
                window is { } w ? $"j = {Number(before[0].Jump)}·{Number(w.Stride)} = {Number(axis.Jump)}"
                : before.Count == 1 ? $"j = {Number(axis.Jump)}, that of {{0}}"
                : $"j = max({List(before, f => f.Jump)}) = {Number(axis.Jump)}"
        );

    /// <summary><c>start = −2 − 2·1 = −4</c>.</summary>
    public static IEnumerable<string> Start(Summary summary, LayerSummary layer) =>
        Along(
            summary,
            layer,
            "it begins at 0",
            (axis, before, window) =>
                window is { } w ? $"start = {Number(before[0].Start)} − {Number(w.Before)}·{Number(before[0].Jump)} = {Number(axis.Start)}"
                : before.Count == 1 ? $"start = {Number(axis.Start)}, that of {{0}}"
                : $"start = min({List(before, f => f.Start)}) = {Number(axis.Start)}"
        );

    // One line where both axes say the same.
    private static IEnumerable<string> Along(
        Summary summary,
        LayerSummary layer,
        string ofVector,
        Func<FieldAxis, IReadOnlyList<FieldAxis>, WindowAxis?, string> formula
    )
    {
        Node node = layer.Node;
        if (layer.Field is not { } field)
            return [$"{node.Name} writes a vector, which sees the whole input: {ofVector}"];
        Shape image = summary.Network.ShapeOf(node.Inputs[0]);
        Window? window = node.Layer.WindowOver(image);
        ReceptiveField[] before = [.. node.Inputs.Select(value => summary.Fields[value]!)];
        string[] lines =
        [
            formula(field.Rows, [.. before.Select(f => f.Rows)], window?.Rows(image.Height)),
            formula(field.Columns, [.. before.Select(f => f.Columns)], window?.Columns(image.Width)),
        ];
        string from = summary.NameOf(node.Inputs[0]);
        lines = Array.ConvertAll(lines, line => line.Replace("{0}", from, StringComparison.Ordinal));
        return lines[0] == lines[1] ? [lines[0]] : [$"height: {lines[0]}", $"width: {lines[1]}"];
    }

    private static string List(IReadOnlyList<FieldAxis> before, Func<FieldAxis, long> number) =>
        string.Join(", ", before.Select(field => Number(number(field))));

    private static string Number(long value) => SummaryFormulas.Number(value);
}

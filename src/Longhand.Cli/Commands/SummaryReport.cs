using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Layers;

namespace Longhand.Cli.Commands;

/// <summary>A summary as tables.</summary>
internal static class SummaryReport
{
    public static void Write(Page page, Summary summary, IReadOnlyList<NetworkWarning> warnings)
    {
        Network network = summary.Network;
        bool isImage = network.Input.IsImage;
        string[] headings = ["name", "layer", "output", "parameters>", "MACs>", "bytes>"];
        string[] Row(LayerSummary layer) =>
            [
                layer.Node.Name,
                layer.Node.Layer.Notation + (layer.Node.Inserted ? " (inserted)" : ""),
                layer.Node.Output.ToString(),
                Unless0(layer.Parameters),
                Unless0(layer.Multiplications),
                Words.Count(layer.OutputBytes),
            ];
        string input = Words.Count(network.Input.Length * summary.Batch * summary.BytesPerNumber);
        string[] first = [Summary.InputName, "input", network.Input.ToString(), "", "", input];
        if (isImage)
        {
            page.Table(headings, summary.Layers.Select(Row).Prepend(first));
            page.Table(["name", "sees>", "jump>", "start>", "keeps"], summary.Layers.Select(Sight));
        }
        else
            page.Table([.. headings, "keeps"], summary.Layers.Select(l => (string[])[.. Row(l), Kept(l)]).Prepend([.. first, ""]));
        page.Strong(Parameters(network));
        page.Strong($"{Words.Count(summary.Multiplications, "MAC")} an example");
        page.Strong(Memory(summary));
        Rules(page, isImage);
        foreach (NetworkWarning warning in warnings)
            page.Warning($"Note: {warning.Message}");
    }

    private static void Rules(Page page, bool isImage)
    {
        page.Line("Shapes are features, or height × width × channels; the batch is not part of them.");
        page.Line("A MAC is a multiplication by a weight of a dense or convolutional layer: the zeros of a padding are");
        page.Line("multiplied, too, as the reference does; additions of a bias are not counted.");
        page.Line("bytes: what the output of a batch takes; kB, MB, GB are 10³, 10⁶, 10⁹ bytes.");
        if (isImage)
        {
            page.Line("sees: the window of the input that one output can see, in pixels (padding included); jump: how far apart");
            page.Line("neighbours look; start: where output 0 begins to look, negative in the padding. A vector sees the whole input.");
        }
        page.Line(
            $"keeps: the values that the way back reads, by the layers that wrote them ({Summary.InputName} is the input). Each is kept once;"
        );
        page.Line("what the loss keeps of the output is not counted, nor are running values.");
    }

    private static string[] Sight(LayerSummary layer)
    {
        if (layer.Field is not { } field)
            return [layer.Node.Name, "all", "", "", Kept(layer)];
        string Both(Func<FieldAxis, long> number, string between) =>
            $"{number(field.Rows)}{between}{number(field.Columns)}".Replace('-', '−');
        return [layer.Node.Name, Both(a => a.Size, "×"), Both(a => a.Jump, "×"), Both(a => a.Start, ", "), Kept(layer)];
    }

    private static string Kept(LayerSummary layer) => string.Join(", ", layer.Stored);

    private static string Unless0(long count) => count == 0 ? "" : Words.Count(count);

    private static string Memory(Summary summary)
    {
        MemoryUse use = summary.Memory;
        return $"Memory (batch of {Words.Count(summary.Batch)}, {summary.BytesPerNumber} bytes a number): parameters {Words.Bytes(use.Parameters)}, "
            + $"values {Words.Bytes(use.Forward)}, of them kept {Words.Bytes(use.Stored)}, {summary.Optimizer.Notation.Split(' ')[0]} {Words.Bytes(use.Optimizer)}";
    }

    private static string Parameters(Network network)
    {
        (long weights, long biases) = (Sum(network, ParameterRole.Weight), Sum(network, ParameterRole.Bias));
        (long Count, string One, string Many)[] parts =
        [
            (weights, "weight", "weights"),
            (biases, "bias", "biases"),
            (network.ParameterCount - weights - biases, "other", "others"),
        ];
        string[] written = [.. parts.Where(p => p.Count > 0).Select(p => $"{Words.Count(p.Count)} {(p.Count == 1 ? p.One : p.Many)}")];
        return $"{Words.Count(network.ParameterCount, "parameter")}{(written.Length > 0 ? $" = {string.Join(" + ", written)}" : "")}";
    }

    private static long Sum(Network network, ParameterRole role) =>
        network.Nodes.Sum(node => node.Parameters.Where(p => p.Trainable && p.Role == role).Sum(p => p.Length));
}

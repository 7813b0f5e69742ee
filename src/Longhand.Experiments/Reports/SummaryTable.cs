using System.Globalization;
using System.Text;
using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Experiments.Reports;

/// <summary>A summary as one table: a row for the input, one for each layer, and one for what they come to.</summary>
internal static class SummaryTable
{
    private static readonly string[] headings =
    [
        "name",
        "layer",
        "output",
        "weights",
        "biases",
        "parameters",
        "MACs",
        "receptive field",
        "jump",
        "start",
        "bytes",
        "keeps",
    ];

    /// <summary>As comma-separated values (RFC 4180), numbers as plain digits.</summary>
    public static string Csv(Summary summary)
    {
        var text = new StringBuilder();
        foreach (string[] row in Rows(summary).Prepend(headings))
            text.AppendJoin(',', row.Select(Quoted)).Append("\r\n");
        return text.ToString();

        static string Quoted(string cell) =>
            cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>As a table in Markdown, numbers aligned to the right.</summary>
    public static string Markdown(Summary summary)
    {
        var text = new StringBuilder();
        Line(headings);
        Line([.. headings.Select((_, i) => i is < 3 or 11 ? "---" : "---:")]);
        foreach (string[] row in Rows(summary))
            Line(row);
        return text.ToString();

        void Line(string[] cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private static IEnumerable<string[]> Rows(Summary summary)
    {
        Shape input = summary.Network.Input;
        yield return [Summary.InputName, "input", input.ToString(), .. Enumerable.Repeat("", 7), Number(summary.Bytes([0])), ""];
        foreach (LayerSummary layer in summary.Layers)
            yield return
            [
                layer.Node.Name,
                layer.Node.Layer.Notation + (layer.Node.Inserted ? " (inserted)" : ""),
                layer.Node.Output.ToString(),
                Number(layer.WeightFormula),
                Number(layer.BiasFormula),
                Number(layer.ParameterFormula),
                Number(layer.MultiplicationFormula),
                Both(layer.Field, axis => axis.Size, "×"),
                Both(layer.Field, axis => axis.Jump, "×"),
                Both(layer.Field, axis => axis.Start, " "),
                Number(layer.OutputByteFormula),
                string.Join(' ', layer.Stored),
            ];
        Polynomial Sum(Func<LayerSummary, Polynomial> of) => summary.Layers.Aggregate(Polynomial.Zero, (sum, layer) => sum + of(layer));
        yield return
        [
            "total",
            "",
            "",
            Number(Sum(layer => layer.WeightFormula)),
            Number(Sum(layer => layer.BiasFormula)),
            Number(summary.ParameterFormula),
            Number(summary.MultiplicationFormula),
            "",
            "",
            "",
            Number(summary.MemoryFormula.Forward),
            "",
        ];
    }

    private static string Number(Polynomial formula) =>
        formula.Number is null ? formula.ToString() : formula.ToInt64().ToString(CultureInfo.InvariantCulture);

    private static string Both(ReceptiveField? field, Func<FieldAxis, long> number, string between) =>
        field is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{number(field.Rows)}{between}{number(field.Columns)}");
}

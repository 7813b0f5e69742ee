using System.Text.Json.Nodes;
using Longhand.Experiments;

namespace Longhand.Playground.Questions;

/// <summary>
/// A table that was pasted: its columns and first rows, and, as its columns are chosen, the line of data that holds it. What is wrong with it
/// is refused with line and column.
/// </summary>
internal sealed class CsvQuestion : Question
{
    public override string Name => "csv";

    public override IReadOnlyList<string> Arguments { get; } = ["text", "target", "ignore", "missing", "as", "header"];

    public override JsonObject Answer(Asked asked)
    {
        PastedTable table = PastedTable.Read(
            asked.Text("text", most: Limits.PastedLength),
            asked.Word("header", "auto", "auto", "yes", "no"),
            Limits.Columns
        );
        var answer = new JsonObject
        {
            ["columns"] = new JsonArray([.. table.Columns.Select(c => (JsonNode)c)]),
            ["rows"] = new JsonArray([.. table.Head.Select(row => (JsonNode)new JsonArray([.. row.Select(f => (JsonNode)f)]))]),
        };
        // Columns are chosen when they have been seen.
        if (!asked.Has("target"))
            return answer;
        int width = table.Columns.Count;
        int[] Columns(string key)
        {
            double[] numbers = asked.Has(key) ? asked.Numbers(key, width) : [];
            return Array.Exists(numbers, n => n != Math.Floor(n) || n < 0 || n >= width)
                ? throw asked.Wrong(key, $"columns are whole numbers from 0 to {width - 1}.")
                : [.. numbers.Select(n => (int)n)];
        }
        string kind = asked.Word("as", "auto", "auto", "classes", "values");
        DataSet data = table.ToData(Columns("target"), Columns("ignore"), asked.Word("missing", "error", "error", "drop", "mean"), kind);
        string line = TableText.Write(data, kind);
        if (line.Length > Limits.DataLength)
            throw asked.Wrong(
                "text",
                $"as text the table has {line.Length} characters; {Limits.DataLength} is the limit, since the address holds all of it. Leave columns or lines out."
            );
        answer["data"] = line;
        answer["examples"] = data.Count;
        answer["classes"] = new JsonArray([.. data.ClassNames.Select(c => (JsonNode)c)]);
        answer["notes"] = new JsonArray([.. data.Notes.Select(n => (JsonNode)n)]);
        return answer;
    }
}

using System.Text.Json.Nodes;
using Longhand.Experiments.Reports;

namespace Longhand.Playground.Questions;

/// <summary>A summary as a table to be taken away: comma-separated values or Markdown.</summary>
internal sealed class TableQuestion : Question
{
    public override string Name => "table";

    public override IReadOnlyList<string> Arguments { get; } = [.. SummaryAsked.Arguments, "format"];

    public override JsonObject Answer(Asked asked)
    {
        bool isCsv = asked.Word("format", null, "csv", "markdown") == "csv";
        var read = new SummaryAsked(asked);
        return new JsonObject { ["text"] = isCsv ? SummaryTable.Csv(read.Summary) : SummaryTable.Markdown(read.Summary) };
    }
}

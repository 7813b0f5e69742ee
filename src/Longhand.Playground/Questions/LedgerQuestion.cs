using System.Text.Json.Nodes;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>
/// An example, or the next batch, worked by hand with the present parameters: the lines of <c>longhand explain</c>, as a page that can be
/// followed or as a file.
/// </summary>
internal sealed class LedgerQuestion : Question
{
    private static readonly string[] writings = ["page", "markdown", "latex", "html"];

    public override string Name => "ledger";

    public override IReadOnlyList<string> Arguments { get; } = [.. LedgerAsked.Arguments, "as"];

    public override JsonObject Answer(Asked asked)
    {
        var ledger = new LedgerAsked(asked);
        string writing = asked.Word("as", "page", writings);
        var solution = Solution.Explain(ledger.Model, ledger.Request);
        string text = writing switch
        {
            "markdown" => solution.ToMarkdown(),
            "latex" => solution.ToLatex(),
            "html" => solution.ToHtml(),
            _ => solution.ToHtmlFragment("line-"),
        };
        if (text.Length > Limits.LedgerCharacters)
            throw new LonghandException(
                $"The working has {text.Length} characters; {Limits.LedgerCharacters} is the limit. Ask for single numbers by their place."
            );
        return writing == "page" ? Page(asked.Moment, ledger, solution, text) : new JsonObject { ["text"] = text };
    }

    private static JsonObject Page(Moment moment, LedgerAsked ledger, Solution solution, string html)
    {
        Setup setup = moment.Setup;
        return new JsonObject
        {
            ["html"] = html,
            ["style"] = Solution.HtmlStyle,
            ["lines"] = new JsonArray([.. solution.Steps.Select(line => (JsonNode)Line(line))]),
            ["layers"] = new JsonArray([.. setup.Layers.Select(layer => (JsonNode)Texts(layer.Nodes.Select(node => node.Name)))]),
            ["worked"] = solution.Blocks.Where(b => b.Total > 0).Sum(b => b.Worked),
            ["total"] = solution.Blocks.Sum(b => b.Total),
            ["digits"] = ledger.Request.Conventions.Digits,
            ["epoch"] = moment.Epoch,
            ["batch"] = moment.Batch,
            ["train"] = setup.Data.Train.Count,
            ["test"] = setup.Data.Test?.Count ?? 0,
            ["next"] = new JsonArray([.. moment.Next.Select(i => (JsonNode)i)]),
            ["columns"] = Texts(setup.Examples?.Columns ?? []),
            ["dead"] = moment.State.Dead.Sum(links => links?.Count(dead => dead) ?? 0),
        };
    }

    private static JsonObject Line(WorkingStep line) =>
        new()
        {
            ["id"] = line.Id,
            ["key"] = line.Key,
            ["name"] = line.Name.ToString(),
            ["section"] = line.Section.ToString().ToLowerInvariant(),
            ["text"] = line.Line,
            ["result"] = line.Result,
            ["uses"] = Texts(line.Uses),
            // A term of a sum is no number of its own to be found; of an array there are as many as are printed.
            ["blanks"] = line.IsShare ? 0 : line.Places?.Count ?? 1,
        };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}

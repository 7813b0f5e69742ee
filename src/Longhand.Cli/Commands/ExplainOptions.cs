using System.CommandLine;
using Longhand.Experiments;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>The options of <c>explain</c> that say how the same working is written.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string?> view = Choice(
        "--view",
        "lines about single numbers, or about whole arrays: z = Wx + b",
        "scalar",
        "matrix"
    );

    private readonly Option<string?> show = Choice(
        "--show",
        "which sides of each line: in symbols, with the numbers put in, or both",
        "symbols",
        "numbers",
        "both"
    );

    private readonly Option<string?> rounding = Choice(
        "--rounding",
        "what goes on from line to line: full precision, or each result as it is printed",
        "full",
        "line"
    );

    private readonly Option<bool> exact = new("--exact")
    {
        Description = "fractions for as long as the arithmetic stays rational: 151/400 rather than 0.3775",
    };

    private readonly Option<string[]> chain = new("--chain")
    {
        Description =
            "the chain rule for this number, as the sum over all paths to the loss: dense1.weight[0,1], conv1.bias[0], input[1]; may be repeated",
        HelpName = "PLACE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [view, show, rounding, exact, chain];

    /// <summary>The experiment under what they choose.</summary>
    public Experiment Apply(ParseResult parsed, Experiment experiment) =>
        Word(parsed, rounding, "full", "line") is { } word
            ? experiment with
            {
                Conventions = experiment.Conventions with { RoundsEachLine = word == "line" },
            }
            : experiment;

    /// <summary>The request as they choose.</summary>
    public ExplainRequest Apply(ParseResult parsed, ExplainRequest request, Network network) =>
        request with
        {
            View = Word(parsed, view, "scalar", "matrix") == "matrix" ? View.Matrix : View.Scalar,
            Show = Word(parsed, show, "symbols", "numbers", "both") switch
            {
                "symbols" => Show.Symbols,
                "numbers" => Show.Numbers,
                _ => Show.Both,
            },
            Exact = parsed.GetValue(exact),
            Chain =
            [
                .. (parsed.GetValue(chain) ?? []).Select(place =>
                    ExplainCommand.At("--chain", place, network, request.IsBatch ? request.Inputs.Count : 0)
                ),
            ],
        };

    private static Option<string?> Choice(string name, string description, params string[] words) =>
        new(name) { Description = $"{description} ({string.Join(", ", words)})", HelpName = "WORD" };

    private static string? Word(ParseResult parsed, Option<string?> option, params string[] words)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new LonghandException(
                $"{option.Name} {Quoted.Of(text)}: expected {string.Join(", ", words[..^1])} or {words[^1]}."
                    + (Nearest.Word(text, words) is { } near ? $" Did you mean \"{near}\"?" : "")
            );
    }
}

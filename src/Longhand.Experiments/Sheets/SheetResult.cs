using System.Text.Json;

namespace Longhand.Experiments.Sheets;

/// <summary>What came out of a command of a sheet.</summary>
/// <param name="Step">The command.</param>
/// <param name="Exit">How it ended.</param>
/// <param name="Text">What it wrote for a person.</param>
/// <param name="Message">What it complained of.</param>
/// <param name="Json">What it wrote for a program, where something is expected of it; the lines of <c>train</c> as <c>events</c>, the last of them as <c>result</c>.</param>
/// <param name="Working">The worked solution of <c>explain</c> as a part of a web page; null for other commands.</param>
/// <param name="Pictures">The pictures that it drew.</param>
internal sealed record SheetResult(
    SheetStep Step,
    int Exit,
    string Text,
    string Message,
    JsonElement? Json,
    string? Working,
    IReadOnlyList<(string Name, string Svg)> Pictures
)
{
    /// <summary>What is not as expected, with the line of the sheet.</summary>
    public IEnumerable<(int Line, string Problem)> Problems()
    {
        if (Exit != 0 && Step.Expectations.All(e => e.Path != Expectation.ExitCode))
            yield return (Step.Line, $"the command ended with exit code {Exit}: {Message.Trim()}");
        foreach (Expectation expectation in Step.Expectations)
            if (expectation.Problem(this) is { } problem)
                yield return (expectation.Line, problem);
    }

    /// <summary>Reads what a command wrote for a program; null where it is no JSON.</summary>
    public static JsonElement? ReadJson(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return lines.Length switch
            {
                0 => null,
                1 => JsonDocument.Parse(lines[0]).RootElement,
                _ => JsonDocument.Parse($$"""{"events":[{{string.Join(',', lines)}}],"result":{{lines[^1]}}}""").RootElement,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Longhand.Grading;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>
/// Answers to covered lines of the ledger, marked as <c>longhand grade</c> marks them; lines that have no key there (an optimizer's m and v)
/// by their own tolerance. A line is named by its id, a number of a line about a whole array by s3:2, in the order in which it is printed.
/// </summary>
internal sealed class GradeQuestion : Question
{
    private const string NoSlip = "No known slip gives this number: work the line out once more.";

    public override string Name => "grade";

    public override IReadOnlyList<string> Arguments { get; } = [.. LedgerAsked.Arguments, "lines", "written"];

    public override JsonObject Answer(Asked asked)
    {
        var ledger = new LedgerAsked(asked);
        string[] ids = asked.Texts("lines", Limits.LedgerAnswers),
            written = asked.Texts("written", Limits.LedgerAnswers);
        if (ids.Length != written.Length)
            throw asked.Wrong("written", $"there are {written.Length} answers to {ids.Length} lines.");
        var steps = Solution.Explain(ledger.Model, ledger.Request).Steps.ToDictionary(step => step.Id);
        var keys = new AnswerKeys(ledger.Model.Network, ledger.Request);
        var marks = new JsonObject();
        var answers = new Dictionary<string, (string Id, Blank Blank, WrittenNumber Number)>();
        foreach ((string id, string text) in ids.Zip(written))
        {
            Blank blank =
                Find(id, steps, ledger.Request.Conventions.Digits)
                ?? throw asked.Wrong("lines", $"there is no line {Quoted.Of(id)} with one number to be found.");
            if (marks.ContainsKey(id) || answers.ContainsKey(blank.Key))
                throw asked.Wrong("lines", $"{Quoted.Of(id)} is answered twice.");
            if (!WrittenNumber.TryParse(text, out WrittenNumber? number, out string? reason))
                marks[id] = Mark("unread", $"{reason}.");
            else if (IsKnown(keys, blank.Key))
                answers.Add(blank.Key, (id, blank, number));
            else
                marks[id] =
                    Math.Abs(number.Value - blank.Value) <= number.HalfUnit + blank.Tolerance
                        ? Right(number, blank)
                        : Mark("wrong", NoSlip);
        }
        if (answers.Count > 0)
            foreach (
                GradedAnswer answer in Grader
                    .Grade(ledger.Model, ledger.Request, answers.Select(a => new Answer(a.Key, a.Value.Number)))
                    .Answers
            )
            {
                (string id, Blank blank, _) = answers[answer.Key];
                marks[id] = answer.Verdict switch
                {
                    AnswerVerdict.Right => Right(answer.Written, blank),
                    AnswerVerdict.Follows => Mark("follows", "It follows from what you wrote before."),
                    _ => Mark("wrong", answer.Diagnosis ?? NoSlip),
                };
            }
        return new JsonObject { ["marks"] = marks };
    }

    // One number that is to be found, as it is printed.
    private sealed record Blank(string Key, double Value, double Tolerance, string Printed);

    private static Blank? Find(string id, Dictionary<string, WorkingStep> steps, int digits)
    {
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        if (!steps.TryGetValue(colon < 0 ? id : id[..colon], out WorkingStep? step) || step.IsShare)
            return null;
        if (step.Places is not { } places)
            return colon < 0 ? new(step.Key, step.Value, step.Tolerance, step.Result) : null;
        if (
            !int.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || colon < 0
            || number >= places.Count
        )
            return null;
        double value = step.Values!.Flat(places[number]).Value;
        string position = string.Concat(Chosen.Position(places[number], step.Values.Sizes.ToArray()).Select(at => $"[{at}]"));
        return new(step.Key + position, value, step.Tolerances!.Flat(places[number]).Value, Decimals.Format(value, digits));
    }

    // Fewer digits than the line has are right, and said to be fewer.
    private static JsonObject Right(WrittenNumber written, Blank blank) =>
        WrittenNumber.TryParse(blank.Printed, out WrittenNumber? printed, out _)
        && written.HalfUnit > printed.HalfUnit
        && Math.Abs(written.Value - printed.Value) > 1e-12 * Math.Max(1, Math.Abs(printed.Value))
            ? Mark("rounded", "Right, with fewer digits than the line has.")
            : Mark("right", "Right.");

    private static JsonObject Mark(string verdict, string sentence) => new() { ["verdict"] = verdict, ["sentence"] = sentence };

    private static bool IsKnown(AnswerKeys keys, string key)
    {
        try
        {
            return keys.Find(key).Sizes.Count == 0;
        }
        catch (LonghandException)
        {
            return false;
        }
    }
}

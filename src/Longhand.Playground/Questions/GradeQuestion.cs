using System.Text.Json.Nodes;
using Longhand.Grading;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>
/// Answers to covered lines of the ledger, marked as <c>longhand grade</c> marks them; lines that have no key there (an optimizer's m and v)
/// by their own tolerance.
/// </summary>
internal sealed class GradeQuestion : Question
{
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
        var answers = new Dictionary<string, (string Id, WrittenNumber Number)>();
        foreach ((string id, string text) in ids.Zip(written))
        {
            if (!steps.TryGetValue(id, out WorkingStep? step) || step.IsShare || step.Values is not null)
                throw asked.Wrong("lines", $"there is no line {Quoted.Of(id)} with one number to be found.");
            if (!WrittenNumber.TryParse(text, out WrittenNumber? number, out string? reason))
                marks[id] = Mark("unread", $"{reason}.");
            else if (!IsKnown(keys, step.Key))
                marks[id] = Alone(step, number);
            else if (!answers.TryAdd(step.Key, (id, number)))
                throw asked.Wrong("lines", $"{step.Key} is answered twice.");
        }
        if (answers.Count > 0)
        {
            GradedWork work = Grader.Grade(ledger.Model, ledger.Request, answers.Select(a => new Answer(a.Key, a.Value.Number)));
            foreach (GradedAnswer answer in work.Answers)
            {
                string id = answers[answer.Key].Id;
                marks[id] = Mark(answer, steps[id]);
            }
        }
        return new JsonObject { ["marks"] = marks };
    }

    private static JsonObject Mark(GradedAnswer answer, WorkingStep step) =>
        answer.Verdict switch
        {
            AnswerVerdict.Right => Right(answer.Written, step),
            AnswerVerdict.Follows => Mark("follows", "It follows from what you wrote before."),
            _ => Mark("wrong", answer.Diagnosis ?? "No known slip gives this number: work the line out once more."),
        };

    private static JsonObject Alone(WorkingStep step, WrittenNumber written) =>
        Math.Abs(written.Value - step.Value) <= written.HalfUnit + step.Tolerance
            ? Right(written, step)
            : Mark("wrong", "No known slip gives this number: work the line out once more.");

    // Fewer digits than the line has are right, and said to be fewer.
    private static JsonObject Right(WrittenNumber written, WorkingStep step) =>
        WrittenNumber.TryParse(step.Result, out WrittenNumber? printed, out _)
        && !step.ResultIsExact
        && written.HalfUnit > printed.HalfUnit * 1.5
            ? Mark("rounded", "Right, with fewer digits than the line.")
        : step.ResultIsExact && Math.Abs(written.Value - step.Value) > 1e-9 * Math.Max(1, Math.Abs(step.Value))
            ? Mark("rounded", "Right, rounded.")
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

using System.Text.Json;
using Longhand.Experiments;
using Longhand.Grading;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>Marked answers as JSON, and as a page for the student.</summary>
internal sealed class GradeReport(GradedWork grading, Model model, ExplainRequest request)
{
    /// <summary>forward, loss, backward, update.</summary>
    public static string Word(WorkingSection section) => Title(section).ToLowerInvariant();

    /// <summary>Forward, Loss, Backward, Update.</summary>
    public static string Title(WorkingSection section) => section.ToString();

    /// <summary>The JSON of <c>grade --json</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("answers");
        foreach (GradedAnswer answer in grading.Answers)
        {
            json.WriteStartObject();
            json.WriteString("key", answer.Key);
            json.WriteString("name", answer.Name);
            json.WriteString("section", Word(answer.Section));
            json.WriteString("written", answer.Written.Text);
            json.Real("value", answer.Written.Value);
            json.WriteString("verdict", Word(answer.Verdict));
            json.Real("expected", answer.Expected);
            json.Real("tolerance", answer.Tolerance);
            json.Real("fromOwn", answer.FromOwn);
            json.WriteString("diagnosis", answer.Diagnosis);
            if (answer.Slip is not null)
                json.WriteString("slip", answer.Slip);
            if (answer.SlipValue is { } gives)
                json.Real("slipGives", gives);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("firstError", grading.FirstError?.Key);
        json.WriteNumber("right", grading.Count(AnswerVerdict.Right));
        json.WriteNumber("wrong", grading.Count(AnswerVerdict.Wrong));
        json.WriteNumber("follows", grading.Count(AnswerVerdict.Follows));
        json.WriteEndObject();
    }

    /// <summary>What a student reads.</summary>
    public void Write(Page page)
    {
        foreach (IGrouping<WorkingSection, GradedAnswer> part in grading.Answers.GroupBy(a => a.Section))
        {
            page.Strong(Title(part.Key));
            bool hasOwn = part.Any(a => FromYours(a).Length > 0);
            page.Table(
                ["", "on paper", "key", "yours>", "right>", .. hasOwn ? ["from yours>"] : Array.Empty<string>()],
                part.Select(a =>
                    (string[])
                        [
                            $"{Sign(a.Verdict)} {Word(a.Verdict)}",
                            a.Name,
                            a.Key,
                            a.Written.Text,
                            WrittenNumber.Of(a.Expected),
                            .. hasOwn ? [FromYours(a)] : Array.Empty<string>(),
                        ]
                )
            );
        }
        if (grading.FirstError is { } first)
        {
            page.Strong($"First wrong line: {first.Name}, {first.Key}");
            if (Line(first) is { } line)
                page.Line($"  {line}");
            page.Line($"  {Told(first)}");
            page.Line();
        }
        GradedAnswer[] others = [.. grading.Answers.Where(a => a.Verdict == AnswerVerdict.Wrong).Skip(1)];
        if (others.Length > 0)
        {
            page.Strong("Wrong as well");
            foreach (GradedAnswer answer in others)
                page.Line($"  {answer.Name}, {answer.Key}: {Told(answer)}");
            page.Line();
        }
        page.Strong(Score());
        page.Line("Right is what half a unit of your last digit allows, and what rounding your earlier answers can move it.");
    }

    private string Score()
    {
        int wrong = grading.Count(AnswerVerdict.Wrong),
            follows = grading.Count(AnswerVerdict.Follows);
        string score = $"{grading.Count(AnswerVerdict.Right)} of {grading.Answers.Count} right";
        if (wrong > 0)
            score += $", {wrong} wrong";
        if (follows > 0)
            score +=
                $", {follows} {(follows == 1 ? "follows" : "follow")} from {(wrong == 1 ? "it" : "them")} and {(follows == 1 ? "is" : "are")} not counted again";
        return score + ".";
    }

    private static string Told(GradedAnswer answer) =>
        $"You wrote {answer.Written.Text}. {answer.Diagnosis ?? "No known slip gives this number: work the line out once more."}";

    // What comes out of the student's own numbers, where that is something else.
    private static string FromYours(GradedAnswer answer) =>
        answer.Verdict != AnswerVerdict.Right && WrittenNumber.Of(answer.FromOwn) != WrittenNumber.Of(answer.Expected)
            ? WrittenNumber.Of(answer.FromOwn)
            : "";

    // The line of the working that the answer should have been; a network too large to be written out in full has none for some.
    private string? Line(GradedAnswer answer) =>
        Solution
            .Explain(model, request)
            .Steps.FirstOrDefault(step => step is { Update: 1, IsShare: false } && step.Key == answer.Key)
            ?.Line;

    private static string Sign(AnswerVerdict verdict) =>
        verdict switch
        {
            AnswerVerdict.Right => "✓",
            AnswerVerdict.Wrong => "✗",
            _ => "↳",
        };

    private static string Word(AnswerVerdict verdict) =>
        verdict switch
        {
            AnswerVerdict.Right => "right",
            AnswerVerdict.Wrong => "wrong",
            _ => "follows",
        };
}

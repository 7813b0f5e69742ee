using System.CommandLine;
using Longhand.Experiments;
using Longhand.Grading;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary><c>grade EXPERIMENT ANSWERS</c>: a student's answers, marked line by line.</summary>
internal static class GradeCommand
{
    private const string Words = "an experiment file and a file of answers";

    public static Command Create(Session session)
    {
        var files = Operands.Argument("EXPERIMENT ANSWERS", "an experiment file, and the answers as YAML or JSON; - for standard input");
        var tolerance = new Option<string?>("--tolerance")
        {
            Description = "how far an answer may be from the value in any case: 0.01, or 1% of the value",
            HelpName = "T",
        };
        var template = new Option<bool>("--template")
        {
            Description = "write the keys that can be answered, to be filled in; needs no answers",
        };
        var only = new Option<string[]>("--only")
        {
            Description = "with --template: these parts alone: forward, loss, backward, update",
            HelpName = "PART",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command("grade", "Marks a student's answers line by line, and says what may have gone wrong.")
        {
            files,
            tolerance,
            template,
            only,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string[] words = Operands.Words(parsed, files);
                    WorkingSection[] parts = [.. (parsed.GetValue(only) ?? []).Select(Part)];
                    if (parsed.GetValue(template))
                    {
                        if (words.Length != 1)
                            throw new LonghandException(
                                $"grade --template reads an experiment file alone, for example: {Examples.ByCommand["grade"][1]}"
                            );
                        Experiment asked = session.LoadExperiment(words[0]);
                        var keys = new AnswerKeys(asked.Network, asked.ToExplainRequest("grade"));
                        new AnswerTemplate(keys, parts).Write(session, words[0]);
                        return 0;
                    }
                    if (parts.Length > 0)
                        throw new LonghandException("--only chooses parts of a template: add --template.");
                    if (words is not [var experimentPath, var answersPath])
                        throw new LonghandException($"grade needs {Words}, for example: {Examples.First("grade")}");
                    if (words is ["-", "-"])
                        throw new LonghandException("standard input can be the experiment or the answers, not both.");
                    Experiment experiment = session.LoadExperiment(experimentPath);
                    Grade(session, experiment, answersPath, Tolerance(parsed.GetValue(tolerance)));
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Grade(Session session, Experiment experiment, string answersPath, (double Absolute, double Relative) tolerance)
    {
        ExplainRequest request = experiment.ToExplainRequest("grade");
        var keys = new AnswerKeys(experiment.Network, request);
        IReadOnlyList<Answer> answers =
            answersPath == "-" ? AnswerEntries.Read(session.ReadInput(), "standard input", keys) : AnswerEntries.Load(answersPath, keys);
        if (answers.Count == 0)
            throw new LonghandException($"{answersPath}: nothing is answered yet.");
        Model model = experiment.CreateModel();
        GradedWork grading = Grader.Grade(model, request, answers, tolerance.Absolute, tolerance.Relative);
        var report = new GradeReport(grading, model, request);
        if (session.IsJson)
            session.WriteJson(report.Write);
        else
            report.Write(session.NewPage());
    }

    private static WorkingSection Part(string word) =>
        Enum.GetValues<WorkingSection>().Cast<WorkingSection?>().FirstOrDefault(s => GradeReport.Word(s!.Value) == word)
        ?? throw new LonghandException(
            $"--only {Quoted.Of(word)}: the parts are forward, loss, backward and update.{Nearest.Suggestion(word, ["forward", "loss", "backward", "update"])}"
        );

    private static (double Absolute, double Relative) Tolerance(string? text)
    {
        if (text is null)
            return (0, 0);
        bool percent = text.EndsWith('%');
        if (!Rational.TryParse(percent ? text[..^1].TrimEnd() : text, out Rational value, out _) || value.Sign < 0)
            throw new LonghandException(
                $"--tolerance {Quoted.Of(text)}: a number such as 0.01 or a share such as 1% is needed, not below 0."
            );
        return percent ? (0, (double)value / 100) : ((double)value, 0);
    }
}

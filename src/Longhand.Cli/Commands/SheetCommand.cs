using System.CommandLine;
using System.Text;
using System.Text.Json;
using Longhand.Experiments;
using Longhand.Experiments.Sheets;
using Longhand.Formats;

namespace Longhand.Cli.Commands;

/// <summary><c>sheet FILE</c>: an exercise sheet whose commands are carried out and whose answers are checked.</summary>
internal static class SheetCommand
{
    private static readonly Dictionary<string, Func<Sheet, IReadOnlyList<SheetResult>, string>> writers = new()
    {
        [".html"] = SheetHtml.Write,
        [".tex"] = SheetLatex.Write,
    };

    public static Command Create(Session session)
    {
        var file = Operands.Argument("FILE", "a sheet: Markdown with commands and the answers that are expected of them");
        var command = new Command(
            "sheet",
            "Carries out the commands of an exercise sheet and checks its answers; --out writes it as a page (.html) or for LaTeX (.tex)."
        )
        {
            file,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    var sheet = Sheet.Load(Operands.One(parsed, file, "a sheet", Examples.First("sheet")));
                    IReadOnlyList<SheetResult> results = SheetRunner.Run(sheet, session.Cancellation);
                    (int Line, string Problem)[] problems = [.. results.SelectMany(result => result.Problems())];
                    string? path = parsed.GetValue(session.OutOption) is { } given && IsPage(given) ? given : null;
                    // A sheet with a wrong answer is never printed.
                    if (path is not null && problems.Length == 0)
                    {
                        string page = writers[Ending(path)](sheet, results);
                        SafeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
                    }
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, sheet, problems));
                    else if (problems.Length == 0)
                        session.Output.WriteLine(
                            $"{sheet.Title}: {Words.Count(sheet.Steps.Count, "command")}, {Words.Count(Answers(sheet), "answer")}, all as expected."
                        );
                    foreach ((int line, string problem) in problems)
                        session.Error.WriteLine($"longhand: {sheet.Error(line, problem).Message}");
                    return problems.Length == 0 ? 0 : 1;
                },
                IsPage
            )
        );
        return command;
    }

    private static bool IsPage(string path) => writers.ContainsKey(Ending(path));

    private static string Ending(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static int Answers(Sheet sheet) => sheet.Steps.Sum(step => step.Expectations.Count);

    private static void Write(Utf8JsonWriter json, Sheet sheet, (int Line, string Problem)[] problems)
    {
        json.WriteStartObject();
        json.WriteString("title", sheet.Title);
        json.WriteNumber("commands", sheet.Steps.Count);
        json.WriteNumber("answers", Answers(sheet));
        json.WriteBoolean("ok", problems.Length == 0);
        json.WriteStartArray("problems");
        foreach ((int line, string problem) in problems)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("problem", problem);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

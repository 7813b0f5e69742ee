using System.CommandLine;
using Longhand.Experiments;
using Longhand.Experiments.Code;

namespace Longhand.Cli.Commands;

/// <summary><c>code FILE --language numpy</c>: a program that reproduces the numbers of a run.</summary>
internal static class CodeCommand
{
    public static Command Create(Session session)
    {
        string[] names = [.. CodeLanguage.All.Select(l => l.Name)];
        var file = Operands.Argument("FILE", "an experiment file, or - for standard input");
        var language = new Option<string?>("--language")
        {
            Description = $"{string.Join(", ", names[..^1])} or {names[^1]}",
            HelpName = string.Join('|', names),
        };
        var epochs = new Option<string?>("--epochs") { Description = "how often the training data are gone through", HelpName = "N" };
        var command = new Command("code", "Writes a program that trains the experiment's network to the same numbers.")
        {
            file,
            language,
            epochs,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    Experiment experiment = session.LoadExperiment(
                        Operands.One(parsed, file, "an experiment file", Examples.First("code"))
                    );
                    var written = CodeLanguage.Find(
                        parsed.GetValue(language)
                            ?? throw new LonghandException($"--language is missing; one of {string.Join(", ", names)} is needed.")
                    );
                    TrainSettings settings = experiment.Settings;
                    var run = CodeRun.Of(
                        experiment with
                        {
                            Settings = settings with { Epochs = Session.Whole(parsed, epochs, 0) ?? settings.Epochs },
                        },
                        session.Cancellation
                    );
                    string code = written.Write(run);
                    if (session.IsJson)
                        session.WriteJson(json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("language", written.Name);
                            json.WriteString("code", code);
                            json.WriteEndObject();
                        });
                    else
                        session.Output.Write(code);
                    return 0;
                }
            )
        );
        return command;
    }
}

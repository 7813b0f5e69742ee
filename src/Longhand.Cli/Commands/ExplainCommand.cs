using System.CommandLine;
using Longhand.Experiments;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary><c>explain FILE</c>: every number of a network, worked out as by hand.</summary>
internal static class ExplainCommand
{
    private const int MostSteps = 10_000;

    public static Command Create(Session session)
    {
        var what = Operands.Argument(
            "FILE",
            "an experiment file, - for standard input, or a network in quotation marks with the options below"
        );
        var given = new OneLine();
        var steps = new Option<string?>("--steps") { Description = "how many updates (1)", HelpName = "N" };
        var digits = new Option<string?>("--digits") { Description = "significant digits (6)", HelpName = "N" };
        var noWorking = new Option<bool>("--no-working") { Description = "with --json: leave the lines out" };
        var command = new Command("explain", "Works a network out by hand: forward, loss, backward, update.")
        {
            what,
            steps,
            digits,
            noWorking,
        };
        foreach (Option option in given.Options)
            command.Add(option);
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string text = Operands.Network(parsed, what, Examples.First("explain"));
                    Experiment experiment =
                        text == "-" || NetworkSource.IsFile(text)
                            ? given.RequireNone(parsed, session.LoadExperiment(text))
                            : given.Read(parsed, text);
                    if (Session.Whole(parsed, digits, 1, 17) is { } places)
                        experiment = experiment with { Conventions = experiment.Conventions with { Digits = places } };
                    Solution solution = Solution.Explain(
                        experiment.CreateModel(),
                        Request(experiment, Session.Whole(parsed, steps, 0, MostSteps) ?? 1)
                    );
                    TellWhatWasDrawn(session, experiment);
                    if (session.IsJson)
                        session.WriteJson(json => solution.WriteJson(json, working: !parsed.GetValue(noWorking)));
                    else
                        session.Output.WriteLine(solution.ToText().TrimEnd());
                    return 0;
                }
            )
        );
        return command;
    }

    // Whoever gives some parameters may have forgotten the others: a drawn bias is not what a sum by hand expects.
    private static void TellWhatWasDrawn(Session session, Experiment experiment)
    {
        string[] drawn =
        [
            .. experiment.Network.Parameters.Where(p => p.Parameter.Trainable).Select(p => p.Name).Except(experiment.Weights.Keys),
        ];
        if (experiment.Weights.Count > 0 && drawn.Length > 0)
            session.Error.WriteLine(
                $"longhand: not given and therefore drawn ({experiment.Initializer}, seed {experiment.Settings.Seed}): {string.Join(", ", drawn)}"
            );
    }

    private static ExplainRequest Request(Experiment experiment, int steps)
    {
        NumberBatch input = experiment.RequireInput("explain");
        return new ExplainRequest
        {
            Inputs = input.Rows,
            IsBatch = input.IsBatch,
            Targets = experiment.Target is { Classes: null } target ? target.Rows : null,
            Classes = experiment.Target?.Classes,
            Loss = experiment.Loss,
            Optimizer = experiment.HasOptimizer ? experiment.Optimizer : null,
            Steps = steps,
            Regularization = experiment.Regularization,
            Conventions = experiment.Conventions,
            Training = !experiment.Inference,
            Seed = experiment.Settings.Seed,
            Names = experiment.Names,
        };
    }
}

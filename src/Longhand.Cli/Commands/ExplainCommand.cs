using System.CommandLine;
using Longhand.Experiments;
using Longhand.Numbers;
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
        var sample = new Option<string?>("--sample")
        {
            Description = "which example: a row of the input, or of the training data where the file has no input; counted from 0",
            HelpName = "N",
        };
        var at = new Option<string[]>("--at")
        {
            Description =
                "work out this number alone: conv1[0,1,2] (channel,row,column from 0), dense1[3], input[0,1,2], conv1.weight[0,0,1,1]; may be repeated",
            HelpName = "PLACE",
            Arity = ArgumentArity.OneOrMore,
        };
        var how = new ExplainOptions();
        var format = new SolutionFormat();
        var noWorking = new Option<bool>("--no-working") { Description = "with --json: leave the lines out" };
        var command = new Command("explain", "Works a network out by hand: forward, loss, backward, update.")
        {
            what,
            steps,
            digits,
            sample,
            at,
            format.Option,
            noWorking,
        };
        foreach (Option option in (IEnumerable<Option>)[.. how.Options, .. given.Options])
            command.Add(option);
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string notation = format.Read(session, parsed);
                    string text = Operands.Network(parsed, what, Examples.First("explain"));
                    Experiment experiment =
                        text == "-" || NetworkSource.IsFile(text)
                            ? given.RequireNone(parsed, session.LoadExperiment(text))
                            : given.Read(parsed, text);
                    if (Session.Whole(parsed, digits, 1, 17) is { } places)
                        experiment = experiment with { Conventions = experiment.Conventions with { Digits = places } };
                    if (Session.Whole(parsed, sample, 0, int.MaxValue) is { } number)
                        experiment = Only(experiment, number);
                    experiment = how.Apply(parsed, experiment);
                    Solution solution = Solution.Explain(
                        experiment.CreateModel(),
                        how.Apply(
                            parsed,
                            Request(experiment, Session.Whole(parsed, steps, 0, MostSteps) ?? 1, parsed.GetValue(at) ?? []),
                            experiment.Network
                        )
                    );
                    session.Explained?.Invoke(solution);
                    TellWhatWasDrawn(session, experiment);
                    if (session.IsJson)
                        session.WriteJson(json => solution.WriteJson(json, working: !parsed.GetValue(noWorking)));
                    else
                        SolutionFormat.Write(session, solution, notation);
                    return 0;
                }
            )
        );
        return command;
    }

    // One example alone, written without a batch level.
    private static Experiment Only(Experiment experiment, int number)
    {
        int count = experiment.Input?.Rows.Count ?? -1;
        DataSet? data = experiment.Input is null ? experiment.LoadData().Train : null;
        if (number >= (data?.Count ?? count))
            throw experiment.Source.Error($"--sample {number}: there are {data?.Count ?? count} examples, counted from 0.");
        if (data is null)
            return experiment with { Input = Row(experiment.Input!), Target = experiment.Target is { } target ? Row(target) : null };
        Example example = data[number];
        NumberBatch Exactly(double[] numbers) => new([Array.ConvertAll(numbers, Rational.FromDouble)], IsBatch: false);
        return experiment with
        {
            Input = Exactly(example.Input),
            Target = Exactly(example.Target) with { Classes = example.Class is { } label ? [label] : null },
        };

        NumberBatch Row(NumberBatch batch) =>
            new([batch.Rows[number]], IsBatch: false) { Classes = batch.Classes is { } classes ? [classes[number]] : null };
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

    private static ExplainRequest Request(Experiment experiment, int steps, string[] places)
    {
        NumberBatch input = experiment.RequireInput("explain", orSample: true);
        return experiment.ToExplainRequest("explain") with
        {
            Steps = steps,
            At = [.. places.Select(place => At("--at", place, experiment.Network, input.IsBatch ? input.Rows.Count : 0))],
        };
    }

    internal static Place At(string option, string place, Network network, int samples)
    {
        try
        {
            return Place.Parse(place, network, samples);
        }
        catch (LonghandException e)
        {
            throw new LonghandException($"{option} {e.Message}");
        }
    }
}

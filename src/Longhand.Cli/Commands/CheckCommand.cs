using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary><c>check FILE</c>: every gradient computed four ways that have to agree.</summary>
internal static class CheckCommand
{
    // Of an experiment's data a few examples: each costs a pass of the reference for every coordinate.
    private const int Examples = 4;

    public static Command Create(Session session)
    {
        var file = Operands.Argument("FILE", "an experiment file, or - for standard input");
        var command = new Command("check", "Checks gradients: reference, exact derivative, central difference, kernel.") { file };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    Experiment experiment = session.LoadExperiment(
                        Operands.One(parsed, file, "an experiment file", Commands.Examples.First("check"))
                    );
                    GradientCheck check = Run(experiment);
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, check));
                    else
                        Write(session.NewPage(), check);
                    return check.Ok ? 0 : 1;
                }
            )
        );
        return command;
    }

    private static GradientCheck Run(Experiment experiment)
    {
        Loss loss = experiment.RequireLoss("check");
        Model model = experiment.CreateModel();
        Network network = experiment.Network;
        (double[] inputs, double[] targets) =
            experiment.Input is not null && experiment.Target is not null
                ? (experiment.Input.ToDoubles(), experiment.Target.ToDoubles())
                : OfData(experiment, loss);
        int count = inputs.Length / (int)network.Input.Length;
        Grid<Float64> Grid(double[] values, params int[] sizes) =>
            new(Array.ConvertAll(values, value => new Float64(value)), [count, .. sizes]);
        return GradientCheck.Run(
            model,
            Grid(inputs, network.Input.MemoryOrder()),
            Grid(targets, network.Output[0]),
            loss,
            training: !experiment.Inference,
            seed: experiment.Settings.Seed
        );
    }

    private static (double[] Inputs, double[] Targets) OfData(Experiment experiment, Loss loss)
    {
        DataSet data = experiment.LoadData().Train;
        var encoded = new Targets(experiment.Network, loss, data);
        var inputs = new List<double>();
        var targets = new List<double>();
        var row = new double[data.InputShape.Length];
        for (int i = 0; i < Math.Min(Examples, data.Count); i++)
        {
            data.CopyInput(i, row);
            inputs.AddRange(row);
            targets.AddRange(encoded.Row(data, i));
        }
        return ([.. inputs], [.. targets]);
    }

    private static void Write(Utf8JsonWriter json, GradientCheck check)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", check.Ok);
        if (check.Worst is { } worst)
        {
            json.WritePropertyName("worst");
            Write(json, worst);
        }
        json.WriteStartArray("comparisons");
        foreach (GradientComparison comparison in check.Comparisons)
            Write(json, comparison);
        json.WriteEndArray();
        json.Real("loss", check.Loss);
        json.WriteNumber("checked", check.CheckedCoordinates);
        json.WriteNumber("coordinates", check.Coordinates);
        json.WriteNumber("kinks", check.Kinks.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GradientComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("parameter", comparison.Parameter);
        json.WriteStartArray("index");
        foreach (int index in comparison.Index)
            json.WriteNumberValue(index);
        json.WriteEndArray();
        json.WriteString("source", Source(comparison.Source));
        json.Real("reference", comparison.Reference);
        json.Real("other", comparison.Other);
        json.Real("relativeError", comparison.RelativeError);
        json.Real("tolerance", comparison.Tolerance);
        json.WriteBoolean("ok", comparison.Ok);
        json.WriteEndObject();
    }

    private static void Write(Page page, GradientCheck check)
    {
        page.Table(
            ["parameter", "compared with", "worst at", "reference>", "other>", "relative error>", ""],
            check.Comparisons.Select(c =>
                (string[])
                    [
                        c.Parameter,
                        Source(c.Source),
                        $"[{string.Join("][", c.Index)}]",
                        Number(c.Reference),
                        Number(c.Other),
                        c.RelativeError.ToString("G2", CultureInfo.InvariantCulture),
                        c.Ok ? "ok" : "WRONG",
                    ]
            )
        );
        foreach (GradientKink kink in check.Kinks)
            page.Line(
                $"{kink.Parameter}[{string.Join("][", kink.Index)}] lies at a kink: the slope is {Number(kink.Left)} below and {Number(kink.Right)} above."
            );
        string verdict = $"{Words.Count(check.CheckedCoordinates)} of {Words.Count(check.Coordinates, "gradient")} checked: ";
        if (check.Ok)
            page.Strong(verdict + "all agree.");
        else
            page.Warning(verdict + "some disagree.");
    }

    private static string Source(GradientSource source) =>
        source switch
        {
            GradientSource.Dual => "derivative",
            GradientSource.Difference => "difference",
            _ => "kernel",
        };

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Experiments.Reports;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary><c>collapse NETWORK</c>: a stack of linear layers as the one layer that it is.</summary>
internal static class CollapseCommand
{
    private const int MostShown = 100;

    public static Command Create(Session session)
    {
        var network = Operands.Argument("NETWORK", "a network in quotation marks, an experiment file, or - for standard input");
        var given = new OneLine();
        var command = new Command("collapse", "Writes a linear network as a single layer, in symbols or exact numbers.")
        {
            network,
            given.Set,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string text = Operands.Network(parsed, network, Examples.First("collapse"));
                    Experiment experiment = SymbolicSource.Read(session, parsed, text, given);
                    var collapse = Collapse.Run(
                        experiment.Network,
                        SymbolicSource.Weights(experiment),
                        experiment.Names,
                        session.Cancellation
                    );
                    if (session.IsJson)
                        session.WriteJson(json => CollapseJson.Write(json, collapse));
                    else
                        Write(session.NewPage(), collapse);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Write(Page page, Collapse c)
    {
        page.Strong(c.HasBias ? "One layer: y = Wx + b" : "One layer: y = Wx");
        if (c.Network.Input.IsImage || c.Network.Output.IsImage)
            page.Line("Images are counted channel by channel, row by row.");
        int shown = 0;
        for (int row = 0; row < c.Outputs; row++)
        {
            for (int column = 0; column < c.Inputs && shown < MostShown; column++, shown++)
                page.Line(
                    $"  {Name("ω", c.Outputs > 1 ? [row + 1, column + 1] : [column + 1])} {Entry(c.Weight(row, column), c.WeightValue(row, column))}"
                );
            if (c.HasBias && shown++ < MostShown)
                page.Line($"  {Name("b", c.Outputs > 1 ? [row + 1] : [])} {Entry(c.Bias(row), c.BiasValue(row))}");
        }
        long all = (long)c.Outputs * c.Inputs + (c.HasBias ? c.Outputs : 0);
        if (all > MostShown)
            page.Line($"  and {Words.Count(all - MostShown)} more; --json has all of them.");
        page.Line();
        page.Line(
            $"Rank of W: {Words.Count(c.Rank)} of at most {Words.Count(Math.Min(c.Inputs, c.Outputs))}{(c.IsNumeric ? "" : ", with almost all numbers in place of the symbols")}."
        );
        page.Line($"Parameters: {Words.Count(c.ParametersBefore)} before, {Words.Count(c.ParametersAfter)} after.");
        page.Line(
            "However many linear layers are stacked, together they compute what a single one computes; only something non-linear between them adds to that."
        );
    }

    private static SymbolName Name(string letter, int[] indices) => new(letter) { Indices = indices };

    // What is not a short decimal has one beside it.
    private static string Entry(string text, double value)
    {
        if (double.IsNaN(value))
            return $"= {text}";
        string rounded = value.ToString("G6", CultureInfo.InvariantCulture);
        return text == rounded ? $"= {text}"
            : !Rational.TryParse(text, out Rational exact, out _) ? $"≈ {rounded}"
            : exact == Rational.Parse(rounded) ? $"= {text} = {rounded}"
            : text.Length <= 40 ? $"= {text} ≈ {rounded}"
            : $"≈ {rounded}";
    }
}

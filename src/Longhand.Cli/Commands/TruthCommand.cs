using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary><c>truth NETWORK</c>: the Boolean function that a network computes.</summary>
internal static class TruthCommand
{
    private const int MostRows = 64;

    public static Command Create(Session session)
    {
        var network = Operands.Argument(
            "NETWORK",
            "an experiment file with weights, - for standard input, or a network in quotation marks"
        );
        var given = new OneLine();
        var threshold = new Option<string?>("--threshold")
        {
            Description = "from which value on an output is true (½ for probabilities and for what is never negative, 0 otherwise)",
            HelpName = "T",
        };
        var command = new Command("truth", "Writes the truth table of a network: all inputs of zeros and ones, and the function they make.")
        {
            network,
            given.Set,
            threshold,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string text = Operands.Network(parsed, network, Examples.First("truth"));
                    Experiment experiment =
                        text == "-" || NetworkSource.IsFile(text)
                            ? given.RequireNone(parsed, session.LoadExperiment(text))
                            : given.Read(parsed, text);
                    Network structure = experiment.Network;
                    if (structure.Input.IsImage || structure.Input.Length > TruthTable.MostInputs)
                        throw new LonghandException(
                            $"A truth table needs a network of at most {TruthTable.MostInputs} inputs, but this one reads {structure.Input}."
                        );
                    var table = TruthTable.Of(experiment.CreateModel(), Threshold(parsed.GetValue(threshold)));
                    string[] drawn =
                    [
                        .. structure.Parameters.Where(p => p.Parameter.Trainable).Select(p => p.Name).Except(experiment.Weights.Keys),
                    ];
                    if (drawn.Length > 0)
                        session.Error.WriteLine(
                            $"longhand: not given and therefore drawn ({experiment.Initializer}, seed {experiment.Settings.Seed}): {string.Join(", ", drawn)}"
                        );
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, table));
                    else
                        Write(session.NewPage(), structure, table);
                    return 0;
                }
            )
        );
        return command;
    }

    private static Rational? Threshold(string? text) =>
        text is null ? null
        : Rational.TryParse(text, out Rational value, out string? reason) ? value
        : throw new LonghandException($"--threshold: {reason}.");

    /// <summary>The rows as JSON: numbers for one output, lists for several.</summary>
    public static void WriteRows(Utf8JsonWriter json, TruthTable table)
    {
        json.Strings("inputs", table.Inputs);
        json.WriteStartArray("rows");
        foreach (TruthRow row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteStartArray("input");
            foreach (bool input in row.Input)
                json.WriteNumberValue(input ? 1 : 0);
            json.WriteEndArray();
            if (row.Values is [var only])
            {
                json.WriteNumber("output", row.Outputs[0] ? 1 : 0);
                json.Real("value", only);
            }
            else
            {
                json.WriteStartArray("output");
                foreach (bool output in row.Outputs)
                    json.WriteNumberValue(output ? 1 : 0);
                json.WriteEndArray();
                json.WriteStartArray("value");
                foreach (double value in row.Values)
                    json.Double(value);
                json.WriteEndArray();
            }
            if (row.OnThreshold)
                json.WriteBoolean("onThreshold", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, TruthTable table)
    {
        json.WriteStartObject();
        WriteRows(json, table);
        if (table.Functions is [var single])
            json.WriteString("function", single.Expression());
        else
        {
            json.WriteStartArray("function");
            foreach (BooleanFunction function in table.Functions)
                json.WriteStringValue(function.Expression());
            json.WriteEndArray();
        }
        json.Real("threshold", (double)table.Threshold);
        json.WriteString("rule", table.Rule);
        json.WriteEndObject();
    }

    private static void Write(Page page, Network network, TruthTable table)
    {
        page.Strong($"Truth table of {network}");
        Rows(page, table);
        page.Line(DesignWords.Rule(table));
        foreach (TruthRow row in table.Rows.Where(row => row.OnThreshold).Take(4))
            page.Line(
                $"For ({string.Join(", ", row.Input.Select(bit => bit ? 1 : 0))}) the value lies exactly on the threshold; a little less, and the output would be 0."
            );
        if (table.Rows.Count(row => row.OnThreshold) is > 4 and int many)
            page.Line($"So it does in {Words.Count(many)} rows altogether.");
        foreach ((int k, BooleanFunction function) in table.Functions.Index())
            page.Strong($"{(table.Functions.Count == 1 ? "Function" : $"Function of output {k + 1}")}: {DesignWords.Named(function)}");
    }

    /// <summary>The table for a person, its middle left out where it is long.</summary>
    public static void Rows(Page page, TruthTable table, int most = MostRows)
    {
        int outputs = table.Functions.Count;
        string[] suffix = outputs == 1 ? [""] : [.. Enumerable.Range(1, outputs).Select(k => $" {k}")];
        bool cut = table.Rows.Count > most;
        IEnumerable<TruthRow> shown = cut ? table.Rows.Take(most / 2).Concat(table.Rows.TakeLast(most / 2)) : table.Rows;
        page.Table(
            [
                .. table.Inputs.Select(name => name + ">"),
                .. table.HiddenNames.Select(name => name + ">"),
                .. suffix.Select(s => $"value{s}>"),
                .. suffix.Select(s => $"output{s}>"),
            ],
            shown.Select(row =>
                (string[])
                    [
                        .. row.Input.Select(bit => bit ? "1" : "0"),
                        .. row.Hidden.Select(Number),
                        .. row.Values.Select(Number),
                        .. row.Outputs.Select(bit => bit ? "1" : "0"),
                    ]
            )
        );
        if (cut)
            page.Line($"{Words.Count(table.Rows.Count - most)} rows in the middle are left out; --json has all of them.");
    }

    private static string Number(double value) => Words.Short(value);
}

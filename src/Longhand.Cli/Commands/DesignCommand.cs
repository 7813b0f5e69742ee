using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Formats;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary><c>design "A xor B"</c>: weights for a Boolean function, verified on every row.</summary>
internal static class DesignCommand
{
    private static readonly string[] kinds = ["step", "relu", "sigmoid"];

    public static Command Create(Session session)
    {
        var expression = Operands.Argument("EXPRESSION", "a Boolean expression in quotation marks: \"A xor B\", \"parity(A, B, C)\"");
        var table = new Option<string?>("--table")
        {
            Description = "the truth table instead of an expression: a 0 or 1 for each row, 00, 01, 10, 11 for two inputs",
            HelpName = "0110",
        };
        var units = new Option<string?>("--units") { Description = "step (which it is), relu or sigmoid", HelpName = "KIND" };
        var hidden = new Option<string?>("--hidden")
        {
            Description = "at most so many hidden units; 0 asks for a single unit, or the proof that there is none",
            HelpName = "N",
        };
        var command = new Command(
            "design",
            "Finds weights for a Boolean function: a single unit where one is enough, otherwise two layers; --out writes an experiment (.yaml) or a picture (.svg, .png)."
        )
        {
            expression,
            table,
            units,
            hidden,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    BooleanFunction function = Function(Operands.Words(parsed, expression), parsed.GetValue(table));
                    string kind = parsed.GetValue(units) ?? "step";
                    int index = Array.IndexOf(kinds, kind.ToLowerInvariant());
                    if (index < 0)
                        throw new LonghandException(
                            $"--units {Quoted.Of(kind)}: the kinds of units are step, relu and sigmoid.{Nearest.Suggestion(kind, kinds)}"
                        );
                    int? most = Session.Whole(parsed, hidden, 0);
                    string? path = parsed.GetValue(session.OutOption);
                    bool draws = path is not null && PictureFile.Is(path);
                    if (draws && function.Variables.Count != 2)
                        throw new LonghandException(
                            $"The half-planes are drawn for two inputs; this function has {function.Variables.Count} ({string.Join(", ", function.Variables)})."
                        );
                    if (most == 0 && Separability.Decide(function.Table).Proof is { } proof)
                        throw new LonghandException(string.Join("\n", DesignWords.Proof(function, proof)));
                    var design = BooleanDesign.Of(function, (DesignUnits)index);
                    if (design.Hidden > most)
                        throw new LonghandException(
                            most == 1
                                ? $"--hidden 1: an output behind a single hidden unit computes what that unit computes, or its negation, and {Name(function)} needs more: {design.Hidden} hidden units are enough."
                                : $"--hidden {most}: the constructions known here need {design.Hidden} hidden units for {Name(function)}."
                        );
                    if (!design.Verified)
                        throw new InvalidOperationException($"the design for {Name(function)} does not compute it");
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, design));
                    else
                        DesignText.Write(session.NewPage(), design);
                    if (draws)
                        PictureFile.Write(DesignPlot.Draw(design), path!);
                    else if (path is not null && IsExperiment(path))
                        SafeFile.Write(
                            path,
                            stream =>
                                stream.Write(
                                    Encoding.UTF8.GetBytes(DesignWords.Yaml(design.Function, design.Model.Network, design.Weights))
                                )
                        );
                    return 0;
                },
                path => PictureFile.Is(path) || IsExperiment(path)
            )
        );
        return command;
    }

    private static bool IsExperiment(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    private static string Name(BooleanFunction function) => function.Expression() ?? "this function";

    private static BooleanFunction Function(string[] words, string? table)
    {
        if (table is null)
        {
            if (words.Length == 0)
                throw new LonghandException($"design needs a Boolean expression or --table, for example: {Examples.First("design")}");
            var expression = BooleanExpression.Parse(string.Join(' ', words));
            return expression.Variables.Count > 0
                ? new(expression.Variables, expression.Table())
                : throw new LonghandException($"{Quoted.Of(expression.Text)} has no variable, so that there is no input to design for.");
        }
        if (words.Length > 0)
            throw new LonghandException("design takes an expression or --table, not both.");
        string bits = table.Replace(" ", "", StringComparison.Ordinal);
        int wrong = bits.AsSpan().IndexOfAnyExcept('0', '1');
        if (wrong >= 0)
            throw new LonghandException(
                $"--table {Quoted.Of(table)}: a 0 or 1 for each row is needed, found {Quoted.Of(bits.AsSpan(wrong, 1))}."
            );
        int inputs = BitOperations.Log2((uint)Math.Max(1, bits.Length));
        if (bits.Length != 1 << inputs || inputs is 0 or > BooleanExpression.MostVariables)
            throw new LonghandException(
                $"--table {Quoted.Of(table)} has {Words.Count(bits.Length, "row")}; a table of n inputs has 2^n: 2, 4, 8 and so on up to {1 << BooleanExpression.MostVariables}."
            );
        return new([.. Enumerable.Range(0, inputs).Select(i => ((char)('A' + i)).ToString())], [.. bits.Select(bit => bit == '1')]);
    }

    private static void Write(Utf8JsonWriter json, BooleanDesign d)
    {
        json.WriteStartObject();
        json.WriteString("network", d.Model.Network.ToString());
        json.WriteStartObject("weights");
        foreach ((string name, ParameterValues values) in d.Weights)
        {
            json.WritePropertyName(name);
            json.Nested(d.Model.Network.Parameter(name).Parameter.Sizes, i => json.Double(values.Double(i)));
        }
        json.WriteEndObject();
        json.WriteBoolean("verified", d.Verified);
        json.WriteNumber("hidden", d.Hidden);
        json.WriteBoolean("separable", d.Proof is null);
        json.WriteString("function", d.Function.Expression());
        json.WriteNumber("threshold", (double)d.Table.Threshold);
        TruthCommand.WriteRows(json, d.Table);
        if (d.Proof is { } proof)
            json.Strings("proof", DesignWords.Proof(d.Function, proof));
        json.Strings("explanation", d.Explanation);
        json.WriteEndObject();
    }
}

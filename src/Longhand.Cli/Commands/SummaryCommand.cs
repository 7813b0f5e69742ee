using System.CommandLine;
using Longhand.Analysis;

namespace Longhand.Cli.Commands;

/// <summary><c>summary NETWORK</c>: what the architecture of a network alone tells; no weights are made for it.</summary>
internal static class SummaryCommand
{
    private static readonly (string Name, int Bytes)[] types = [("f16", 2), ("f32", 4), ("f64", 8)];

    public static Command Create(Session session)
    {
        var network = Operands.Argument("NETWORK", "a network in quotation marks, an experiment file, or - for standard input");
        var batch = new Option<string?>("--batch") { Description = "examples in a batch, for the memory; 1 if not given", HelpName = "N" };
        var type = new Option<string?>("--dtype")
        {
            Description = "what numbers are kept as: f16, f32 (if not given) or f64",
            HelpName = "TYPE",
        };
        var why = new Option<string?>("--why")
        {
            Description = "how a number comes about: conv2.parameters, dense1.macs, memory",
            HelpName = "LAYER.FIELD",
        };
        var command = new Command("summary", "Shows the shapes, parameters, multiplications, receptive fields and memory of a network.")
        {
            network,
            batch,
            type,
            why,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    const string example = "longhand summary \"2 -> dense 8 tanh -> dense 1\"";
                    (Network of, Optimizer? optimizer) = NetworkSource.ReadWithOptimizer(
                        session,
                        Operands.Network(parsed, network, example)
                    );
                    Summary summary = Summary.Of(of, Session.Whole(parsed, batch, 1) ?? 1, Bytes(parsed.GetValue(type)), optimizer);
                    if (parsed.GetValue(why) is { } cell)
                        Why(session, cell, SummaryFormulas.Why(summary, cell));
                    else if (session.IsJson)
                        session.WriteJson(json => SummaryReport.Write(json, summary, NetworkWarning.Of(of)));
                    else
                        SummaryReport.Write(session.NewPage(), summary, NetworkWarning.Of(of));
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Why(Session session, string cell, IReadOnlyList<string> lines)
    {
        if (session.IsJson)
            session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("why", cell);
                json.Strings("lines", lines);
                json.WriteEndObject();
            });
        else
            foreach (string line in lines)
                session.NewPage().Line(line);
    }

    private static int Bytes(string? type)
    {
        if (type is null)
            return sizeof(float);
        foreach ((string name, int bytes) in types)
            if (name.Equals(type, StringComparison.OrdinalIgnoreCase))
                return bytes;
        throw new LonghandException(
            $"--dtype {Quoted.Of(type)}: f16, f32 or f64 is needed.{Nearest.Suggestion(type, types.Select(t => t.Name))}"
        );
    }
}

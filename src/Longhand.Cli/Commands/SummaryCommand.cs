using System.CommandLine;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Experiments.Reports;

namespace Longhand.Cli.Commands;

/// <summary><c>summary NETWORK</c>: what the architecture of a network alone tells; no weights are made for it.</summary>
internal static class SummaryCommand
{
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
        var set = new Option<string[]>("--set")
        {
            Description = "numbers for letters, where sizes are letters: n=4,m=3",
            HelpName = "LETTER=NUMBER",
        };
        var command = new Command("summary", "Shows the shapes, parameters, multiplications, receptive fields and memory of a network.")
        {
            network,
            batch,
            type,
            why,
            set,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    const string example = "longhand summary \"2 -> dense 8 tanh -> dense 1\"";
                    Dictionary<string, int> numbers = SummarySettings.Numbers("--set", parsed.GetValue(set) ?? []);
                    (Network Network, Network PutIn)? letters = null;
                    (Network of, Optimizer? optimizer) = NetworkSource.ReadWith(
                        session,
                        Operands.Network(parsed, network, example),
                        text =>
                        {
                            Network putIn = Network.ParseWithLetters(text, numbers),
                                formulas = numbers.Count == 0 ? putIn : Network.ParseWithLetters(text);
                            letters = (formulas, putIn);
                            return putIn;
                        }
                    );
                    if (letters is null && numbers.Count > 0)
                        throw new LonghandException("--set puts numbers in for letters, and the network of an experiment file has none.");
                    Summary Of(Network n) =>
                        Summary.Of(
                            n,
                            Session.Whole(parsed, batch, 1) ?? 1,
                            SummarySettings.Bytes("--dtype", parsed.GetValue(type)),
                            optimizer
                        );
                    Summary summary = Of(of);
                    IReadOnlyList<NetworkWarning> warnings = NetworkWarning.Of(of);
                    if (parsed.GetValue(why) is { } cell)
                        Why(
                            session,
                            cell,
                            of.HasLetters
                                ? throw new LonghandException(
                                    "--why shows formulas with numbers put in, but the network has letters. Give each of them a number, as in --set n=4,m=3."
                                )
                                : SummaryFormulas.Why(summary, cell)
                        );
                    else if (letters is { Network.HasLetters: true } named)
                    {
                        var report = new LetterReport(Of(named.Network), numbers.Count > 0 ? summary : null, numbers);
                        if (session.IsJson)
                            session.WriteJson(json =>
                                SummaryJson.Write(json, Of(named.Network), numbers.Count > 0 ? summary : null, numbers, warnings)
                            );
                        else
                            report.Write(session.NewPage(), warnings);
                    }
                    else if (session.IsJson)
                        session.WriteJson(json => SummaryJson.Write(json, summary, warnings));
                    else
                        SummaryReport.Write(session.NewPage(), summary, warnings);
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
}

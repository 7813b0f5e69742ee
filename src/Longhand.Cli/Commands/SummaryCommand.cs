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
                    Dictionary<string, int> numbers = Numbers(parsed.GetValue(set) ?? []);
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
                    Summary Of(Network n) => Summary.Of(n, Session.Whole(parsed, batch, 1) ?? 1, Bytes(parsed.GetValue(type)), optimizer);
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
                            session.WriteJson(json => report.Write(json, warnings));
                        else
                            report.Write(session.NewPage(), warnings);
                    }
                    else if (session.IsJson)
                        session.WriteJson(json => SummaryReport.Write(json, summary, warnings));
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

    // n=4,m=3
    private static Dictionary<string, int> Numbers(string[] settings)
    {
        var numbers = new Dictionary<string, int>();
        foreach (string setting in settings.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            string[] sides = setting.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || sides[1].Length == 0)
                throw new LonghandException($"--set {Quoted.Of(setting)}: a letter and its number are needed, as in --set n=4,m=3.");
            if (Arguments.CountProblem(sides[1], out int number) is { } problem)
                throw new LonghandException($"--set {Quoted.Of(setting)}: {sides[0]} {problem}.");
            if (!numbers.TryAdd(sides[0], number))
                throw new LonghandException($"--set {Quoted.Of(setting)}: {sides[0]} is given twice.");
        }
        return numbers;
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

using System.CommandLine;
using System.Text.Json;
using Longhand.Experiments;
using Longhand.Layers;

namespace Longhand.Cli.Commands;

/// <summary><c>summary NETWORK</c>: the shapes and the parameters of a network; no weights are made for it.</summary>
internal static class SummaryCommand
{
    public static Command Create(Session session)
    {
        var network = Operands.Argument("NETWORK", "a network in quotation marks, an experiment file, or - for standard input");
        var command = new Command("summary", "Shows the shapes and parameters of a network.") { network };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    const string example = "longhand summary \"2 -> dense 8 tanh -> dense 1\"";
                    Network of = NetworkSource.Read(session, Operands.Network(parsed, network, example));
                    IReadOnlyList<NetworkWarning> warnings = NetworkWarning.Of(of);
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, of, warnings));
                    else
                        Write(session.NewPage(), of, warnings);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Write(Page page, Network network, IReadOnlyList<NetworkWarning> warnings)
    {
        string[] Row(Node node) =>
            [
                node.Name,
                node.Layer.Notation + (node.Inserted ? " (inserted)" : ""),
                node.Output.ToString(),
                Own(node) is 0 ? "" : Words.Count(Own(node)),
            ];
        page.Table(
            ["name", "layer", "output", "parameters>"],
            network.Nodes.Select(Row).Prepend(["input", "", network.Input.ToString(), ""])
        );
        (long weights, long biases) = (Sum(network, ParameterRole.Weight), Sum(network, ParameterRole.Bias));
        long others = network.ParameterCount - weights - biases;
        string parts = string.Join(
            " + ",
            new[] { (weights, "weight"), (biases, "bias"), (others, "other") }
                .Where(part => part.Item1 > 0)
                .Select(part =>
                    part.Item2 == "bias"
                        ? $"{Words.Count(part.Item1)} {(part.Item1 == 1 ? "bias" : "biases")}"
                        : Words.Count(part.Item1, part.Item2)
                )
        );
        page.Strong($"{Words.Count(network.ParameterCount, "parameter")}{(parts.Length > 0 ? $" = {parts}" : "")}");
        page.Line("Shapes are features, or height × width × channels; the batch is not part of them.");
        foreach (NetworkWarning warning in warnings)
            page.Warning($"Note: {warning.Message}");
    }

    private static void Write(Utf8JsonWriter json, Network network, IReadOnlyList<NetworkWarning> warnings)
    {
        json.WriteStartObject();
        json.Shape("input", network.Input);
        json.WriteStartArray("layers");
        foreach (Node node in network.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("kind", node.Layer.Kind);
            json.Shape("output", node.Output);
            json.WriteNumber("parameters", Own(node));
            json.WriteNumber("weights", Sum(node, ParameterRole.Weight));
            json.WriteNumber("biases", Sum(node, ParameterRole.Bias));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("parameters", network.ParameterCount);
        json.WriteStartArray("warnings");
        foreach (NetworkWarning warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("layer", warning.Layer);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Own(Node node) => node.Parameters.Where(p => p.Trainable).Sum(p => p.Length);

    private static long Sum(Node node, ParameterRole role) => node.Parameters.Where(p => p.Trainable && p.Role == role).Sum(p => p.Length);

    private static long Sum(Network network, ParameterRole role) => network.Nodes.Sum(node => Sum(node, role));
}

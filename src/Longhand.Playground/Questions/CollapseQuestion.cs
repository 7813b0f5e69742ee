using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments.Reports;

namespace Longhand.Playground.Questions;

/// <summary>A stack of linear layers as the one layer that it is, in symbols: the JSON of <c>longhand collapse</c>.</summary>
internal sealed class CollapseQuestion : Question
{
    public override string Name => "collapse";

    public override IReadOnlyList<string> Arguments { get; } = ["network"];

    public override JsonObject Answer(Asked asked)
    {
        Network network = SummaryAsked.Read(asked.Text("network", most: Limits.NetworkLength), new Dictionary<string, int>()).Network;
        if (network.HasLetters)
            throw asked.Wrong("network", "sizes are needed as numbers, for each weight gets a symbol of its own.");
        if (
            (double)network.Input.Length * network.Output.Length > Limits.CollapsedEntries
            || network.ParameterCount > Limits.CollapsedEntries
        )
            throw asked.Wrong(
                "network",
                $"layers are collapsed here where inputs times outputs, and parameters, are at most {Limits.CollapsedEntries}; longhand collapse does larger ones."
            );
        var collapse = Collapse.Run(network);
        return AnswerJson.Of(json => CollapseJson.Write(json, collapse));
    }
}

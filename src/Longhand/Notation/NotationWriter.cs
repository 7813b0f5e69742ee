using System.Text;
using Longhand.Layers;

namespace Longhand;

/// <summary>
/// Writes a network as its canonical text: activations behind the layers whose weights they follow, no inserted flattens, and a name for
/// every value that is read from afar.
/// </summary>
internal sealed class NotationWriter(Network network)
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<int, List<string>> names = [];
    private int current;

    public string Write()
    {
        NameValues();
        text.Append(string.Join('x', network.Input));
        WriteNames(0);
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            Node node = network.Nodes[i];
            GoTo(node.Inputs[0]);
            if (node.Inserted)
            {
                // The layer that it was inserted for follows; reading that one inserts the flatten again.
                current = node.Value;
                continue;
            }
            bool behind = i > 0 && IsPartOf(network.Nodes[i - 1], node);
            text.Append(behind ? " " : " -> ").Append(node.Layer.Notation);
            foreach (int other in node.Inputs.Skip(1))
                text.Append(' ').Append(names[other][0]);
            current = node.Value;
            WriteNames(current);
        }
        GoTo(network.OutputValue);
        return text.ToString();
    }

    // An activation is written behind a layer with weights.
    private bool IsPartOf(Node layer, Node activation) =>
        activation.Layer.IsActivation
        && layer is { Layer: { IsActivation: false, IsJoin: false }, Parameters.Count: > 0 }
        && activation.Inputs[0] == layer.Value
        && !names.ContainsKey(layer.Value);

    private void GoTo(int value)
    {
        if (value == current)
            return;
        text.Append(" -> from ").Append(names[value][0]);
        current = value;
    }

    private void WriteNames(int value)
    {
        if (!names.TryGetValue(value, out List<string>? all))
            return;
        text.Append(" as ").Append(all[0]);
        foreach (string other in all.Skip(1))
            text.Append(" -> from ").Append(all[0]).Append(" as ").Append(other);
    }

    private void NameValues()
    {
        foreach ((string name, int value) in network.Names)
            if (names.TryGetValue(value, out List<string>? all))
                all.Add(name);
            else
                names[value] = [name];
        HashSet<string> taken = [.. network.Names.Keys, .. network.Nodes.Select(node => node.Name)];
        int at = 0;
        foreach (Node node in network.Nodes)
        {
            if (node.Inputs[0] != at)
                NeedName(node.Inputs[0]);
            foreach (int other in node.Inputs.Skip(1))
                NeedName(other);
            at = node.Value;
        }
        if (network.OutputValue != at)
            NeedName(network.OutputValue);

        void NeedName(int value)
        {
            if (names.ContainsKey(value))
                return;
            string name = $"v{value}";
            while (!taken.Add(name) || Layer.Kinds.Find(name) is not null)
                name += "_";
            names[value] = [name];
        }
    }
}

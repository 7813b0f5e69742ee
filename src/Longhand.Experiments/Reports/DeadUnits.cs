using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Experiments.Reports;

/// <summary>Hidden units behind a relu that give 0 for every example.</summary>
internal static class DeadUnits
{
    // Enough examples to tell, few enough to wait for on the reference.
    private const int MostExamples = 300;
    private const long MostParameters = 100_000;
    private const int MostNamed = 2;

    /// <summary>A sentence for each layer with such units; none where the network is too large for a look at every unit.</summary>
    public static IEnumerable<string> Find(Model model, DataSet data)
    {
        Network network = model.Network;
        if (network.ParameterCount > MostParameters || !network.Nodes.Any(IsRelu))
            return [];
        int count = Math.Min(data.Count, MostExamples);
        var input = new Grid<Float64>([count, .. network.Input.MemoryOrder()]);
        var row = new double[network.Input.Length];
        for (int s = 0; s < count; s++)
        {
            data.CopyInput(s, row);
            if (data.Scaling is null)
                model.Scaling?.Apply(row);
            for (int i = 0; i < row.Length; i++)
                input.SetFlat(s * row.Length + i, new Float64(row[i]));
        }
        Grid<Float64>[] parameters =
        [
            .. network.Parameters.Select((p, i) => model.Values[i].Grid(p.Parameter, k => new Float64(model.Values[i].Double(k)))),
        ];
        var run = new ReferenceRun<Float64>(network, parameters, input);
        run.Forward();
        return network.Nodes.Where(IsRelu).Select(node => Sentence(node, Dead(run.Value(node.Value), node.Output[0]))).OfType<string>();
    }

    private static int[] Dead(Grid<Float64> values, int units) =>
        [.. Enumerable.Range(0, units).Where(unit => Enumerable.Range(0, values.Size(0)).All(s => values[s, unit].Value == 0))];

    private static string? Sentence(Node node, int[] dead)
    {
        const string meaning = "for every example, so that no gradient can wake";
        return dead switch
        {
            [] => null,
            [var only] => $"Unit {only + 1} of the {node.Output[0]} of {node.Name} is dead: it gives 0 {meaning} it.",
            { Length: <= MostNamed } =>
                $"Units {string.Join(" and ", dead.Select(unit => unit + 1))} of the {node.Output[0]} of {node.Name} are dead: they give 0 {meaning} them.",
            _ => $"{dead.Length} of the {node.Output[0]} units of {node.Name} are dead: they give 0 {meaning} them.",
        };
    }

    private static bool IsRelu(Node node) => node.Layer.Kind == "relu" && node.Output.Rank == 1;
}

using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand;

/// <summary>Where a run left the finite numbers: the sentence with which it ends.</summary>
internal static class Divergence
{
    /// <summary>
    /// The batch is gone through once more, layer by layer, in double precision and with the parameters as they now are: the first that is
    /// not finite is where it began; where all are, single precision was too narrow for the loss.
    /// </summary>
    public static string Explain(
        Network network,
        DataSet train,
        IReadOnlyList<ParameterValues> values,
        ReadOnlySpan<int> batch,
        (int Epoch, int Update) place,
        double loss,
        double rate
    )
    {
        string found = FirstNotFinite(network, train, values, batch)?.Found ?? "no layer on its own: the loss itself";
        return $"The loss became {(double.IsNaN(loss) ? "NaN" : "infinite")} at epoch {place.Epoch}, update {place.Update}. First to leave the finite numbers: "
            + $"{found}. Try a smaller learning rate (it is {rate.ToString(CultureInfo.InvariantCulture)}), "
            + "or inputs on a smaller scale.";
    }

    /// <summary>
    /// What is first to leave the finite numbers when a batch is gone through, and the layer that it belongs to (null for the input); null
    /// where all stay finite.
    /// </summary>
    public static (string Found, Node? Node)? FirstNotFinite(
        Network network,
        DataSet train,
        IReadOnlyList<ParameterValues> values,
        ReadOnlySpan<int> batch
    )
    {
        var row = new double[network.Input.Length];
        var input = new Grid<Float64>([batch.Length, .. network.Input.MemoryOrder()]);
        for (int s = 0; s < batch.Length; s++)
        {
            train.CopyInput(batch[s], row);
            for (int i = 0; i < row.Length; i++)
            {
                if (!double.IsFinite(row[i]))
                    return ($"the input (example {batch[s]}, number {i})", null);
                input.SetFlat(s * row.Length + i, new Float64(row[i]));
            }
        }
        (string, Node?)? first = null;
        Grid<Float64>[] grids =
        [
            .. network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k)))),
        ];
        new ReferenceRun<Float64>(network, grids, input)
        {
            AfterForward = (node, output) =>
            {
                if (first is not null)
                    return;
                for (int i = 0; i < grids.Length; i++)
                    if (network.Parameters[i].Node == node && grids[i].ToArray().Any(v => !double.IsFinite(v.Value)))
                        first = ($"{network.Parameters[i].Name}, after the last update", node);
                if (first is null && output.ToArray().Any(v => !double.IsFinite(v.Value) || Math.Abs(v.Value) > float.MaxValue))
                    first = ($"the output of {node.Name}", node);
            },
        }.Forward();
        return first;
    }
}

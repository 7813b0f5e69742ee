using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Playground;

/// <summary>How one column of units does on a sample of the training examples.</summary>
/// <param name="GradientNorm">‖∂L/∂W, ∂L/∂b‖ of the column, L being the loss over the sample, without penalty.</param>
/// <param name="WeightNorm">‖W, b‖.</param>
/// <param name="SignalNorm">√ of the mean square of ∂L/∂(what the column's weights give), per example and unit, times the sample's size.</param>
/// <param name="Mean">The mean of what the units give out.</param>
/// <param name="Spread">Their standard deviation, over all units and examples.</param>
/// <param name="Flat">
/// The share of units and examples where the activation is flat: its slope is less than a twentieth of its steepest (a saturated sigmoid, a
/// ReLU below 0). Null where there is no slope of one number, as with softmax, or where it is the same everywhere.
/// </param>
/// <param name="Dead">The share of units that are flat for every example; null like <paramref name="Flat"/>.</param>
internal sealed record LayerStatistics(
    double GradientNorm,
    double WeightNorm,
    double SignalNorm,
    double Mean,
    double Spread,
    double? Flat,
    double? Dead
)
{
    // The steepest slope is looked for between these, in steps of a hundredth.
    private const double Reach = 8;
    private const double FlatShare = 0.05;

    // At most so many examples, and fewer where the network is large: products of examples and parameters.
    private const int MostExamples = 256,
        LeastExamples = 8;
    private const long Products = 4_000_000;

    /// <summary>The examples that are taken: the first of the training set, always the same.</summary>
    public static int ExamplesOf(Setup setup) =>
        (int)Math.Min(setup.Data.Train.Count, Math.Clamp(Products / setup.Network.ParameterCount, LeastExamples, MostExamples));

    /// <summary>The statistics of all columns, the first hidden one first.</summary>
    public static IReadOnlyList<LayerStatistics> Of(Setup setup, IReadOnlyList<ParameterValues> values)
    {
        int count = ExamplesOf(setup);
        double factor = setup.Experiment.Loss!.IsSum ? 1 : 1.0 / count;
        (ReferenceRun<Float64> run, _, _) = ExamplePass.Through(setup, values, [.. Enumerable.Range(0, count)], factor);
        return [.. setup.Layers.Select(layer => Of(setup, layer, run, values, count))];
    }

    private static LayerStatistics Of(
        Setup setup,
        UnitLayer layer,
        ReferenceRun<Float64> run,
        IReadOnlyList<ParameterValues> values,
        int count
    )
    {
        double[] given = [.. run.Value(layer.Nodes[^1].Value).ToArray().Select(v => v.Value)];
        double mean = given.Average();
        (double? flat, double? dead) = Flatness(layer, run, count);
        return new(
            Norm(layer.Parameters.SelectMany(p => run.ParameterResults[p].ToArray()).Select(g => g.Value)),
            Norm(layer.Parameters.SelectMany(p => values[p].ToDoubles().ToArray())),
            // Without the 1/N of the mean, so that it does not depend on how many examples were taken.
            Norm(run.Gradient(layer.Nodes[0].Value)?.ToArray().Select(g => g.Value) ?? [])
                * (setup.Experiment.Loss!.IsSum ? 1 : count)
                / Math.Sqrt(given.Length),
            mean,
            Math.Sqrt(given.Average(v => (v - mean) * (v - mean))),
            flat,
            dead
        );
    }

    private static (double? Flat, double? Dead) Flatness(UnitLayer layer, ReferenceRun<Float64> run, int count)
    {
        Node[] bent = [.. layer.Nodes.Skip(1).Where(n => !n.Layer.IsLinear)];
        if (bent.Length == 0 || !bent.All(n => n.Layer is Activation))
            return (null, null);
        int units = layer.Units,
            flats = 0;
        var alive = new bool[units];
        double[] least = [.. bent.Select(n => FlatShare * Steepest((Activation)n.Layer))];
        for (int s = 0; s < count; s++)
        for (int u = 0; u < units; u++)
        {
            bool isFlat = bent.Index()
                .Any(b =>
                {
                    Float64 x = run.Value(b.Item.Inputs[0]).Flat(s * units + u),
                        y = run.Value(b.Item.Value).Flat(s * units + u);
                    return !(Math.Abs(((Activation)b.Item.Layer).Slope(x, y).Value) >= least[b.Index]) || least[b.Index] == 0;
                });
            if (isFlat)
                flats++;
            else
                alive[u] = true;
        }
        return ((double)flats / (count * units), alive.Count(a => !a) / (double)units);
    }

    private static double Steepest(Activation activation)
    {
        double steepest = 0;
        for (double at = -Reach; at <= Reach; at += 0.01)
            steepest = Math.Max(steepest, Math.Abs(activation.Slope(new Float64(at), activation.Value(new Float64(at))).Value));
        return steepest;
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));
}

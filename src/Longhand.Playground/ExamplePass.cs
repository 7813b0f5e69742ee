using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Playground;

/// <summary>Examples on their way through a network and back, in double precision on the reference.</summary>
internal static class ExamplePass
{
    /// <summary>Goes forward and back with some examples.</summary>
    /// <param name="setup">Network, data and loss.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="examples">Which of the training set's examples.</param>
    /// <param name="factor">What the gradient of each example's loss is multiplied by: 1/batch, or 1 for losses that are sums.</param>
    /// <returns>The run with all values and gradients, the targets [N, outputs], and the losses of the examples without factor.</returns>
    public static (ReferenceRun<Float64> Run, Grid<Float64> Target, double[] Losses) Through(
        Setup setup,
        IReadOnlyList<ParameterValues> values,
        ReadOnlySpan<int> examples,
        double factor
    )
    {
        Network network = setup.Network;
        Loss loss = setup.Experiment.Loss!;
        var input = new Grid<Float64>([examples.Length, .. network.Input.MemoryOrder()]);
        var target = new Grid<Float64>(examples.Length, network.Output[0]);
        var row = new double[network.Input.Length];
        var targets = new Targets(network, loss, setup.Data.Train);
        for (int s = 0; s < examples.Length; s++)
        {
            setup.Data.Train.CopyInput(examples[s], row);
            for (int i = 0; i < row.Length; i++)
                input.SetFlat(s * row.Length + i, new(row[i]));
            ReadOnlySpan<double> wanted = targets.Row(setup.Data.Train, examples[s]);
            for (int j = 0; j < wanted.Length; j++)
                target[s, j] = new(wanted[j]);
        }
        Grid<Float64>[] parameters =
        [
            .. network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k)))),
        ];
        var run = new ReferenceRun<Float64>(network, parameters, input);
        Grid<Float64> output = run.Forward();
        var gradient = new Grid<Float64>([.. output.Sizes]);
        var losses = new double[examples.Length];
        for (int s = 0; s < examples.Length; s++)
        {
            losses[s] = loss.Value(output, target, s).Value;
            loss.Gradient(output, target, s, new Float64(factor), gradient);
        }
        run.Backward(gradient);
        return (run, target, losses);
    }
}

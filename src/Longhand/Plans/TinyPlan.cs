using System.Runtime.CompilerServices;
using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Plans;

/// <summary>
/// A small network of dense layers and activations compiled for one batch size, samples along the lanes (see <see cref="TinyDense"/>). A
/// step of such a network takes less time than a single matrix product takes to set up.
/// </summary>
internal sealed class TinyPlan
{
    // Up to here this way is at least as fast as that of matrix products, at every batch size (bench kernels, TinyThreshold): it takes
    // whole vectors of samples however few there are, and beyond holds more than the first cache does.
    private const int MostFeatures = 128,
        MostWeights = 1024,
        MostSamples = 1024;

    private readonly TinyDense[] layers;

    /// <summary>Whether this way is taken at all; benchmarks and tests compare it with the other.</summary>
    internal static bool IsAllowed { get; set; } = true;

    /// <param name="network">The structure; <see cref="Fits"/> said yes to it.</param>
    /// <param name="parameters">The parameters, and their gradients for training.</param>
    /// <param name="batch">How many samples are taken at once.</param>
    /// <param name="training">Whether there is a way back.</param>
    public TinyPlan(Network network, ParameterBlock parameters, int batch, bool training)
    {
        int lanes = LaneWidth.Count,
            inputs = network.Input[0],
            features = inputs;
        Batch = batch;
        Groups = (batch + lanes - 1) / lanes;
        Columns = inputs + network.Output[0];
        Examples = Room(Columns);
        FloatBuffer x = Examples;
        FloatBuffer? dx = null;
        layers =
        [
            .. Parts(network)!
                .Select(part =>
                {
                    int units = part.Map.Output[0];
                    int[] own =
                    [
                        .. Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Node.Index == part.Map.Index),
                    ];
                    ElementwiseKernel rule = (part.Activation?.Layer ?? Activation.Identity).Kernel!;
                    FloatBuffer y = Room(units);
                    FloatBuffer? dy = training ? Room(units) : null;
                    var site = new TinyDenseSite
                    {
                        Inputs = features,
                        Units = units,
                        Groups = Groups,
                        InputsApart = x == Examples ? Columns : features,
                        X = x,
                        Weight = parameters.Value(own[0]),
                        Bias = own.Length > 1 ? parameters.Value(own[1]) : null,
                        Y = y,
                        Z = training && rule.SlopeReadsInput ? Room(units) : null,
                        OutputGradient = dy,
                        InputGradient = dx,
                        WeightGradient = training ? parameters.Result(own[0]) : null,
                        BiasGradient = training && own.Length > 1 ? parameters.Result(own[1]) : null,
                        Products = training ? new FloatBuffer(TinyDense.Room(features, units)) : null,
                    };
                    (x, dx, features) = (y, dy, units);
                    return rule.Tiny(site);
                }),
        ];
        Output = x;
        OutputGradient = dx;

        FloatBuffer Room(int rows) => new((long)Groups * rows * lanes);
    }

    /// <summary>How many samples are taken at once.</summary>
    public int Batch { get; }

    /// <summary>How many times the lanes are filled with samples.</summary>
    public int Groups { get; }

    /// <summary>Numbers of one example: inputs, then targets.</summary>
    public int Columns { get; }

    /// <summary>Where the examples go: [group][column][lane].</summary>
    public FloatBuffer Examples { get; }

    /// <summary>Where the outputs are found: [group][output][lane].</summary>
    public FloatBuffer Output { get; }

    /// <summary>Where ∂L/∂output goes before <see cref="Backward"/>; null in a plan for inference.</summary>
    public FloatBuffer? OutputGradient { get; }

    /// <summary>Whether this way suits a network.</summary>
    public static bool Fits(Network network, int batch) =>
        IsAllowed
        && batch <= MostSamples
        && network.Input.Rank == 1
        && Parts(network) is { } parts
        && network.Input[0] <= MostFeatures
        && parts.All(part => part.Map.Output[0] <= MostFeatures)
        && parts.Sum(part => part.Map.Parameters[0].Length) <= MostWeights;

    /// <summary>Computes the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward()
    {
        foreach (TinyDense layer in layers)
            layer.Forward();
    }

    /// <summary>Computes the gradients of all parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward()
    {
        for (int i = layers.Length - 1; i >= 0; i--)
            layers[i].Backward();
    }

    // The network as maps with at most one activation behind each; null where it is more than a chain of such.
    private static List<(Node Map, Node? Activation)>? Parts(Network network)
    {
        var parts = new List<(Node Map, Node? Activation)>();
        foreach (Node node in network.Nodes)
        {
            if (node.Inputs.Count != 1 || node.Inputs[0] != node.Index)
                return null;
            if (node.Layer.IsAffineMap)
                parts.Add((node, null));
            else if (node.Layer.Kernel is not null && parts.Count > 0 && parts[^1].Activation is null)
                parts[^1] = (parts[^1].Map, node);
            else if (!(node.Layer.KeepsMemory(network.ShapeOf(node.Inputs[0]), training: true)))
                return null;
        }
        return parts.Count > 0 && network.OutputValue == network.Nodes.Count ? parts : null;
    }
}

using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Plans;

/// <summary>
/// A small network of dense layers and activations compiled for one batch size, samples along the lanes (see <see cref="TinyLayer"/>). A
/// step of such a network takes less time than a single matrix product takes to set up.
/// </summary>
internal sealed unsafe class TinyPlan
{
    // Up to here this way is at least as fast as that of matrix products, at every batch size (bench kernels, TinyThreshold): it takes
    // whole vectors of samples however few there are, and beyond holds more than the first cache does.
    private const int MostFeatures = 128,
        MostWeights = 1024,
        MostSamples = 1024;

    // Their products, one for each lane, are 16 KB: a third of the first cache.
    private const int MostSharedWeights = 256;

    // So that what is pointed to stays alive.
    private readonly List<FloatBuffer> kept = [];
    private readonly TinyChain chain;

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
        FloatBuffer? dx = null,
            products = training && parameters.IsDense ? Row(parameters.TrainableLength) : null;
        List<(Node Map, Node? Activation)> parts = Parts(network)!;
        TinyLayer[] layers = GC.AllocateArray<TinyLayer>(parts.Count, pinned: true);
        var kernels = new ElementwiseKernel?[parts.Count];
        for (int i = 0; i < parts.Count; i++)
        {
            (Node map, Node? activation) = parts[i];
            int units = map.Output[0];
            int[] own = [.. Enumerable.Range(0, network.Parameters.Count).Where(p => network.Parameters[p].Node.Index == map.Index)];
            kernels[i] = activation?.Layer.Kernel;
            FloatBuffer y = Room(units);
            layers[i] = new()
            {
                Inputs = features,
                Units = units,
                Groups = Groups,
                InputsApart = (i == 0 ? Columns : features) * lanes,
                UnitsAtOnce = TinyLayer.MostUnits(features),
                X = x.Pointer,
                Weight = Keep(parameters.Value(own[0])),
                Bias = Keep(own.Length > 1 ? parameters.Value(own[1]) : new FloatBuffer(units)),
                Y = Keep(y),
                Z = training && kernels[i]?.SlopeReadsInput == true ? Keep(Room(units)) : y.Pointer,
            };
            if (training)
            {
                // The gradients of the sums are those of the biases already, but for their sum over the lanes.
                bool inPlace = products is not null && own.Length > 1 && Groups == 1;
                FloatBuffer dy = inPlace ? products!.Part(parameters.Offset(own[1]) * lanes, units * lanes) : Room(units);
                layers[i].Gradient = Keep(dy);
                layers[i].InputGradient = dx is null ? null : dx.Pointer;
                if (products is null)
                {
                    layers[i].WeightGradient = Keep(parameters.Result(own[0]));
                    layers[i].BiasGradient = own.Length > 1 ? Keep(parameters.Result(own[1])) : null;
                    layers[i].Products = Keep(new FloatBuffer(TinyLayer.Room(features, units)));
                    layers[i].BiasProducts = Groups == 1 || own.Length == 1 ? null : Keep(Row(units));
                }
                else
                {
                    layers[i].UnitsAtOnce = units;
                    layers[i].Products = products.Pointer + parameters.Offset(own[0]) * lanes;
                    layers[i].BiasProducts = inPlace || own.Length == 1 ? null : products.Pointer + parameters.Offset(own[1]) * lanes;
                }
                dx = dy;
            }
            (x, features) = (y, units);
        }
        Layers = new TinyLayers(layers, kernels)
        {
            Sums = products is null ? default : new TinySums(Keep(products), parameters.TrainableLength, Keep(parameters.Results)),
        };
        chain = TinyChain.Of(Layers);
        Output = x;
        OutputGradient = dx;

        float* Keep(FloatBuffer buffer)
        {
            kept.Add(buffer);
            return buffer.Pointer;
        }

        FloatBuffer Room(int rows) => Row(Groups * rows);

        FloatBuffer Row(int rows) => new((long)rows * lanes);
    }

    /// <summary>The layers.</summary>
    public TinyLayers Layers { get; }

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
    public static bool Fits(Network network, int batch) => IsAllowed && batch <= MostSamples && IsSmall(network, MostWeights);

    /// <summary>
    /// Whether a network is so small that its parameters follow on one another without padding, so that the gradients of several layers are
    /// summed and updated in one vector.
    /// </summary>
    public static bool SharesVectors(Network network) => IsSmall(network, MostSharedWeights);

    private static bool IsSmall(Network network, int mostWeights) =>
        network.Input.Rank == 1
        && Parts(network) is { } parts
        && network.Input[0] <= MostFeatures
        && parts.All(part => part.Map.Output[0] <= MostFeatures)
        && parts.Sum(part => part.Map.Parameters[0].Length) <= mostWeights;

    /// <summary>Computes the output.</summary>
    public void Forward() => chain.Forward();

    /// <summary>Computes the gradients of all parameters.</summary>
    public void Backward() => chain.Backward();

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

using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>
/// A network compiled for one batch size: a flat list of steps whose memory and kernels have been chosen, so that running it allocates
/// nothing. It reads the parameters of a <see cref="ParameterBlock"/> in place. One thread uses a plan at a time.
/// </summary>
internal sealed unsafe class Plan
{
    private readonly List<PlanStep> steps = [];
    private readonly List<(int Step, FloatBuffer Sum, FloatBuffer Addend)> additions = [];
    private readonly Func<int, ulong> maskKey;
    private long step;

    /// <param name="network">The structure.</param>
    /// <param name="parameters">The parameters, and their gradients for training.</param>
    /// <param name="batch">How many samples are taken at once.</param>
    /// <param name="training">Whether there is a way back, and what dropout and batchnorm do.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="maskKey">The key of the random masks of node i.</param>
    public Plan(Network network, ParameterBlock parameters, int batch, bool training, WorkerPool pool, Func<int, ulong> maskKey)
    {
        this.maskKey = maskKey;
        Batch = batch;
        if (training)
            network.RequireTrainable(batch);
        int count = network.Nodes.Count + 1;
        bool[] needed = Needed(network);
        int[] consumers = new int[count];
        foreach (Node node in network.Nodes.Where(n => needed[n.Value]))
        foreach (int value in node.Inputs)
            consumers[value]++;

        var values = new FloatBuffer[count];
        var gradients = new FloatBuffer?[count];
        // The gradients that the readers of a value send back, beyond the first.
        var others = new List<FloatBuffer>[count];
        values[0] = New(network.Input);
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            Node node = network.Nodes[i];
            if (!needed[node.Value])
                continue;
            int source = node.Inputs[0];
            bool soleReader = source == 0 || (consumers[source] == 1 && source != network.OutputValue);
            if (soleReader && node.Layer.KeepsMemory(network.ShapeOf(source), training))
            {
                values[node.Value] = values[source];
                gradients[node.Value] = gradients[source];
                if (producers.TryGetValue(source, out int producer))
                    producers[node.Value] = producer;
                continue;
            }
            Node last = node;
            ElementwiseKernel? fused = null;
            if (
                node.Layer.FusesElementwise
                && consumers[node.Value] == 1
                && node.Value != network.OutputValue
                && network.Nodes.First(n => needed[n.Value] && n.Inputs.Contains(node.Value)) is { Layer.Kernel: { } kernel } next
            )
                (last, fused) = (next, kernel);
            if (values[node.Value] is not null)
                continue; // it was fused into the layer before
            values[node.Value] = values[last.Value] = New(last.Output);
            if (training)
                gradients[node.Value] = gradients[last.Value] = New(last.Output);
            steps.Add(
                node.Layer.Lay(
                    new PlanSite
                    {
                        Node = node,
                        Batch = batch,
                        Training = training,
                        Pool = pool,
                        InputShapes = [.. node.Inputs.Select(network.ShapeOf)],
                        Inputs = [.. node.Inputs.Select(value => values[value])],
                        Output = values[last.Value],
                        InputGradients = [.. node.Inputs.Select(value => GradientFor(value))],
                        OutputGradient = gradients[last.Value],
                        Parameters = [.. Own(node).Select(parameters.Value)],
                        ParameterResults = training ? [.. Own(node).Select(parameters.Result)] : [],
                        Fused = fused,
                        BeforeFused = training && fused is { SlopeReadsInput: true } ? New(node.Output) : null,
                        Mask = () => new MaskKey(maskKey(node.Index), step),
                    }
                )
            );
            int index = steps.Count - 1;
            producers[last.Value] = index;
        }
        foreach ((int value, List<FloatBuffer> list) in others.Index())
        foreach (FloatBuffer addend in list ?? [])
            additions.Add((producers[value], gradients[value]!, addend));
        Input = values[0];
        Output = values[network.OutputValue];
        // A network that passes its input on has no use for a gradient, but the loss writes one all the same.
        OutputGradient = gradients[network.OutputValue] ?? (training ? New(network.Output) : null);

        FloatBuffer New(Shape shape) => new(batch * Math.Min(shape.Length, FloatBuffer.MaximumLength + 1L));

        IEnumerable<int> Own(Node node) =>
            Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Node.Index == node.Index);

        FloatBuffer? GradientFor(int value)
        {
            if (gradients[value] is not { } first)
                return null; // it is the network's input
            if (taken.Add(value) && value != network.OutputValue)
                return first;
            var another = new FloatBuffer(first.Length);
            (others[value] ??= []).Add(another);
            return another;
        }
    }

    private readonly Dictionary<int, int> producers = [];
    private readonly HashSet<int> taken = [];

    /// <summary>How many samples are taken at once.</summary>
    public int Batch { get; }

    /// <summary>Where the inputs go: [sample, feature], or images as [sample, row, column, channel].</summary>
    public FloatBuffer Input { get; }

    /// <summary>Where the outputs are found.</summary>
    public FloatBuffer Output { get; }

    /// <summary>Where ∂L/∂output goes before <see cref="Backward"/>; null in a plan for inference.</summary>
    public FloatBuffer? OutputGradient { get; }

    /// <summary>Computes the output.</summary>
    /// <param name="update">The number of the update, from 0: random masks depend on it.</param>
    public void Forward(long update = 0)
    {
        step = update;
        foreach (PlanStep s in steps)
            s.Forward();
    }

    /// <summary>Computes the gradients of all parameters.</summary>
    public void Backward()
    {
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            foreach ((int at, FloatBuffer sum, FloatBuffer addend) in additions)
                if (at == i)
                    VectorKernel.Add(sum.Pointer, addend.Pointer, sum.Length);
            steps[i].Backward();
        }
    }

    // What does not lead to the output is not computed: its gradients are zero, and stay so.
    private static bool[] Needed(Network network)
    {
        var needed = new bool[network.Nodes.Count + 1];
        needed[network.OutputValue] = true;
        foreach (Node node in network.Nodes.Reverse())
            if (needed[node.Value])
                foreach (int value in node.Inputs)
                    needed[value] = true;
        return needed;
    }
}

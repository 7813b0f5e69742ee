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
    // Where gradients of images would take more floats than this, their memory is used again from layer to layer instead.
    private const long MostChained = 1 << 26;

    private readonly List<PlanStep> steps = [];
    private readonly (int Step, FloatBuffer Sum, FloatBuffer Addend)[] additions;
    private readonly Func<int, ulong> maskKey;

    // The first step, where it alone reads the input and can do so wherever that lies.
    private readonly DenseStep? reader;
    private long step;

    /// <param name="network">The structure.</param>
    /// <param name="parameters">The parameters, and their gradients for training.</param>
    /// <param name="batch">How many samples are taken at once.</param>
    /// <param name="training">Whether there is a way back, and what dropout and batchnorm do.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="maskKey">The key of the random masks of node i.</param>
    /// <param name="parametersAreFixed">Whether nobody changes the parameters as long as the plan is used.</param>
    /// <param name="from">The value that is the plan's input: the network's, or one that all the rest goes through.</param>
    /// <param name="to">The value that is its output; null for the network's.</param>
    public Plan(
        Network network,
        ParameterBlock parameters,
        int batch,
        bool training,
        WorkerPool pool,
        Func<int, ulong> maskKey,
        bool parametersAreFixed = false,
        int from = 0,
        int? to = null
    )
    {
        int outputValue = to ?? network.OutputValue;
        this.maskKey = maskKey;
        Batch = batch;
        if (training)
            network.RequireTrainable(batch);
        bool[] needed = Needed(network, from, outputValue);
        int[] consumers = new int[network.Nodes.Count + 1];
        foreach (Node node in network.Nodes.Where(n => needed[n.Value]))
        foreach (int value in node.Inputs)
            consumers[value]++;
        List<Part> parts = Parts(network, needed, consumers, from, outputValue, training, out int[] sources);
        var arena = new Arena();
        int end = 2 * parts.Count + 2;
        var values = new Dictionary<int, Arena.Slot> { [from] = New(network.ShapeOf(from)).UsedAt(0).UsedAt(end) };
        var gradients = new Dictionary<int, Arena.Slot>();
        var producers = new Dictionary<int, int>();
        var sent = new Dictionary<(int Part, int Input), Arena.Slot>();
        var sums = new List<(int Step, Arena.Slot Sum, Arena.Slot Addend)>();
        // A part computes at the time k + 1 and sends gradients back at the time end − k − 1; between lies the loss. Parts that are taken sample by
        // sample compute all at once: no memory of one may be that of another.
        int[] firstOfChain = Chains(parts, network, batch, training);
        int Back(int k) => end - firstOfChain[k] - 1;
        foreach ((int k, Part part) in parts.Index())
        {
            values[part.Value] = New(part.Last.Output).UsedAt(k + 1);
            producers[part.Value] = k;
            if (training)
                gradients[part.Value] = New(part.Last.Output).UsedAt(Back(k));
            foreach (int value in part.Node.Inputs)
                values[sources[value]].UsedAt(k + 1).UsedAt(training ? Back(k) : k + 1);
            if (training)
                values[part.Value].UsedAt(Back(k));
        }
        int output = sources[outputValue];
        values[output].UsedAt(end);
        if (training)
        {
            // A network that passes its input on has no use for a gradient, but the loss writes one all the same.
            gradients.TryAdd(output, New(network.ShapeOf(outputValue)));
            gradients[output].UsedAt(parts.Count + 1).UsedAt(end);
        }
        // The loss is the first that sends a gradient to the output; whoever comes later has its own added.
        var taken = new HashSet<int> { output };
        foreach ((int k, Part part) in parts.Index())
        foreach ((int i, int value) in part.Node.Inputs.Index())
            if (training && producers.TryGetValue(sources[value], out int producer))
            {
                Arena.Slot sum = gradients[sources[value]].UsedAt(Back(k));
                if (taken.Add(sources[value]))
                {
                    sent[(k, i)] = sum;
                    continue;
                }
                sums.Add((producer, sum, sent[(k, i)] = New(network.ShapeOf(sources[value])).UsedAt(Back(k)).UsedAt(Back(producer))));
            }
        Arena.Slot?[] before =
        [
            .. parts
                .Index()
                .Select(p =>
                    training && p.Item.Fused is { SlopeReadsInput: true }
                        ? New(p.Item.Node.Output).UsedAt(p.Index + 1).UsedAt(Back(p.Index))
                        : null
                ),
        ];
        arena.Allocate();
        Length = arena.Length;
        foreach ((int k, Part part) in parts.Index())
        {
            int[] own = [.. Own(part.Node)];
            steps.Add(
                part.Node.Layer.Lay(
                    new PlanSite
                    {
                        Node = part.Node,
                        Batch = batch,
                        Training = training,
                        Pool = pool,
                        InputShapes = [.. part.Node.Inputs.Select(network.ShapeOf)],
                        Inputs = [.. part.Node.Inputs.Select(value => values[sources[value]].Buffer)],
                        Output = values[part.Value].Buffer,
                        InputGradients = [.. part.Node.Inputs.Select((_, i) => sent.GetValueOrDefault((k, i))?.Buffer)],
                        OutputGradient = gradients.GetValueOrDefault(part.Value)?.Buffer,
                        ParametersAreFixed = parametersAreFixed,
                        Parameters = [.. own.Select(parameters.Value)],
                        ParameterResults = training ? [.. own.Select(parameters.Result)] : [],
                        Fused = part.Fused,
                        BeforeFused = before[k]?.Buffer,
                        Mask = () => new MaskKey(maskKey(part.Node.Index), step),
                    }
                )
            );
        }
        if (steps.Count > 0 && sources[outputValue] != from && parts.Sum(p => p.Node.Inputs.Count(v => sources[v] == from)) == 1)
            reader = steps[0] as DenseStep;
        additions = Chain(firstOfChain, [.. sums.Select(a => (a.Step, a.Sum.Buffer, a.Addend.Buffer))], pool);
        Input = values[from].Buffer;
        Output = values[output].Buffer;
        OutputGradient = gradients.GetValueOrDefault(output)?.Buffer;

        Arena.Slot New(Shape shape) => arena.Reserve(batch * Math.Min(shape.Length, FloatBuffer.MaximumLength + 1L));

        IEnumerable<int> Own(Node node) =>
            Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Node.Index == node.Index);
    }

    /// <summary>Floats of all values and gradients together.</summary>
    public long Length { get; }

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

    /// <summary>Computes the output of samples that lie as <see cref="Input"/> has them: from where they are, if that can be.</summary>
    public void Forward(ReadOnlySpan<float> samples)
    {
        if (reader is null)
        {
            samples.CopyTo(Input.Span);
            Forward();
            return;
        }
        fixed (float* x = samples)
            reader.Forward(x);
        for (int i = 1; i < steps.Count; i++)
            steps[i].Forward();
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

    // For each part the first of those that follow on one another and have to do with images, as they may be taken sample by sample.
    private static int[] Chains(List<Part> parts, Network network, int batch, bool training)
    {
        int[] first = [.. Enumerable.Range(0, parts.Count)];
        bool[] isImage = [.. parts.Select(part => part.Node.Output.IsImage || network.ShapeOf(part.Node.Inputs[0]).IsImage)];
        long length = parts.Where((_, k) => isImage[k]).Sum(part => Math.Min(part.Last.Output.Length, MostChained) * batch);
        if (training && batch >= SampleChain.LeastSamples && length <= MostChained)
            for (int k = 1; k < parts.Count; k++)
                if (isImage[k] && isImage[k - 1])
                    first[k] = first[k - 1];
        return first;
    }

    // Puts neighbouring steps of one chain that are taken sample by sample in the place of one. A gradient that comes from several steps is complete
    // before the first of them.
    private (int Step, FloatBuffer Sum, FloatBuffer Addend)[] Chain(
        int[] firstOfChain,
        (int Step, FloatBuffer Sum, FloatBuffer Addend)[] additions,
        WorkerPool pool
    )
    {
        PlanStep[] all = [.. steps];
        int[] place = new int[all.Length];
        steps.Clear();
        for (int from = 0, end; from < all.Length; from = end)
        {
            end = from + 1;
            while (
                end < all.Length
                && firstOfChain[end] == firstOfChain[from]
                && all[from].IsBySample
                && all[end].IsBySample
                && additions.All(addition => addition.Step != end - 1)
            )
                end++;
            place.AsSpan(from, end - from).Fill(steps.Count);
            steps.Add(end == from + 1 ? all[from] : new SampleChain(all[from..end], Batch, pool));
        }
        return [.. additions.Select(addition => (place[addition.Step], addition.Sum, addition.Addend))];
    }

    /// <summary>A layer that computes something, with the next one's element-wise rule where that has been fused into it.</summary>
    private sealed record Part(Node Node, Node Last, ElementwiseKernel? Fused)
    {
        public int Value => Last.Value;
    }

    /// <summary>What is computed, in order; and for each value the one whose memory it lies in.</summary>
    private static List<Part> Parts(Network network, bool[] needed, int[] consumers, int from, int to, bool training, out int[] sources)
    {
        var parts = new List<Part>();
        bool[] isFused = new bool[network.Nodes.Count + 1];
        int[] memory = [.. Enumerable.Range(0, network.Nodes.Count + 1)];
        foreach (Node node in network.Nodes)
        {
            if (!needed[node.Value] || isFused[node.Value])
                continue; // nobody asks for it, or it was fused into the layer before
            int source = node.Inputs[0];
            bool soleReader = source == from || (consumers[source] == 1 && source != to);
            if (soleReader && node.Layer.KeepsMemory(network.ShapeOf(source), training))
            {
                memory[node.Value] = memory[source];
                continue;
            }
            Node last = node;
            ElementwiseKernel? fused = null;
            if (
                node.Layer.FusesElementwise
                && consumers[node.Value] == 1
                && node.Value != to
                && network.Nodes.First(n => needed[n.Value] && n.Inputs.Contains(node.Value)) is { Layer.Kernel: { } kernel } next
            )
                (last, fused) = (next, kernel);
            isFused[last.Value] = last != node;
            parts.Add(new(node, last, fused));
        }
        sources = memory;
        return parts;
    }

    // What does not lead to the output is not computed: its gradients are zero, and stay so.
    private static bool[] Needed(Network network, int from, int to)
    {
        var needed = new bool[network.Nodes.Count + 1];
        needed[to] = true;
        foreach (Node node in network.Nodes.Reverse())
            if (needed[node.Value] && node.Value > from)
                foreach (int value in node.Inputs)
                    needed[value] = true;
        // What the plan's input was computed from is no business of this plan's.
        for (int value = 0; value <= from; value++)
            needed[value] = false;
        return needed;
    }
}

using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand;

/// <summary>Training in double precision on the declarations themselves: slow, and the check of everything that is fast.</summary>
internal sealed class ReferenceEngine : IEngine
{
    private readonly Network network;
    private readonly Training options;
    private readonly Grid<Float64>[] parameters;
    private readonly Float64[][] state;
    private readonly Dictionary<DataSet, Targets> targets = [];
    private readonly bool[][] dead;

    private readonly double[]? classWeights;

    /// <inheritdoc cref="FloatEngine(Network, IReadOnlyList{ParameterValues}, Training, double[])"/>
    public ReferenceEngine(Network network, IReadOnlyList<ParameterValues> start, Training options, double[]? classWeights = null)
    {
        this.network = network;
        this.options = options;
        parameters = [.. network.Parameters.Select((p, i) => start[i].Grid(p.Parameter, k => new Float64(start[i].Double(k))))];
        state = [.. parameters.Select(p => new Float64[p.Length * options.Optimizer.State.Count])];
        dead = [.. parameters.Select(p => new bool[p.Length])];
        this.classWeights = classWeights;
    }

    public int Updates { get; private set; }

    public double Step(DataSet data, ReadOnlySpan<int> indices, double rate)
    {
        (Grid<Float64> input, Grid<Float64> target) = Load(data, indices);
        var run = new ReferenceRun<Float64>(
            network,
            parameters,
            input,
            training: true,
            node => new(Layers.MaskKey.Of(options.Seed, node), Updates)
        );
        Grid<Float64> output = run.Forward();
        var gradient = new Grid<Float64>([.. output.Sizes]);
        double loss = classWeights is null ? PlainLoss(output, target, gradient) : WeightedLoss(data, indices, output, target, gradient);
        run.Backward(gradient);
        Update(run, rate);
        return loss;
    }

    public Measurement Measure(DataSet data)
    {
        const int batch = 256;
        Targets rule = TargetsOf(data);
        double sum = 0;
        int right = 0;
        for (int first = 0; first < data.Count; first += batch)
        {
            int[] indices = [.. Enumerable.Range(first, Math.Min(batch, data.Count - first))];
            (Grid<Float64> input, Grid<Float64> target) = Load(data, indices);
            Grid<Float64> output = new ReferenceRun<Float64>(network, parameters, input).Forward();
            for (int s = 0; s < indices.Length; s++)
            {
                sum += options.Loss.Value(output, target, s).Value;
                if (rule.HasAccuracy && rule.Decide(Single(output.Row(s))) == data.Class(indices[s]))
                    right++;
            }
        }
        return new(options.Loss.IsSum ? sum : sum / data.Count, rule.HasAccuracy ? (double)right / data.Count : null);
    }

    public double Penalty()
    {
        double sum = 0;
        foreach ((int i, NetworkParameter p) in network.Parameters.Index())
            if (p.Parameter.Role == Layers.ParameterRole.Weight)
                foreach (Float64 weight in parameters[i].ToArray())
                    sum += options.Regularization.Penalty(weight).Value;
        return sum;
    }

    public IReadOnlyList<ParameterValues> Export() =>
        [
            .. network.Parameters.Select(
                (p, i) => new ParameterValues(p.Parameter, Array.ConvertAll(parameters[i].ToArray(), number => number.Value))
            ),
        ];

    public EngineState Save() =>
        new(
            Updates,
            Export(),
            [
                .. options.Optimizer.State.Select(
                    (_, kind) => (ParameterValues?[])[.. network.Parameters.Select((p, i) => Kept(p, kind, i))]
                ),
            ],
            [.. dead.Select(links => options.Conventions.PlaygroundTraining ? (bool[])[.. links] : null)]
        );

    public void Restore(EngineState state)
    {
        Updates = state.Updates;
        for (int i = 0; i < parameters.Length; i++)
        {
            for (int k = 0; k < parameters[i].Length; k++)
            {
                parameters[i].SetFlat(k, new Float64(state.Values[i].Double(k)));
                for (int kind = 0; kind < state.Kept.Count; kind++)
                    this.state[i][k * state.Kept.Count + kind] = new Float64(state.Kept[kind][i]?.Double(k) ?? 0);
            }
            state.Dead[i]?.CopyTo(dead[i], 0);
        }
    }

    public void Dispose() { }

    private ParameterValues? Kept(NetworkParameter p, int kind, int index)
    {
        int kinds = options.Optimizer.State.Count;
        return p.Parameter.Trainable
            ? new(p.Parameter, [.. Enumerable.Range(0, parameters[index].Length).Select(k => state[index][k * kinds + kind].Value)])
            : null;
    }

    private double PlainLoss(Grid<Float64> output, Grid<Float64> target, Grid<Float64> gradient)
    {
        options.Loss.Gradient(output, target, gradient);
        return options.Loss.Value(output, target).Value;
    }

    private double WeightedLoss(DataSet data, ReadOnlySpan<int> indices, Grid<Float64> output, Grid<Float64> target, Grid<Float64> gradient)
    {
        double total = 0,
            sum = 0;
        if (options.Loss.IsSum)
            total = 1;
        else
            foreach (int index in indices)
                total += classWeights![data.Class(index)];
        for (int s = 0; s < indices.Length; s++)
        {
            double weight = classWeights![data.Class(indices[s])] / total;
            sum += weight * options.Loss.Value(output, target, s).Value;
            options.Loss.Gradient(output, target, s, new Float64(weight), gradient);
        }
        return sum;
    }

    private void Update(ReferenceRun<Float64> run, double rate)
    {
        Updates++;
        bool afterwards = options.Conventions.PlaygroundTraining;
        Float64[][] gradients = [.. run.ParameterResults.Select(result => result.ToArray())];
        if (!afterwards && !options.Regularization.IsNone)
            for (int i = 0; i < parameters.Length; i++)
                if (IsWeight(i))
                    for (int k = 0; k < gradients[i].Length; k++)
                        gradients[i][k] += options.Regularization.Slope(parameters[i].Flat(k));
        Clip(gradients);
        Span<Float64> constants = stackalloc Float64[Optimizer.MaximumConstants];
        options.Optimizer.Constants(Updates, new Float64(rate), constants);
        int states = options.Optimizer.State.Count;
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] before = Array.ConvertAll(parameters[i].ToArray(), number => number.Value);
            for (int k = 0; k < gradients[i].Length; k++)
                parameters[i]
                    .SetFlat(
                        k,
                        network.Parameters[i].Parameter.Trainable
                            ? options.Optimizer.Next(parameters[i].Flat(k), gradients[i][k], state[i].AsSpan(k * states, states), constants)
                            : gradients[i][k]
                    );
            if (!afterwards || options.Regularization.IsNone || !IsWeight(i))
                continue;
            double[] weights = Array.ConvertAll(parameters[i].ToArray(), number => number.Value);
            PlaygroundPenalty.Shrink(weights.AsSpan(), before, dead[i], options.Regularization, rate);
            for (int k = 0; k < weights.Length; k++)
                parameters[i].SetFlat(k, new Float64(weights[k]));
        }
    }

    private void Clip(Float64[][] gradients)
    {
        if (options.Clip is not { } clip)
            return;
        double squares = 0;
        foreach ((int i, Float64[] of) in gradients.Index())
            if (network.Parameters[i].Parameter.Trainable)
                foreach (Float64 gradient in of)
                    squares += gradient.Value * gradient.Value;
        double factor = clip.IsByValue ? 1 : clip.Factor(squares);
        foreach ((int i, Float64[] of) in gradients.Index())
            if (network.Parameters[i].Parameter.Trainable)
                foreach (ref Float64 gradient in of.AsSpan())
                    gradient = new(clip.IsByValue ? Math.Clamp(gradient.Value, -clip.Limit, clip.Limit) : factor * gradient.Value);
    }

    private bool IsWeight(int index) => network.Parameters[index].Parameter.Role == Layers.ParameterRole.Weight;

    private (Grid<Float64> Input, Grid<Float64> Target) Load(DataSet data, ReadOnlySpan<int> indices)
    {
        Targets rule = TargetsOf(data);
        var input = new Grid<Float64>([indices.Length, .. network.Input.MemoryOrder()]);
        var target = new Grid<Float64>(indices.Length, network.Output[0]);
        var row = new double[network.Input.Length];
        for (int s = 0; s < indices.Length; s++)
        {
            data.CopyInput(indices[s], row);
            for (int i = 0; i < row.Length; i++)
                input.SetFlat(s * row.Length + i, new Float64(row[i]));
            ReadOnlySpan<double> wanted = rule.Row(data, indices[s]);
            for (int j = 0; j < wanted.Length; j++)
                target[s, j] = new Float64(wanted[j]);
        }
        return (input, target);
    }

    private Targets TargetsOf(DataSet data)
    {
        if (!targets.TryGetValue(data, out Targets? found))
            targets[data] = found = new Targets(network, options.Loss, data);
        return found;
    }

    private static float[] Single(ReadOnlySpan<Float64> row)
    {
        var values = new float[row.Length];
        for (int j = 0; j < values.Length; j++)
            values[j] = (float)row[j].Value;
        return values;
    }
}

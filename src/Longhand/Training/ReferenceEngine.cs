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

    public ReferenceEngine(Network network, IReadOnlyList<ParameterValues> start, Training options)
    {
        this.network = network;
        this.options = options;
        parameters = [.. network.Parameters.Select((p, i) => start[i].Grid(p.Parameter, k => new Float64(start[i].Double(k))))];
        state = [.. parameters.Select(p => new Float64[p.Length * options.Optimizer.State.Count])];
        dead = [.. parameters.Select(p => new bool[p.Length])];
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
        double loss = options.Loss.Value(output, target).Value;
        var gradient = new Grid<Float64>([.. output.Sizes]);
        options.Loss.Gradient(output, target, gradient);
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

    public void Dispose() { }

    private void Update(ReferenceRun<Float64> run, double rate)
    {
        Updates++;
        Span<Float64> constants = stackalloc Float64[Optimizer.MaximumConstants];
        options.Optimizer.Constants(Updates, new Float64(rate), constants);
        int states = options.Optimizer.State.Count;
        for (int i = 0; i < parameters.Length; i++)
        {
            Layers.Parameter parameter = network.Parameters[i].Parameter;
            Grid<Float64> result = run.ParameterResults[i];
            double[] before = Array.ConvertAll(parameters[i].ToArray(), number => number.Value);
            bool penalised = parameter.Role == Layers.ParameterRole.Weight && !options.Regularization.IsNone;
            for (int k = 0; k < result.Length; k++)
            {
                Float64 weight = parameters[i].Flat(k),
                    gradient = result.Flat(k);
                if (!parameter.Trainable)
                {
                    parameters[i].SetFlat(k, gradient);
                    continue;
                }
                if (penalised && !options.Conventions.PlaygroundTraining)
                    gradient += options.Regularization.Slope(weight);
                Float64 next = options.Optimizer.Next(weight, gradient, state[i].AsSpan(k * states, states), constants);
                parameters[i].SetFlat(k, next);
            }
            if (penalised && options.Conventions.PlaygroundTraining)
            {
                double[] weights = Array.ConvertAll(parameters[i].ToArray(), number => number.Value);
                PlaygroundPenalty.Shrink(weights.AsSpan(), before, dead[i], options.Regularization, rate);
                for (int k = 0; k < weights.Length; k++)
                    parameters[i].SetFlat(k, new Float64(weights[k]));
            }
        }
    }

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

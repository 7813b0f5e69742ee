using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand;

/// <summary>Training in single precision on compiled plans: one per batch size, all over the same parameters.</summary>
internal sealed unsafe class FloatEngine : IEngine
{
    private const int MeasureBatch = 256;

    private readonly Network network;
    private readonly Training options;
    private readonly ParameterBlock parameters;
    private readonly WorkerPool pool;
    private readonly UpdateWork update;
    private readonly Dictionary<int, Stage> training = [];
    private readonly Dictionary<int, Stage> measuring = [];
    private readonly Dictionary<DataSet, Targets> targets = [];
    private readonly LossKernel loss;
    private readonly bool isSum;

    // What the step before used; most steps use it again.
    private Stage? lastTraining;
    private int lastBatch = -1;
    private DataSet? lastData;
    private Targets? lastTargets;

    // For the Playground's penalty, which comes after the update: the weights before it, and which links are dead.
    private readonly float[] before;
    private readonly bool[] dead;

    // What an example of each class counts; null where all count alike.
    private readonly double[]? classWeights;

    /// <param name="network">What is trained.</param>
    /// <param name="start">Its parameters to begin with.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="classWeights">What an example of each class counts in training; null where all count alike.</param>
    public FloatEngine(Network network, IReadOnlyList<ParameterValues> start, Training options, double[]? classWeights = null)
    {
        this.classWeights = classWeights;
        this.network = network;
        this.options = options;
        parameters = new ParameterBlock(network, start, training: true);
        pool = new WorkerPool(options.Threads);
        loss = LossKernel.For(options.Loss);
        isSum = options.Loss.IsSum;
        update = new UpdateWork(parameters, options, pool);
        bool afterwards = options.Conventions.PlaygroundTraining && !options.Regularization.IsNone;
        before = new float[afterwards ? parameters.WeightLength : 0];
        dead = new bool[before.Length];
    }

    public int Updates => update.Step;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Step(DataSet data, ReadOnlySpan<int> indices, double rate)
    {
        if (indices.Length != lastBatch)
            (lastTraining, lastBatch) = (StageFor(training, indices.Length, forTraining: true), indices.Length);
        Stage stage = lastTraining!;
        double total = classWeights is null ? indices.Length : stage.Weigh(data, indices, classWeights, options.Loss);
        if (before.Length > 0)
            parameters.Values.Span[..before.Length].CopyTo(before);
        double sum = stage.Step(data, indices, TargetsOf(data), update, rate);
        if (before.Length > 0)
            PlaygroundPenalty.Shrink(parameters.Values.Span[..before.Length], before, dead, options.Regularization, rate);
        parameters.CarryOn();
        return isSum ? sum : sum / total;
    }

    public Measurement Measure(DataSet data)
    {
        Targets targets = TargetsOf(data);
        double sum = 0;
        int right = 0;
        Span<int> indices = stackalloc int[MeasureBatch];
        for (int first = 0; first < data.Count; first += MeasureBatch)
        {
            int count = Math.Min(MeasureBatch, data.Count - first);
            for (int s = 0; s < count; s++)
                indices[s] = first + s;
            Stage stage = StageFor(measuring, count, forTraining: false);
            sum += stage.Forward(data, indices[..count], targets, 0);
            if (targets.HasAccuracy)
                for (int s = 0; s < count; s++)
                    if (targets.Decide(stage.OutputRow(s)) == data.Class(first + s))
                        right++;
        }
        return new(options.Loss.IsSum ? sum : sum / data.Count, targets.HasAccuracy ? (double)right / data.Count : null);
    }

    /// <summary>‖∂L/∂parameters‖, L being the loss without penalty over some examples at once; parameters stay as they are.</summary>
    /// <param name="data">Where the examples come from.</param>
    /// <param name="indices">Which examples; a batch of this size is compiled once.</param>
    public double GradientNorm(DataSet data, ReadOnlySpan<int> indices)
    {
        Stage stage = StageFor(training, indices.Length, forTraining: true);
        stage.Forward(data, indices, TargetsOf(data), Updates);
        stage.Backward();
        double squares = 0;
        for (int i = 0; i < network.Parameters.Count; i++)
            if (network.Parameters[i].Parameter.Trainable)
                foreach (float gradient in parameters.Result(i).Span)
                    squares += (double)gradient * gradient;
        return Math.Sqrt(squares);
    }

    public double Penalty()
    {
        if (options.Regularization.IsNone)
            return 0;
        double sum = 0;
        foreach (FloatBuffer weights in parameters.Weights)
        foreach (float weight in weights.Span)
            sum += options.Regularization.Penalty(new Float64(weight)).Value;
        return sum;
    }

    public IReadOnlyList<ParameterValues> Export() => parameters.Export();

    public EngineState Save() =>
        new(
            Updates,
            Export(),
            [.. options.Optimizer.State.Select((_, kind) => (ParameterValues?[])[.. network.Parameters.Select((_, i) => Kept(kind, i))])],
            [
                .. network.Parameters.Select(
                    (p, i) => HasDead(p) ? dead.AsSpan(parameters.Offset(i), (int)p.Parameter.Length).ToArray() : null
                ),
            ]
        );

    public void Restore(EngineState state)
    {
        update.Step = state.Updates;
        parameters.Import(state.Values);
        for (int i = 0; i < network.Parameters.Count; i++)
        {
            for (int kind = 0; kind < state.Kept.Count; kind++)
                state.Kept[kind][i]?.ToSingles().CopyTo(update.State.Span[(kind * parameters.TrainableLength + parameters.Offset(i))..]);
            state.Dead[i]?.CopyTo(dead, parameters.Offset(i));
        }
    }

    public void Dispose() => pool.Dispose();

    private ParameterValues? Kept(int kind, int index)
    {
        Layers.Parameter parameter = network.Parameters[index].Parameter;
        return parameter.Trainable
            ? new(
                parameter,
                update.State.Part(kind * parameters.TrainableLength + parameters.Offset(index), (int)parameter.Length).Span.ToArray()
            )
            : null;
    }

    private bool HasDead(NetworkParameter p) => dead.Length > 0 && p.Parameter is { Trainable: true, Role: Layers.ParameterRole.Weight };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Targets TargetsOf(DataSet data)
    {
        if (data == lastData)
            return lastTargets!;
        if (!targets.TryGetValue(data, out Targets? found))
            targets[data] = found = new Targets(network, options.Loss, data);
        (lastData, lastTargets) = (data, found);
        return found;
    }

    private Stage StageFor(Dictionary<int, Stage> stages, int batch, bool forTraining)
    {
        if (!stages.TryGetValue(batch, out Stage? stage))
            stages[batch] = stage = TinyStage.Fits(network, loss, batch)
                ? new TinyStage(
                    network,
                    options.Loss,
                    loss,
                    new TinyPlan(network, parameters, batch, forTraining),
                    forTraining ? update : null
                )
                : new PlanStage(
                    network,
                    options.Loss,
                    loss,
                    pool,
                    new Plan(network, parameters, batch, forTraining, pool, node => Layers.MaskKey.Of(options.Seed, node))
                );
        return stage;
    }
}

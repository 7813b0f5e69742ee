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

    // For the Playground's penalty, which comes after the update: the weights before it, and which links are dead.
    private readonly float[] before;
    private readonly bool[] dead;

    private readonly double[]? classWeights;

    /// <param name="network">What is trained.</param>
    /// <param name="start">Its parameters to begin with.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="classWeights">What an example of each class counts in training; null where all count alike.</param>
    public FloatEngine(Network network, IReadOnlyList<ParameterValues> start, Training options, double[]? classWeights = null)
    {
        this.network = network;
        this.options = options;
        parameters = new ParameterBlock(network, start, training: true);
        pool = new WorkerPool(options.Threads);
        update = new UpdateWork(parameters, options, pool);
        bool afterwards = options.Conventions.PlaygroundTraining && !options.Regularization.IsNone;
        before = new float[afterwards ? parameters.WeightLength : 0];
        dead = new bool[before.Length];
        this.classWeights = classWeights;
    }

    public int Updates { get; private set; }

    public double Step(DataSet data, ReadOnlySpan<int> indices, double rate)
    {
        Stage stage = StageFor(training, indices.Length, forTraining: true);
        stage.Load(data, indices, TargetsOf(data));
        double total = classWeights is null ? indices.Length : stage.Weigh(data, classWeights);
        stage.Plan.Forward(Updates);
        double loss = stage.SumOfLosses();
        if (!options.Loss.IsSum)
            loss /= total;
        stage.Plan.Backward();
        Updates++;
        parameters.Values.Span[..before.Length].CopyTo(before);
        update.Run(rate);
        if (before.Length > 0)
            PlaygroundPenalty.Shrink(parameters.Values.Span[..before.Length], before, dead, options.Regularization, rate);
        parameters.CarryOn();
        return loss;
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
            stage.Load(data, indices[..count], targets);
            stage.Plan.Forward();
            sum += stage.SumOfLosses();
            if (targets.HasAccuracy)
                for (int s = 0; s < count; s++)
                    if (targets.Decide(stage.OutputRow(s)) == data.Class(first + s))
                        right++;
        }
        return new(options.Loss.IsSum ? sum : sum / data.Count, targets.HasAccuracy ? (double)right / data.Count : null);
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
        Updates = update.Step = state.Updates;
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

    private Targets TargetsOf(DataSet data)
    {
        if (!targets.TryGetValue(data, out Targets? found))
            targets[data] = found = new Targets(network, options.Loss, data);
        return found;
    }

    private Stage StageFor(Dictionary<int, Stage> stages, int batch, bool forTraining)
    {
        if (!stages.TryGetValue(batch, out Stage? stage))
            stages[batch] = stage = new Stage(
                network,
                options.Loss,
                pool,
                new Plan(network, parameters, batch, forTraining, pool, node => Layers.MaskKey.Of(options.Seed, node))
            );
        return stage;
    }

    /// <summary>A plan with its examples: inputs as the plan lays them, outputs and targets as the loss reads them.</summary>
    private sealed class Stage : IParallelWork
    {
        // Samples are shared out in parts of this size, whatever the number of threads, and their losses added part by part.
        private const int SamplesPerPart = 16;
        private const int InputsWorthSharing = 10_000,
            OutputsWorthSharing = 300;

        private readonly Loss loss;
        private readonly WorkerPool pool;
        private readonly int inputLength,
            outputLength,
            parts;
        private readonly Shape input;
        private readonly int[] indices;
        private readonly double[] losses;
        private readonly float[] images;
        private readonly FloatBuffer target;
        private readonly Grid<Float32> outputs,
            targets;
        private readonly Grid<Float32>? gradients;
        private readonly Float32 factor;
        private double[] weights = [];
        private double totalWeight;
        private DataSet? loading;

        public Stage(Network network, Loss loss, WorkerPool pool, Plan plan)
        {
            this.loss = loss;
            this.pool = pool;
            Plan = plan;
            input = network.Input;
            inputLength = (int)network.Input.Length;
            outputLength = network.Output[0];
            parts = (plan.Batch + SamplesPerPart - 1) / SamplesPerPart;
            indices = new int[plan.Batch];
            losses = new double[parts];
            images = new float[input.IsImage && input.Channels > 1 ? parts * inputLength : 0];
            target = new FloatBuffer((long)plan.Batch * outputLength);
            outputs = plan.Output.Grid([plan.Batch, outputLength]);
            targets = target.Grid([plan.Batch, outputLength]);
            gradients = plan.OutputGradient?.Grid([plan.Batch, outputLength]);
            factor = loss.IsSum ? new Float32(1) : Float32.Fraction(1, plan.Batch);
        }

        public Plan Plan { get; }

        public ReadOnlySpan<float> OutputRow(int sample) => Plan.Output.Span.Slice(sample * outputLength, outputLength);

        public void Load(DataSet data, ReadOnlySpan<int> batch, Targets rule)
        {
            batch.CopyTo(indices);
            loading = data;
            Run((long)Plan.Batch * inputLength >= InputsWorthSharing);
            loading = null;
            for (int s = 0; s < indices.Length; s++)
            {
                ReadOnlySpan<double> row = rule.Row(data, indices[s]);
                for (int j = 0; j < row.Length; j++)
                    target.Pointer[s * outputLength + j] = (float)row[j];
            }
        }

        /// <summary>Lets each sample of the batch count as its class does.</summary>
        /// <returns>What they count together.</returns>
        public double Weigh(DataSet data, double[] classWeights)
        {
            weights = [.. indices.Select(index => classWeights[data.Class(index)])];
            return totalWeight = weights.Sum();
        }

        /// <summary>The losses of the samples, added; in training their gradients are left where the plan begins its way back.</summary>
        public double SumOfLosses()
        {
            Run((long)Plan.Batch * outputLength >= OutputsWorthSharing);
            double sum = 0;
            foreach (double part in losses)
                sum += part;
            return sum;
        }

        public void Part(int part)
        {
            int first = part * SamplesPerPart,
                end = Math.Min(first + SamplesPerPart, Plan.Batch);
            if (loading is not null)
                for (int s = first; s < end; s++)
                    LoadInput(part, s, loading);
            else
            {
                double sum = 0;
                for (int s = first; s < end; s++)
                {
                    double value = loss.Value(outputs, targets, s).Value;
                    sum += weights.Length == 0 ? value : weights[s] * value;
                    if (gradients is not null)
                        loss.Gradient(outputs, targets, s, weights.Length == 0 ? factor : FactorOf(s), gradients);
                }
                losses[part] = sum;
            }
        }

        private Float32 FactorOf(int sample) => new((float)(loss.IsSum ? weights[sample] : weights[sample] / totalWeight));

        private void LoadInput(int part, int sample, DataSet data)
        {
            Span<float> place = Plan.Input.Span.Slice(sample * inputLength, inputLength);
            if (images.Length == 0)
            {
                data.CopyInput(indices[sample], place);
                return;
            }
            Span<float> room = images.AsSpan(part * inputLength, inputLength);
            data.CopyInput(indices[sample], room);
            ImageLayout.FromChannels(room, input, place);
        }

        private void Run(bool share)
        {
            if (share)
                pool.Run(this, parts);
            else
                for (int part = 0; part < parts; part++)
                    Part(part);
        }
    }
}

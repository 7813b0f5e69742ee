using System.Numerics;
using Longhand.Kernels;
using Longhand.Layers;
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
    private readonly FloatBuffer optimizerState;
    private readonly WorkerPool pool;
    private readonly Dictionary<int, Stage> training = [];
    private readonly Dictionary<int, Stage> measuring = [];
    private readonly Dictionary<DataSet, Targets> targets = [];

    // For the Playground's penalty, which comes after the update: the weights before it, and which links are dead.
    private readonly float[] before;
    private readonly bool[] dead;
    private readonly ulong dropoutKey;

    public FloatEngine(Network network, IReadOnlyList<ParameterValues> start, Training options)
    {
        this.network = network;
        this.options = options;
        parameters = new ParameterBlock(network, start, training: true);
        optimizerState = new FloatBuffer((long)parameters.TrainableLength * options.Optimizer.State.Count);
        pool = new WorkerPool(options.Threads);
        bool afterwards = options.Conventions.PlaygroundTraining && !options.Regularization.IsNone;
        before = new float[afterwards ? parameters.WeightLength : 0];
        dead = new bool[before.Length];
        dropoutKey = RandomStream.Key(options.Seed, RandomStream.Dropout);
    }

    public int Updates { get; private set; }

    public double Step(DataSet data, ReadOnlySpan<int> indices, double rate)
    {
        Stage stage = StageFor(training, indices.Length, forTraining: true);
        Targets targets = TargetsOf(data);
        for (int s = 0; s < indices.Length; s++)
            stage.Load(s, data, indices[s], targets);
        stage.Plan.Forward(Updates);
        double loss = options.Loss.Value(stage.Output, stage.Target).Value;
        options.Loss.Gradient(stage.Output, stage.Target, stage.OutputGradient!);
        stage.Plan.Backward();
        Updates++;
        if (!options.Conventions.PlaygroundTraining)
            AddPenaltySlope();
        parameters.Values.Span[..before.Length].CopyTo(before);
        options.Optimizer.Update(
            parameters.Values.Pointer,
            parameters.Results.Pointer,
            optimizerState.Pointer,
            parameters.TrainableLength,
            parameters.TrainableLength,
            Updates,
            rate
        );
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
        for (int first = 0; first < data.Count; first += MeasureBatch)
        {
            int count = Math.Min(MeasureBatch, data.Count - first);
            Stage stage = StageFor(measuring, count, forTraining: false);
            for (int s = 0; s < count; s++)
                stage.Load(s, data, first + s, targets);
            stage.Plan.Forward();
            for (int s = 0; s < count; s++)
            {
                sum += options.Loss.Value(stage.Output, stage.Target, s).Value;
                if (targets.HasAccuracy && targets.Decide(stage.OutputRow(s)) == data.Class(first + s))
                    right++;
            }
        }
        return new(options.Loss.IsSum ? sum : sum / data.Count, targets.HasAccuracy ? (double)right / data.Count : null);
    }

    public double Penalty()
    {
        if (options.Regularization.IsNone)
            return 0;
        double sum = 0;
        // Array by array: the padding between them follows the optimizer, too, and with eps=0 that is 0/0.
        foreach ((int i, NetworkParameter p) in network.Parameters.Index())
            if (p.Parameter is { Trainable: true, Role: Layers.ParameterRole.Weight })
                foreach (float weight in parameters.Value(i).Span)
                    sum += options.Regularization.Penalty(new Float64(weight)).Value;
        return sum;
    }

    public IReadOnlyList<ParameterValues> Export() => parameters.Export();

    public void Dispose() => pool.Dispose();

    private void AddPenaltySlope()
    {
        if (options.Regularization.IsNone)
            return;
        float* weights = parameters.Values.Pointer,
            gradients = parameters.Results.Pointer;
        int width = Vector<float>.Count;
        for (int i = 0; i < parameters.WeightLength; i += width)
        {
            var weight = new Lanes(Vector.Load(weights + i));
            (Vector.Load(gradients + i) + options.Regularization.Slope(weight).V).Store(gradients + i);
        }
    }

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
                new Plan(network, parameters, batch, forTraining, pool, node => RandomStream.Mix(dropoutKey + (ulong)node))
            );
        return stage;
    }

    /// <summary>A plan with its examples: inputs as the plan lays them, outputs and targets as the loss reads them.</summary>
    private sealed class Stage
    {
        private readonly int inputLength,
            outputLength;
        private readonly Shape input;
        private readonly float[] image;
        private readonly FloatBuffer target;

        public Stage(Network network, Plan plan)
        {
            Plan = plan;
            input = network.Input;
            inputLength = (int)network.Input.Length;
            outputLength = network.Output[0];
            image = new float[input.IsImage && input.Channels > 1 ? inputLength : 0];
            target = new FloatBuffer((long)plan.Batch * outputLength);
            Output = plan.Output.Grid([plan.Batch, outputLength]);
            Target = target.Grid([plan.Batch, outputLength]);
            OutputGradient = plan.OutputGradient?.Grid([plan.Batch, outputLength]);
        }

        public Plan Plan { get; }
        public Grid<Float32> Output { get; }
        public Grid<Float32> Target { get; }
        public Grid<Float32>? OutputGradient { get; }

        public ReadOnlySpan<float> OutputRow(int sample) => Plan.Output.Span.Slice(sample * outputLength, outputLength);

        public void Load(int sample, DataSet data, int index, Targets targets)
        {
            ImageLayout.Load(data, index, input, image, Plan.Input.Span.Slice(sample * inputLength, inputLength));
            ReadOnlySpan<double> row = targets.Row(data, index);
            for (int j = 0; j < row.Length; j++)
                target.Pointer[sample * outputLength + j] = (float)row[j];
        }
    }
}

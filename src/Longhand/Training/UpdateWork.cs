using System.Numerics;
using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand;

/// <summary>An update of all parameters, block by block: the penalty's slope is added to the gradients, then the optimizer's rule applied.</summary>
internal sealed unsafe class UpdateWork : IParallelWork
{
    private const int Block = 1 << 14;

    private readonly ParameterBlock parameters;
    private readonly Optimizer optimizer;
    private readonly Regularization penalty;
    private readonly WorkerPool pool;
    private readonly FloatBuffer state;
    private readonly ClipWork? clip;
    private double rate;

    public UpdateWork(ParameterBlock parameters, Training options, WorkerPool pool)
    {
        this.parameters = parameters;
        this.pool = pool;
        optimizer = options.Optimizer;
        // The Playground takes its penalty after the update.
        penalty = options.Conventions.PlaygroundTraining ? Regularization.None : options.Regularization;
        if (options.Clip is { } bound)
        {
            clip = new ClipWork(parameters, bound, penalty, pool);
            penalty = Regularization.None;
        }
        state = new FloatBuffer((long)parameters.TrainableLength * optimizer.State.Count);
    }

    /// <summary>How many updates have been made.</summary>
    public int Step { get; set; }

    /// <summary>What the optimizer keeps: its kinds one behind the other, each laid out as the trained parameters are.</summary>
    public FloatBuffer State => state;

    /// <summary>The next update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(double learningRate)
    {
        Step++;
        rate = learningRate;
        clip?.Run();
        pool.Run(this, (parameters.TrainableLength + Block - 1) / Block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part(int part)
    {
        int from = part * Block,
            count = Math.Min(Block, parameters.TrainableLength - from);
        float* weights = parameters.Values.Pointer + from,
            gradients = parameters.Results.Pointer + from;
        if (!penalty.IsNone)
            AddPenaltySlope(penalty, weights, gradients, Math.Min(count, parameters.WeightLength - from));
        optimizer.Update(weights, gradients, state.Pointer + from, parameters.TrainableLength, count, Step, rate);
    }

    /// <summary>Adds the slope of a penalty on weights to their gradients; a negative count adds nothing.</summary>
    public static void AddPenaltySlope(Regularization penalty, float* weights, float* gradients, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
            (Vector.Load(gradients + i) + penalty.Slope(new Lanes(Vector.Load(weights + i))).V).Store(gradients + i);
    }
}

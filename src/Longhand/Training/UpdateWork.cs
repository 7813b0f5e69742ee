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
    private int step;
    private double rate;

    public UpdateWork(ParameterBlock parameters, Training options, WorkerPool pool)
    {
        this.parameters = parameters;
        this.pool = pool;
        optimizer = options.Optimizer;
        // The Playground takes its penalty after the update.
        penalty = options.Conventions.PlaygroundTraining ? Regularization.None : options.Regularization;
        state = new FloatBuffer((long)parameters.TrainableLength * optimizer.State.Count);
    }

    /// <summary>The next update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(double learningRate)
    {
        step++;
        rate = learningRate;
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
            AddPenaltySlope(weights, gradients, Math.Min(count, parameters.WeightLength - from));
        optimizer.Update(weights, gradients, state.Pointer + from, parameters.TrainableLength, count, step, rate);
    }

    private void AddPenaltySlope(float* weights, float* gradients, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
            (Vector.Load(gradients + i) + penalty.Slope(new Lanes(Vector.Load(weights + i))).V).Store(gradients + i);
    }
}

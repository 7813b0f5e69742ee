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
    private readonly Regularization? penalty;
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
        Regularization slope = options.Conventions.PlaygroundTraining ? Regularization.None : options.Regularization;
        // Where gradients are clipped, those of the penalty are too.
        if (options.Clip is { } bound)
            clip = new ClipWork(parameters, bound, slope, pool);
        else if (!slope.IsNone)
            penalty = slope;
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
        if (parameters.TrainableLength <= Block)
            Part(0);
        else
            pool.Run(this, (parameters.TrainableLength + Block - 1) / Block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part(int part)
    {
        int from = part * Block,
            count = Math.Min(Block, parameters.TrainableLength - from);
        float* weights = parameters.Values.Pointer + from,
            gradients = parameters.Results.Pointer + from;
        optimizer.Update(
            weights,
            gradients,
            state.Pointer + from,
            parameters.TrainableLength,
            count,
            Step,
            rate,
            penalty,
            parameters.WeightLength - from
        );
    }
}

using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand;

/// <summary>An update of all parameters, block by block: the penalty's slope is added to the gradients, then the optimizer's rule applied.</summary>
internal sealed unsafe class UpdateWork : IParallelWork
{
    private const int Block = 1 << 14;

    private readonly Optimizer optimizer;
    private readonly OptimizerKernel kernel;
    private readonly OptimizerSite site;
    private readonly WorkerPool pool;
    private readonly ParameterBlock parameters; // kept, so that what is pointed to stays alive
    private readonly FloatBuffer state;
    private readonly ClipWork? clip;
    private double rate;

    public UpdateWork(ParameterBlock parameters, Training options, WorkerPool pool)
    {
        this.parameters = parameters;
        this.pool = pool;
        optimizer = options.Optimizer;
        kernel = OptimizerKernel.Of(optimizer);
        // The Playground takes its penalty after the update.
        Regularization slope = options.Conventions.PlaygroundTraining ? Regularization.None : options.Regularization;
        // Where gradients are clipped, those of the penalty are too.
        if (options.Clip is { } bound)
            clip = new ClipWork(parameters, bound, slope, pool);
        state = new FloatBuffer((long)parameters.TrainableLength * optimizer.State.Count);
        site = new()
        {
            Weights = parameters.Values.Pointer,
            Gradients = parameters.Results.Pointer,
            State = state.Pointer,
            States = optimizer.State.Count,
            Count = parameters.TrainableLength,
            Penalty = clip is null && !slope.IsNone ? slope : null,
            Penalized = parameters.WeightLength,
        };
    }

    /// <summary>How many updates have been made.</summary>
    public int Step { get; set; }

    /// <summary>What the optimizer keeps: its kinds one behind the other, each laid out as the trained parameters are.</summary>
    public FloatBuffer State => state;

    /// <summary>How parameters follow their gradients.</summary>
    public Optimizer Optimizer => optimizer;

    /// <summary>What an update works on.</summary>
    public ref readonly OptimizerSite Site => ref site;

    /// <summary>Whether an update is nothing but the optimizer's rule with a penalty: nothing stands between it and the gradients.</summary>
    public bool IsRuleAlone => clip is null;

    /// <summary>The next update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(double learningRate)
    {
        Step++;
        rate = learningRate;
        clip?.Run();
        if (site.Count <= Block)
            kernel.Run(in site, 0, site.Count, Step, rate);
        else
            pool.Run(this, (site.Count + Block - 1) / Block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part(int part) => kernel.Run(in site, part * Block, Math.Min((part + 1) * Block, site.Count), Step, rate);
}

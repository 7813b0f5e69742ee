using System.Runtime.CompilerServices;
using Longhand.Activations;

namespace Longhand.Kernels;

/// <summary>What a <see cref="TinyStep"/> works on.</summary>
internal sealed unsafe class TinyStepSite
{
    /// <summary>The layers.</summary>
    public required TinyLayers Layers { get; init; }

    /// <summary>What is made small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How parameters follow their gradients.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>The parameters, their gradients and what the optimizer keeps.</summary>
    public required OptimizerSite Parameters { get; init; }

    /// <summary>How many times the lanes are filled with samples.</summary>
    public required int Groups { get; init; }

    /// <summary>Numbers of one example: inputs, then targets.</summary>
    public required int Columns { get; init; }

    /// <summary>How many outputs the network has.</summary>
    public required int Outputs { get; init; }

    /// <summary>Where the examples go: [group][column][lane].</summary>
    public required float* Examples { get; init; }

    /// <summary>Where the outputs are found, and where their gradients go: [group][output][lane].</summary>
    public required float* Output { get; init; }

    /// <inheritdoc cref="Output"/>
    public required float* OutputGradient { get; init; }

    /// <summary>What the gradient of each sample's loss is multiplied by.</summary>
    public required float* Factors { get; init; }

    /// <summary>Where the losses of the samples go.</summary>
    public required float* Losses { get; init; }
}

/// <summary>
/// A training step of a tiny network in one call: gathering, forward, loss, backward and update. Such a step waits for itself from beginning
/// to end, and whatever does not is to stand so near that the processor comes to it while it waits.
/// </summary>
internal abstract unsafe class TinyStep
{
    /// <summary>One step.</summary>
    /// <param name="rows">The examples as rows.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="indices">The rows of the batch, as many as there are lanes.</param>
    /// <param name="step">The number of the update, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    public abstract void Run(float* rows, long stride, int* indices, int step, double rate);

    /// <summary>Makes the step; null where the loss has no rule.</summary>
    public static TinyStep? Of(TinyStepSite site) => site.Layers.First.ShowRule(new First(site));

    private sealed class First(TinyStepSite site) : IActivationRuleReader<TinyStep?>
    {
        public TinyStep? Read<TRule>(TRule rule)
            where TRule : struct, IActivationRule => site.Layers.Second.ShowRule(new Second<TRule>(site, rule));
    }

    private sealed class Second<TFirst>(TinyStepSite site, TFirst first) : IActivationRuleReader<TinyStep?>
        where TFirst : struct, IActivationRule
    {
        public TinyStep? Read<TRule>(TRule rule)
            where TRule : struct, IActivationRule => site.Loss.ShowRule(new Third<TFirst, TRule>(site, first, rule));
    }

    private sealed class Third<TFirst, TSecond>(TinyStepSite site, TFirst first, TSecond second) : ILossRuleReader<TinyStep>
        where TFirst : struct, IActivationRule
        where TSecond : struct, IActivationRule
    {
        public TinyStep Read<TRule>(TRule rule)
            where TRule : struct, ILossRule => site.Optimizer.ShowRule(new Fourth<TFirst, TSecond, TRule>(site, first, second, rule));
    }

    private sealed class Fourth<TFirst, TSecond, TLoss>(TinyStepSite site, TFirst first, TSecond second, TLoss loss)
        : IOptimizerRuleReader<TinyStep>
        where TFirst : struct, IActivationRule
        where TSecond : struct, IActivationRule
        where TLoss : struct, ILossRule
    {
        public TinyStep Read<TRule>(TRule rule)
            where TRule : struct, IOptimizerRule =>
            LaneWidth.Is512
                ? new TinyStep<TFirst, TSecond, TLoss, TRule, Lanes512>(site, first, second, loss, rule)
                : new TinyStep<TFirst, TSecond, TLoss, TRule, Lanes>(site, first, second, loss, rule);
    }
}

/// <inheritdoc/>
internal sealed unsafe class TinyStep<TFirst, TSecond, TLoss, TOptimizer, V>(
    TinyStepSite site,
    TFirst first,
    TSecond second,
    TLoss loss,
    TOptimizer optimizer
) : TinyStep
    where TFirst : struct, IActivationRule
    where TSecond : struct, IActivationRule
    where TLoss : struct, ILossRule
    where TOptimizer : struct, IOptimizerRule
    where V : unmanaged, ILanes<V>
{
    private readonly TinyLayer[] layers = site.Layers.All;
    private readonly ElementwiseKernel?[] kernels = site.Layers.Kernels;
    private readonly TinySums sums = site.Layers.Sums;
    private readonly OptimizerSite parameters = site.Parameters;
    private readonly int groups = site.Groups,
        columns = site.Columns,
        outputs = site.Outputs;
    private readonly float* examples = site.Examples,
        output = site.Output,
        outputGradient = site.OutputGradient,
        factors = site.Factors,
        losses = site.Losses;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(float* rows, long stride, int* indices, int step, double rate)
    {
        TinyKernel.Gather<V>(rows, stride, indices, groups, columns, examples);
        TinyChain<TFirst, TSecond, V>.Forward(first, second, layers, kernels);
        LossKernel<TLoss, V>.Lanes(
            loss,
            output,
            examples + (columns - outputs) * V.Count,
            columns,
            outputGradient,
            groups,
            outputs,
            factors,
            losses
        );
        Backward();
        OptimizerKernel<TOptimizer, V>.Run(optimizer, in parameters, 0, parameters.Count, step, rate);
    }

    // By itself: in a method of more than 512 locals, those of what is inlined included, the compiler stops inlining.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Backward() => TinyChain<TFirst, TSecond, V>.Backward(first, second, layers, kernels, sums);
}

using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>Where parameters lie and what an update needs; all buffers are padded to whole vectors.</summary>
internal readonly unsafe struct OptimizerSite
{
    /// <summary>The weights, changed in place.</summary>
    public required float* Weights { get; init; }

    /// <summary>Their gradients.</summary>
    public required float* Gradients { get; init; }

    /// <summary>What the optimizer keeps: kind k of weight i at k · count + i.</summary>
    public required float* State { get; init; }

    /// <summary>How many kinds.</summary>
    public required int States { get; init; }

    /// <summary>How many weights.</summary>
    public required int Count { get; init; }

    /// <summary>Its slope is added to the gradients; null for none.</summary>
    public Regularization? Penalty { get; init; }

    /// <summary>How many weights, from the first on, it acts on.</summary>
    public int Penalized { get; init; }
}

/// <summary>Makes something of an optimizer's rule, whose type only the optimizer knows.</summary>
internal interface IOptimizerRuleReader<TResult>
{
    /// <summary>Called with the rule.</summary>
    TResult Read<TRule>(TRule rule)
        where TRule : struct, IOptimizerRule;
}

/// <summary>An optimizer's rule as one loop over all parameters.</summary>
internal abstract class OptimizerKernel
{
    /// <summary>Updates some of the parameters.</summary>
    /// <param name="site">All of them.</param>
    /// <param name="from">The first.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="step">The number of the update, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    public abstract void Run(in OptimizerSite site, int from, int end, int step, double rate);

    /// <summary>The kernel of an optimizer.</summary>
    public static OptimizerKernel Of(Optimizer optimizer) => optimizer.ShowRule(new Opener());

    private sealed class Opener : IOptimizerRuleReader<OptimizerKernel>
    {
        public OptimizerKernel Read<TRule>(TRule rule)
            where TRule : struct, IOptimizerRule =>
            LaneWidth.Is512 ? new OptimizerKernel<TRule, Lanes512>(rule) : new OptimizerKernel<TRule, Lanes>(rule);
    }
}

/// <inheritdoc/>
internal sealed unsafe class OptimizerKernel<TRule, V>(TRule rule) : OptimizerKernel
    where TRule : struct, IOptimizerRule
    where V : unmanaged, ILanes<V>
{
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in OptimizerSite site, int from, int end, int step, double rate) => Run(rule, in site, from, end, step, rate);

    /// <inheritdoc cref="OptimizerKernel.Run"/>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TRule rule, in OptimizerSite site, int from, int end, int step, double rate)
    {
        // In double first: 1 − 0.999ᵗ would lose half its digits in float.
        var precise = new Four<Numbers.Float64>();
        rule.Constants(step, new Numbers.Float64(rate), precise);
        Unsafe.SkipInit(out Four<V> constants);
        for (int i = 0; i < Optimizer.MaximumConstants; i++)
            constants[i] = V.All((float)precise[i].Value);
        Unsafe.SkipInit(out Four<V> kept);
        float* weights = site.Weights,
            gradients = site.Gradients,
            state = site.State;
        int states = site.States,
            penalized = site.Penalty is null ? 0 : site.Penalized;
        long apart = site.Count;
        if (states == 0 && penalized == 0)
        {
            for (int i = from; i < end; i += V.Count)
                rule.Next(V.Load(weights + i), V.Load(gradients + i), kept, constants).Store(weights + i);
            return;
        }
        for (int i = from; i < end; i += V.Count)
        {
            for (int k = 0; k < states; k++)
                kept[k] = V.Load(state + k * apart + i);
            V weight = V.Load(weights + i),
                gradient = V.Load(gradients + i);
            if (i < penalized)
                gradient += site.Penalty!.Slope(weight);
            rule.Next(weight, gradient, kept, constants).Store(weights + i);
            for (int k = 0; k < states; k++)
                kept[k].Store(state + k * apart + i);
        }
    }

    // No optimizer keeps more numbers per parameter, or has more constants.
    [InlineArray(Optimizer.MaximumConstants)]
    private struct Four<T>
    {
        private T first;
    }
}

using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>An optimizer's rule as one loop over all parameters.</summary>
internal static unsafe class OptimizerKernel
{
    /// <summary>Updates <paramref name="count"/> weights; all buffers are padded to whole vectors.</summary>
    /// <param name="rule">The update of one number.</param>
    /// <param name="weights">The weights, changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="state">The kept numbers: state k of weight i at k · stateStride + i.</param>
    /// <param name="stateStride">The distance between two kinds of kept number.</param>
    /// <param name="states">How many kinds.</param>
    /// <param name="count">How many weights.</param>
    /// <param name="step">The number of the update, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="penalty">Its slope is added to the gradients; null for none.</param>
    /// <param name="penalized">How many weights, from the first on, it acts on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule>(
        in TRule rule,
        float* weights,
        float* gradients,
        float* state,
        int stateStride,
        int states,
        int count,
        int step,
        double rate,
        Regularization? penalty,
        int penalized
    )
        where TRule : struct, IOptimizerRule
    {
        if (LaneWidth.Is512)
            Run<TRule, Lanes512>(in rule, weights, gradients, state, stateStride, states, count, step, rate, penalty, penalized);
        else
            Run<TRule, Lanes>(in rule, weights, gradients, state, stateStride, states, count, step, rate, penalty, penalized);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, V>(
        in TRule rule,
        float* weights,
        float* gradients,
        float* state,
        int stateStride,
        int states,
        int count,
        int step,
        double rate,
        Regularization? penalty,
        int penalized
    )
        where TRule : struct, IOptimizerRule
        where V : unmanaged, ILanes<V>
    {
        // In double first: 1 − 0.999ᵗ would lose half its digits in float.
        var precise = new Four<Numbers.Float64>();
        rule.Constants(step, new Numbers.Float64(rate), precise);
        Unsafe.SkipInit(out Four<V> constants);
        for (int i = 0; i < Optimizer.MaximumConstants; i++)
            constants[i] = V.All((float)precise[i].Value);
        Unsafe.SkipInit(out Four<V> kept);
        if (penalty is null)
            penalized = 0;
        for (int i = 0; i < count; i += V.Count)
        {
            for (int k = 0; k < states; k++)
                kept[k] = V.Load(state + (long)k * stateStride + i);
            V weight = V.Load(weights + i),
                gradient = V.Load(gradients + i);
            if (i < penalized)
                gradient += penalty!.Slope(weight);
            rule.Next(weight, gradient, kept, constants).Store(weights + i);
            for (int k = 0; k < states; k++)
                kept[k].Store(state + (long)k * stateStride + i);
        }
    }

    // No optimizer keeps more numbers per parameter, or has more constants.
    [InlineArray(Optimizer.MaximumConstants)]
    private struct Four<T>
    {
        private T first;
    }
}

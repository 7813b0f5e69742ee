using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>An optimizer's rule as one loop over all parameters.</summary>
internal static unsafe class OptimizerKernel
{
    // No optimizer keeps more numbers per parameter.
    private const int MostStates = 4;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule>(
        TRule rule,
        float* weights,
        float* gradients,
        float* state,
        int stateStride,
        int states,
        int count,
        int step,
        double rate
    )
        where TRule : struct, IOptimizerRule
    {
        if (LaneWidth.Is512)
            Run<TRule, Lanes512>(rule, weights, gradients, state, stateStride, states, count, step, rate);
        else
            Run<TRule, Lanes>(rule, weights, gradients, state, stateStride, states, count, step, rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, V>(
        TRule rule,
        float* weights,
        float* gradients,
        float* state,
        int stateStride,
        int states,
        int count,
        int step,
        double rate
    )
        where TRule : struct, IOptimizerRule
        where V : unmanaged, ILanes<V>
    {
        // In double first: 1 − 0.999ᵗ would lose half its digits in float.
        Span<Numbers.Float64> precise = stackalloc Numbers.Float64[Optimizer.MaximumConstants];
        rule.Constants(step, new Numbers.Float64(rate), precise);
        Span<V> constants = stackalloc V[Optimizer.MaximumConstants];
        for (int i = 0; i < precise.Length; i++)
            constants[i] = V.All((float)precise[i].Value);
        Span<V> kept = stackalloc V[MostStates];
        for (int i = 0; i < count; i += V.Count)
        {
            for (int k = 0; k < states; k++)
                kept[k] = V.Load(state + (long)k * stateStride + i);
            rule.Next(V.Load(weights + i), V.Load(gradients + i), kept, constants).Store(weights + i);
            for (int k = 0; k < states; k++)
                kept[k].Store(state + (long)k * stateStride + i);
        }
    }
}

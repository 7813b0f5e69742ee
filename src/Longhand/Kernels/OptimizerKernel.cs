using System.Numerics;
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
        // In double first: 1 − 0.999ᵗ would lose half its digits in float.
        Span<Numbers.Float64> precise = stackalloc Numbers.Float64[Optimizer.MaximumConstants];
        rule.Constants(step, new Numbers.Float64(rate), precise);
        Span<Lanes> constants = stackalloc Lanes[precise.Length];
        for (int i = 0; i < precise.Length; i++)
            constants[i] = Lanes.Of(precise[i].Value);
        Span<Lanes> kept = stackalloc Lanes[states];
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            for (int k = 0; k < states; k++)
                kept[k] = new(Vector.Load(state + k * stateStride + i));
            rule.Next(new Lanes(Vector.Load(weights + i)), new Lanes(Vector.Load(gradients + i)), kept, constants).V.Store(weights + i);
            for (int k = 0; k < states; k++)
                kept[k].V.Store(state + k * stateStride + i);
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Activations;

namespace Longhand.Kernels;

/// <summary>An activation's rule as loops over floats. One virtual call per block of numbers, none per number.</summary>
/// <param name="slopeReads">Whether the slope reads the input, the output.</param>
internal abstract unsafe class ElementwiseKernel((bool Input, bool Output) slopeReads)
{
    /// <summary>Whether the way back needs the input.</summary>
    public bool SlopeReadsInput { get; } = slopeReads.Input;

    /// <summary>Whether the way back needs the output.</summary>
    public bool SlopeReadsOutput { get; } = slopeReads.Output;

    /// <summary>y = value(x); x and y may be the same memory.</summary>
    public abstract void Forward(float* x, float* y, int count);

    /// <summary>dx = dy · slope(x, y); dx and dy may be the same memory, and what the slope does not read may be null.</summary>
    public abstract void Backward(float* x, float* y, float* dy, float* dx, int count);

    /// <summary>Shows the rule to a reader.</summary>
    public abstract TResult ShowRule<TResult>(IActivationRuleReader<TResult> reader);
}

/// <summary>Makes something of a rule, whose type only the activation knows.</summary>
internal interface IActivationRuleReader<TResult>
{
    /// <summary>Called with the rule.</summary>
    TResult Read<TRule>(TRule rule)
        where TRule : struct, IActivationRule;
}

internal sealed unsafe class ElementwiseKernel<TRule>(TRule rule, (bool Input, bool Output) slopeReads) : ElementwiseKernel(slopeReads)
    where TRule : struct, IActivationRule
{
    public override void Forward(float* x, float* y, int count)
    {
        if (LaneWidth.Is512)
            Forward<Lanes512>(x, y, count);
        else
            Forward<Lanes>(x, y, count);
    }

    public override void Backward(float* x, float* y, float* dy, float* dx, int count)
    {
        // What is not read is replaced by something that can be loaded; the rule never looks at it.
        x = SlopeReadsInput ? x : dy;
        y = SlopeReadsOutput ? y : dy;
        if (LaneWidth.Is512)
            Backward<Lanes512>(x, y, dy, dx, count);
        else
            Backward<Lanes>(x, y, dy, dx, count);
    }

    public override TResult ShowRule<TResult>(IActivationRuleReader<TResult> reader) => reader.Read(rule);

    // Optimised from the first call on: a short training would be over before the runtime has found out that these loops are hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward<V>(float* x, float* y, int count)
        where V : struct, ILanes<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            rule.Value(V.Load(x + i)).Store(y + i);
        if (i < count)
        {
            // The last lanes pass through a full vector of their own, so that each element is computed alike wherever it stands.
            float* tail = stackalloc float[V.Count];
            Copy(x + i, tail, count - i, V.Count);
            rule.Value(V.Load(tail)).Store(tail);
            Unsafe.CopyBlock(y + i, tail, (uint)(count - i) * sizeof(float));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward<V>(float* x, float* y, float* dy, float* dx, int count)
        where V : struct, ILanes<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
            (V.Load(dy + i) * rule.Slope(V.Load(x + i), V.Load(y + i))).Store(dx + i);
        if (i < count)
        {
            float* tail = stackalloc float[3 * V.Count];
            Copy(x + i, tail, count - i, V.Count);
            Copy(y + i, tail + V.Count, count - i, V.Count);
            Copy(dy + i, tail + 2 * V.Count, count - i, V.Count);
            (V.Load(tail + 2 * V.Count) * rule.Slope(V.Load(tail), V.Load(tail + V.Count))).Store(tail);
            Unsafe.CopyBlock(dx + i, tail, (uint)(count - i) * sizeof(float));
        }
    }

    private static void Copy(float* from, float* to, int count, int width)
    {
        Unsafe.CopyBlock(to, from, (uint)count * sizeof(float));
        for (int i = count; i < width; i++)
            to[i] = 0;
    }
}

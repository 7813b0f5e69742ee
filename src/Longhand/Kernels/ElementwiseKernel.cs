using System.Numerics;
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
}

internal sealed unsafe class ElementwiseKernel<TRule>(TRule rule, (bool Input, bool Output) slopeReads) : ElementwiseKernel(slopeReads)
    where TRule : struct, IActivationRule
{
    // Optimised from the first call on: a short training would be over before the runtime has found out that these loops are hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(float* x, float* y, int count)
    {
        int i = 0,
            width = Vector<float>.Count;
        for (; i <= count - width; i += width)
            rule.Value(new Lanes(Vector.Load(x + i))).V.Store(y + i);
        if (i < count)
        {
            // The last lanes pass through a full vector of their own, so that each element is computed alike wherever it stands.
            float* tail = stackalloc float[width];
            Copy(x + i, tail, count - i, width);
            rule.Value(new Lanes(Vector.Load(tail))).V.Store(tail);
            Unsafe.CopyBlock(y + i, tail, (uint)(count - i) * sizeof(float));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(float* x, float* y, float* dy, float* dx, int count)
    {
        // What is not read is replaced by something that can be loaded; the rule never looks at it.
        x = SlopeReadsInput ? x : dy;
        y = SlopeReadsOutput ? y : dy;
        int i = 0,
            width = Vector<float>.Count;
        for (; i <= count - width; i += width)
        {
            Lanes slope = rule.Slope(new Lanes(Vector.Load(x + i)), new Lanes(Vector.Load(y + i)));
            (Vector.Load(dy + i) * slope.V).Store(dx + i);
        }
        if (i < count)
        {
            float* tail = stackalloc float[3 * width];
            Copy(x + i, tail, count - i, width);
            Copy(y + i, tail + width, count - i, width);
            Copy(dy + i, tail + 2 * width, count - i, width);
            Lanes slope = rule.Slope(new Lanes(Vector.Load(tail)), new Lanes(Vector.Load(tail + width)));
            (Vector.Load(tail + 2 * width) * slope.V).Store(tail);
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

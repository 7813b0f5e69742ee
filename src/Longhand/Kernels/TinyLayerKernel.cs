using System.Runtime.CompilerServices;
using Longhand.Activations;

namespace Longhand.Kernels;

/// <summary>
/// The loops of a <see cref="TinyLayer"/>. All are inlined into those of a <see cref="TinyChain"/>: a step of a tiny network is a few hundred
/// instructions, of which calls and what they save and restore would be a third.
/// </summary>
internal static unsafe class TinyLayerKernel<V>
    where V : struct, ILanes<V>
{
    /// <summary>Wx + b of one group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum(in TinyLayer layer, float* x, float* z)
    {
        float* w = layer.Weight,
            b = layer.Bias;
        int inputs = layer.Inputs,
            units = layer.Units,
            unit = 0;
        // Four units side by side, so that their sums do not wait for one another.
        for (; unit <= units - 4; unit += 4, w += 4 * inputs, z += 4 * V.Count)
        {
            V s0 = V.All(b[unit]),
                s1 = V.All(b[unit + 1]),
                s2 = V.All(b[unit + 2]),
                s3 = V.All(b[unit + 3]);
            float* w1 = w + inputs,
                w2 = w1 + inputs,
                w3 = w2 + inputs;
            for (int i = 0; i < inputs; i++)
            {
                V v = V.Load(x + i * V.Count);
                s0 = V.Fma(V.All(w[i]), v, s0);
                s1 = V.Fma(V.All(w1[i]), v, s1);
                s2 = V.Fma(V.All(w2[i]), v, s2);
                s3 = V.Fma(V.All(w3[i]), v, s3);
            }
            s0.Store(z);
            s1.Store(z + V.Count);
            s2.Store(z + 2 * V.Count);
            s3.Store(z + 3 * V.Count);
        }
        for (; unit < units; unit++, w += inputs, z += V.Count)
        {
            V sum = V.All(b[unit]);
            for (int i = 0; i < inputs; i++)
                sum = V.Fma(V.All(w[i]), V.Load(x + i * V.Count), sum);
            sum.Store(z);
        }
    }

    /// <summary>The outputs from the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Activate<TRule>(TRule rule, in TinyLayer layer)
        where TRule : struct, IActivationRule
    {
        float* from = layer.Z,
            to = layer.Y,
            end = to + Length(in layer);
        for (; to < end; from += V.Count, to += V.Count)
            rule.Value(V.Load(from)).Store(to);
    }

    /// <summary>The gradient of the sums from that of the outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Slope<TRule>(TRule rule, in TinyLayer layer)
        where TRule : struct, IActivationRule
    {
        float* z = layer.Z,
            y = layer.Y,
            gradient = layer.Gradient,
            end = gradient + Length(in layer);
        for (; gradient < end; z += V.Count, y += V.Count, gradient += V.Count)
            (V.Load(gradient) * rule.Slope(V.Load(z), V.Load(y))).Store(gradient);
    }

    /// <summary>Floats of the outputs.</summary>
    public static int Length(in TinyLayer layer) => layer.Groups * layer.Units * V.Count;

    /// <summary>The gradient of one group's inputs: Wᵀdz.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inner(in TinyLayer layer, float* dz, float* dx)
    {
        float* weight = layer.Weight;
        int inputs = layer.Inputs,
            units = layer.Units,
            i = 0;
        for (; i <= inputs - 4; i += 4)
        {
            float* w = weight + i;
            V d = V.Load(dz),
                s0 = V.All(w[0]) * d,
                s1 = V.All(w[1]) * d,
                s2 = V.All(w[2]) * d,
                s3 = V.All(w[3]) * d;
            for (int unit = 1; unit < units; unit++)
            {
                w += inputs;
                d = V.Load(dz + unit * V.Count);
                s0 = V.Fma(V.All(w[0]), d, s0);
                s1 = V.Fma(V.All(w[1]), d, s1);
                s2 = V.Fma(V.All(w[2]), d, s2);
                s3 = V.Fma(V.All(w[3]), d, s3);
            }
            s0.Store(dx + i * V.Count);
            s1.Store(dx + (i + 1) * V.Count);
            s2.Store(dx + (i + 2) * V.Count);
            s3.Store(dx + (i + 3) * V.Count);
        }
        for (; i < inputs; i++)
        {
            float* w = weight + i;
            V sum = V.All(w[0]) * V.Load(dz);
            for (int unit = 1; unit < units; unit++)
            {
                w += inputs;
                sum = V.Fma(V.All(w[0]), V.Load(dz + unit * V.Count), sum);
            }
            sum.Store(dx + i * V.Count);
        }
    }

    /// <summary>The gradients of the weights: for each the products of input and gradient, summed over the samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights(in TinyLayer layer)
    {
        int inputs = layer.Inputs,
            step = layer.UnitsAtOnce;
        for (int unit = 0; unit < layer.Units; unit += step)
        {
            int count = Math.Min(step, layer.Units - unit);
            if (layer.Groups == 1)
                Multiply(in layer, layer.Gradient + unit * V.Count, count);
            else
                MultiplyGroups(in layer, layer.Gradient + unit * V.Count, count);
            if (layer.WeightGradient is not null)
                V.SumRows(layer.Products, count * inputs, layer.WeightGradient + unit * inputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(in TinyLayer layer, float* dz, int units)
    {
        int inputs = layer.Inputs;
        float* products = layer.Products;
        for (int unit = 0; unit < units; unit++, dz += V.Count)
        {
            V d = V.Load(dz);
            float* v = layer.X;
            for (int i = 0; i < inputs; i++, v += V.Count, products += V.Count)
                (d * V.Load(v)).Store(products);
        }
    }

    // Over several groups: lane by lane first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyGroups(in TinyLayer layer, float* dz, int units)
    {
        int inputs = layer.Inputs,
            groups = layer.Groups,
            xApart = layer.InputsApart,
            dApart = layer.Units * V.Count;
        float* products = layer.Products;
        for (int unit = 0; unit < units; unit++, dz += V.Count)
        for (int i = 0; i < inputs; i++, products += V.Count)
        {
            float* d = dz + dApart,
                v = layer.X + i * V.Count;
            V total = V.Load(dz) * V.Load(v);
            v += xApart;
            for (int group = 1; group < groups; group++, d += dApart, v += xApart)
                total = V.Fma(V.Load(d), V.Load(v), total);
            total.Store(products);
        }
    }

    /// <summary>The gradients of the biases: those of the sums, added up over the samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Biases(in TinyLayer layer)
    {
        int units = layer.Units;
        float* from = layer.Gradient;
        if (layer.BiasProducts is not null)
        {
            from = layer.BiasProducts;
            for (int unit = 0; unit < units; unit++)
            {
                float* d = layer.Gradient + unit * V.Count;
                V total = V.Load(d);
                for (int group = 1; group < layer.Groups; group++)
                    total += V.Load(d + group * units * V.Count);
                total.Store(from + unit * V.Count);
            }
        }
        if (layer.BiasGradient is not null)
            V.SumRows(from, units, layer.BiasGradient);
    }
}

using System.Runtime.CompilerServices;
using Longhand.Activations;

namespace Longhand.Kernels;

/// <summary>Where the numbers of a small dense layer lie; what is null is not asked for, as gradients in inference.</summary>
internal sealed class TinyDenseSite
{
    /// <summary>How many inputs.</summary>
    public required int Inputs { get; init; }

    /// <summary>How many units.</summary>
    public required int Units { get; init; }

    /// <summary>How many groups of samples.</summary>
    public required int Groups { get; init; }

    /// <summary>Vectors from one group's inputs to the next group's.</summary>
    public required int InputsApart { get; init; }

    /// <summary>The inputs.</summary>
    public required FloatBuffer X { get; init; }

    /// <summary>The weights, [unit][input].</summary>
    public required FloatBuffer Weight { get; init; }

    /// <summary>The biases; null where there are none.</summary>
    public required FloatBuffer? Bias { get; init; }

    /// <summary>The outputs, behind the activation.</summary>
    public required FloatBuffer Y { get; init; }

    /// <summary>Where the sums before the activation are left; null where its slope does not read them.</summary>
    public required FloatBuffer? Z { get; init; }

    /// <summary>The gradient of the outputs, overwritten with that of the sums; null for inference.</summary>
    public FloatBuffer? OutputGradient { get; init; }

    /// <summary>Where the gradient of the inputs goes; null where nobody asks.</summary>
    public FloatBuffer? InputGradient { get; init; }

    /// <summary>Where the gradient of the weights goes.</summary>
    public FloatBuffer? WeightGradient { get; init; }

    /// <summary>Where the gradient of the biases goes.</summary>
    public FloatBuffer? BiasGradient { get; init; }

    /// <summary>Room for <see cref="TinyDense.Room"/> floats.</summary>
    public FloatBuffer? Products { get; init; }
}

/// <summary>
/// A small dense layer and the activation behind it, samples along the lanes: values lie as [group][feature][lane], a group being as many
/// samples as there are lanes. A weight is one number for all lanes, so that nothing is packed or transposed.
/// </summary>
internal abstract class TinyDense
{
    /// <summary>About how many vectors of products are made before they are summed; those of one unit at the least.</summary>
    protected const int ProductsAtOnce = 64;

    /// <summary>Floats that a layer with so many inputs needs for its products.</summary>
    public static int Room(int inputs) => Math.Max(ProductsAtOnce, inputs) * LaneWidth.Most;

    /// <summary>The outputs from the inputs.</summary>
    public abstract void Forward();

    /// <summary>The gradients of weights, biases and inputs from that of the outputs.</summary>
    public abstract void Backward();
}

/// <inheritdoc/>
/// <param name="rule">The activation.</param>
/// <param name="slopeReads">What its slope reads.</param>
/// <param name="site">Where the numbers lie.</param>
internal sealed unsafe class TinyDense<TRule, V>(TRule rule, (bool Input, bool Output) slopeReads, TinyDenseSite site) : TinyDense
    where TRule : struct, IActivationRule
    where V : struct, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward()
    {
        float* sums = (site.Z ?? site.Y).Pointer;
        Sum(sums);
        Activate(sums, site.Y.Pointer, site.Groups * site.Units * V.Count);
    }

    // Wx + b.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(float* z)
    {
        int inputs = site.Inputs,
            units = site.Units;
        float* x = site.X.Pointer,
            b = site.Bias is null ? null : site.Bias.Pointer;
        for (int group = 0; group < site.Groups; group++, x += site.InputsApart * V.Count)
        {
            float* w = site.Weight.Pointer;
            int unit = 0;
            // Four units side by side, so that their sums do not wait for one another.
            for (; unit <= units - 4; unit += 4, w += 4 * inputs, z += 4 * V.Count)
            {
                V s0 = V.All(b is null ? 0 : b[unit]),
                    s1 = V.All(b is null ? 0 : b[unit + 1]),
                    s2 = V.All(b is null ? 0 : b[unit + 2]),
                    s3 = V.All(b is null ? 0 : b[unit + 3]);
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
                V sum = V.All(b is null ? 0 : b[unit]);
                for (int i = 0; i < inputs; i++)
                    sum = V.Fma(V.All(w[i]), V.Load(x + i * V.Count), sum);
                sum.Store(z);
            }
        }
    }

    // In loops of their own, so that the rule is inlined once: where there is too much of it, the compiler stops inlining altogether.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Activate(float* z, float* y, int length)
    {
        for (int i = 0; i < length; i += V.Count)
            rule.Value(V.Load(z + i)).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Slope(float* z, float* y, float* dy, int length)
    {
        for (int i = 0; i < length; i += V.Count)
            (V.Load(dy + i) * rule.Slope(V.Load(z + i), V.Load(y + i))).Store(dy + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward()
    {
        int inputs = site.Inputs,
            units = site.Units,
            groups = site.Groups;
        float* dz = site.OutputGradient!.Pointer;
        // What is not read is replaced by something that can be loaded; the rule never looks at it.
        float* z = slopeReads.Input ? site.Z!.Pointer : dz,
            y = slopeReads.Output ? site.Y.Pointer : dz;
        Slope(z, y, dz, groups * units * V.Count);
        if (site.BiasGradient is { } bias)
            if (groups == 1)
                V.SumRows(dz, units, bias.Pointer);
            else
                SumBiases(dz, units, groups, bias.Pointer);
        // As many products at a time as stay in the first cache until they are summed.
        float* products = site.Products!.Pointer;
        int unitsAtOnce = Math.Max(1, ProductsAtOnce / inputs);
        for (int unit = 0; unit < units; unit += unitsAtOnce)
        {
            int count = Math.Min(unitsAtOnce, units - unit);
            float* d = dz + unit * V.Count;
            if (groups == 1)
                WeightProducts(site.X.Pointer, d, products, inputs, count);
            else
                WeightProducts(site.X.Pointer, site.InputsApart * V.Count, d, units * V.Count, products, inputs, count, groups);
            V.SumRows(products, count * inputs, site.WeightGradient!.Pointer + unit * inputs);
        }
        if (site.InputGradient is { } dx)
            Inner(site.Weight.Pointer, dz, dx.Pointer, inputs, units, groups);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightProducts(float* x, float* dz, float* products, int inputs, int units)
    {
        for (int unit = 0; unit < units; unit++)
        {
            V d = V.Load(dz + unit * V.Count);
            for (int i = 0; i < inputs; i++, products += V.Count)
                (d * V.Load(x + i * V.Count)).Store(products);
        }
    }

    // Over several groups: lane by lane first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightProducts(float* x, int xApart, float* dz, int dApart, float* products, int inputs, int units, int groups)
    {
        for (int unit = 0; unit < units; unit++, dz += V.Count)
        for (int i = 0; i < inputs; i++, products += V.Count)
        {
            float* d = dz + dApart,
                v = x + i * V.Count;
            V total = V.Load(dz) * V.Load(v);
            v += xApart;
            for (int group = 1; group < groups; group++, d += dApart, v += xApart)
                total = V.Fma(V.Load(d), V.Load(v), total);
            total.Store(products);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumBiases(float* dz, int units, int groups, float* biases)
    {
        float* sums = stackalloc float[16 * V.Count];
        for (int unit = 0; unit < units; unit += 16)
        {
            int count = Math.Min(16, units - unit);
            for (int k = 0; k < count; k++)
            {
                float* d = dz + (unit + k) * V.Count;
                V total = V.Load(d);
                for (int group = 1; group < groups; group++)
                    total += V.Load(d + group * units * V.Count);
                total.Store(sums + k * V.Count);
            }
            V.SumRows(sums, count, biases + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inner(float* weight, float* dz, float* dx, int inputs, int units, int groups)
    {
        for (int group = 0; group < groups; group++, dz += units * V.Count, dx += inputs * V.Count)
        {
            int i = 0;
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
                V sum = V.All(weight[i]) * V.Load(dz);
                for (int unit = 1; unit < units; unit++)
                    sum = V.Fma(V.All(weight[i + unit * inputs]), V.Load(dz + unit * V.Count), sum);
                sum.Store(dx + i * V.Count);
            }
        }
    }
}

using System.Numerics;
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

    /// <summary>Where the gradient of the weights goes, padded to whole vectors.</summary>
    public FloatBuffer? WeightGradient { get; init; }

    /// <summary>Where the gradient of the biases goes, padded to whole vectors.</summary>
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
    /// <summary>Floats that the products of a layer need before they are summed.</summary>
    public static int Room(int inputs, int units) =>
        Math.Max(Math.Min(UnitsAtOnce(inputs), units) * inputs, FloatBuffer.Padding) * LaneWidth.Most;

    // So many that their products are about 64 vectors, which the first cache holds, and their sums whole vectors.
    protected static int UnitsAtOnce(int inputs)
    {
        int least = FloatBuffer.Padding / (int)BigInteger.GreatestCommonDivisor(inputs, FloatBuffer.Padding);
        return least * Math.Max(1, 64 / (inputs * least));
    }

    /// <summary>The outputs from the inputs.</summary>
    public abstract void Forward();

    /// <summary>The gradients of weights, biases and inputs from that of the outputs.</summary>
    public abstract void Backward();
}

/// <inheritdoc/>
internal sealed unsafe class TinyDense<TRule, V> : TinyDense
    where TRule : struct, IActivationRule
    where V : struct, ILanes<V>
{
    private readonly TRule rule;

    /// <summary>Kept, so that what is pointed to stays alive.</summary>
    public TinyDenseSite Site { get; }

    private readonly int inputs,
        units,
        groups,
        inputsApart,
        unitsAtOnce;
    private readonly float* x,
        weight,
        bias,
        y,
        z,
        dz,
        dx,
        weightGradient,
        biasGradient,
        products;

    // What the slope reads; something that can be loaded in the place of what it does not.
    private readonly float* slopeInput,
        slopeOutput;

    /// <param name="rule">The activation.</param>
    /// <param name="slopeReads">What its slope reads.</param>
    /// <param name="site">Where the numbers lie.</param>
    public TinyDense(TRule rule, (bool Input, bool Output) slopeReads, TinyDenseSite site)
    {
        this.rule = rule;
        Site = site;
        (inputs, units, groups, inputsApart) = (site.Inputs, site.Units, site.Groups, site.InputsApart * V.Count);
        unitsAtOnce = UnitsAtOnce(inputs);
        x = site.X.Pointer;
        weight = site.Weight.Pointer;
        bias = Of(site.Bias);
        y = site.Y.Pointer;
        z = Of(site.Z ?? site.Y);
        dz = Of(site.OutputGradient);
        dx = Of(site.InputGradient);
        weightGradient = Of(site.WeightGradient);
        biasGradient = Of(site.BiasGradient);
        products = Of(site.Products);
        slopeInput = slopeReads.Input ? z : dz;
        slopeOutput = slopeReads.Output ? y : dz;

        static float* Of(FloatBuffer? buffer) => buffer is null ? null : buffer.Pointer;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward()
    {
        float* sums = z,
            from = x;
        for (int group = 0; group < groups; group++, from += inputsApart, sums += units * V.Count)
            Sum(from, sums);
        Activate();
    }

    // Wx + b of one group.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sum(float* x, float* z)
    {
        float* w = weight,
            b = bias;
        int inputs = this.inputs,
            units = this.units,
            unit = 0;
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

    // In loops of their own, so that the rule is inlined once: where there is too much of it, the compiler stops inlining altogether.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Activate()
    {
        float* from = z,
            to = y;
        int length = groups * units * V.Count;
        for (int i = 0; i < length; i += V.Count)
            rule.Value(V.Load(from + i)).Store(to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Slope()
    {
        float* input = slopeInput,
            output = slopeOutput,
            gradient = dz;
        int length = groups * units * V.Count;
        for (int i = 0; i < length; i += V.Count)
            (V.Load(gradient + i) * rule.Slope(V.Load(input + i), V.Load(output + i))).Store(gradient + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward()
    {
        Slope();
        // First what the layer below waits for.
        if (dx is not null)
            for (int group = 0; group < groups; group++)
                Inner(dz + group * units * V.Count, dx + group * inputs * V.Count);
        SumProducts();
        if (biasGradient is not null)
            SumBiases();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumProducts()
    {
        int step = unitsAtOnce;
        for (int unit = 0; unit < units; unit += step)
        {
            int count = Math.Min(step, units - unit);
            if (groups == 1)
                Multiply(x, dz + unit * V.Count, products, inputs, count);
            else
                MultiplyGroups(x, inputsApart, dz + unit * V.Count, units * V.Count, products, inputs, count, groups);
            V.SumRows(products, count * inputs, weightGradient + unit * inputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(float* x, float* dz, float* products, int inputs, int units)
    {
        for (int unit = 0; unit < units; unit++, dz += V.Count)
        {
            V d = V.Load(dz);
            float* v = x;
            for (int i = 0; i < inputs; i++, v += V.Count, products += V.Count)
                (d * V.Load(v)).Store(products);
        }
    }

    // Over several groups: lane by lane first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyGroups(float* x, int xApart, float* dz, int dApart, float* products, int inputs, int units, int groups)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumBiases()
    {
        if (groups == 1)
        {
            V.SumRows(dz, units, biasGradient);
            return;
        }
        // As many at a time as there is room for.
        int most = FloatBuffer.Padding;
        for (int unit = 0; unit < units; unit += most)
        {
            int count = Math.Min(most, units - unit);
            for (int k = 0; k < count; k++)
            {
                float* d = dz + (unit + k) * V.Count;
                V total = V.Load(d);
                for (int group = 1; group < groups; group++)
                    total += V.Load(d + group * units * V.Count);
                total.Store(products + k * V.Count);
            }
            V.SumRows(products, count, biasGradient + unit);
        }
    }

    // Wᵀdz of one group.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Inner(float* dz, float* dx)
    {
        float* weight = this.weight;
        int inputs = this.inputs,
            units = this.units,
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
            V sum = V.All(weight[i]) * V.Load(dz);
            for (int unit = 1; unit < units; unit++)
                sum = V.Fma(V.All(weight[i + unit * inputs]), V.Load(dz + unit * V.Count), sum);
            sum.Store(dx + i * V.Count);
        }
    }
}

using System.Runtime.CompilerServices;
using Longhand.Activations;

namespace Longhand.Kernels;

/// <summary>The layers of a tiny network and what stands behind them.</summary>
internal sealed class TinyLayers
{
    /// <param name="layers">The layers, in pinned memory; <see cref="TinyLayer.Rule"/> is set here.</param>
    /// <param name="kernels">The activation behind each; null where there is none.</param>
    public TinyLayers(TinyLayer[] layers, ElementwiseKernel?[] kernels)
    {
        (All, Kernels) = (layers, kernels);
        First = kernels.FirstOrDefault(k => k is not null) ?? Activation.Identity.Kernel!;
        Second = kernels.FirstOrDefault(k => k is not null && k.GetType() != First.GetType()) ?? First;
        for (int i = 0; i < layers.Length; i++)
            layers[i].Rule =
                kernels[i] is not { } kernel ? TinyRule.None
                : kernel == First ? TinyRule.First
                : kernel == Second ? TinyRule.Second
                : TinyRule.Other;
    }

    /// <summary>The layers.</summary>
    public TinyLayer[] All { get; }

    /// <summary>The activation behind each; null where there is none.</summary>
    public ElementwiseKernel?[] Kernels { get; }

    /// <summary>The two activations that are part of a chain's code; few networks have a third.</summary>
    public ElementwiseKernel First { get; }

    /// <inheritdoc cref="First"/>
    public ElementwiseKernel Second { get; }

    /// <summary>What is summed over the lanes when all layers are through; nothing where they sum themselves.</summary>
    public TinySums Sums { get; init; }
}

/// <summary>The products of all layers of a chain in the order of the parameters: one for each lane, and where their sums go.</summary>
/// <param name="products">The products.</param>
/// <param name="count">How many parameters, padding included.</param>
/// <param name="gradients">The sums.</param>
internal readonly unsafe struct TinySums(float* products, int count, float* gradients)
{
    /// <summary>The products.</summary>
    public float* Products { get; } = products;

    /// <summary>How many parameters, padding included.</summary>
    public int Count { get; } = count;

    /// <summary>The sums.</summary>
    public float* Gradients { get; } = gradients;
}

/// <summary>A chain of small dense layers, forward and backward in one call each.</summary>
internal abstract class TinyChain
{
    /// <summary>The outputs from the inputs.</summary>
    public abstract void Forward();

    /// <summary>The gradients of weights and biases from that of the outputs.</summary>
    public abstract void Backward();

    /// <summary>Makes the chain of these layers.</summary>
    public static TinyChain Of(TinyLayers layers) => layers.First.ShowRule(new First(layers));

    private sealed class First(TinyLayers layers) : IActivationRuleReader<TinyChain>
    {
        public TinyChain Read<TRule>(TRule rule)
            where TRule : struct, IActivationRule => layers.Second.ShowRule(new Second<TRule>(rule, layers));
    }

    private sealed class Second<TFirst>(TFirst first, TinyLayers layers) : IActivationRuleReader<TinyChain>
        where TFirst : struct, IActivationRule
    {
        public TinyChain Read<TRule>(TRule rule)
            where TRule : struct, IActivationRule =>
            LaneWidth.Is512
                ? new TinyChain<TFirst, TRule, Lanes512>(first, rule, layers)
                : new TinyChain<TFirst, TRule, Lanes>(first, rule, layers);
    }
}

/// <inheritdoc/>
internal sealed unsafe class TinyChain<TFirst, TSecond, V>(TFirst first, TSecond second, TinyLayers layers) : TinyChain
    where TFirst : struct, IActivationRule
    where TSecond : struct, IActivationRule
    where V : struct, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward() => Forward(first, second, layers.All, layers.Kernels);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward() => Backward(first, second, layers.All, layers.Kernels, layers.Sums);

    /// <inheritdoc cref="Forward()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward(TFirst first, TSecond second, TinyLayer[] layers, ElementwiseKernel?[] kernels)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            ref TinyLayer layer = ref layers[i];
            float* x = layer.X,
                z = layer.Z;
            for (int group = 0; group < layer.Groups; group++, x += layer.InputsApart, z += layer.Units * V.Count)
                TinyLayerKernel<V>.Sum(in layer, x, z);
            if (layer.Rule == TinyRule.First)
                TinyLayerKernel<V>.Activate(first, in layer);
            else if (typeof(TFirst) != typeof(TSecond) && layer.Rule == TinyRule.Second)
                TinyLayerKernel<V>.Activate(second, in layer);
            else if (layer.Rule == TinyRule.Other)
                kernels[i]!.Forward(layer.Z, layer.Y, TinyLayerKernel<V>.Length(in layer));
        }
    }

    /// <inheritdoc cref="Backward()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward(TFirst first, TSecond second, TinyLayer[] layers, ElementwiseKernel?[] kernels, TinySums sums)
    {
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            ref TinyLayer layer = ref layers[i];
            if (layer.Rule == TinyRule.First)
                TinyLayerKernel<V>.Slope(first, in layer);
            else if (typeof(TFirst) != typeof(TSecond) && layer.Rule == TinyRule.Second)
                TinyLayerKernel<V>.Slope(second, in layer);
            else if (layer.Rule == TinyRule.Other)
                kernels[i]!.Backward(layer.Z, layer.Y, layer.Gradient, layer.Gradient, TinyLayerKernel<V>.Length(in layer));
            // First what the layer below waits for.
            if (layer.InputGradient is not null)
                for (int group = 0; group < layer.Groups; group++)
                    TinyLayerKernel<V>.Inner(
                        in layer,
                        layer.Gradient + group * layer.Units * V.Count,
                        layer.InputGradient + group * layer.Inputs * V.Count
                    );
            TinyLayerKernel<V>.Weights(in layer);
            TinyLayerKernel<V>.Biases(in layer);
        }
        if (sums.Products is not null)
            V.SumRows(sums.Products, sums.Count, sums.Gradients);
    }
}

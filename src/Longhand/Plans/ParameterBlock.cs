using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Plans;

/// <summary>
/// The parameters of a network as floats in one piece, weights first, so that a penalty and an update are one loop each; gradients and the
/// optimizer's numbers lie in pieces of the same layout. What is not trained comes last.
/// </summary>
internal sealed unsafe class ParameterBlock
{
    private readonly Network network;
    private readonly int[] offsets;
    private readonly int carried;
    private readonly FloatBuffer values;
    private readonly FloatBuffer? results;

    public ParameterBlock(Network network, IReadOnlyList<ParameterValues> start, bool training)
    {
        this.network = network;
        offsets = new int[network.Parameters.Count];
        IsDense = TinyPlan.SharesVectors(network);
        long end = 0;
        foreach (int section in (ReadOnlySpan<int>)[0, 1, 2])
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                if (Section(network.Parameters[i].Parameter) != section)
                    continue;
                // Where the end lies beyond what a buffer holds, the buffer below refuses.
                offsets[i] = (int)Math.Min(end, FloatBuffer.MaximumLength);
                int length = (int)Math.Min(network.Parameters[i].Parameter.Length, FloatBuffer.MaximumLength);
                end += IsDense ? length : FloatBuffer.Padded(length);
            }
            if (IsDense)
                end = FloatBuffer.Padded((int)end);
            if (section == 0)
                WeightLength = (int)Math.Min(end, FloatBuffer.MaximumLength);
            else if (section == 1)
                TrainableLength = (int)Math.Min(end, FloatBuffer.MaximumLength);
        }
        values = new FloatBuffer(end);
        results = training ? new FloatBuffer(end) : null;
        Weights = [.. Enumerable.Range(0, offsets.Length).Where(i => Section(network.Parameters[i].Parameter) == 0).Select(Value)];
        carried = values.Length - TrainableLength;
        Import(start);
    }

    /// <summary>Whether the parameters of a kind follow on one another without padding.</summary>
    public bool IsDense { get; }

    /// <summary>Floats that a penalty acts on, padding included; they come first.</summary>
    public int WeightLength { get; }

    /// <summary>What a penalty acts on, without the padding.</summary>
    public IReadOnlyList<FloatBuffer> Weights { get; }

    /// <summary>Floats that an update acts on, padding included; they come first.</summary>
    public int TrainableLength { get; }

    /// <summary>All values.</summary>
    public FloatBuffer Values => values;

    /// <summary>All gradients (and next values of what is carried along).</summary>
    public FloatBuffer Results =>
        results ?? throw new InvalidOperationException("A bug in Longhand: parameters for inference have no gradients.");

    /// <summary>The values of the network's parameter <paramref name="index"/>.</summary>
    public FloatBuffer Value(int index) => values.Part(offsets[index], (int)network.Parameters[index].Parameter.Length);

    /// <summary>Where the network's parameter <paramref name="index"/> begins, here and in all that is laid out alike.</summary>
    public int Offset(int index) => offsets[index];

    /// <summary>The gradient of the network's parameter <paramref name="index"/>.</summary>
    public FloatBuffer Result(int index) => Results.Part(offsets[index], (int)network.Parameters[index].Parameter.Length);

    /// <summary>Takes over the next values of what is not trained but carried along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CarryOn()
    {
        if (carried > 0)
            Results.Span.Slice(TrainableLength, carried).CopyTo(values.Span[TrainableLength..]);
    }

    /// <summary>The present values, copied.</summary>
    public IReadOnlyList<ParameterValues> Export() =>
        [.. network.Parameters.Select((p, i) => new ParameterValues(p.Parameter, Value(i).Span.ToArray()))];

    /// <summary>Sets all values.</summary>
    public void Import(IReadOnlyList<ParameterValues> all)
    {
        for (int i = 0; i < offsets.Length; i++)
        for (int k = 0; k < all[i].Length; k++)
            values.Pointer[offsets[i] + k] = all[i].Single(k);
    }

    private static int Section(Parameter p) =>
        !p.Trainable ? 2
        : p.Role == ParameterRole.Weight ? 0
        : 1;
}

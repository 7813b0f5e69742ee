using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> ConcatKind = Registries.Layers.Add(
        new("concat", "concat NAME…", "the current value and named ones side by side, images along their channels", _ => new Concat())
        {
            ReadsNames = true,
        }
    );
}

/// <summary>Several values side by side: features of vectors, channels of images. <c>concat skip</c> in the notation.</summary>
public sealed class Concat : Layer
{
    /// <inheritdoc/>
    public override string Kind => "concat";

    /// <inheritdoc/>
    public override string Notation => "concat";

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override bool IsJoin => true;

    /// <inheritdoc/>
    public override string Symbol => "c";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs)
    {
        Shape first = inputs[0];
        foreach (Shape other in inputs)
            if (other.Rank != first.Rank || (first.IsImage && (other.Size(0) != first.Size(0) || other.Size(1) != first.Size(1))))
                throw new ShapeException($"concat reads vectors, or images of one height and width, but was given {first} and {other}.");
        Size channels = inputs.Aggregate((Size)0, (sum, s) => sum + s.Size(^1));
        return first.IsImage ? Shape.Of(first.Size(0), first.Size(1), channels) : Shape.Of(channels);
    }

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => OutputRange.Unbounded;

    internal override PlanStep Lay(PlanSite site) => new ConcatStep(site);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p)
    {
        foreach ((int input, int from, int to) in Places(p))
            p.Y.SetFlat(to, p.Inputs[input].Flat(from));
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p)
    {
        foreach ((int input, int from, int to) in Places(p))
            p.InputGradients[input].SetFlat(from, p.DY.Flat(to));
    }

    // Channels are the outermost index of a sample, so each input is one run of the output.
    private static IEnumerable<(int Input, int From, int To)> Places<T>(Pass<T> p)
        where T : Numbers.IScalar<T>
    {
        int total = p.Y.Length / p.Batch;
        for (int s = 0; s < p.Batch; s++)
        for (int k = 0, start = 0; k < p.Inputs.Count; k++)
        {
            int length = p.Inputs[k].Length / p.Batch;
            for (int i = 0; i < length; i++)
                yield return (k, s * length + i, s * total + start + i);
            start += length;
        }
    }
}

using Longhand.Layers;

namespace Longhand;

/// <summary>What the notation tells the builder to do, and which part says so.</summary>
/// <param name="Part">The part.</param>
/// <param name="At">Where in the text.</param>
internal abstract record NotationStep(Part Part, int At)
{
    /// <summary>How many layers and jumps it is when all repetitions are written out.</summary>
    public virtual long Size => 1;
}

/// <summary>Adds a layer; a joining layer reads the named values as well.</summary>
internal sealed record LayerStep(Part Part, int At, Layer Layer, IReadOnlyList<string> Others) : NotationStep(Part, At)
{
    /// <summary>Where its words have ended.</summary>
    public required int End { get; init; }
}

/// <summary>Names the current value.</summary>
internal sealed record NameStep(Part Part, int At, string Name) : NotationStep(Part, At)
{
    public override long Size => 0;
}

/// <summary>Continues from a named value.</summary>
internal sealed record FromStep(Part Part, int At, string Name) : NotationStep(Part, At);

/// <summary>Goes through its steps several times.</summary>
internal sealed record RepeatStep(Part Part, int At, int Count) : NotationStep(Part, At)
{
    private long size;

    public List<NotationStep> Steps { get; } = [];

    public override long Size => size;

    /// <summary>Ends the repetition. A step of more than <see cref="NetworkBuilder.MaximumLayers"/> was refused, so the product fits.</summary>
    public void Close() => size = Count * Steps.Sum(step => step.Size);
}

namespace Longhand.Layers;

/// <summary>What is known of a layer's outputs, so that a loss can refuse what it cannot read.</summary>
/// <param name="Low">No output is smaller.</param>
/// <param name="High">No output is larger.</param>
public sealed record OutputRange(double Low, double High)
{
    /// <summary>Nothing is known.</summary>
    public static OutputRange Unbounded { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether the outputs of one sample are probabilities that add up to 1.</summary>
    public bool IsDistribution { get; init; }

    /// <summary>Whether the outputs are the logarithms of probabilities that add up to 1.</summary>
    public bool IsLogDistribution { get; init; }

    /// <summary>Whether each output lies between 0 and 1.</summary>
    public bool IsProbability => Low >= 0 && High <= 1;
}

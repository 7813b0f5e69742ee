using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>Exact numbers of one or more examples, a row each; images channel by channel.</summary>
/// <param name="Rows">The examples.</param>
/// <param name="IsBatch">Whether the file gives a batch, if only of one: answers have that outer level then, too.</param>
public sealed record NumberBatch(IReadOnlyList<Rational[]> Rows, bool IsBatch)
{
    /// <summary>The classes, where targets were given as such and <see cref="Rows"/> holds what the loss makes of them.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>All numbers as doubles, row after row.</summary>
    public double[] ToDoubles() => [.. Rows.SelectMany(row => row.Select(number => (double)number))];
}

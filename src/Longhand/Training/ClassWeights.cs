using System.Globalization;

namespace Longhand;

/// <summary>
/// How much the examples of each class count in training: the loss of a batch becomes the weighted mean Σ wᵢLᵢ / Σ wᵢ, as PyTorch's
/// weighted cross-entropy has it (a loss that adds up becomes Σ wᵢLᵢ). What is measured on whole sets is not weighted.
/// </summary>
public sealed class ClassWeights
{
    private readonly IReadOnlyList<double>? byNumber;
    private readonly IReadOnlyDictionary<string, double>? byName;

    private ClassWeights(IReadOnlyList<double>? byNumber, IReadOnlyDictionary<string, double>? byName)
    {
        this.byNumber = byNumber;
        this.byName = byName;
        foreach (double weight in byNumber ?? byName?.Values ?? [])
            if (!(weight > 0 && double.IsFinite(weight)))
                throw new LonghandException(
                    string.Create(CultureInfo.InvariantCulture, $"The weight of a class is a number above 0, not {weight}.")
                );
    }

    /// <summary>n/(k·nᶜ) for the class c: every class counts alike, whatever its share of the n training examples (k classes).</summary>
    public static ClassWeights Balanced { get; } = new(null, null);

    /// <summary>A weight for each class, by its number.</summary>
    /// <exception cref="LonghandException">A weight is not above 0.</exception>
    public static ClassWeights Of(params IReadOnlyList<double> weights) => new([.. weights], null);

    /// <summary>Weights by the names of the classes; a class that is not named has weight 1.</summary>
    /// <exception cref="LonghandException">A weight is not above 0.</exception>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> weights) =>
        new(null, new SortedDictionary<string, double>(weights.ToDictionary(), StringComparer.Ordinal));

    /// <summary>The weight of each class of these data.</summary>
    /// <exception cref="LonghandException">There are no classes, another number of them, or none of that name.</exception>
    internal double[] For(DataSet data)
    {
        if (!data.HasClasses)
            throw new LonghandException($"Class weights need classes, but the targets of {data.Name} are values.");
        IReadOnlyList<string> names = data.ClassNames;
        if (byNumber is not null)
            return byNumber.Count == names.Count
                ? [.. byNumber]
                : throw new LonghandException(
                    $"There are {byNumber.Count} class weights, but {data.Name} has {names.Count} classes: {string.Join(", ", names)}."
                );
        if (byName is not null)
            return byName.Keys.FirstOrDefault(name => !names.Contains(name)) is { } stranger
                ? throw new LonghandException(
                    $"{data.Name} has no class {Quoted.Of(stranger)}."
                        + (Nearest.Suggestion(stranger, [.. names]) is { Length: > 0 } near ? near : $" It has {string.Join(", ", names)}.")
                )
                : [.. names.Select(name => byName.GetValueOrDefault(name, 1))];
        var counts = new int[names.Count];
        for (int i = 0; i < data.Count; i++)
            counts[data.Class(i)]++;
        int occurring = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 1 : (double)data.Count / ((double)occurring * count))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        byNumber is not null ? string.Join(", ", byNumber.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))
        : byName is not null
            ? string.Join(", ", byName.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value}")))
        : "balanced";
}

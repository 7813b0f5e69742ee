namespace Longhand.Working;

/// <summary>An array that was given: its numbers one by one where they are few, else as a whole.</summary>
/// <param name="Numbers">Name and value of each, and whether the value is printed exactly.</param>
/// <param name="Map">The array as a whole; null where its numbers are listed.</param>
public sealed record WorkingGiven(IReadOnlyList<(SymbolName Name, string Value, bool IsExact)> Numbers, WorkingMap? Map)
{
    /// <summary>How many numbers follow those that are listed.</summary>
    public int More { get; init; }

    /// <summary>Which numbers of the network they are; empty for targets.</summary>
    internal IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>In the matrix view the array as a matrix, beside its numbers one by one.</summary>
    internal (SymbolName Name, Formula Numbers, bool IsExact)? Matrix { get; init; }

    /// <summary>What is written in one row each: the numbers of a sample, or the array as a matrix.</summary>
    internal IEnumerable<IReadOnlyList<(SymbolName Name, Formula Value, bool IsExact)>> Rows =>
        Matrix is { } matrix
            ?
            [
                [matrix],
            ]
            : Numbers
                .GroupBy(n => n.Name.Sample)
                .Select(sample =>
                    (IReadOnlyList<(SymbolName, Formula, bool)>)[.. sample.Select(n => (n.Name, (Formula)new Numeral(n.Value), n.IsExact))]
                );
}

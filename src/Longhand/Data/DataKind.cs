namespace Longhand;

/// <summary>A kind of data that an experiment can name: how it is written, what it is, and how it is made.</summary>
/// <param name="Name">The first word of the data's line: circle, mnist.</param>
/// <param name="Usage">The line's form: <c>circle [n=500] [noise=0] [seed=0.5]</c>.</param>
/// <param name="Summary">One sentence for lists.</param>
/// <param name="Options">The key=value options that it knows; others are refused.</param>
/// <param name="Make">Makes the data from a line that has been checked against <see cref="Options"/> and <see cref="Operands"/>.</param>
public sealed record DataKind(
    string Name,
    string Usage,
    string Summary,
    IReadOnlyList<DataOption> Options,
    Func<DataArguments, DataParts> Make
)
{
    /// <summary>What the words without a key stand for, in order (DIR, FILE, EXPRESSION).</summary>
    public IReadOnlyList<string> Operands { get; init; } = [];

    /// <summary>How many of the last <see cref="Operands"/> may be left out.</summary>
    public int OptionalOperands { get; init; }

    /// <summary>Whether the examples are all that there can be (a truth table), so that none is kept aside for testing unless a split is asked for.</summary>
    public bool IsComplete { get; init; }
}

/// <summary>An option of a kind of data, written key=value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Default">What holds when it is not given, as it would be written; empty where there is nothing to write.</param>
/// <param name="Summary">What it means, with its unit and range.</param>
public sealed record DataOption(string Name, string Default, string Summary);

/// <summary>Data as made from an experiment's line.</summary>
/// <param name="All">All examples, or those meant for training where a test part belongs to the data.</param>
/// <param name="Test">The test part that belongs to the data (MNIST's 10,000), or null: then the experiment splits.</param>
public sealed record DataParts(DataSet All, DataSet? Test);

namespace Longhand.Experiments;

/// <summary>Where entries were read from: a file, standard input, or an option of the command line. It writes the messages about them.</summary>
/// <param name="name">What messages begin with: <c>xor.yaml</c>, <c>--set dense1.weight</c>.</param>
public sealed class Source(string name)
{
    /// <summary>What messages begin with.</summary>
    public string Name { get; } = name;

    /// <summary>Whether messages name line and column; an option of the command line has neither.</summary>
    public bool HasPlaces { get; init; } = true;

    /// <summary>A message about the whole.</summary>
    public LonghandException Error(string problem) => new($"{Name}: {problem}");

    /// <summary>A message about a place, line and column counted from 1.</summary>
    public LonghandException Error(int line, int column, string problem) =>
        HasPlaces ? new($"{Name}, line {line}, column {column}: {problem}") : Error(problem);
}

using System.Globalization;

namespace Longhand;

/// <summary>
/// Data to learn from: generators (each in its own file under Generators, with its recipe) and the kinds that an experiment can name.
/// </summary>
public static partial class Data
{
    /// <summary>The most examples that a generator makes.</summary>
    public const int MostExamples = 10_000_000;

    // The kinds are registered by fields in the generators' files; the explicit static constructor makes that happen before any use.
    static Data() { }

    /// <summary>Every kind of data that an experiment can name, by name.</summary>
    public static IReadOnlyList<DataKind> Kinds => [.. DataKinds.ByName.Values];

    /// <summary>Adds a kind of data, so that experiments and commands know it; adding the same one twice changes nothing.</summary>
    /// <returns>The kind itself.</returns>
    /// <exception cref="InvalidOperationException">Another kind has this name.</exception>
    public static DataKind Register(DataKind kind) => DataKinds.Add(kind);

    /// <summary>Makes the data that an experiment's line names: <c>circle n=500 noise=0.1 seed=7</c>.</summary>
    /// <param name="text">A kind's name, its operands and key=value options; what holds spaces is quoted.</param>
    /// <param name="baseDirectory">What relative paths in the text are relative to; the current directory when absent.</param>
    /// <exception cref="LonghandException">The text names no known data or option, a value is wrong, or a file cannot be read.</exception>
    /// <exception cref="DataFormatException">A file is not what its format asks for.</exception>
    public static DataParts Make(string text, string? baseDirectory = null)
    {
        var arguments = DataArguments.Parse(text, baseDirectory);
        try
        {
            return arguments.Kind.Make(arguments);
        }
        catch (LonghandException e) when (e is not DataFormatException && !e.Message.StartsWith("data \"", StringComparison.Ordinal))
        {
            // What a generator refuses is said with the line that asked for it; a file's own message names the file already.
            throw new LonghandException($"data {Quoted.Of(text)}: {e.Message}", e);
        }
    }

    /// <summary>The option n of a generator.</summary>
    internal static DataOption CountOption(int n) =>
        new("n", n.ToString(CultureInfo.InvariantCulture), "how many examples, 2 to 10,000,000");

    /// <summary>The option seed of the generators that draw from Longhand's own random numbers.</summary>
    internal static DataOption SeedOption => new("seed", "1", "a whole number from 0; the same seed gives the same examples");

    private static void RequireCount(string generator, int n, int least = 2)
    {
        if (n < least || n > MostExamples)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{generator}: n is {n:N0}, but it must lie between {least:N0} and {MostExamples:N0}."
                )
            );
    }

    private static void RequireNoise(string generator, double noise, double most = 1e6)
    {
        if (!(noise >= 0 && noise <= most))
            throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"{generator}: noise is {noise}, but it must lie between 0 and {most}.")
            );
    }

    // The Playground's page gives its noise in per cent; whoever copies 25 from there means 0.25.
    private static void RequirePlaygroundNoise(string generator, double noise)
    {
        if (noise is > 1 and <= 100)
            throw new LonghandException(
                FormattableString.Invariant(
                    $"{generator}: noise is {noise}, but it must lie between 0 and 1; the Playground's {noise} (per cent) is {noise / 100} here."
                )
            );
        RequireNoise(generator, noise, 1);
    }
}

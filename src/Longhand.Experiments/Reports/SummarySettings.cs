namespace Longhand.Experiments.Reports;

/// <summary>What is chosen beside the network of a summary, as commands and the page read it.</summary>
internal static class SummarySettings
{
    private static readonly (string Name, int Bytes)[] types = [("f16", 2), ("f32", 4), ("f64", 8)];

    /// <summary>Numbers for letters, <c>n=4,m=3</c>.</summary>
    /// <param name="where">What is said before a refusal: "--set".</param>
    /// <param name="settings">The texts.</param>
    /// <exception cref="LonghandException">One of them is something else.</exception>
    public static Dictionary<string, int> Numbers(string where, IEnumerable<string> settings)
    {
        var numbers = new Dictionary<string, int>();
        foreach (string setting in settings.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            string[] sides = setting.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || sides[1].Length == 0)
                throw new LonghandException($"{where} {Quoted.Of(setting)}: a letter and its number are needed, as in {where} n=4,m=3.");
            if (Arguments.CountProblem(sides[1], out int number) is { } problem)
                throw new LonghandException($"{where} {Quoted.Of(setting)}: {sides[0]} {problem}.");
            if (!numbers.TryAdd(sides[0], number))
                throw new LonghandException($"{where} {Quoted.Of(setting)}: {sides[0]} is given twice.");
        }
        return numbers;
    }

    /// <summary>How many bytes a number of a type takes; those of f32 where none is named.</summary>
    /// <param name="where">What is said before a refusal: "--dtype".</param>
    /// <param name="type">f16, f32 or f64.</param>
    /// <exception cref="LonghandException">It is none of these.</exception>
    public static int Bytes(string where, string? type)
    {
        if (type is null)
            return sizeof(float);
        foreach ((string name, int bytes) in types)
            if (name.Equals(type, StringComparison.OrdinalIgnoreCase))
                return bytes;
        throw new LonghandException(
            $"{where} {Quoted.Of(type)}: f16, f32 or f64 is needed.{Nearest.Suggestion(type, types.Select(t => t.Name))}"
        );
    }
}

using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>Numbers read from entries, each from its own text and therefore exact.</summary>
internal static class NumberEntries
{
    /// <summary>A number.</summary>
    /// <param name="entry">Where it stands.</param>
    /// <param name="what">What it is: "train.split".</param>
    public static Rational Number(this Entry entry, string what)
    {
        string text = entry.Text($"{what}: expected a number");
        return Rational.TryParse(text, out Rational value, out string? reason) ? value : throw entry.Error($"{what}: {reason}.");
    }

    /// <summary>A whole number between two bounds.</summary>
    public static int Whole(this Entry entry, string what, int least, int most = int.MaxValue)
    {
        Rational value = entry.Number(what);
        if (!value.IsInteger || value < least || value > most)
            throw entry.Error(
                most == int.MaxValue
                    ? $"{what}: expected a whole number of at least {least}, found {entry.Description}."
                    : $"{what}: expected a whole number from {least} to {most}, found {entry.Description}."
            );
        return (int)value.Numerator;
    }

    /// <summary>true or false, and no other word for them.</summary>
    public static bool Truth(this Entry entry, string what) =>
        entry.Text($"{what}: expected true or false") switch
        {
            "true" => true,
            "false" => false,
            _ => throw entry.Error($"{what}: expected true or false, found {entry.Description}."),
        };

    /// <summary>One of some words.</summary>
    public static string Word(this Entry entry, string what, params string[] words)
    {
        string expected = $"{what}: expected {string.Join(", ", words[..^1])} or {words[^1]}";
        string text = entry.Text(expected);
        return words.Contains(text) ? text : throw entry.Error($"{expected}, found {entry.Description}.{Nearest.Suggestion(text, words)}");
    }

    /// <summary>A seed: a whole number of 64 bits without a sign.</summary>
    public static ulong Seed(this Entry entry, string what)
    {
        Rational value = entry.Number(what);
        return value.IsInteger && value.Sign >= 0 && value.Numerator <= ulong.MaxValue
            ? (ulong)value.Numerator
            : throw entry.Error($"{what}: expected a whole number from 0 to {ulong.MaxValue}, found {entry.Description}.");
    }
}

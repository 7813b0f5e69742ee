namespace Longhand;

/// <summary>A word and where it stands.</summary>
/// <param name="Text">The word.</param>
/// <param name="At">Where it begins.</param>
/// <param name="End">Where it has ended.</param>
internal readonly record struct NotationWord(string Text, int At, int End)
{
    public bool Is(string keyword) => Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it begins as a number does.</summary>
    public static bool IsNumber(string word) =>
        char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] is '-' or '+' or '.' && char.IsAsciiDigit(word[1]));

    public static string Join(IEnumerable<NotationWord> words) => string.Join(' ', words.Select(word => word.Text));
}

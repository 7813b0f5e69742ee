namespace Longhand;

/// <summary>The known word that a misspelt one was probably meant to be, for "Did you mean …?".</summary>
internal static class Nearest
{
    // Longer words are nobody's slip of the finger, and comparing them would cost their length squared.
    private const int LongestWord = 64;

    /// <summary>
    /// The candidate with the fewest edits from <paramref name="word"/>; of equals the one of its length ("tahn" is tanh rather than tan),
    /// then the first; null when none is near.
    /// </summary>
    /// <remarks>
    /// Case does not count. An edit inserts, removes or replaces a letter, or swaps two neighbours (optimal string alignment). Near is
    /// one edit for words of up to four letters, two for up to eight, else three, and never as many edits as the word has letters.
    /// </remarks>
    public static string? Word(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        int most = Math.Min(word.Length - 1, word.Length <= 4 ? 1 : (word.Length <= 8 ? 2 : 3));
        string upper = word.ToUpperInvariant();
        return candidates
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Word: candidate, Edits: Edits(upper, candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Edits <= most)
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => Math.Abs(candidate.Word.Length - word.Length))
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary>A sentence to append to a message: <c> Did you mean "dense"?</c> with its leading space, or nothing.</summary>
    public static string Suggestion(string word, IEnumerable<string> candidates) =>
        Word(word, candidates) is string near ? $" Did you mean \"{near}\"?" : "";

    private static int Edits(string a, string b)
    {
        // Three rows of the table of distances between the first i letters of a and the first j of b.
        int[] beforeLast = new int[b.Length + 1],
            last = [.. Enumerable.Range(0, b.Length + 1)],
            row = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[b.Length];
    }
}

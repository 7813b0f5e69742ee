using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>
/// Which row of a network's summary each row of before has become when one was edited, so that a page whose table is still the old one can
/// say what it means by a row of that.
/// </summary>
/// <remarks>
/// An edit is made to words, and words that are repeated, as in <c>3 * (conv 8 3x3)</c>, are several rows. So rows are told apart by their
/// words' place among all words, and by which of their repetitions they are.
/// </remarks>
internal static class RowsBehind
{
    /// <summary>For each row of before, the input's first, which it is now; null for one that is gone, or stands nowhere in the text.</summary>
    /// <param name="before">The network before.</param>
    /// <param name="behind">The network with the row edited.</param>
    /// <param name="row">The row.</param>
    /// <param name="what">What was done with it, as a page says it: change, remove, add, up or down.</param>
    public static JsonArray Of(NotationPlaces before, NotationPlaces behind, int row, string what)
    {
        (int?[] old, int?[] made) = (Places(before), Places(behind));
        int[] parts = [.. Enumerable.Range(0, old.Length).Select(before.PartOf)];
        int more = (made.Max() ?? 0) - (old.Max() ?? 0),
            first = parts[row] - (what == "up" ? 1 : 0);
        (int ofFirst, int ofSecond) = (Words(first), Words(first + 1));
        ILookup<int?, int> rows = Enumerable.Range(0, made.Length).ToLookup(now => made[now]);
        var seen = new int[old.Length];
        var found = new JsonArray();
        for (int value = 0; value < old.Length; value++)
        {
            int? place = Place(value);
            int repetition = old[value] is { } at ? seen[at]++ : 0;
            int[] now = place is null ? [] : [.. rows[place]];
            found.Add(now.Length == 0 ? null : (JsonNode)now[Math.Min(repetition, now.Length - 1)]);
        }
        return found;

        int Words(int part) =>
            Enumerable.Range(0, old.Length).Where(v => parts[v] == part).Select(v => old[v]).OfType<int>().Distinct().Count();

        int? Place(int value) =>
            old[value] is not { } at ? null
            : what == "change" ? at + (at > old[row] ? more : 0)
            : what == "remove" ? (at == old[row] ? null : at + (at > old[row] ? more : 0))
            : what == "add" ? at + (parts[value] > parts[row] ? more : 0)
            : parts[value] == first ? at + ofSecond
            : parts[value] == first + 1 ? at - ofFirst
            : at;
    }

    // For each row the place of its words among all words, in the text's order; null where it has none.
    private static int?[] Places(NotationPlaces places)
    {
        int?[] starts = [.. Enumerable.Range(0, places.Network.Nodes.Count + 1).Select(value => places.Words(value)?.Start)];
        List<int> order = [.. starts.OfType<int>().Distinct().Order()];
        return [.. starts.Select(start => start is { } at ? order.BinarySearch(at) : (int?)null)];
    }
}

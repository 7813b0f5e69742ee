using Longhand.Numbers;

namespace Longhand.Playground.Questions;

/// <summary>
/// Numbers in rows and columns as a link has them: rows end with a semicolon or a line, numbers with a space, a comma or a tab; channels
/// end with "|", filters with "||".
/// </summary>
/// <param name="Sizes">[filter, channel, row, column].</param>
/// <param name="Numbers">The numbers, the last index running fastest.</param>
internal sealed record GridText(IReadOnlyList<int> Sizes, Rational[] Numbers)
{
    private static readonly char[] gaps = [' ', ',', '\t'];
    private static readonly char[] ends = [';', '\n'];

    /// <summary>Whether a fraction stands among the numbers.</summary>
    public bool HasFractions { get; private init; }

    /// <summary>Reads an argument.</summary>
    /// <param name="asked">Where it stands.</param>
    /// <param name="key">Its name.</param>
    /// <param name="side">How many rows and columns there may be.</param>
    /// <param name="usual">What holds where it is not said; null where it must be.</param>
    /// <exception cref="LonghandException">Something is no number, a row is of another length, or there is too much.</exception>
    public static GridText Read(Asked asked, string key, int side, string? usual = null)
    {
        const int channels = Limits.GridChannels;
        string text = asked.Text(key, usual, channels * channels * side * side * (Limits.NumberLength + 1));
        var numbers = new List<Rational>();
        int[] sizes = [0, 0, 0, 0];
        string[] filters = text.Split("||");
        Count(filters.Length, channels, 0, "filters", "");
        foreach ((int o, string filter) in filters.Index())
        {
            string[] planes = filter.Split('|');
            Count(planes.Length, channels, 1, "channels", o == 0 ? "" : $"filter {o + 1}");
            foreach ((int c, string plane) in planes.Index())
            {
                string where = $"{(filters.Length > 1 ? $"filter {o + 1}, " : "")}channel {c + 1}";
                string[] rows = plane.Split(ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                Count(rows.Length, side, 2, "rows", where);
                foreach ((int i, string row) in rows.Index())
                {
                    string[] cells = row.Split(gaps, StringSplitOptions.RemoveEmptyEntries);
                    Count(cells.Length, side, 3, "numbers", $"{where}, row {i + 1}");
                    foreach ((int j, string cell) in cells.Index())
                        numbers.Add(Number(cell, $"{where}, row {i + 1}, column {j + 1}"));
                }
            }
        }
        return new(sizes, [.. numbers]) { HasFractions = text.Contains('/') };

        void Count(int count, int most, int axis, string what, string where)
        {
            string place = where.Length == 0 ? "" : $"{where}: ";
            if (count == 0)
                throw asked.Wrong(key, $"{place}there are no {what}.");
            string there = count == 1 ? $"there is 1 {what.TrimEnd('s')}" : $"there are {count} {what}";
            if (count > most)
                throw asked.Wrong(key, $"{place}{there}; {most} is the limit here.");
            if (sizes[axis] != 0 && sizes[axis] != count)
                throw asked.Wrong(key, $"{place}{there}, but {sizes[axis]} before.");
            sizes[axis] = count;
        }

        Rational Number(string cell, string where) =>
            cell.Length > Limits.NumberLength ? throw asked.Wrong(key, $"{where}: a number may have {Limits.NumberLength} characters here.")
            : Rational.TryParse(cell.Replace('−', '-'), out Rational value, out string? reason) ? value
            : throw asked.Wrong(key, $"{where}: {reason}.");
    }
}

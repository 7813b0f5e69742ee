using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Chooses what is shown of an array, and writes its numbers so that they stand under one another.</summary>
internal static class MapDrawing
{
    // A plane is shown whole if it takes no more than these; else its upper left corner is.
    private const int LineWidth = 74,
        MostRows = 16,
        CornerRows = 6;

    // Of an array with more numbers or planes than these the first planes are shown.
    private const int MostNumbers = 144,
        FirstPlanes = 4;

    // Numbers in a grid are to be compared at a glance, and few digits do for that; the lines have them all.
    private const int Digits = 4;

    /// <summary>An array as a whole.</summary>
    /// <param name="key">Where it is found in JSON.</param>
    /// <param name="name">Its name.</param>
    /// <param name="grid">Its numbers.</param>
    /// <param name="words">What its indices are called, such as "channel".</param>
    /// <param name="opening">How one of its numbers is asked for.</param>
    public static WorkingMap Map(string key, SymbolName name, Grid<Expr> grid, IReadOnlyList<string> words, string opening)
    {
        double least = double.PositiveInfinity,
            greatest = double.NegativeInfinity,
            sum = 0;
        for (int i = 0; i < grid.Length; i++)
        {
            double value = grid.Flat(i).Value;
            (least, greatest, sum) = (Math.Min(least, value), Math.Max(greatest, value), sum + value);
        }
        int[] sizes = [.. grid.Sizes];
        int width = sizes[^1],
            height = sizes.Length > 1 ? sizes[^2] : 1,
            count = grid.Length / (width * height);
        int shown = grid.Length <= MostNumbers ? count : Math.Clamp(MostNumbers / (width * height), 1, Math.Min(count, FirstPlanes));
        double largest = Math.Max(Math.Abs(least), Math.Abs(greatest));
        var planes = new List<MapPlane>();
        for (int p = 0; p < shown && (p == 0 || IsWhole(planes[0])); p++)
            planes.Add(Plane(Label(p, sizes, words), height, width, (i, j) => grid.Flat((p * height + i) * width + j), largest));
        return new()
        {
            Key = key,
            Name = name,
            Sizes = sizes,
            Words = words,
            Least = least,
            Mean = sum / grid.Length,
            Greatest = greatest,
            Opening = opening,
            Planes = planes,
            PlaneCount = count,
        };
    }

    /// <summary>Whether all of a plane is shown.</summary>
    public static bool IsWhole(MapPlane plane) => plane.Rows.Count == plane.Height && plane.Rows[0].Count == plane.Width;

    /// <summary>Numbers in rows and columns, null where there is none; of many rows or columns the first.</summary>
    /// <param name="label">Which they are.</param>
    /// <param name="height">How many rows.</param>
    /// <param name="width">How many columns.</param>
    /// <param name="at">The number in a row and column.</param>
    /// <param name="largest">What decides how many decimals there are, the same for all planes of an array; null for the largest here.</param>
    public static MapPlane Plane(string label, int height, int width, Func<int, int, Expr?> at, double? largest = null)
    {
        // As many columns as fit, in which fewer columns may need fewer characters each.
        for (int columns = Math.Min(width, LineWidth / 3); ; columns--)
        {
            bool isWhole = columns == width && height <= MostRows;
            int rows = isWhole ? height : Math.Min(height, CornerRows);
            (string[][] cells, int exponent, bool exact) = Write(rows, columns, at, largest);
            int room = LineWidth - (columns < width ? 2 : 0);
            if (columns == 1 || columns * (cells.Max(row => row.Max(cell => cell.Length)) + 2) - 2 <= room)
                return new(label, cells, exponent, exact, height, width);
        }
    }

    private static (string[][] Cells, int Exponent, bool Exact) Write(int rows, int columns, Func<int, int, Expr?> at, double? most)
    {
        Expr?[][] numbers = [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => at(i, j)).ToArray())];
        Expr[] all = [.. numbers.SelectMany(row => row).OfType<Expr>()];
        int? decimals = ExactDecimals(all);
        double largest =
            most is { } given && double.IsFinite(given)
                ? given
                : all.Select(e => Math.Abs(e.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int magnitude = largest > 0 ? Magnitude(largest) : 0;
        int exponent = decimals is null && magnitude is (< -3 or > 5) ? magnitude : 0;
        // At least one decimal, so that what is rounded to 0.0 is not taken for 0.
        int places = decimals ?? Math.Max(1, Digits - 1 - (magnitude - exponent));
        return (
            Array.ConvertAll(numbers, row => Array.ConvertAll(row, e => e is null ? "" : Number(e, exponent, places))),
            exponent,
            decimals is not null
        );
    }

    // 10^magnitude ≤ value < 10^(magnitude + 1), once it has been rounded to as many digits as are shown.
    private static int Magnitude(double value)
    {
        string text = value.ToString($"E{Digits - 1}", CultureInfo.InvariantCulture);
        return int.Parse(
            text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture
        );
    }

    // How many decimals all of the numbers have; null where some are longer than a grid shows.
    private static int? ExactDecimals(Expr[] numbers)
    {
        const int most = 3,
            longest = 6;
        int decimals = 0;
        foreach (Expr e in numbers)
        {
            if (e.Exact is not { } exact || !exact.TryDecimal(longest, out string? text) || text.Contains('e', StringComparison.Ordinal))
                return null;
            int point = text.IndexOf('.', StringComparison.Ordinal);
            decimals = Math.Max(decimals, point < 0 ? 0 : text.Length - 1 - point);
        }
        return decimals <= most ? decimals : null;
    }

    private static string Number(Expr e, int exponent, int places)
    {
        if (!double.IsFinite(e.Value) || e.Value == 0)
            return TextNotation.Minus(Decimals.Format(e.Value, 1));
        // From the decimal text of all digits of the double, since a division by a power of ten would round twice.
        string text = exponent == 0 ? e.Value.ToString($"F{places}", CultureInfo.InvariantCulture) : Scaled(e.Value, exponent, places);
        return TextNotation.Minus(text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text.TrimStart('-') : text);
    }

    private static string Scaled(double value, int exponent, int places)
    {
        var scaled = (Rational)System.Numerics.BigInteger.Pow(10, Math.Abs(exponent));
        Rational exact = Rational.FromDouble(value);
        return ((double)(exponent < 0 ? exact * scaled : exact / scaled)).ToString($"F{places}", CultureInfo.InvariantCulture);
    }

    private static string Label(int plane, int[] sizes, IReadOnlyList<string> words)
    {
        var label = new List<string>();
        for (int d = sizes.Length - 3; d >= 0; plane /= sizes[d], d--)
            label.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{words[d]} {plane % sizes[d] + 1}"));
        return string.Join(", ", label);
    }
}

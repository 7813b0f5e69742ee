using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>What is said of an array beside its numbers, the same in every notation.</summary>
internal static class MapWords
{
    /// <summary>What stands for a number that is not there.</summary>
    public const string Nothing = "·";

    /// <summary>How that is explained below the grids of a patch; null where nothing is missing.</summary>
    public static string? Missing(WorkingPatch patch) =>
        patch.Pairs.Any(p => p.Times is not null && p.Read.Rows.Any(row => row.Contains("")))
            ? $"{Nothing} meets the padding, or nothing at all, and is left out of the sum"
            : null;

    /// <summary>Where the array is found, if that is to be told with its name; else null.</summary>
    public static string? Source(WorkingMap map, bool isGiven) => isGiven && map.Key != map.Name.ToString() ? map.Key : null;

    /// <summary>How large it is, and what it ranges over where not all of it is shown: <c>2 channels of 4×4, rounded</c>.</summary>
    public static string Size(WorkingMap map)
    {
        var text = new StringBuilder(Sizes(map));
        if (!IsWhole(map))
            text.Append(CultureInfo.InvariantCulture, $", from {Short(map.Least)} to {Short(map.Greatest)}, mean {Short(map.Mean)}");
        if (!map.Planes.All(p => p.IsExact))
            text.Append(", rounded");
        return text.ToString();
    }

    /// <summary>How many planes follow those that are shown; null where none do.</summary>
    public static string? More(WorkingMap map) =>
        map.PlaneCount > map.Planes.Count
            ? string.Create(CultureInfo.InvariantCulture, $"and {map.PlaneCount - map.Planes.Count} more")
            : null;

    /// <summary>How what is not shown is asked for; null where all is shown, or was given.</summary>
    public static string? Opening(WorkingMap map, bool isGiven) =>
        isGiven || IsWhole(map) ? null : $"--at {map.Opening} opens any of them, counted from 0";

    /// <summary>What stands above a plane; empty where nothing does.</summary>
    public static string Label(MapPlane plane) =>
        plane.Exponent == 0
            ? plane.Label
            : $"{plane.Label}{(plane.Label.Length > 0 ? ", " : "")}times 10^{TextNotation.Minus(plane.Exponent.ToString(CultureInfo.InvariantCulture))}";

    private static bool IsWhole(WorkingMap map) => map.PlaneCount == map.Planes.Count && map.Planes.All(MapDrawing.IsWhole);

    // 2 channels of 4×4; 8 filters, 1 channel each, of 3×3; 10×64; 256 numbers.
    private static string Sizes(WorkingMap map)
    {
        int rank = map.Sizes.Count;
        if (rank == 1)
            return Count(map.Sizes[0], "number");
        string plane = string.Create(CultureInfo.InvariantCulture, $"{map.Sizes[^2]}×{map.Sizes[^1]}");
        if (rank == 2)
            return plane;
        string leading = string.Join(" of ", Enumerable.Range(0, rank - 2).Select(d => Count(map.Sizes[d], map.Words[d])));
        return $"{leading} of {plane}";
    }

    private static string Count(int count, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");

    private static string Short(double value) => TextNotation.Minus(Numbers.Decimals.Format(value, 4));
}

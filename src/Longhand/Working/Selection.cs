using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Which numbers of a network are worked line by line. All of them where they are few; of an array with many one, the largest in size, as
/// an example; where places were asked for, those and no other.
/// </summary>
internal sealed class Selection(Network network, ExplainRequest request)
{
    /// <summary>In a small network an array of up to so many numbers is worked in full.</summary>
    public const int MostWorked = 40;

    // In a network with more numbers than these only short lists of values are.
    private const int SmallNetwork = 1000,
        MostWorkedOfLarge = 10;

    private readonly bool isSmall =
        network.Nodes.Sum(n => n.Output.Length) * request.Inputs.Count + network.Parameters.Sum(p => p.Parameter.Length) <= SmallNetwork;

    /// <summary>Once there are so many lines, the updates that follow are computed without being written out.</summary>
    public const int MostLines = 5000;

    /// <summary>A sum of more terms than this is written with its first and last ones.</summary>
    public int LongestSum => IsAt ? 200 : 40;

    /// <summary>Whether single places were asked for.</summary>
    public bool IsAt => request.At.Count > 0;

    /// <summary>Whether anything is written out at all; it is not after too many lines.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Whether a number was asked for by its place.</summary>
    public bool IsAsked(Origin origin) => request.At.Any(place => Is(place, origin));

    /// <summary>The places that were asked for in one array.</summary>
    public IEnumerable<Place> PlacesIn(bool isParameter, int array) =>
        request.At.Where(place => place.IsParameter == isParameter && place.Array == array);

    /// <summary>Which numbers of an array are worked; null for all of them.</summary>
    public HashSet<int>? Of(Grid<Expr> grid, Func<int, Origin> originOf)
    {
        if (!IsOpen)
            return [];
        if (IsAt)
            return [.. Enumerable.Range(0, grid.Length).Where(i => IsAsked(originOf(i)))];
        if (IsWhole(grid, originOf(0).IsParameter))
            return null;
        return Example(grid);
    }

    /// <summary>The number that is worked as an example for all of an array: the largest in size.</summary>
    public static HashSet<int> Example(Grid<Expr> grid)
    {
        int largest = 0;
        for (int i = 1; i < grid.Length; i++)
            if (Math.Abs(grid.Flat(i).Value) > Math.Abs(grid.Flat(largest).Value))
                largest = i;
        return [largest];
    }

    /// <summary>Whether an array of this size is worked in full.</summary>
    public bool IsWhole(Grid<Expr> grid, bool isParameter) =>
        grid.Length
        <= (
            isSmall ? MostWorked
            : isParameter ? 1
            : MostWorkedOfLarge
        );

    private static bool Is(Place place, Origin origin) =>
        (place.IsParameter, place.Array, place.Index) == (origin.IsParameter, origin.Array, origin.Index)
        && (place.Sample is null || place.IsParameter || place.Sample == origin.Sample);
}

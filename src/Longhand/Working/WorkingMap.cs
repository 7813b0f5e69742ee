namespace Longhand.Working;

/// <summary>
/// An array of a solution as a whole: how large it is, where its numbers lie, and as many of them as can be taken in, in rows and columns.
/// The whole array stands in <see cref="Solution.Layers"/> and its neighbours.
/// </summary>
public sealed record WorkingMap
{
    /// <summary>Where the array is found in JSON: <c>conv1.output</c>, <c>gradients.conv1.weight</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Its name, without indices.</summary>
    public required SymbolName Name { get; init; }

    /// <summary>Its sizes; [sample, …] only where there are several samples.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>What its indices are called: "channel", "row", "column".</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The smallest number.</summary>
    public required double Least { get; init; }

    /// <summary>The mean of the numbers.</summary>
    public required double Mean { get; init; }

    /// <summary>The largest number.</summary>
    public required double Greatest { get; init; }

    /// <summary>How one of its numbers is asked for: <c>conv1[channel,row,column]</c>.</summary>
    public required string Opening { get; init; }

    /// <summary>The planes that are shown, the first ones of all.</summary>
    public required IReadOnlyList<MapPlane> Planes { get; init; }

    /// <summary>How many planes there are: channels, times samples or filters.</summary>
    public required int PlaneCount { get; init; }
}

/// <summary>Numbers in rows and columns, as they are printed.</summary>
/// <param name="Label">Which they are: "channel 1"; empty where there is no other plane.</param>
/// <param name="Rows">The numbers, row by row; an empty text where there is none. All have as many decimals.</param>
/// <param name="Exponent">The power of ten that every number is to be multiplied by; 0 for most.</param>
/// <param name="IsExact">Whether they are printed exactly rather than rounded.</param>
/// <param name="Height">How many rows the plane has; more than are shown where only its upper left corner is.</param>
/// <param name="Width">How many columns it has.</param>
public sealed record MapPlane(string Label, IReadOnlyList<IReadOnlyList<string>> Rows, int Exponent, bool IsExact, int Height, int Width);

/// <summary>
/// What a line reads, laid out as it lies in the image: under each kernel the numbers that it meets, or the numbers among which the largest
/// is chosen.
/// </summary>
/// <param name="Line">The <see cref="WorkingStep.Id"/> of the line.</param>
/// <param name="Pairs">The numbers read, and beside them what they are multiplied by; null where they are only added or compared.</param>
/// <param name="Winner">Row and column of the one that was chosen, among the rows of the only pair; null where all count.</param>
public sealed record WorkingPatch(string Line, IReadOnlyList<(MapPlane Read, MapPlane? Times)> Pairs, (int Row, int Column)? Winner);

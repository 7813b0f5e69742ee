using System.Globalization;

namespace Longhand;

/// <summary>Classes that are written as whole numbers, in whatever file.</summary>
internal static class ClassNumbers
{
    /// <summary>A column with more different numbers than this holds values, unless it is said to hold classes.</summary>
    public const int MostInferred = 100;

    /// <summary>The most classes there may be.</summary>
    public const int Most = 100_000;

    /// <summary>
    /// The number of each class, in their order. 0, 1, 2, …, even if one does not occur, are the classes themselves, so that a part of the
    /// data has the same classes as the whole; others are counted in the order of their size.
    /// </summary>
    public static double[] InOrder(IReadOnlyCollection<double> numbers) =>
        numbers.Min() >= 0 && numbers.Max() < MostInferred && numbers.Contains(0)
            ? [.. Enumerable.Range(0, (int)numbers.Max() + 1).Select(n => (double)n)]
            : [.. numbers.Distinct().Order()];

    /// <summary>What the classes are called.</summary>
    public static string[] Names(double[] inOrder) => [.. inOrder.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}

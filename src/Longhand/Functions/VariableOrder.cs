using System.Numerics;

namespace Longhand;

/// <summary>The alphabetical order of variables: case counts last, and a number at the end counts as a number, so that x2 precedes x10.</summary>
internal sealed class VariableOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static VariableOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        (string xLetters, BigInteger xNumber) = Parts(x ?? "");
        (string yLetters, BigInteger yNumber) = Parts(y ?? "");
        int order = StringComparer.OrdinalIgnoreCase.Compare(xLetters, yLetters);
        if (order == 0)
            order = xNumber.CompareTo(yNumber);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (string Letters, BigInteger Number) Parts(string name)
    {
        int end = name.Length;
        while (end > 0 && char.IsAsciiDigit(name[end - 1]))
            end--;
        return (name[..end], end == name.Length ? -1 : BigInteger.Parse(name[end..], System.Globalization.CultureInfo.InvariantCulture));
    }
}

using System.Globalization;

namespace Longhand.Layers;

/// <summary>How many rows and columns are put around an image before a window moves over it.</summary>
public readonly record struct Padding
{
    /// <param name="top">Rows above the image.</param>
    /// <param name="left">Columns to its left.</param>
    /// <param name="bottom">Rows below it.</param>
    /// <param name="right">Columns to its right.</param>
    /// <exception cref="LonghandException">One of them is negative.</exception>
    public Padding(int top, int left, int bottom, int right)
    {
        if (top < 0 || left < 0 || bottom < 0 || right < 0)
            throw new LonghandException($"Padding is at least 0 on each side, not {top}/{left}/{bottom}/{right}.");
        (Top, Left, Bottom, Right) = (top, left, bottom, right);
    }

    /// <summary>Nothing: windows lie within the image.</summary>
    public static Padding Valid => default;

    /// <summary>As much as makes the output ceil(input / stride); the odd row or column goes to the bottom or right.</summary>
    public static Padding Same => new() { IsSame = true };

    /// <summary>Whether it is <see cref="Same"/>, and so depends on the image.</summary>
    public bool IsSame { get; private init; }

    /// <summary>Rows above the image.</summary>
    public int Top { get; }

    /// <summary>Columns to its left.</summary>
    public int Left { get; }

    /// <summary>Rows below it.</summary>
    public int Bottom { get; }

    /// <summary>Columns to its right.</summary>
    public int Right { get; }

    /// <summary>The same on all sides.</summary>
    public static implicit operator Padding(int size) => new(size, size, size, size);

    /// <summary>The same on all sides.</summary>
    public static Padding FromInt32(int size) => size;

    /// <summary><c>valid</c>, <c>same</c>, <c>1</c>, <c>2x1</c> (rows x columns) or <c>1/0/2/1</c> (top/left/bottom/right).</summary>
    public override string ToString() =>
        IsSame ? "same"
        : this == Valid ? "valid"
        : (Top, Left) != (Bottom, Right) ? string.Create(CultureInfo.InvariantCulture, $"{Top}/{Left}/{Bottom}/{Right}")
        : Top != Left ? string.Create(CultureInfo.InvariantCulture, $"{Top}x{Left}")
        : Top.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="LonghandException">It is nothing of this kind.</exception>
    internal static Padding Read(string text, Arguments arguments)
    {
        if (text.Equals("valid", StringComparison.OrdinalIgnoreCase))
            return Valid;
        if (text.Equals("same", StringComparison.OrdinalIgnoreCase))
            return Same;
        string[] sides = text.Split('/');
        if (sides.Length == 4)
            return new(Side(sides[0]), Side(sides[1]), Side(sides[2]), Side(sides[3]));
        string[] axes = text.Split('x', 'X', '×');
        if (sides.Length > 1 || axes.Length > 2 || !char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.'))
            throw arguments.Error(
                $"pad is {Quoted.Of(text)}, but valid, same, a number, rows x columns (\"2x1\") or top/left/bottom/right (\"1/0/2/1\") is needed"
                    + (Nearest.Word(text, ["valid", "same"]) is { } near ? $". Did you mean \"{near}\"?" : "")
            );
        int rows = Side(axes[0]),
            columns = Side(axes[^1]);
        return new(rows, columns, rows, columns);

        int Side(string one)
        {
            int size = 0;
            string? problem =
                one == "0" ? null
                : one.Length == 0 ? "has a side without a number"
                : Arguments.CountProblem(one, out size);
            return problem is null
                ? size
                : throw arguments.Error(
                    $"pad {problem.Replace("a whole number of at least 1 is needed", "a whole number of at least 0 is needed", StringComparison.Ordinal)}"
                );
        }
    }
}

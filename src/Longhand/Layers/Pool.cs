using Longhand.Numbers;

namespace Longhand.Layers;

/// <summary>What pools have in common: a window that moves over each channel by itself.</summary>
public abstract class Pool : Layer
{
    internal static readonly string[] PoolFlags = ["ceil"];

    private protected Pool(Window window)
    {
        Window = window;
        (long rows, long columns) = (window.Rows(1).Span, window.Columns(1).Span);
        Padding pad = window.Padding;
        if (!pad.IsSame && (Math.Max(pad.Top, pad.Bottom) > rows / 2 || Math.Max(pad.Left, pad.Right) > columns / 2))
            throw new LonghandException(
                $"pad is {pad}, but a pool's padding is at most half its window, here {rows / 2}x{columns / 2}: "
                    + "else a window could lie wholly in the padding."
            );
    }

    /// <summary>The window, and how it moves.</summary>
    public Window Window { get; }

    /// <inheritdoc/>
    public override string Notation => $"{Kind} {Window.Size}{Window.Written(Window.Size)}{(Window.Ceiling ? " ceil" : "")}";

    /// <inheritdoc/>
    public override string Symbol => "p";

    /// <inheritdoc/>
    public override Window? WindowOver(Shape image) => Window;

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs)
    {
        (Size height, Size width) = Window.Output(Notation, inputs[0]);
        if (!height.HasLetters)
            RequireSight(Window.Rows(inputs[0].Height), "rows");
        if (!width.HasLetters)
            RequireSight(Window.Columns(inputs[0].Width), "columns");
        return Shape.Of(height, width, inputs[0].Size(^1));
    }

    /// <summary>The places in the image that a window sees, as pairs of row and column.</summary>
    private protected static IEnumerable<(int Row, int Column)> Places(WindowAxis rows, WindowAxis columns, int i, int j)
    {
        for (int a = 0; a < rows.Size; a++)
        for (int b = 0; b < columns.Size; b++)
            if (rows.Holds(rows.Place(i, a)) && columns.Holds(columns.Place(j, b)))
                yield return (rows.Place(i, a), columns.Place(j, b));
    }

    private protected static void Clear<T>(Grid<T> grid)
        where T : IScalar<T>
    {
        for (int i = 0; i < grid.Length; i++)
            grid.SetFlat(i, T.Of(0));
    }

    // PoolK, PoolK-S2
    private protected static string? ReadShorthand(string word, string prefix, string keyword)
    {
        int length = prefix.Length;
        if (word.Length <= length || !word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || !char.IsAsciiDigit(word[length]))
            return null;
        string[] pieces = word[length..].Split('-');
        return $"{keyword} {pieces[0]}{Window.ShorthandOptions(word, pieces.Skip(1))}";
    }

    // A window that starts before the image and steps over the whole of it sees nothing.
    private void RequireSight(WindowAxis axis, string what)
    {
        if (axis.Before > 0 && axis.Dilation > axis.Inputs)
            throw new ShapeException(
                $"{Notation} steps {axis.Dilation} {what} at once over an image that has {axis.Inputs}, and with padding a window could see nothing of it. "
                    + "Take a smaller dilation, or no padding."
            );
    }
}

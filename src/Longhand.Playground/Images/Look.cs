namespace Longhand.Playground.Images;

/// <summary>What a page looks at: an example of a set, or a picture of its own.</summary>
/// <param name="Set">train or test.</param>
/// <param name="Index">Which example.</param>
/// <param name="Picture">The page's own picture, ink from 0 to 1; null for the example.</param>
internal sealed record Look(string Set, int Index, float[]? Picture)
{
    /// <summary>What is looked at before a page has said anything.</summary>
    public static Look Usual { get; } = new("test", 0, null);

    /// <summary>Checks what a page asks for.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="set">train or test.</param>
    /// <param name="index">Which example.</param>
    /// <param name="lines">
    /// Lines drawn by hand, with a dot between them: four hexadecimal digits for each point, x and y from 00 to ff; or null.
    /// </param>
    /// <param name="cells">The ink of each pixel, row by row: two hexadecimal digits each; or null.</param>
    /// <exception cref="LonghandException">There is no such example, or the picture is none.</exception>
    public static Look Read(Setup setup, string set, int index, string? lines, string? cells)
    {
        ImageView view =
            setup.Images ?? throw new LonghandException("There are no images: the examples of this experiment are something else.");
        DataSet data = view.Set(set);
        if (lines is not null && cells is not null)
            throw new LonghandException("A picture is either lines or cells, not both.");
        if (lines is not null)
            return new(set, 0, Drawing.ToImage([.. lines.Split('.').Select(line => Line(line))], data));
        if (cells is not null)
            return new(set, 0, Cells(cells, data));
        if (index < 0 || index >= data.Count)
            throw new LonghandException($"index is {index}, but {set} has the examples 0 to {data.Count - 1}.");
        return new(set, index, null);
    }

    private static double[] Line(string text)
    {
        if (text.Length % 4 != 0 || Bytes(text) is not { } bytes)
            throw new LonghandException(
                $"lines: {Quoted.Of(text)} is no line; each point is four hexadecimal digits, x and y from 00 to ff, and a dot stands between lines."
            );
        return [.. bytes.Select(b => b / 255.0)];
    }

    private static float[] Cells(string text, DataSet data)
    {
        if (text.Length != 2 * data.InputShape.Length || Bytes(text) is not { } bytes)
            throw new LonghandException(
                $"cells: two hexadecimal digits for each of the {data.InputShape.Length} pixels are needed, row by row; there are {text.Length} characters."
            );
        int levels = Drawing.LevelsOf(data);
        return [.. bytes.Select(b => MathF.Round(b * levels / 255f) / levels)];
    }

    // Null where it is something else.
    private static byte[]? Bytes(string text)
    {
        if (text.Any(c => !char.IsAsciiHexDigit(c)))
            return null;
        return Convert.FromHexString(text);
    }

    /// <summary>The same where another experiment has it, else its first example.</summary>
    public Look For(ImageView view, Setup setup)
    {
        string set = Set == "test" && setup.Data.Test is null ? "train" : Set;
        DataSet data = view.Set(set);
        return Picture is { } picture && picture.Length == data.InputShape.Length ? this with { Set = set }
            : Picture is null && Index < data.Count ? this with { Set = set }
            : new(set, 0, null);
    }

    /// <summary>The image.</summary>
    public float[] Image(ImageView view)
    {
        if (Picture is not null)
            return Picture;
        DataSet data = view.Set(Set);
        var image = new float[data.InputShape.Length];
        data.CopyInput(Index, image);
        return image;
    }

    /// <summary>What it shows; null for the page's own picture.</summary>
    public int? Class(ImageView view) => Picture is null ? view.Set(Set).Class(Index) : null;
}

using System.Globalization;

namespace Longhand.Layers;

/// <summary>Two whole numbers of at least 1, along the height and the width of an image: the size of a window, its stride, its dilation.</summary>
public readonly record struct Extent
{
    private readonly int height,
        width;

    /// <param name="height">Along the rows.</param>
    /// <param name="width">Along the columns.</param>
    /// <exception cref="LonghandException">One of them is not positive.</exception>
    public Extent(int height, int width)
    {
        if (height < 1 || width < 1)
            throw new LonghandException($"Sizes, strides and dilations of a window are at least 1, not {height}x{width}.");
        (this.height, this.width) = (height - 1, width - 1);
    }

    /// <summary>Along the rows.</summary>
    public int Height => height + 1; // so that what was never set is 1

    /// <summary>Along the columns.</summary>
    public int Width => width + 1;

    /// <summary>The same along both.</summary>
    public static implicit operator Extent(int size) => new(size, size);

    /// <summary>The same along both, or height and width.</summary>
    public static Extent FromInt32(int size) => size;

    /// <summary><c>3x2</c>, also where both are alike.</summary>
    public string Both => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");

    /// <summary><c>3x2</c>, or <c>3</c> where both are alike.</summary>
    public override string ToString() => Height == Width ? Height.ToString(CultureInfo.InvariantCulture) : Both;

    /// <summary>Reads <c>3</c> or <c>3x2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is: "the stride".</param>
    /// <param name="arguments">Whose it is, for the message.</param>
    /// <exception cref="LonghandException">It is neither.</exception>
    internal static Extent Read(string text, string what, Arguments arguments)
    {
        string[] sizes = text.Split('x', 'X', '×');
        if (sizes.Length > 2)
            throw arguments.Error($"{what} is {Quoted.Of(text)}, but one size or height x width is needed, as in \"3\" or \"3x2\"");
        int[] numbers = new int[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            string problem = sizes[i].Length == 0 ? "is missing" : Arguments.CountProblem(sizes[i], out numbers[i]) ?? "";
            if (problem.Length > 0)
                throw arguments.Error(
                    sizes.Length == 1
                        ? $"{what} {problem}"
                        : $"in {Quoted.Of(text)} the {(i == 0 ? "height" : "width")} of {what} {problem}"
                );
        }
        return new(numbers[0], numbers[^1]);
    }
}

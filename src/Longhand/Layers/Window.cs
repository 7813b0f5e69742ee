using System.Text;
using Longhand.Numbers;

namespace Longhand.Layers;

/// <summary>A window that moves over an image, as convolutions and pools do: its size, its steps, and what is put around the image.</summary>
/// <param name="Size">Rows and columns of the window; of the kernel, for a convolution.</param>
public sealed record Window(Extent Size)
{
    /// <summary>The options that <see cref="Read"/> takes.</summary>
    internal static readonly string[] Options = ["stride", "pad", "dilation"];

    /// <summary>How far the window moves from one output to the next.</summary>
    public Extent Stride { get; init; } = 1;

    /// <summary>What is put around the image.</summary>
    public Padding Padding { get; init; }

    /// <summary>How far apart the rows and columns are that the window looks at.</summary>
    public Extent Dilation { get; init; } = 1;

    /// <summary>Whether a last window may reach beyond the padded image: outputs are rounded up, where they are else rounded down.</summary>
    public bool Ceiling { get; init; }

    /// <summary>How the window moves along the rows of an image with this many.</summary>
    internal WindowAxis Rows(int height) =>
        WindowAxis.Of(height, Size.Height, Stride.Height, Dilation.Height, Padding.Top, Padding.Bottom, Padding.IsSame, Ceiling);

    /// <summary>How the window moves along the columns of an image with this many.</summary>
    internal WindowAxis Columns(int width) =>
        WindowAxis.Of(width, Size.Width, Stride.Width, Dilation.Width, Padding.Left, Padding.Right, Padding.IsSame, Ceiling);

    /// <summary>Rows and columns of the output.</summary>
    /// <param name="layer">Whose window it is, as it is written.</param>
    /// <param name="image">What it moves over.</param>
    /// <exception cref="ShapeException">It is no image, or the window does not fit into it.</exception>
    internal (Size Height, Size Width) Output(string layer, Shape image)
    {
        if (!image.IsImage)
            throw new ShapeException(
                $"{layer.Split(' ')[0]} reads an image (height x width x channels, as in 28x28x1), but its input is a vector of {image}."
            );
        return (Outputs(layer, image.Size(0), Rows, "rows"), Outputs(layer, image.Size(1), Columns, "columns"));
    }

    /// <summary>Reads size, stride, padding and dilation.</summary>
    /// <param name="a">The arguments.</param>
    /// <param name="strideIsSize">Whether a stride that is not given is the window's size, as for pools.</param>
    internal static Window Read(Arguments a, bool strideIsSize)
    {
        Extent size = Extent.Read(a.NextText() ?? throw a.Error("the size of the window is missing"), "the size of the window", a);
        return new(size)
        {
            Stride =
                a.Text("stride") is { } stride ? Extent.Read(stride, "the stride", a)
                : strideIsSize ? size
                : 1,
            Padding = a.Text("pad") is { } pad ? Padding.Read(pad, a) : Padding.Valid,
            Dilation = a.Text("dilation") is { } dilation ? Extent.Read(dilation, "the dilation", a) : 1,
        };
    }

    /// <summary>The options as they are written behind the size, where they are not what is taken when nothing is said.</summary>
    internal string Written(Extent usualStride)
    {
        var text = new StringBuilder();
        if (Stride != usualStride)
            text.Append(" stride ").Append(Stride);
        if (Padding != Padding.Valid)
            text.Append(" pad ").Append(Padding);
        if (Dilation != 1)
            text.Append(" dilation ").Append(Dilation);
        return text.ToString();
    }

    /// <summary>The course's <c>-Pvalid-S2</c> behind a shorthand, written out: <c> pad valid stride 2</c>.</summary>
    /// <param name="word">The whole word, for the message.</param>
    /// <param name="pieces">What stands between its dashes.</param>
    internal static string ShorthandOptions(string word, IEnumerable<string> pieces)
    {
        string text = "";
        foreach (string piece in pieces)
            text += piece switch
            {
                ['P' or 'p', _, ..] => $" pad {piece[1..]}",
                ['S' or 's', _, ..] => $" stride {piece[1..]}",
                _ => throw new LonghandException(
                    $"in {Quoted.Of(word)} the piece {Quoted.Of(piece)} is neither P (padding: Pvalid, Psame, P2) nor S (stride: S2)."
                ),
            };
        return text;
    }

    private static Size Outputs(string layer, Size image, Func<int, WindowAxis> move, string what)
    {
        if (!image.HasLetters)
            return Outputs(layer, move(image.Number), what);
        // With stride 1 a map of any size grows or shrinks by the same number; any shows which.
        WindowAxis any = move(1);
        if (any.Stride == 1)
            return image + (int)(any.Count - any.Inputs);
        throw new ShapeException(
            $"{layer} moves by {any.Stride} {what} at a time, so that what it writes is {image}/{any.Stride} rounded, which is no formula of sums and products. "
                + $"Letters may be units, filters, channels, and heights and widths as long as strides are 1: take a number for the {what}."
        );
    }

    private static int Outputs(string layer, WindowAxis axis, string what)
    {
        if (axis.Count > int.MaxValue)
            throw new ShapeException($"{layer} would write {axis.Count} {what}, and more than {int.MaxValue} are not supported.");
        if (axis.Count >= 1)
            return (int)axis.Count;
        long padded = axis.Inputs + (long)axis.Before + axis.After;
        string around = padded == axis.Inputs ? "" : $" with its padding ({axis.Before} before, {axis.After} behind)";
        string span = axis.Dilation == 1 ? $"{axis.Span}" : $"{axis.Span} (size {axis.Size}, dilation {axis.Dilation})";
        throw new ShapeException(
            $"{layer} has a window of {span} {what}, but the image has {padded}{around}: {axis.Span - padded} too few, so that nothing would be left. "
                + "Take a smaller window, or more padding."
        );
    }
}

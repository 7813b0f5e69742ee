using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>A convolution that a page asks about: image, kernel, and how it moves.</summary>
internal sealed class ConvolutionAsked
{
    /// <summary>What can be said of it.</summary>
    public static readonly string[] Arguments = ["input", "kernel", "bias", "gradient", "stride", "pad", "dilation", "flipped", "backward"];

    private readonly GridText image,
        kernel;
    private readonly Rational[] bias;
    private readonly Asked asked;

    /// <exception cref="LonghandException">Something cannot be read, does not fit, or is too large.</exception>
    public ConvolutionAsked(Asked asked)
    {
        this.asked = asked;
        image = GridText.Read(asked, "input", Limits.GridSide);
        kernel = GridText.Read(asked, "kernel", Limits.KernelSide);
        if (image.Sizes[0] > 1)
            throw asked.Wrong("input", "an image has channels, but no filters: write | between two channels.");
        if (image.Sizes[1] != kernel.Sizes[1])
            throw asked.Wrong(
                "kernel",
                $"a filter has a kernel for each channel of the image: the image has {image.Sizes[1]}, but there are {kernel.Sizes[1]}."
            );
        int filters = kernel.Sizes[0];
        bias = asked.Has("bias") ? GridText.Read(asked, "bias", Limits.GridSide).Numbers : [];
        if (bias.Length > 0 && bias.Length != filters)
            throw asked.Wrong("bias", $"one number for each of the {filters} filters is needed, but there are {bias.Length}.");
        var words = Longhand.Arguments.Read(
            "the kernel",
            [
                FormattableString.Invariant($"{kernel.Sizes[2]}x{kernel.Sizes[3]}"),
                .. Word("stride", "1"),
                .. Word("pad", "valid"),
                .. Word("dilation", "1"),
            ],
            Window.Options,
            [],
            1,
            "stride 2, pad same or 1 or 1/0/2/1, dilation 1x2"
        );
        var conv = new Conv(filters, Window.Read(words, strideIsSize: false), bias: bias.Length > 0) { IsFlipped = asked.Truth("flipped") };
        Network = Network.Chain(Shape.Of(image.Sizes[2], image.Sizes[3], image.Sizes[1]), conv);
        Shape output = Network.Output;
        if (output.Height > Limits.GridSide || output.Width > Limits.GridSide)
            throw new LonghandException(
                $"The output would be {output}; {Limits.GridSide} rows and columns are the limit here. Take less padding or a larger stride."
            );
        if (output.Length * kernel.Sizes[1] * kernel.Sizes[2] * kernel.Sizes[3] > Limits.GridProducts)
            throw new LonghandException(
                $"More than {Limits.GridProducts} products are too many to be written by hand. Take a smaller image, a smaller kernel or fewer channels."
            );
        IsBackward = asked.Truth("backward");
    }

    /// <summary>The convolution as a network of its own.</summary>
    public Network Network { get; }

    /// <summary>The convolution.</summary>
    public Conv Conv => (Conv)Network.Nodes[0].Layer;

    /// <summary>Whether it goes back from ∂L/∂y to ∂L/∂x.</summary>
    public bool IsBackward { get; }

    /// <summary>Computes it. Without a gradient that is given, ∂L/∂y is 1 everywhere.</summary>
    /// <exception cref="LonghandException">The gradient does not fit the output.</exception>
    public ConvolutionWork Work()
    {
        GridText? gradient = IsBackward && asked.Has("gradient") ? GridText.Read(asked, "gradient", Limits.GridSide) : null;
        Shape output = Network.Output;
        if (gradient is not null && !gradient.Sizes.SequenceEqual([1, output.Channels, output.Height, output.Width]))
            throw asked.Wrong(
                "gradient",
                $"it has the shape of the output, {output}, but there are {gradient.Sizes[2]}×{gradient.Sizes[3]}×{gradient.Sizes[1]} numbers."
            );
        Rational[]? given =
            !IsBackward ? null
            : gradient is not null ? gradient.Numbers
            : [.. Enumerable.Repeat(Rational.One, (int)output.Length)];
        bool exact =
            image.HasFractions
            || kernel.HasFractions
            || gradient?.HasFractions == true
            || bias.Any(b => !b.TryDecimal(Limits.NumberLength, out _));
        return new(Network, image.Numbers, kernel.Numbers, bias, given, exact);
    }

    /// <summary>The same as a matrix.</summary>
    public ConvolutionMatrix Matrix()
    {
        var given = new Dictionary<string, IReadOnlyList<Expr>> { ["conv1.weight"] = [.. kernel.Numbers.Select(Expr.Of)] };
        if (bias.Length > 0)
            given["conv1.bias"] = [.. bias.Select(Expr.Of)];
        return ConvolutionMatrix.Of(Network, weights: given);
    }

    // An option of the notation, which is read as it is there.
    private string[] Word(string key, string usual) => [key, asked.Text(key, usual, 24)];
}

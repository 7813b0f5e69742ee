namespace Longhand.Experiments;

/// <summary>Something about a network that works, but is probably not what was meant.</summary>
/// <param name="Code">A word for programs: height-first.</param>
/// <param name="Layer">The layer that it is about; "input" for the input.</param>
/// <param name="Message">A sentence.</param>
public sealed record NetworkWarning(string Code, string Layer, string Message)
{
    /// <summary>All there is to say about a network.</summary>
    public static IReadOnlyList<NetworkWarning> Of(Network network)
    {
        var warnings = new List<NetworkWarning>();
        Shape input = network.Input;
        // Nobody has images of one to four rows with as many channels as columns; 1x28x28 is PyTorch's order.
        if (input.IsImage && input.Height <= 4 && input.Channels > 4 && input.Width > 4)
            warnings.Add(
                new(
                    "height-first",
                    "input",
                    $"{input} is read as height {input.Height}, width {input.Width} and {input.Channels} channels; "
                        + $"an image of {input.Width}×{input.Channels} pixels with {input.Height} channel{(input.Height == 1 ? "" : "s")} is written {input.Width}x{input.Channels}x{input.Height}."
                )
            );
        return warnings;
    }
}

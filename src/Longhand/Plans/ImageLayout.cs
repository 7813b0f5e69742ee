namespace Longhand.Plans;

/// <summary>From channel by channel, as tensors and data sets have images, to row by row with the channels together, as plans do.</summary>
internal static class ImageLayout
{
    /// <summary>C×H×W to H×W×C.</summary>
    public static void FromChannels(ReadOnlySpan<float> image, Shape shape, Span<float> destination)
    {
        int pixels = shape.Height * shape.Width,
            channels = shape.Channels;
        for (int c = 0; c < channels; c++)
        for (int p = 0; p < pixels; p++)
            destination[p * channels + c] = image[c * pixels + p];
    }
}

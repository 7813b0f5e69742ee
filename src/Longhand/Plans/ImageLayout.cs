namespace Longhand.Plans;

/// <summary>Between channel by channel, as tensors and data sets have images, and row by row with the channels together, as plans do.</summary>
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

    /// <summary>H×W×C to C×H×W.</summary>
    public static void ToChannels(ReadOnlySpan<float> image, Shape shape, Span<float> destination)
    {
        int pixels = shape.Height * shape.Width,
            channels = shape.Channels;
        for (int p = 0; p < pixels; p++)
        for (int c = 0; c < channels; c++)
            destination[c * pixels + p] = image[p * channels + c];
    }
}

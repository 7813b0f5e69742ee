namespace Longhand.Plans;

/// <summary>From channel by channel, as tensors and data sets have images, to row by row with the channels together, as plans do.</summary>
internal static class ImageLayout
{
    /// <summary>Copies one example into a plan's input.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="index">Which one.</param>
    /// <param name="shape">The shape that the network reads.</param>
    /// <param name="room">As long as an input, where it is an image of several channels; otherwise not used.</param>
    /// <param name="destination">The example's place in the plan.</param>
    public static void Load(DataSet data, int index, Shape shape, float[] room, Span<float> destination)
    {
        if (room.Length == 0)
        {
            data.CopyInput(index, destination);
            return;
        }
        data.CopyInput(index, room);
        FromChannels(room, shape, destination);
    }

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

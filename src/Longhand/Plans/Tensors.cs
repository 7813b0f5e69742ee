namespace Longhand.Plans;

/// <summary>Numbers from a plan's layout back into that of tensors.</summary>
internal static class Tensors
{
    /// <summary>One sample: a vector as it is, an image from H×W×C to C×H×W.</summary>
    public static float[] FromPlan(ReadOnlySpan<float> sample, Shape shape)
    {
        if (!shape.IsImage)
            return sample.ToArray();
        var result = new float[sample.Length];
        int pixels = shape.Height * shape.Width,
            channels = shape.Channels;
        for (int p = 0; p < pixels; p++)
        for (int c = 0; c < channels; c++)
            result[c * pixels + p] = sample[p * channels + c];
        return result;
    }
}

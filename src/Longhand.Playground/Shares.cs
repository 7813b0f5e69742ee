namespace Longhand.Playground;

/// <summary>What several outputs say of each class, from 0 to 1, whatever the loss takes them for.</summary>
internal sealed class Shares(Setup setup)
{
    private readonly double[]? ends =
        setup.Data.Train.HasClasses && setup.Network.Output.Length > 1
            ? setup.Experiment.Loss!.Encode(1, setup.Network.Output[0], setup.Network.Range)
            : null;

    /// <summary>Sets a share for each output of one example.</summary>
    public void Of(ReadOnlySpan<float> output, Span<float> shares)
    {
        LossReads reads = setup.Experiment.Loss!.Reads;
        bool areLogarithms = setup.Network.Range.IsLogDistribution;
        float largest = float.NegativeInfinity,
            sum = 0;
        foreach (float value in output)
            largest = Math.Max(largest, value);
        for (int j = 0; j < output.Length; j++)
        {
            shares[j] =
                areLogarithms ? MathF.Exp(output[j])
                : reads == LossReads.ClassLogits ? MathF.Exp(output[j] - largest)
                : reads == LossReads.Logits ? 1 / (1 + MathF.Exp(-output[j]))
                : Math.Clamp((output[j] - (float)ends![0]) / (float)(ends[1] - ends[0]), 0, 1);
            sum += shares[j];
        }
        if (reads == LossReads.ClassLogits && !areLogarithms)
            for (int j = 0; j < output.Length; j++)
                shares[j] /= sum;
    }
}

using Longhand.Numbers;

namespace Longhand.Playground.Images;

/// <summary>The loss of one example after another.</summary>
internal sealed class ExampleLoss(Setup setup)
{
    private readonly Loss loss = setup.Experiment.Loss!;
    private readonly Grid<Float64> found = new(1, setup.Network.Output[0]),
        target = new(1, setup.Network.Output[0]);

    /// <summary>The loss of an example of a class.</summary>
    /// <param name="output">What the network writes for it.</param>
    /// <param name="label">Its class.</param>
    public double Of(ReadOnlySpan<float> output, int label)
    {
        double[] wanted = loss.Encode(label, output.Length, setup.Network.Range);
        for (int j = 0; j < output.Length; j++)
            (found[0, j], target[0, j]) = (new(output[j]), new(wanted[j]));
        return loss.Value(found, target, 0).Value;
    }
}

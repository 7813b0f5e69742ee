using System.Globalization;

namespace Longhand.Playground;

/// <summary>About how much memory a page's experiment takes, so that none takes what is meant for many.</summary>
internal static class SessionMemory
{
    // Parameters are kept as values, gradients, what the optimizer keeps, the beginning, and copies for frames and questions.
    private const int CopiesOfParameters = 10;

    // The rows of the data, those that training reads, and the targets beside them.
    private const int CopiesOfData = 3;

    // A layer's output, its gradient, and the room in which kernels pack.
    private const int CopiesOfOutputs = 3;

    /// <summary>The bytes that this experiment takes while it is trained and drawn.</summary>
    public static long Bytes(Setup setup)
    {
        Network network = setup.Network;
        long outputs = network.Nodes.Sum(node => node.Output.Length),
            examples = setup.Data.Train.Count + (setup.Data.Test?.Count ?? 0),
            batch = setup.Experiment.Settings.Batch is 0 ? setup.Data.Train.Count : setup.Experiment.Settings.Batch,
            data = CopiesOfData * examples * (network.Input.Length + network.Output.Length),
            training = CopiesOfOutputs * batch * (network.Input.Length + outputs),
            // A layer at a time is drawn over all places of the plane.
            drawing = setup.Plane is null ? 0 : (long)UnitMaps.Side * UnitMaps.Side * (network.Input.Length + outputs + setup.Layers.Sum(l => l.Units));
        // Sets of images are shared by all pages that train on them.
        return sizeof(float) * ((setup.Images is null ? data : 0) + training + drawing + CopiesOfParameters * network.ParameterCount);
    }

    /// <summary>Refuses an experiment that takes more than one page may.</summary>
    /// <exception cref="LonghandException">It takes too much; the message says how much.</exception>
    public static void Require(Setup setup)
    {
        long megabytes = Bytes(setup) >> Limits.MegabyteBits;
        if (megabytes > Limits.MegabytesPerSession)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This takes about {megabytes} MB; {Limits.MegabytesPerSession} MB is the limit. Take fewer units, a smaller batch or fewer examples."
                )
            );
    }
}

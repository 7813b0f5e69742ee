using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Playground.Images;

namespace Longhand.Playground;

/// <summary>What a page may ask for: how large, how long, and of which kinds.</summary>
internal static class SetupBounds
{
    /// <summary>Refuses what would take long to read, or would look into the machine's files, before it is read.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="images">The sets of images that are there.</param>
    /// <returns>The name of the kind of data.</returns>
    /// <exception cref="LonghandException">Something is; the message says what would be right.</exception>
    public static string Require(Settings settings, ImageSets images)
    {
        if (settings["network"].AsSpan().IndexOfAny('*', '(') >= 0)
            throw new LonghandException("network: write repeated layers out; the page has one column for each.");
        if (settings.FeatureList() is { } features && features.Any(f => f.Length == 0))
            throw new LonghandException("features: there is nothing between two commas; write expressions such as x, y, x*y.");
        if (settings["weights"].Length > 0)
            Setup.WeightSeed(settings["weights"]);
        _ = settings.Progress();
        _ = settings.Truth("test");
        _ = settings.Truth("discretize");
        var data = DataArguments.Parse(settings["data"], AppContext.BaseDirectory);
        if (ImageSets.Knows(data.Kind.Name))
        {
            images.Require(data);
            return data.Kind.Name;
        }
        if (!Setup.DataNames.Contains(data.Kind.Name))
            throw new LonghandException(
                $"data: the page shows data that read no file ({string.Join(", ", Setup.DataNames)}), and {data.Kind.Name} is none of them."
            );
        if (data.Whole("n", 2) > Limits.Examples)
            throw new LonghandException($"data: n is {data.Whole("n", 2)}; {Limits.Examples} examples is the limit.");
        if (data.Kind.Name is "formula" or "boolean" && data.Operand(0).Length > Limits.FormulaLength)
            throw new LonghandException(
                $"data: the formula has {data.Operand(0).Length} characters; {Limits.FormulaLength} is the limit, since it is computed for every example."
            );
        return data.Kind.Name;
    }

    /// <summary>Refuses a run whose length its schedule cannot do with.</summary>
    /// <exception cref="LonghandException">It is none that a link may ask for.</exception>
    public static void RequireLength(TrainSettings settings)
    {
        if (settings.Epochs is < 1 or > Limits.LinkedEpochs)
            throw new LonghandException(
                $"epochs is {settings.Epochs}, but a schedule needs the length of a run, from 1 to {Limits.LinkedEpochs} epochs."
            );
    }

    /// <summary>Refuses a network that is no chain of dense layers, or larger than is drawn.</summary>
    /// <exception cref="LonghandException">It is; the message says why.</exception>
    public static void RequireDrawable(Network network)
    {
        int units = 0,
            layers = 0;
        for (int i = 0; i < network.Nodes.Count; i++)
        {
            Node node = network.Nodes[i];
            if (
                node.Inputs is not [var input]
                || input != i
                || (node.Layer is not Dense && node.Layer.Kernel is null && !(node.Layer.IsActivation && node.Output.Rank == 1))
                || (i == 0 && node.Layer is not Dense)
            )
                throw new LonghandException(
                    $"network: the page draws dense layers and their activations, and {node.Name} is something else."
                );
            if (node.Layer is Dense dense)
                (units, layers) = ((int)Math.Min(int.MaxValue, (long)units + dense.Units), layers + 1);
        }
        if (network.OutputValue != network.Nodes.Count || layers == 0)
            throw new LonghandException("network: at least one dense layer is needed, such as dense 1.");
        if (network.Output.Length > Limits.Classes)
            throw new LonghandException(
                $"network: there are {network.Output.Length} outputs; {Limits.Classes} is the most that are told apart here."
            );
        if (layers > Limits.Layers)
            throw new LonghandException($"network: there are {layers} layers; {Limits.Layers} is the limit.");
        if (units > Limits.Units)
            throw new LonghandException($"network: there are {units} units; {Limits.Units} is the limit.");
        if (network.ParameterCount > Limits.Parameters)
            throw new LonghandException($"network: there are {network.ParameterCount} parameters; {Limits.Parameters} is the limit.");
    }
}

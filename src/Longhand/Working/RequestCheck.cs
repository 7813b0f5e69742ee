using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Whether what is to be explained can be.</summary>
internal static class RequestCheck
{
    /// <summary>Refuses what does not fit together.</summary>
    /// <exception cref="ShapeException">Inputs or targets do not fit the network.</exception>
    /// <exception cref="LonghandException">Something that was asked for cannot be worked.</exception>
    public static void Require(Network network, ExplainRequest request)
    {
        int samples = request.Inputs.Count;
        long length = network.Input.Length;
        foreach ((int s, Rational[] row) in request.Inputs.Index())
            if (row.Length != length)
                throw new ShapeException($"The network reads {network.Input} = {length} numbers, but input {s} has {row.Length}.");
        if (samples == 0)
            throw new LonghandException("There is no input to explain.");
        if (request.Exact && request.Conventions.RoundsEachLine)
            throw new LonghandException(
                "Exact fractions are not rounded, but each line is to go on with its rounded result (rounding: line); drop one of the two."
            );
        RequireChain(network, request);
        if (request is { Before: { } before, Optimizer: { } optimizer })
            before.Require(network, optimizer);
        if (request.Training)
            network.RequireTrainable(samples, " Explain a batch of several examples, or inference (mode: inference).");
        if (request.Loss is not { } loss || (request.Targets is null && request.Classes is null))
            return;
        if (loss.Refuse(network.Range, network.Output) is { } refusal)
            throw new LonghandException(refusal + ".");
        int targets = request.Targets?.Count ?? request.Classes!.Count;
        if (targets != samples)
            throw new LonghandException($"There are {samples} inputs, but {targets} targets.");
        foreach ((int s, Rational[] row) in (request.Targets ?? []).Index())
            if (row.Length != network.Output[0])
                throw new ShapeException($"The network has {network.Output[0]} outputs, but target {s} has {row.Length} numbers.");
    }

    private static void RequireChain(Network network, ExplainRequest request)
    {
        foreach (Place place in request.Chain)
            if (request.Loss is null || (request.Targets is null && request.Classes is null))
                throw new LonghandException($"--chain {place.Text}: a gradient needs a target and a loss.");
            else if (place.IsParameter && !network.Parameters[place.Array].Parameter.Trainable)
                throw new LonghandException(
                    $"--chain {place.Text}: {network.Parameters[place.Array].Name} is not trained, so it has no gradient."
                );
            else if (!place.IsParameter && place.Array != 0)
                throw new LonghandException(
                    $"--chain {place.Text}: the chain rule is written for numbers of parameters and of the input, such as dense1.weight[0,1] or input[0]."
                );
            else if (!place.IsParameter && place.Sample is null && request.Inputs.Count > 1)
                throw new LonghandException(
                    $"--chain {place.Text}: there are {request.Inputs.Count} samples, so say of which, such as input[0,{place.Index}] for the first."
                );
    }
}

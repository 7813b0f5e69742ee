namespace Longhand.Working;

/// <summary>What an optimizer brings along from updates before the first that is worked.</summary>
/// <param name="Updates">How many there were: Adam's t goes on from there.</param>
/// <param name="Kept">
/// For each of <see cref="Optimizer.State"/>, and each parameter of the network, a number for each number of the parameter, row by row; null
/// for a parameter that is not trained.
/// </param>
public sealed record OptimizerProgress(int Updates, IReadOnlyList<IReadOnlyList<double[]?>> Kept)
{
    /// <summary>Checks that it is of this optimizer and this network.</summary>
    /// <exception cref="LonghandException">It is not.</exception>
    internal void Require(Network network, Optimizer optimizer)
    {
        if (Updates < 0)
            throw new LonghandException($"There cannot have been {Updates} updates before the first.");
        if (Kept.Count != optimizer.State.Count)
            throw new LonghandException(
                $"{optimizer} keeps {optimizer.State.Count} arrays for each parameter, but {Kept.Count} are given."
            );
        foreach (IReadOnlyList<double[]?> arrays in Kept)
            if (
                arrays.Count != network.Parameters.Count
                || arrays.Zip(network.Parameters).Any(pair => pair.First is { } kept && kept.Length != pair.Second.Parameter.Length)
            )
                throw new LonghandException($"What {optimizer} has kept does not fit the parameters of {network}.");
    }
}

namespace Longhand;

/// <summary>Everything that an engine must have to go on as if it had never stopped.</summary>
/// <param name="Updates">How many updates have been made: random masks and optimizers count them.</param>
/// <param name="Values">The parameters, in the network's order.</param>
/// <param name="Kept">What the optimizer keeps, by its kind (<see cref="Optimizer.State"/>) and then by parameter; null for what is not trained.</param>
/// <param name="Dead">By parameter, which links the Playground's penalty has killed; null where it plays no part.</param>
internal sealed record EngineState(
    int Updates,
    IReadOnlyList<ParameterValues> Values,
    IReadOnlyList<IReadOnlyList<ParameterValues?>> Kept,
    IReadOnlyList<bool[]?> Dead
);

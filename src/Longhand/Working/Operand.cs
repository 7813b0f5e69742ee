using System.Globalization;

namespace Longhand.Working;

/// <summary>What a number or a name in a line of a web page stands for, so that it can be followed.</summary>
/// <param name="Key">
/// Where the number, or the array, is found: <c>dense1.output[0]</c>, <c>gradients.dense1.weight[0][1]</c>, <c>dense1.weight</c>,
/// <c>input[0]</c>; where no array holds it (a target, an intermediate result) its name on paper.
/// </param>
/// <param name="Name">Its name on paper.</param>
/// <param name="Line">The id of the line that found it on the page; null where it was given.</param>
internal readonly record struct Operand(string Key, string Name, string? Line)
{
    /// <summary>The key of a number of the network, or of the array that it is in.</summary>
    public static string KeyOf(Network network, Origin origin, bool isWhole, bool isBatch)
    {
        string array = origin switch
        {
            { IsParameter: true, IsGradient: true } => $"gradients.{network.Parameters[origin.Array].Name}",
            { IsParameter: true } => network.Parameters[origin.Array].Name,
            { Array: 0, IsGradient: true } => "gradients.input",
            { Array: 0 } => "input",
            { IsGradient: true } => $"{network.Nodes[origin.Array - 1].Name}.outputGradient",
            _ => $"{network.Nodes[origin.Array - 1].Name}.output",
        };
        if (isWhole)
            return array;
        IReadOnlyList<int> sizes = origin.IsParameter
            ? network.Parameters[origin.Array].Parameter.Sizes
            : network.ShapeOf(origin.Array).MemoryOrder();
        IEnumerable<int> position = Chosen.Position(origin.Index, sizes);
        if (isBatch && !origin.IsParameter)
            position = position.Prepend(origin.Sample);
        return array + string.Join("", position.Select(at => string.Create(CultureInfo.InvariantCulture, $"[{at}]")));
    }
}

using Longhand.Numbers;

namespace Longhand.Grading.Slips;

/// <summary>A known slip in the work of a layer: how the layer's numbers come out when it is made.</summary>
/// <param name="Name">What it is called in JSON: "bias-forgotten".</param>
/// <param name="Sentence">What may have happened, behind "You may have"; the argument says where.</param>
internal sealed record LayerSlip(string Name, Func<string, string> Sentence)
{
    /// <summary>At which layers it can be made.</summary>
    public required Func<Network, Node, bool> AppliesTo { get; init; }

    /// <summary>The layer's output; null where the slip is not made on the way forward.</summary>
    public Func<SlipSite, Grid<Interval>?>? Output { get; init; }

    /// <summary>∂L/∂input; null where the slip is not made there.</summary>
    public Func<SlipSite, Grid<Interval>?>? InputGradient { get; init; }

    /// <summary>∂L/∂parameter; null where the slip is not made there.</summary>
    public Func<SlipSite, NetworkParameter, Grid<Interval>?>? ParameterGradient { get; init; }
}

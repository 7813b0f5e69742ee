using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>What is to be worked out by hand.</summary>
public sealed record ExplainRequest
{
    /// <summary>The inputs, one row per sample; an image channel by channel.</summary>
    public required IReadOnlyList<Rational[]> Inputs { get; init; }

    /// <summary>The target values, one row per sample; null where there is no target or a class.</summary>
    public IReadOnlyList<Rational[]>? Targets { get; init; }

    /// <summary>The class of each sample; null where there is no target or there are values.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>The loss; without it, or without targets, only the forward pass is worked.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The optimizer; without it no update is worked.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>What the optimizer brings along from updates before these; null where it begins with the first of these.</summary>
    public OptimizerProgress? Before { get; init; }

    /// <summary>How many updates.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>A penalty on the weights: it acts on the update, and is reported apart from the loss.</summary>
    public Regularization Regularization { get; init; } = Regularization.None;

    /// <summary>What is left open otherwise; the significant digits among it.</summary>
    public Conventions Conventions { get; init; } = Conventions.PyTorch;

    /// <summary>What dropout and batchnorm do.</summary>
    public bool Training { get; init; } = true;

    /// <summary>The seed of dropout masks.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Letters for parameters and outputs instead of w, b and h, by <c>dense1.weight</c> or <c>dense1.output</c>.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The numbers that are to be worked, and no other; empty for the whole network. Values and gradients are computed in any case.
    /// </summary>
    public IReadOnlyList<Place> At { get; init; } = [];

    /// <summary>
    /// Numbers of parameters or of the input whose gradient is to be written by the chain rule, too: as the sum over all paths to the loss of
    /// the products of local derivatives.
    /// </summary>
    public IReadOnlyList<Place> Chain { get; init; } = [];

    /// <summary>Whether lines are about single numbers or about whole arrays.</summary>
    public View View { get; init; }

    /// <summary>Which sides of each line are written.</summary>
    public Show Show { get; init; }

    /// <summary>Whether numbers are written as fractions for as long as they are rational and not too long.</summary>
    public bool Exact { get; init; }

    /// <summary>Whether the input has a batch level: one row of an unbatched input is written without the sample's number.</summary>
    public bool IsBatch { get; init; }
}

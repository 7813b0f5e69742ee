using Longhand.Numbers;

namespace Longhand.Layers;

/// <summary>An array of numbers that a layer owns: weights, biases, running statistics.</summary>
/// <param name="Name">Its name within the layer: "weight", "bias".</param>
/// <param name="Sizes">Its sizes, row-major: [out, in] for a dense weight.</param>
public sealed record Parameter(string Name, IReadOnlyList<int> Sizes)
{
    /// <summary>Numbers that one output is summed from; what initialisers scale by.</summary>
    public int FanIn { get; init; } = 1;

    /// <summary>Outputs that one input reaches; what initialisers scale by.</summary>
    public int FanOut { get; init; } = 1;

    /// <summary>Whether it is drawn as weights are, drawn as biases are, or starts at a value of its own.</summary>
    public ParameterRole Role { get; init; } = ParameterRole.Weight;

    /// <summary>The start value of a <see cref="ParameterRole.Fixed"/> parameter.</summary>
    public double Initial { get; init; }

    /// <summary>Whether training changes it by its gradient. Running statistics are carried along instead.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>The letter that it is written with: w, b, or its own name.</summary>
    public string Symbol { get; init; } =
        Name switch
        {
            "weight" => "w",
            "bias" => "b",
            _ => Name,
        };

    /// <summary>Whether letters are among its sizes.</summary>
    public bool HasLetters => Size.AnyLetters(Sizes);

    /// <summary>How many numbers, whether in letters or not.</summary>
    public Polynomial Formula => Size.Product(Sizes);

    /// <summary>How many numbers.</summary>
    public long Length => Sizes.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>How a parameter starts, and whether a penalty acts on it (on weights alone).</summary>
public enum ParameterRole
{
    /// <summary>A multiplier of inputs: drawn by the initialiser, shrunk by l1 and l2.</summary>
    Weight,

    /// <summary>An added number: the initialiser says how it starts.</summary>
    Bias,

    /// <summary>Starts at <see cref="Parameter.Initial"/> whatever the initialiser.</summary>
    Fixed,
}

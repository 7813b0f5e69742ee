namespace Longhand;

/// <summary>
/// What textbooks and programs do differently where a definition leaves it open: data, not habits. They stand in the header of every
/// worked solution. A loss means the same under every preset.
/// </summary>
public sealed record Conventions
{
    /// <summary>What this set of choices is called.</summary>
    public string Name { get; init; } = "pytorch";

    /// <summary>The slope that relu is given at exactly 0: 0, ½ or 1.</summary>
    public double ReluDerivativeAtZero { get; init; }

    /// <summary>Significant digits that are printed.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>The whole rule of the TensorFlow Playground for training, see <see cref="Playground"/>.</summary>
    public bool PlaygroundTraining { get; init; }

    /// <summary>As PyTorch does.</summary>
    public static Conventions PyTorch { get; } = new();

    /// <summary>As textbooks write.</summary>
    public static Conventions Textbook { get; } = new() { Name = "textbook" };

    /// <summary>As Keras does.</summary>
    public static Conventions Keras { get; } = new() { Name = "keras" };

    /// <summary>
    /// That page's whole rule: no shuffle, left-over examples carried into the next epoch, labels ±1, the penalty a step of its own
    /// after the update with weights that l1 brings to 0 dead from then on, weights drawn on from the data's random numbers.
    /// </summary>
    public static Conventions Playground { get; } = new() { Name = "playground", PlaygroundTraining = true };

    /// <summary>The presets by name.</summary>
    public static IReadOnlyList<Conventions> Presets { get; } = [PyTorch, Textbook, Keras, Playground];
}

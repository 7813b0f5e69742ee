namespace Longhand;

/// <summary>How vectors stand in a line of matrices.</summary>
public enum Vectors
{
    /// <summary>As columns: z = Wx + b; the samples of a batch are columns side by side.</summary>
    Column,

    /// <summary>As rows: z = xWᵀ + b; the samples of a batch are rows below one another.</summary>
    Row,
}

/// <summary>How ∂L/∂W is laid out in a line of matrices.</summary>
public enum GradientLayout
{
    /// <summary>Like W: ∂L/∂W = δxᵀ.</summary>
    LikeWeight,

    /// <summary>Like Wᵀ: ∂L/∂W = xδᵀ, as where derivatives by a column are rows.</summary>
    Transposed,
}

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

    /// <summary>Whether the gradient of a max-pooling is shared among all that are largest, in equal parts, rather than given to the first.</summary>
    public bool SharesPoolTies { get; init; }

    /// <summary>Whether a convolution turns its kernel over, as in mathematics, rather than laying it on as it is (correlation).</summary>
    public bool FlipsKernels { get; init; }

    /// <summary>Whether vectors are columns or rows.</summary>
    public Vectors Vectors { get; init; }

    /// <summary>Whether ∂L/∂W is laid out like W.</summary>
    public GradientLayout GradientLayout { get; init; }

    /// <summary>Significant digits that are printed.</summary>
    public int Digits { get; init; } = 6;

    /// <summary>Whether each line of a worked solution goes on with its result as it is printed rather than in full precision.</summary>
    public bool RoundsEachLine { get; init; }

    /// <summary>The whole rule of the TensorFlow Playground for training, see <see cref="Playground"/>.</summary>
    public bool PlaygroundTraining { get; init; }

    /// <summary>As PyTorch computes; vectors are written as columns.</summary>
    public static Conventions PyTorch { get; } = new();

    /// <summary>As textbooks write: four significant digits.</summary>
    public static Conventions Textbook { get; } = new() { Name = "textbook", Digits = 4 };

    /// <summary>As Keras does: samples are rows, and the weights of a layer are kept input by output, so that ∂L/∂W is, too.</summary>
    public static Conventions Keras { get; } =
        new()
        {
            Name = "keras",
            Vectors = Vectors.Row,
            GradientLayout = GradientLayout.Transposed,
        };

    /// <summary>
    /// That page's whole rule: no shuffle, left-over examples carried into the next epoch, labels ±1, the penalty a step of its own
    /// after the update with weights that l1 brings to 0 dead from then on, weights drawn on from the data's random numbers.
    /// </summary>
    public static Conventions Playground { get; } = new() { Name = "playground", PlaygroundTraining = true };

    /// <summary>The presets by name.</summary>
    public static IReadOnlyList<Conventions> Presets { get; } = [PyTorch, Textbook, Keras, Playground];
}

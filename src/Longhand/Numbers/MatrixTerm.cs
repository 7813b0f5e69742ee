namespace Longhand.Numbers;

/// <summary>What stands at the root of a <see cref="MatrixTerm"/>.</summary>
public enum MatrixTermKind
{
    /// <summary>The layer's input X, a sample in each column.</summary>
    Input,

    /// <summary>Δ = ∂L/∂output, a sample in each column.</summary>
    OutputGradient,

    /// <summary>A parameter: as a matrix where it has two dimensions, as a column where it has one.</summary>
    Parameter,

    /// <summary>A product of matrices.</summary>
    Product,

    /// <summary>A sum; a single column is added to every column.</summary>
    Sum,

    /// <summary>A matrix turned over.</summary>
    Transpose,

    /// <summary>The sum of all columns, M·1.</summary>
    Columns,
}

/// <summary>
/// A line of algebra over whole matrices, as a layer states it beside its loops: Wx + b, Wᵀδ, δxᵀ. Samples are columns. It holds no
/// values; the working puts them in.
/// </summary>
public sealed record MatrixTerm
{
    private MatrixTerm(MatrixTermKind kind, params MatrixTerm[] arguments)
    {
        Kind = kind;
        Arguments = arguments;
    }

    /// <summary>What it is.</summary>
    public MatrixTermKind Kind { get; }

    /// <summary>Its parts.</summary>
    public IReadOnlyList<MatrixTerm> Arguments { get; }

    /// <summary>The name of a parameter.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The layer's input.</summary>
    public static MatrixTerm Input { get; } = new(MatrixTermKind.Input);

    /// <summary>∂L/∂output.</summary>
    public static MatrixTerm OutputGradient { get; } = new(MatrixTermKind.OutputGradient);

    /// <summary>A parameter of the layer.</summary>
    public static MatrixTerm Parameter(string name) => new(MatrixTermKind.Parameter) { Name = name };

    /// <summary>Turned over.</summary>
    public MatrixTerm Transpose => Kind == MatrixTermKind.Transpose ? Arguments[0] : new(MatrixTermKind.Transpose, this);

    /// <summary>The sum of all columns; with one sample the column itself.</summary>
    public MatrixTerm SumOfColumns => new(MatrixTermKind.Columns, this);

    /// <summary>The product of two matrices.</summary>
    public static MatrixTerm operator *(MatrixTerm a, MatrixTerm b) => new(MatrixTermKind.Product, a, b);

    /// <summary>The sum of two matrices, or of a matrix and a column.</summary>
    public static MatrixTerm operator +(MatrixTerm a, MatrixTerm b) => new(MatrixTermKind.Sum, a, b);
}

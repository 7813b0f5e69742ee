using Longhand.Numbers;

namespace Longhand.Layers;

/// <summary>
/// What a layer does to whole matrices, stated beside its loops, for those who read Wx + b and δxᵀ rather than one sum per unit. A sample is a
/// column. A test holds every form against the loops.
/// </summary>
public sealed record MatrixForm
{
    private MatrixForm() { }

    /// <summary>Each number of the output is made of the number at the same place of the input: φ(z), and back diag(φ′(z))·δ.</summary>
    public static MatrixForm Entrywise { get; } = new();

    /// <summary>The output; null for an entrywise layer, whose rule says it.</summary>
    public MatrixTerm? Output { get; private init; }

    /// <summary>∂L/∂input.</summary>
    public MatrixTerm? InputGradient { get; private init; }

    /// <summary>∂L/∂parameter, in the order of the layer's parameters.</summary>
    public IReadOnlyList<MatrixTerm> ParameterGradients { get; private init; } = [];

    /// <summary>A layer of products and sums.</summary>
    public static MatrixForm Of(MatrixTerm output, MatrixTerm inputGradient, params IReadOnlyList<MatrixTerm> parameterGradients) =>
        new()
        {
            Output = output,
            InputGradient = inputGradient,
            ParameterGradients = parameterGradients,
        };
}

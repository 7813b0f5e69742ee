using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Puts arrays into the <see cref="MatrixForm"/> of a layer. Forms are stated for samples as columns; with row vectors each line is turned
/// over as a whole: Wx + b becomes xWᵀ + b.
/// </summary>
internal sealed class MatrixForms(Network network, SymbolTable symbols, WholeArrays arrays, Lifting lifting)
{
    private const string Ones = "𝟙";

    /// <summary>A line with the numbers put in.</summary>
    /// <param name="term">The form.</param>
    /// <param name="turned">Whether the line is wanted turned over.</param>
    /// <param name="node">The layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="gradient">∂L/∂output.</param>
    /// <param name="parameters">The parameters of the network.</param>
    public RightSide Right(
        MatrixTerm term,
        bool turned,
        Node node,
        Grid<Expr> input,
        Grid<Expr>? gradient,
        IReadOnlyList<Grid<Expr>> parameters
    ) =>
        Evaluate(
            term,
            turned,
            node,
            (leaf, flip) =>
            {
                ExprMatrix matrix = leaf.Kind switch
                {
                    MatrixTermKind.Input => arrays.OfValue(input),
                    MatrixTermKind.OutputGradient => arrays.OfValue(gradient!),
                    _ => arrays.OfParameter(Index(node, leaf.Name), parameters[Index(node, leaf.Name)].Flat),
                };
                return lifting.Factor(flip ? matrix.Turned() : matrix);
            }
        );

    /// <summary>The line in symbols alone, shapes below: what is said of arrays that are too large to be written out.</summary>
    public Formula Statement(MatrixTerm term, bool turned, Node node) =>
        Evaluate(
            term,
            turned,
            node,
            (leaf, flip) =>
            {
                (Origin origin, int rows, int columns) = leaf.Kind switch
                {
                    MatrixTermKind.Input => Value(node.Inputs[0], false),
                    MatrixTermKind.OutputGradient => Value(node.Value, true),
                    _ => Parameter(Index(node, leaf.Name)),
                };
                Formula name = new Identifier(symbols.Matrix(origin));
                Formula shaped = flip ? new Shaped(new Transposed(name), columns, rows) : new Shaped(name, rows, columns);
                return new RightSide(shaped, shaped, true, []);
            }
        ).InSymbols;

    /// <summary>The number that a layer's parameter has in the network.</summary>
    public int Index(Node node, string parameter) =>
        Enumerable
            .Range(0, network.Parameters.Count)
            .First(p => network.Parameters[p].Node.Index == node.Index && network.Parameters[p].Parameter.Name == parameter);

    private (Origin, int, int) Value(int value, bool isGradient)
    {
        int features = (int)network.ShapeOf(value).Length;
        var origin = new Origin(false, value, 0, 0, isGradient);
        return arrays.RowVectors ? (origin, arrays.Samples, features) : (origin, features, arrays.Samples);
    }

    private (Origin, int, int) Parameter(int parameter)
    {
        IReadOnlyList<int> sizes = network.Parameters[parameter].Parameter.Sizes;
        var origin = new Origin(true, parameter, 0, 0);
        return sizes.Count == 2 ? (origin, sizes[0], sizes[1])
            : arrays.RowVectors ? (origin, 1, sizes[0])
            : (origin, sizes[0], 1);
    }

    private RightSide Evaluate(MatrixTerm term, bool turned, Node node, Func<MatrixTerm, bool, RightSide> leaf)
    {
        RightSide Part(int argument) => Evaluate(term.Arguments[argument], turned, node, leaf);
        switch (term.Kind)
        {
            case MatrixTermKind.Product:
                return turned ? Times(Part(1), Part(0)) : Times(Part(0), Part(1));
            case MatrixTermKind.Sum:
                return Plus(Part(0), Part(1));
            case MatrixTermKind.Transpose:
                return Evaluate(term.Arguments[0], !turned, node, leaf);
            case MatrixTermKind.Columns:
                RightSide summed = Part(0);
                if (arrays.Samples == 1)
                    return summed;
                RightSide ones = Column(turned);
                return turned ? Times(ones, summed) : Times(summed, ones);
            case MatrixTermKind.Parameter when network.Parameters[Index(node, term.Name)].Parameter.Sizes.Count == 2:
                return leaf(term, turned);
            default:
                // Vectors lie as rows already where vectors are rows.
                return leaf(term, turned != arrays.RowVectors);
        }
    }

    private static RightSide Times(RightSide a, RightSide b) =>
        new(
            Formula.Product(a.InSymbols, b.InSymbols, IsLetter(a.InSymbols) && IsLetter(b.InSymbols)),
            Formula.Product(a.InNumbers, b.InNumbers, sideBySide: false),
            a.IsExact && b.IsExact,
            [.. a.Used, .. b.Used]
        );

    private static RightSide Plus(RightSide a, RightSide b) =>
        new(
            new Sum([(false, a.InSymbols), (false, b.InSymbols)]),
            new Sum([(false, a.InNumbers), Formula.Unsigned(b.InNumbers) is { } positive ? (true, positive) : (false, b.InNumbers)]),
            a.IsExact && b.IsExact,
            [.. a.Used, .. b.Used]
        );

    private RightSide Column(bool turned)
    {
        var ones = new ExprMatrix(arrays.Samples, 1, [.. Enumerable.Repeat(Expr.Of(1.0), arrays.Samples)]);
        Formula letter = new Letter(Ones);
        Formula numbers = (turned ? ones.Turned() : ones).Laid(_ => new Numeral("1"));
        return turned
            ? new(new Transposed(letter), new Shaped(numbers, 1, arrays.Samples), true, [])
            : new(letter, new Shaped(numbers, arrays.Samples, 1), true, []);
    }

    private static bool IsLetter(Formula formula) =>
        formula switch
        {
            Shaped shaped => IsLetter(shaped.Inner),
            Transposed transposed => IsLetter(transposed.Inner),
            Identifier { Name.IsGradient: false } => true,
            _ => false,
        };
}

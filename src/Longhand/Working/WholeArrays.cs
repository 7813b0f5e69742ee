using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// How arrays are laid out as matrices, and which array the numbers of a matrix are: the one place that knows columns from rows and a
/// gradient like its weight from a transposed one.
/// </summary>
internal sealed class WholeArrays(Network network, SymbolTable symbols, ExplainRequest request)
{
    private readonly Dictionary<Expr, (SymbolName Array, int Row, int Column, int Rows, int Columns)> named = new(
        ReferenceEqualityComparer.Instance
    );

    private readonly bool rowVectors = request.Conventions.Vectors == Vectors.Row;
    private readonly int samples = request.Inputs.Count;

    /// <summary>Whether samples and vectors are rows.</summary>
    public bool RowVectors => rowVectors;

    /// <summary>How many samples stand side by side.</summary>
    public int Samples => samples;

    /// <summary>Makes the numbers of a matrix known as one array.</summary>
    public void Add(SymbolName array, ExprMatrix matrix)
    {
        for (int i = 0; i < matrix.Length; i++)
            named[matrix[i]] = (array, i / matrix.Columns, i % matrix.Columns, matrix.Rows, matrix.Columns);
    }

    /// <summary>The numbers of a value, [sample, …]: a sample in each column, or in each row.</summary>
    public ExprMatrix OfValue(Grid<Expr> grid) => Lay(grid.Size(0), grid.Length / grid.Size(0), rowVectors, grid.Flat);

    /// <summary>Which position of the stored value the place of its matrix shows.</summary>
    public int PlaceOfValue(int place, int features) => rowVectors ? place : place % samples * features + place / samples;

    /// <summary>The numbers of a parameter: as they are stored, or a vector in the way of vectors.</summary>
    public ExprMatrix OfParameter(int parameter, Func<int, Expr> at)
    {
        IReadOnlyList<int> sizes = network.Parameters[parameter].Parameter.Sizes;
        return sizes.Count == 1 ? Lay(1, sizes[0], rowVectors, at) : Lay(sizes[0], sizes[1], true, at);
    }

    /// <summary>The gradient of a parameter: as the parameter is, or turned over.</summary>
    public ExprMatrix OfParameterGradient(int parameter, Func<int, Expr> at) =>
        IsTurned(parameter) ? OfParameter(parameter, at).Turned() : OfParameter(parameter, at);

    /// <summary>Which position of the stored parameter the place of its gradient's matrix shows.</summary>
    public int PlaceOfParameterGradient(int parameter, int place)
    {
        if (!IsTurned(parameter))
            return place;
        IReadOnlyList<int> sizes = network.Parameters[parameter].Parameter.Sizes;
        return place % sizes[0] * sizes[1] + place / sizes[0];
    }

    /// <summary>Whether the gradient of a parameter is printed turned over.</summary>
    public bool IsTurned(int parameter) =>
        request.Conventions.GradientLayout == GradientLayout.Transposed && network.Parameters[parameter].Parameter.Sizes.Count == 2;

    /// <summary>The name of the array that these numbers are, in this order or turned over; null where they are none.</summary>
    public (SymbolName Name, bool IsTurned)? Find(ExprMatrix matrix)
    {
        if (Cell(matrix[0]) is not { } first)
            return null;
        bool straight = (first.Rows, first.Columns) == (matrix.Rows, matrix.Columns),
            turned = (first.Columns, first.Rows) == (matrix.Rows, matrix.Columns);
        for (int i = 0; i < matrix.Length && (straight || turned); i++)
        {
            (int r, int c) = (i / matrix.Columns, i % matrix.Columns);
            if (Cell(matrix[i]) is not { } cell || cell.Array.ToString() != first.Array.ToString())
                return null;
            straight &= (cell.Row, cell.Column) == (r, c);
            turned &= (cell.Row, cell.Column) == (c, r);
        }
        return straight ? (first.Array, false)
            : turned ? (first.Array, true)
            : null;
    }

    private (SymbolName Array, int Row, int Column, int Rows, int Columns)? Cell(Expr symbol)
    {
        if (named.TryGetValue(symbol, out (SymbolName, int, int, int, int) known))
            return known;
        if (symbols.OriginOf(symbol) is not { } origin)
            return null;
        SymbolName name = symbols.Matrix(origin);
        if (!origin.IsParameter)
        {
            int features = (int)network.ShapeOf(origin.Array).Length;
            return rowVectors
                ? (name, origin.Sample, origin.Index, samples, features)
                : (name, origin.Index, origin.Sample, features, samples);
        }
        IReadOnlyList<int> sizes = network.Parameters[origin.Array].Parameter.Sizes;
        if (sizes.Count > 2)
            return null;
        if (sizes.Count == 1)
            return rowVectors ? (name, 0, origin.Index, 1, sizes[0]) : (name, origin.Index, 0, sizes[0], 1);
        (int row, int column) = (origin.Index / sizes[1], origin.Index % sizes[1]);
        return origin.IsGradient && IsTurned(origin.Array)
            ? (name, column, row, sizes[1], sizes[0])
            : (name, row, column, sizes[0], sizes[1]);
    }

    // A grid of [first, second] as it is, or with the first index running along the columns.
    private static ExprMatrix Lay(int first, int second, bool asRows, Func<int, Expr> at)
    {
        var stored = new ExprMatrix(first, second, [.. Enumerable.Range(0, first * second).Select(at)]);
        return asRows ? stored : stored.Turned();
    }
}

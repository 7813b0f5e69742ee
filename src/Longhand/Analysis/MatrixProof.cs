using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Analysis;

/// <summary>
/// That a convolution and its matrix compute the same, both ways. In symbols the declaration of the layer is run once over letters, and every
/// sum that it writes is compared, term by term, with a row of the matrix (of its transpose, on the way back): that holds for all numbers
/// at once. In numbers it is run on random images.
/// </summary>
public sealed class MatrixProof
{
    /// <summary>No larger convolution (in products) is run over letters.</summary>
    public const long MaximumSymbolicProducts = 200_000;

    private MatrixProof() { }

    /// <summary>Whether every output, and every ∂L/∂x, was found to be the same sum; null where there are too many terms to be compared.</summary>
    public bool? InSymbols { get; private init; }

    /// <summary>The seeds that images, gradients and missing weights were drawn with.</summary>
    public IReadOnlyList<ulong> Seeds { get; private init; } = [];

    /// <summary>The largest difference between Mx + b and the convolution's output.</summary>
    public double Forward { get; private init; }

    /// <summary>The largest difference between Mᵀ·∂L/∂y and the convolution's ∂L/∂x.</summary>
    public double Backward { get; private init; }

    /// <summary>Runs the proof.</summary>
    /// <param name="matrix">The matrix and its convolution.</param>
    /// <param name="seeds">One random image each.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static MatrixProof Of(ConvolutionMatrix matrix, IReadOnlyList<ulong> seeds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(seeds);
        (double forward, double backward) = (0, 0);
        foreach (ulong seed in seeds)
        {
            cancellation.ThrowIfCancellationRequested();
            (double there, double back) = InNumbers(matrix, seed);
            (forward, backward) = (Math.Max(forward, there), Math.Max(backward, back));
        }
        return new()
        {
            InSymbols = matrix.Products <= MaximumSymbolicProducts ? AreTheSameSums(matrix) : null,
            Seeds = seeds,
            Forward = forward,
            Backward = backward,
        };
    }

    private static (double Forward, double Backward) InNumbers(ConvolutionMatrix matrix, ulong seed)
    {
        var random = new RandomStream(seed, RandomStream.Data);
        double[] Draw(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => 2 * random.NextDouble() - 1)];
        double[] x = Draw(matrix.Columns),
            dy = Draw(matrix.Rows),
            weights = Draw(matrix.WeightCount),
            biases = Draw(matrix.Output.Channels);
        for (int w = 0; w < weights.Length; w++)
            weights[w] = double.IsNaN(matrix.WeightValue(w)) ? weights[w] : matrix.WeightValue(w);
        int pixels = matrix.Output.Height * matrix.Output.Width;
        for (int o = 0; o < biases.Length; o++)
            biases[o] = double.IsNaN(matrix.BiasValue(o * pixels)) ? biases[o] : matrix.BiasValue(o * pixels);
        ReferenceRun<Float64> run = Run(matrix, Numbers(weights), Numbers(biases), Numbers(x), Numbers(dy));
        double forward = 0,
            backward = 0;
        var back = new double[matrix.Columns];
        for (int r = 0; r < matrix.Rows; r++)
        {
            double sum = 0;
            foreach ((long column, int weight) in matrix.Row(r))
            {
                sum += weights[weight] * x[column];
                back[column] += weights[weight] * dy[r];
            }
            forward = Math.Max(forward, Math.Abs(sum + biases[matrix.FilterOf(r)] - run.Output.Flat(r).Value));
        }
        for (int c = 0; c < back.Length; c++)
            backward = Math.Max(backward, Math.Abs(back[c] - run.Gradient(0)!.Flat(c).Value));
        return (forward, backward);
    }

    private static Float64[] Numbers(double[] values) => Array.ConvertAll(values, v => new Float64(v));

    private static bool AreTheSameSums(ConvolutionMatrix matrix)
    {
        Expr[] weights = Letters(matrix.WeightCount),
            biases = Letters(matrix.Output.Channels),
            x = Letters((int)matrix.Columns),
            dy = Letters(matrix.Rows);
        ReferenceRun<Expr> run = Run(matrix, weights, biases, x, dy);
        Dictionary<Expr, int> weightOf = Numbered(weights),
            columnOf = Numbered(x),
            rowOf = Numbered(dy);
        for (int r = 0; r < matrix.Rows; r++)
            if (!IsSum(run.Output.Flat(r), matrix.Row(r), weightOf, columnOf, matrix.HasBias ? biases[matrix.FilterOf(r)] : null))
                return false;
        for (int c = 0; c < x.Length; c++)
            if (!IsSum(run.Gradient(0)!.Flat(c), matrix.Column(c), weightOf, rowOf, null))
                return false;
        return true;
    }

    private static Expr[] Letters(int count) => [.. Enumerable.Range(0, count).Select(_ => Expr.Symbol("s"))];

    private static Dictionary<Expr, int> Numbered(Expr[] letters)
    {
        var numbers = new Dictionary<Expr, int>(ReferenceEqualityComparer.Instance);
        foreach ((int i, Expr letter) in letters.Index())
            numbers.Add(letter, i);
        return numbers;
    }

    // Whether an expression is the sum of just these products of a weight and a value, in any order, and of just this constant.
    private static bool IsSum(
        Expr e,
        IEnumerable<MatrixEntry> entries,
        Dictionary<Expr, int> weightOf,
        Dictionary<Expr, int> placeOf,
        Expr? constant
    )
    {
        HashSet<MatrixEntry> wanted = [.. entries];
        bool hasConstant = constant is null;
        for (Expr? rest = e; rest is not null; )
        {
            Expr term = rest;
            rest = null;
            if (term.Kind == ExprKind.Add)
                (rest, term) = (term.Arguments[0], term.Arguments[1]);
            if (ReferenceEquals(term, constant) && !hasConstant)
                hasConstant = true;
            else if (term is { Kind: ExprKind.Constant, Value: 0 }) { }
            else if (
                term.Kind != ExprKind.Multiply
                || !(
                    (weightOf.TryGetValue(term.Arguments[0], out int weight) && placeOf.TryGetValue(term.Arguments[1], out int place))
                    || (weightOf.TryGetValue(term.Arguments[1], out weight) && placeOf.TryGetValue(term.Arguments[0], out place))
                )
                || !wanted.Remove(new(place, weight))
            )
                return false;
        }
        return hasConstant && wanted.Count == 0;
    }

    private static ReferenceRun<T> Run<T>(ConvolutionMatrix matrix, T[] weights, T[] biases, T[] x, T[] dy)
        where T : IScalar<T>
    {
        Network network = matrix.Alone;
        Grid<T>[] parameters = [.. network.Parameters.Select((p, k) => new Grid<T>(k == 0 ? weights : biases, [.. p.Parameter.Sizes]))];
        var run = new ReferenceRun<T>(network, parameters, new Grid<T>(x, [1, .. matrix.Input.MemoryOrder()]));
        run.Forward();
        run.Backward(new Grid<T>(dy, [1, .. matrix.Output.MemoryOrder()]));
        return run;
    }
}

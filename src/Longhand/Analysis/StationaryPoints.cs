using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>What a function does around a point where its gradient is zero.</summary>
public enum StationaryKind
{
    /// <summary>No value nearby is smaller.</summary>
    Minimum,

    /// <summary>No value nearby is larger.</summary>
    Maximum,

    /// <summary>It rises in one direction and falls in another.</summary>
    Saddle,

    /// <summary>In one variable: it goes on rising, or falling, through a place where it is level.</summary>
    Inflection,

    /// <summary>It is the same everywhere.</summary>
    Degenerate,
}

/// <summary>A point where the gradient is zero, or a whole line or plane of them.</summary>
public sealed record StationaryPoint
{
    /// <summary>A coordinate for each variable.</summary>
    public required IReadOnlyList<double> Point { get; init; }

    /// <summary>The coordinates as fractions; null where one of them is none.</summary>
    public required IReadOnlyList<Rational>? Exact { get; init; }

    /// <summary>What the function does there.</summary>
    public required StationaryKind Kind { get; init; }

    /// <summary>The directions in which every further point is stationary too; empty for a single point.</summary>
    public IReadOnlyList<IReadOnlyList<Rational>> Directions { get; init; } = [];

    /// <summary>How far away the nearest point of it is.</summary>
    public double DistanceFrom(IReadOnlyList<double> point)
    {
        double[] gap = [.. point.Zip(Point, (a, b) => a - b)];
        // What lies along the directions is no distance; they are made perpendicular first (Gram and Schmidt).
        var perpendicular = new List<double[]>();
        foreach (IReadOnlyList<Rational> direction in Directions)
        {
            double[] d = [.. direction.Select(value => (double)value)];
            foreach (double[] other in perpendicular)
                Remove(d, other);
            perpendicular.Add(d);
            Remove(gap, d);
        }
        double largest = gap.Max(Math.Abs);
        return largest is 0 or double.PositiveInfinity || double.IsNaN(largest)
            ? largest
            : largest * Math.Sqrt(gap.Sum(x => x / largest * (x / largest)));
    }

    private static void Remove(double[] from, double[] direction)
    {
        double share = from.Zip(direction, (a, b) => a * b).Sum() / direction.Sum(x => x * x);
        for (int i = 0; i < from.Length; i++)
            from[i] -= share * direction[i];
    }
}

/// <summary>
/// The points where the gradient of a function is zero, where they can be solved for: exactly where the gradient is linear (the function a
/// quadratic), all of them for a polynomial in one variable.
/// </summary>
public sealed class StationaryPoints
{
    private const int LargestDegree = 20;

    internal StationaryPoints(IReadOnlyList<StationaryPoint> points, string explanation, bool isSolved)
    {
        Points = points;
        Explanation = explanation;
        IsSolved = isSolved;
    }

    /// <summary>All of them; empty where there are none or <see cref="IsSolved"/> is false.</summary>
    public IReadOnlyList<StationaryPoint> Points { get; }

    /// <summary>Whether <see cref="Points"/> are all that there are.</summary>
    public bool IsSolved { get; }

    /// <summary>How they were found, or why not, in a sentence.</summary>
    public string Explanation { get; }

    /// <summary>For a quadratic function its matrix of second derivatives; null for others.</summary>
    public Rational[,]? Hessian { get; private init; }

    /// <summary>Solves for the points.</summary>
    public static StationaryPoints Of(Expression function)
    {
        ArgumentNullException.ThrowIfNull(function);
        int n = function.Variables.Count;
        var polynomial = ExpandedExpression.Of(function.Root, n);
        return polynomial switch
        {
            null => new([], "The gradient is not linear, so that its zeros are not solved for exactly.", isSolved: false),
            { Degree: <= 2 } => OfQuadratic(polynomial, n),
            { Degree: <= LargestDegree } when n == 1 => OfPolynomial(polynomial),
            _ => new(
                [],
                $"The gradient is a polynomial of degree {polynomial.Degree - 1}, not linear, so that its zeros are not solved for exactly.",
                isSolved: false
            ),
        };
    }

    private static StationaryPoints OfQuadratic(ExpandedExpression f, int n)
    {
        var hessian = new Rational[n, n];
        var right = new Rational[n];
        for (int i = 0; i < n; i++)
        {
            right[i] = -f.CoefficientOf(i);
            for (int j = 0; j < n; j++)
                hessian[i, j] = i == j ? 2 * f.CoefficientOf(i, i) : f.CoefficientOf(i, j);
        }
        if (LinearSystem.Solve(hessian, right) is not (var solution, var directions))
            return new([], "The equations ∇f = 0 contradict each other: there is no stationary point, and no minimum.", isSolved: true)
            {
                Hessian = hessian,
            };
        (int positive, int negative, _) = LinearSystem.Inertia(hessian);
        StationaryKind kind =
            positive > 0 && negative > 0 ? StationaryKind.Saddle
            : positive > 0 ? StationaryKind.Minimum
            : negative > 0 ? StationaryKind.Maximum
            : StationaryKind.Degenerate;
        var point = new StationaryPoint
        {
            Point = [.. solution.Select(x => (double)x)],
            Exact = solution,
            Kind = kind,
            Directions = directions,
        };
        string how = directions.Count switch
        {
            0 => "The gradient is linear: solved exactly.",
            1 => "The gradient is linear and its equations depend on each other: a whole line of points is stationary.",
            _ when directions.Count == n => "The function is constant: every point is stationary.",
            _ => "The gradient is linear and its equations depend on each other: a whole plane of points is stationary.",
        };
        return new([point], how, isSolved: true) { Hessian = hessian };
    }

    private static StationaryPoints OfPolynomial(ExpandedExpression f)
    {
        Rational[] slope = [.. Enumerable.Range(1, f.Degree).Select(k => k * f.Coefficient(k))];
        StationaryPoint[] points =
        [
            .. PolynomialRoots
                .Find(slope)
                .Select(root => new StationaryPoint
                {
                    Point = [root.Value],
                    Exact = root.Exact is { } exact ? [exact] : null,
                    Kind = (root.SignBefore, root.SignAfter) switch
                    {
                        (< 0, > 0) => StationaryKind.Minimum,
                        (> 0, < 0) => StationaryKind.Maximum,
                        _ => StationaryKind.Inflection,
                    },
                }),
        ];
        string how =
            points.Length == 0 ? "The derivative is a polynomial without real roots: there is no stationary point, and no minimum."
            : points.All(point => point.Exact is not null) ? "The derivative is a polynomial: all of its real roots, exactly."
            : "The derivative is a polynomial: all of its real roots; those marked ≈ are no fractions and are rounded.";
        return new(points, how, isSolved: true);
    }
}

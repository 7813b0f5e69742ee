using Longhand.Activations;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// A curve looked at through its declaration: points over all scales, denser where activations bend. Whatever happens on a scale below
/// 1e-30 or beyond 1e12 is not seen, except for the limits, which are looked for between 1e50 and 1e100.
/// </summary>
internal sealed class CurveProbe
{
    private const double Least = 1e-30,
        Greatest = 1e12;

    // Slopes are exact to some units in the last place of the largest slope; what differs by less is the same.
    private const double SameSlope = 1e-9;

    private readonly Activation activation;
    private readonly double[] points;
    private readonly double[] slopes;
    private readonly double steepest;

    public CurveProbe(Activation activation)
    {
        this.activation = activation;
        const int perDecade = 32,
            perUnit = 64,
            units = 20;
        var positive = new SortedSet<double>();
        for (int k = -30 * perDecade; k <= 12 * perDecade; k++)
            positive.Add(Math.Pow(10, (double)k / perDecade));
        for (int k = 1; k <= units * perUnit; k++)
            positive.Add((double)k / perUnit);
        points = [.. positive.Reverse().Select(x => -x), 0, .. positive];
        slopes = Array.ConvertAll(points, Slope);
        steepest = Math.Max(double.Epsilon, slopes.Where(double.IsFinite).Max(Math.Abs));
    }

    private double Value(double x) => activation.Value(new Float64(x)).Value;

    private double Slope(double x) => activation.Value(new Dual(x, 1)).Derivative;

    /// <summary>
    /// The derivatives on both sides of a point. Where the value arrives at f(x) they are the limits of the slopes beside it, which is more
    /// precise than a quotient of small differences; where it does not, the quotient grows without bound.
    /// </summary>
    public (double Left, double Right) DerivativesAt(double x) => (Derivative(x, -1), Derivative(x, 1));

    private double Derivative(double x, int side)
    {
        double near = x == 0 ? Least : Math.Abs(x) * 1e-12;
        double step = Value(x + side * near) - Value(x);
        // Over so short a way a curve of finite slope cannot move by a visible share of its own size.
        if (Math.Abs(step) > 1e-9 * Math.Max(1, Math.Abs(Value(x))) && Math.Abs(step) > 1e3 * near * steepest)
            return side * step > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        return Slope(x + side * near) + 0.0;
    }

    /// <summary>
    /// Where there is no derivative: between neighbouring points whose slopes or values differ, halving the way halves the difference of a
    /// smooth curve; a difference that stays is a kink or a jump.
    /// </summary>
    public double[] FindBreaks()
    {
        var found = new SortedSet<double>();
        for (int i = 1; i < points.Length; i++)
        {
            (double a, double b) = (points[i - 1], points[i]);
            for (int halving = 0; halving < 60 && Differ(a, b); halving++)
            {
                double middle = a + (b - a) / 2;
                if (middle == a || middle == b)
                    break;
                if (Change(a, middle) >= Change(middle, b))
                    b = middle;
                else
                    a = middle;
            }
            if (Differ(a, b))
                found.Add(Math.Abs(b) <= 2 * Least ? 0 : Shortest(a, b));
        }
        return [.. found];
    }

    // Two numbers as close as these are one; of those between them the one with the fewest digits is meant.
    private static double Shortest(double a, double b) => Math.Round(a + (b - a) / 2, 12);

    private bool Differ(double a, double b) => Change(a, b) > 1e-3;

    private double Change(double a, double b)
    {
        double slope = Math.Abs(Slope(b) - Slope(a)) / steepest;
        double step = Math.Abs(Value(b) - Value(a));
        // What the steepest slope allows is no jump.
        double jump = step > 10 * steepest * (b - a) ? step / Math.Max(Math.Abs(Value(a)), Math.Abs(Value(b))) : 0;
        return Math.Max(slope, jump);
    }

    /// <summary>Whether the value jumps at a point, rather than having a kink.</summary>
    public bool JumpsAt(double x)
    {
        (double left, double right) = DerivativesAt(x);
        return double.IsInfinity(left) || double.IsInfinity(right);
    }

    /// <summary>
    /// Where the value goes at one end of the line. Between 1e50 and 1e100 it either stands still, or has grown by half or more in one
    /// direction, or goes nowhere.
    /// </summary>
    public double? Limit(int side)
    {
        double[] far = [.. Enumerable.Range(200, 201).Select(k => Value(side * Math.Pow(10, k / 4.0)))];
        (double first, double last) = (far[0], far[^1]);
        if (far.All(y => Math.Abs(y - last) <= 1e-12 * Math.Max(1, Math.Abs(last))))
            return last + 0.0;
        bool grows = far.Zip(far.Skip(1)).All(pair => Math.Abs(pair.Second) >= Math.Abs(pair.First));
        return grows && Math.Abs(last) >= 1.5 * Math.Abs(first) ? Math.Sign(last) * double.PositiveInfinity : null;
    }

    /// <summary>
    /// The greatest value (side 1) or the least (−1), and whether it is reached. An extreme inside the line is, since it is a value; one
    /// that lies at an end is approached only, unless the declaration gives exactly that number somewhere, in fractions.
    /// </summary>
    public (double Value, bool Reached) Extreme(int side, double? limitLeft, double? limitRight)
    {
        double end = Math.Max(side * limitLeft ?? double.NegativeInfinity, side * limitRight ?? double.NegativeInfinity);
        if (double.IsPositiveInfinity(end))
            return (side * end, false);
        double Height(double x) => side * Value(x);
        int best = Enumerable.Range(0, points.Length).MaxBy(i => Height(points[i]));
        double inside = Height(points[best]);
        if (best > 0 && best < points.Length - 1)
            inside = Math.Max(inside, Height(Peak(Height, points[best - 1], points[best + 1])));
        if (double.IsNegativeInfinity(end) || inside > end + 1e-12 * Math.Abs(end))
            return (side * Near(inside) + 0.0, true);
        return (side * end + 0.0, points.Where(x => Math.Abs(x) <= 1).Any(x => IsExactly(x, side * end)));
    }

    // The sine's peak is found as 0.9999999999999999.
    private static double Near(double value) => Math.Abs(value - Math.Round(value, 9)) <= 1e-14 ? Math.Round(value, 9) : value;

    private bool IsExactly(double x, double value) =>
        activation.Value(Expr.Symbol("x", x, Rational.FromDouble(x))).Exact is { } exact && exact == Rational.FromDouble(value);

    // Golden-section search: the greatest value between two points with one hill between them.
    private static double Peak(Func<double, double> height, double a, double b)
    {
        double share = (Math.Sqrt(5) - 1) / 2;
        for (int k = 0; k < 80; k++)
        {
            double left = b - share * (b - a),
                right = a + share * (b - a);
            if (height(left) >= height(right))
                b = right;
            else
                a = left;
        }
        return (a + b) / 2;
    }

    /// <summary>Whether f(−x) = −f(x) at every point but for rounding.</summary>
    public bool IsOdd() =>
        points.All(x =>
        {
            (double here, double there) = (Value(x), Value(-x));
            return Math.Abs(here + there) <= 1e-12 * Math.Max(Math.Abs(here), Math.Abs(there));
        });

    /// <summary>
    /// Whether it never falls, or never rises: by the signs of the slopes, which are precise where values have been rounded to equality,
    /// and by the direction of the jumps.
    /// </summary>
    public bool IsMonotone(double[] breaks)
    {
        double[] steps =
        [
            .. slopes.Where(double.IsFinite).Select(slope => slope / steepest),
            .. breaks.SelectMany(x => new[] { Derivative(x, -1), Derivative(x, 1) }).Where(double.IsInfinity),
        ];
        return steps.All(step => step >= -SameSlope) || steps.All(step => step <= SameSlope);
    }

    /// <summary>Whether the slope is the same everywhere.</summary>
    public bool HasOneSlope() => slopes.All(slope => Math.Abs(slope - slopes[points.Length / 2]) <= SameSlope * steepest);
}

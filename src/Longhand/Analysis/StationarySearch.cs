namespace Longhand.Analysis;

/// <summary>
/// The stationary points of a function of two variables in a rectangle, looked for where they cannot be solved for: Newton's method on the
/// gradient, with exact second derivatives, from many places at once. What it finds is so; that there is no other is not claimed.
/// </summary>
internal sealed class StationarySearch
{
    // More of them are a line or a region of points, or so many that nobody reads them.
    private const int MostPoints = 40;

    private const int MostStarts = 24,
        MostTerms = 20_000,
        MostIterations = 60;

    // Evaluated terms altogether, which is how long it takes.
    private const long MostWork = 40_000_000;

    private readonly Expression function;
    private readonly Expression[] gradient;
    private readonly Expression[] hessian;
    private readonly (double Low, double High)[] range;

    private StationarySearch(Expression function, (double Low, double High)[] range)
    {
        (this.function, this.range) = (function, range);
        gradient = [function.Derivative(0), function.Derivative(1)];
        hessian = [gradient[0].Derivative(0), gradient[0].Derivative(1), gradient[1].Derivative(1)];
    }

    /// <summary>The points: solved for where that is possible, else looked for.</summary>
    /// <param name="function">Of two variables.</param>
    /// <param name="x">Where the first may lie.</param>
    /// <param name="y">Where the second may lie.</param>
    public static StationaryPoints Within(Expression function, (double Low, double High) x, (double Low, double High) y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(function.Variables.Count, 2);
        var solved = StationaryPoints.Of(function);
        if (solved.IsSolved)
            return solved;
        try
        {
            return new StationarySearch(function, [x, y]).Find();
        }
        catch (LonghandException)
        {
            return TooLong();
        }
    }

    private static StationaryPoints TooLong() =>
        new([], "The second derivatives are too long to look for stationary points with them.", isSolved: false);

    private StationaryPoints Find()
    {
        int terms = gradient.Concat(hessian).Sum(e => ExpressionParts.Count(e.Root, MostTerms));
        if (terms >= MostTerms)
            return TooLong();
        // Of a long function fewer places are tried.
        int side = Math.Clamp((int)Math.Sqrt(MostWork / ((long)terms * MostIterations)), 4, MostStarts);
        var found = new List<double[]>();
        for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
        {
            double[] start = [Between(range[0], (i + 0.5) / side), Between(range[1], (j + 0.5) / side)];
            if (Newton(start) is not { } point || found.Any(other => AreOne(other, point)))
                continue;
            found.Add(point);
            if (found.Count > MostPoints)
                return new([], $"The gradient is zero at more than {MostPoints} places here; they are not marked.", isSolved: false);
        }
        StationaryPoint[] points =
        [
            .. found
                .OrderBy(point => function.Evaluate(point))
                .Select(point => new StationaryPoint
                {
                    Point = point,
                    Exact = null,
                    Kind = KindAt(point),
                }),
        ];
        return new(
            points,
            points.Length == 0
                ? $"Newton's method on the gradient, from {side * side} places here, finds no stationary point."
                : $"Found by Newton's method on the gradient from {side * side} places here; rounded, and there may be others.",
            isSolved: false
        );
    }

    // Where a full step does not bring the gradient down, a part of it does; where none does, there is nothing to be found from here.
    private double[]? Newton(double[] at)
    {
        double size = Size(at);
        for (int i = 0; i < MostIterations && size > 0; i++)
        {
            if (Step(at) is not { } step)
                return null;
            double share = 1;
            double[] next;
            double reached;
            do
            {
                next = [at[0] - share * step.X, at[1] - share * step.Y];
                reached = Size(next);
                share /= 2;
            } while (!(reached < size) && share > 1e-4);
            if (!(reached < size))
                break;
            (at, size) = (next, reached);
        }
        return IsInside(at) && IsZero(at, size) ? [Tidy(at, 0), Tidy(at, 1)] : null;
    }

    private (double X, double Y)? Step(double[] at)
    {
        (double gx, double gy) = (gradient[0].Evaluate(at), gradient[1].Evaluate(at));
        (double xx, double xy, double yy) = (hessian[0].Evaluate(at), hessian[1].Evaluate(at), hessian[2].Evaluate(at));
        double determinant = xx * yy - xy * xy;
        (double x, double y) = ((yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant);
        return double.IsFinite(x) && double.IsFinite(y) ? (x, y) : null;
    }

    // The next step would move it by nothing that could be seen.
    private bool IsZero(double[] at, double size)
    {
        const double near = 1e-9;
        return size == 0 || (Step(at) is { } step && Math.Abs(step.X) <= near * Width(0) && Math.Abs(step.Y) <= near * Width(1));
    }

    private double Size(double[] at) => Math.Pow(gradient[0].Evaluate(at), 2) + Math.Pow(gradient[1].Evaluate(at), 2);

    // A rounding error beside 0 is 0, beside 3 is 3, where that is at least as good.
    private double Tidy(double[] at, int i)
    {
        double rounded = Math.Round(at[i] * 1e6) / 1e6 + 0.0;
        double[] other = [.. at];
        other[i] = rounded;
        return Math.Abs(rounded - at[i]) < 1e-9 * Width(i) && Size(other) <= Math.Max(Size(at), 1e-20) ? rounded : at[i];
    }

    private bool IsInside(double[] at) => range.Index().All(r => at[r.Index] >= r.Item.Low && at[r.Index] <= r.Item.High);

    private bool AreOne(double[] a, double[] b)
    {
        const double near = 1e-5;
        return Math.Abs(a[0] - b[0]) < near * Width(0) && Math.Abs(a[1] - b[1]) < near * Width(1);
    }

    // By the second derivatives; where they leave it open, by the heights on a small circle.
    private StationaryKind KindAt(double[] at)
    {
        const double flat = 1e-9;
        (double xx, double xy, double yy) = (hessian[0].Evaluate(at), hessian[1].Evaluate(at), hessian[2].Evaluate(at));
        double middle = (xx + yy) / 2,
            spread = Math.Sqrt(Math.Pow((xx - yy) / 2, 2) + xy * xy),
            largest = Math.Max(Math.Abs(middle - spread), Math.Abs(middle + spread));
        if (Math.Min(Math.Abs(middle - spread), Math.Abs(middle + spread)) > flat * largest)
            return middle - spread > 0 ? StationaryKind.Minimum
                : middle + spread < 0 ? StationaryKind.Maximum
                : StationaryKind.Saddle;
        const int around = 32;
        double height = function.Evaluate(at);
        int[] signs =
        [
            .. Enumerable
                .Range(0, around)
                .Select(k => 2 * Math.PI * k / around)
                .Select(angle =>
                    Math.Sign(
                        function.Evaluate([at[0] + Width(0) * 1e-3 * Math.Cos(angle), at[1] + Width(1) * 1e-3 * Math.Sin(angle)]) - height
                    )
                ),
        ];
        return signs.Contains(1) && signs.Contains(-1) ? StationaryKind.Saddle
            : signs.Contains(1) ? StationaryKind.Minimum
            : signs.Contains(-1) ? StationaryKind.Maximum
            : StationaryKind.Degenerate;
    }

    private double Width(int i) => range[i].High - range[i].Low;

    private static double Between((double Low, double High) range, double share) => range.Low + share * (range.High - range.Low);
}

namespace Longhand.Analysis;

/// <summary>Where the weighted sum of a unit of two or three inputs is 0, within a box: the ends of a line, or the corners of a polygon.</summary>
internal static class HalfPlane
{
    /// <summary>The border of the half-plane or half-space w·x + b ≥ 0.</summary>
    /// <param name="weights">w; two or three numbers.</param>
    /// <param name="bias">b.</param>
    /// <param name="low">Where the box begins along every axis.</param>
    /// <param name="high">Where it ends.</param>
    /// <returns>The points in order around the polygon; none where the border does not pass through the box.</returns>
    public static IReadOnlyList<double[]> Border(double[] weights, double bias, double low, double high)
    {
        int n = weights.Length;
        var points = new List<double[]>();
        for (int axis = 0; axis < n; axis++)
        for (int corner = 0; corner < 1 << n; corner++)
        {
            // Every edge once, from its lower end.
            if ((corner >> axis & 1) == 1 || weights[axis] == 0)
                continue;
            double[] from = [.. Enumerable.Range(0, n).Select(i => (corner >> i & 1) == 1 ? high : low)];
            double sum = bias + from.Zip(weights, (x, w) => x * w).Sum();
            double share = -sum / (weights[axis] * (high - low));
            if (!(share >= 0 && share <= 1))
                continue;
            from[axis] = low + share * (high - low);
            if (!points.Any(other => other.Zip(from, (a, b) => Math.Abs(a - b)).Max() < 1e-9 * (high - low)))
                points.Add(from);
        }
        if (points.Count < n)
            return [];
        return n == 2 ? points : Around(points, weights);
    }

    // By the angle around their middle, seen along w.
    private static IReadOnlyList<double[]> Around(List<double[]> points, double[] w)
    {
        double[] middle = [.. Enumerable.Range(0, 3).Select(i => points.Average(p => p[i]))];
        double[] first = [.. points[0].Zip(middle, (a, b) => a - b)];
        double[] second = [w[1] * first[2] - w[2] * first[1], w[2] * first[0] - w[0] * first[2], w[0] * first[1] - w[1] * first[0]];
        double length = Math.Sqrt(w.Sum(x => x * x));
        return
        [
            .. points.OrderBy(p =>
            {
                double[] gap = [.. p.Zip(middle, (a, b) => a - b)];
                return Math.Atan2(gap.Zip(second, (a, b) => a * b).Sum() / length, gap.Zip(first, (a, b) => a * b).Sum());
            }),
        ];
    }
}

namespace Longhand.Experiments.Plots;

/// <summary>The heights at which lines are drawn: round numbers.</summary>
internal static class ContourLevels
{
    private const int Lines = 14;

    // A logarithmic scale goes so far down from the greatest height.
    private const double Smallest = 1e-4;

    /// <summary>Heights between two others.</summary>
    /// <param name="low">The least height.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="logarithmic">
    /// Whether they grow from the least height on as 1, 2, 5, 10, …, so that flat ground has as many lines as steep; else they lie apart by
    /// the same.
    /// </param>
    public static double[] Of(double low, double high, bool logarithmic)
    {
        double span = high - low;
        if (!(span > 0) || !double.IsFinite(span))
            return [];
        if (!logarithmic)
        {
            double step = Round(span / Lines);
            return [.. Enumerable.Range(1, 2 * Lines).Select(k => (Math.Floor(low / step) + k) * step + 0.0).Where(level => level < high)];
        }
        // Where the least height is next to nothing, the lines have round heights.
        double ground = Math.Abs(low) < 10 * Smallest * span ? 0 : low;
        int exponent = (int)Math.Floor(Math.Log10(span * Smallest));
        return
        [
            .. Enumerable
                .Range(exponent, 6)
                .SelectMany(e => new double[] { 1, 2, 5 }.Select(m => ground + m * Math.Pow(10, e)))
                .Where(level => level > low && level - ground >= span * Smallest && level < high),
        ];
    }

    // 1, 2 or 5 times a power of ten, at least as large.
    private static double Round(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power
            * (
                step <= power ? 1
                : step <= 2 * power ? 2
                : step <= 5 * power ? 5
                : 10
            );
    }
}

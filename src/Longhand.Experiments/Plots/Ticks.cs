using System.Globalization;

namespace Longhand.Experiments.Plots;

/// <summary>The values that are marked on an axis, and their texts.</summary>
internal static class Ticks
{
    private const int Least = 3,
        Most = 10;

    /// <summary>
    /// Multiples of 1, 2 or 5 times a power of ten within a range: 3 to 10 of them, as near to <paramref name="about"/> as can be. Whole
    /// numbers alone may be fewer where the range is short.
    /// </summary>
    public static IReadOnlyList<double> Linear(double low, double high, int about, bool whole = false)
    {
        double span = high - low;
        int power = (int)Math.Floor(Math.Log10(span / Math.Max(2, about)));
        (double Distance, double Step)? best = null;
        for (int p = power - 1; p <= power + 2; p++)
            foreach (double digit in (double[])[1, 2, 5])
            {
                double step = digit * Math.Pow(10, p);
                if (whole && step < 1)
                    continue;
                double count = Math.Floor(Reach(high / step)) - Math.Ceiling(-Reach(-low / step)) + 1;
                if (count < (whole && step == 1 ? 1 : Least) || count > Most)
                    continue;
                double distance = Math.Abs(count - about);
                if (best is null || distance < best.Value.Distance)
                    best = (distance, step);
            }
        double chosen = best?.Step ?? (whole ? Math.Max(1, Math.Ceiling(span / Most)) : span / (Least + 1));
        var ticks = new List<double>();
        for (double k = Math.Ceiling(-Reach(-low / chosen)); k <= Math.Floor(Reach(high / chosen)); k++)
            ticks.Add(Clean(k * chosen));
        return ticks;
    }

    /// <summary>Powers of ten within a range, thinned where there are many; multiples by 2 and 5 where there are few.</summary>
    public static IReadOnlyList<double> Logarithmic(double low, double high, int about)
    {
        int first = (int)Math.Ceiling(Reach(Math.Log10(low)) - 2e-9),
            last = (int)Math.Floor(Reach(Math.Log10(high)));
        int decades = last - first + 1;
        if (decades >= Least)
        {
            int every = Math.Max(1, (int)Math.Ceiling(decades / (double)Math.Clamp(about + 2, Least, Most)));
            return [.. Enumerable.Range(first, decades).Where(p => p % every == 0).Select(p => Math.Pow(10, p))];
        }
        foreach (
            double[] digits in (double[][])
                [
                    [1, 3],
                    [1, 2, 5],
                    [1, 2, 3, 4, 5, 6, 7, 8, 9],
                ]
        )
        {
            double[] ticks =
            [
                .. Enumerable
                    .Range(first - 1, decades + 2)
                    .SelectMany(p => digits.Select(d => Clean(d * Math.Pow(10, p))))
                    .Where(v => v >= low && v <= high),
            ];
            if (ticks.Length >= Least)
                return ticks;
        }
        return Linear(low, high, about);
    }

    /// <summary>
    /// The texts of ticks: as many decimals as the most precise of them needs, a true minus sign. Where all are very large or very small, a
    /// power of ten is taken out, which belongs behind the axis's name.
    /// </summary>
    public static (IReadOnlyList<string> Texts, string Factor) Texts(IReadOnlyList<double> ticks, Scale scale)
    {
        double largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        if (scale == Scale.Log && ticks.Count > 0 && ticks.All(IsDigit) && (largest >= 1e4 || ticks.Min() < 1e-3))
            return ([.. ticks.Select(Power)], "");
        int exponent = largest == 0 ? 0 : (int)Math.Floor(Math.Log10(largest) + 1e-9);
        int taken = exponent is >= 6 or < -3 ? exponent : 0;
        double[] scaled = [.. ticks.Select(t => t / Math.Pow(10, taken))];
        int decimals = scaled.Length == 0 ? 0 : scaled.Max(Decimals);
        if (scale == Scale.Log && taken == 0)
            return ([.. ticks.Select(t => Number(t, Decimals(t)))], "");
        return ([.. scaled.Select(t => Number(t, decimals))], taken == 0 ? "" : $"×10{Raised(taken)}");
    }

    /// <summary>A number with a true minus sign and its thousands apart.</summary>
    public static string Number(double value, int decimals) =>
        value.ToString((Math.Abs(value) >= 10_000 ? "N" : "F") + decimals, CultureInfo.InvariantCulture).Replace('-', '−') is "−0"
            ? "0"
            : value.ToString((Math.Abs(value) >= 10_000 ? "N" : "F") + decimals, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>An exponent as it is written above the line.</summary>
    public static string Raised(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static string Power(double value)
    {
        int power = (int)Math.Floor(Math.Log10(value) + 1e-9);
        double digit = Math.Round(value / Math.Pow(10, power));
        return (digit == 1 ? "" : $"{digit:0}·") + $"10{Raised(power)}";
    }

    // One digit and a power of ten.
    private static bool IsDigit(double value)
    {
        double digit = value / Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9));
        return Math.Abs(digit - Math.Round(digit)) < 1e-6;
    }

    private static int Decimals(double value)
    {
        for (int d = 0; d < 12; d++)
            if (Math.Abs(value * Math.Pow(10, d) - Math.Round(value * Math.Pow(10, d))) < 1e-6)
                return d;
        return 12;
    }

    // A quotient a rounding error below a whole number counts as that number.
    private static double Reach(double quotient) => quotient + 1e-9;

    // 3 · 0.1 is 0.30000000000000004; fifteen digits of it are 0.3.
    private static double Clean(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

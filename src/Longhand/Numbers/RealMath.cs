namespace Longhand.Numbers;

/// <summary>The functions of <see cref="IReal{T}"/> in double precision, stable at both ends. Plain on purpose: they are the oracle.</summary>
internal static class RealMath
{
    /// <summary>π/2 in two pieces, the first of 33 bits, so that its product with a whole number below 2²⁰ is exact.</summary>
    public const double HalfPiHigh = 1.5707963267341256,
        HalfPiLow = 6.077100506506192e-11;

    public static double Expm1(double x)
    {
        // Kahan: the error of u = eˣ cancels between u − 1 and ln u.
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double difference = u - 1;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * x / Math.Log(u);
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? (u == 1 ? x : u) : Math.Log(u) * x / (u - 1);
    }

    public static double Sigmoid(double x)
    {
        if (x >= 0)
            return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    public static double Power(double x, int n)
    {
        // Repeated squaring, so that x¹ is x and x² is x·x to the bit.
        double result = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0)
                result *= square;
        return result;
    }

    /// <summary>
    /// Below 2.5 the series 2/√π e^(−x²) Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, whose terms are all of one sign; above it one minus the continued
    /// fraction of erfc (Abramowitz and Stegun, 7.1.6 and 7.1.14). Within 2 ulp.
    /// </summary>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x))
            return x;
        if (a > 6)
            return Math.Sign(x);
        double gauss = Math.Exp(-a * a);
        if (a < 2.5)
        {
            double term = a,
                sum = a;
            for (int n = 1; term > sum * 1e-18; n++)
                sum += term *= 2 * a * a / (2 * n + 1);
            return Math.CopySign(2 / Math.Sqrt(Math.PI) * gauss * sum, x);
        }
        double fraction = a;
        for (int n = 60; n >= 1; n--)
            fraction = a + n / 2.0 / fraction;
        return Math.CopySign(1 - gauss / (fraction * Math.Sqrt(Math.PI)), x);
    }

    public static double Max(double a, double b) => Math.Max(a, b);

    public static double LogSumExp(ReadOnlySpan<double> x)
    {
        int largest = ArgMax(x);
        double max = x[largest];
        if (double.IsInfinity(max) || double.IsNaN(max))
            return max;
        double others = 0;
        for (int i = 0; i < x.Length; i++)
            if (i != largest)
                others += Math.Exp(x[i] - max);
        return max + Log1p(others);
    }

    public static double Softmax(ReadOnlySpan<double> x, int index)
    {
        double max = x[ArgMax(x)];
        double sum = 0;
        foreach (double value in x)
            sum += Math.Exp(value - max);
        return Math.Exp(x[index] - max) / sum;
    }

    /// <summary>The first of the largest; a NaN counts as largest, so that it cannot hide.</summary>
    public static int ArgMax(ReadOnlySpan<double> x)
    {
        int best = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]))
                return i;
            if (x[i] > x[best])
                best = i;
        }
        return best;
    }
}

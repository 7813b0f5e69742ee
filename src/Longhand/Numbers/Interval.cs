namespace Longhand.Numbers;

/// <summary>
/// A number with the two ends between which it may lie when what it was computed from was rounded: a student's 0.593 stands for anything from
/// 0.5925 to 0.5935. Every operation encloses all that can come out, so that no honest rounding falls outside; the value between the ends is
/// computed as with doubles, to the bit.
/// </summary>
internal readonly struct Interval : IScalar<Interval>
{
    private readonly double value;

    /// <param name="value">The number itself.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public Interval(double value, double low, double high) => (this.value, Low, High) = (value, low, high);

    /// <summary>A number that was not rounded.</summary>
    public Interval(double value)
        : this(value, value, value) { }

    /// <inheritdoc/>
    public double Value => value;

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The upper end.</summary>
    public double High { get; }

    /// <summary>How far the nearest point of the interval is from a number; 0 inside.</summary>
    public double Distance(double x) => double.IsNaN(x) || double.IsNaN(value) ? double.NaN : Math.Max(0, Math.Max(Low - x, x - High));

    /// <inheritdoc/>
    public static Interval Of(double value) => new(value);

    /// <inheritdoc/>
    public static Interval Of(Rational value) => new((double)value);

    /// <inheritdoc/>
    public static Interval Fraction(long numerator, long denominator) => new((double)numerator / denominator);

    /// <inheritdoc/>
    public static Interval Pi => new(Math.PI);

    /// <inheritdoc/>
    public static Interval operator +(Interval a, Interval b) => new(a.value + b.value, a.Low + b.Low, a.High + b.High);

    /// <inheritdoc/>
    public static Interval operator -(Interval a, Interval b) => new(a.value - b.value, a.Low - b.High, a.High - b.Low);

    /// <inheritdoc/>
    public static Interval operator *(Interval a, Interval b) =>
        Around(a.value * b.value, a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);

    /// <inheritdoc/>
    public static Interval operator /(Interval a, Interval b) =>
        b.Low <= 0 && b.High >= 0 && b.Low < b.High
            ? new(a.value / b.value, double.NegativeInfinity, double.PositiveInfinity)
            : Around(a.value / b.value, a.Low / b.Low, a.Low / b.High, a.High / b.Low, a.High / b.High);

    /// <inheritdoc/>
    public static Interval operator -(Interval a) => new(-a.value, -a.High, -a.Low);

    /// <inheritdoc/>
    public static Interval Exp(Interval x) => Rising(Math.Exp, x);

    /// <inheritdoc/>
    public static Interval Expm1(Interval x) => Rising(RealMath.Expm1, x);

    /// <inheritdoc/>
    public static Interval Log(Interval x) => new(Math.Log(x.value), Math.Log(Math.Max(0, x.Low)), Math.Log(Math.Max(0, x.High)));

    /// <inheritdoc/>
    public static Interval Sqrt(Interval x) => new(Math.Sqrt(x.value), Math.Sqrt(Math.Max(0, x.Low)), Math.Sqrt(Math.Max(0, x.High)));

    /// <inheritdoc/>
    public static Interval Power(Interval x, int n)
    {
        double value = RealMath.Power(x.value, n),
            low = RealMath.Power(x.Low, n),
            high = RealMath.Power(x.High, n);
        return n % 2 == 0 && x.Low < 0 && x.High > 0 ? new(value, 0, Math.Max(low, high)) : Around(value, low, high);
    }

    /// <inheritdoc/>
    public static Interval Sigmoid(Interval x) => Rising(RealMath.Sigmoid, x);

    /// <inheritdoc/>
    public static Interval Tanh(Interval x) => Rising(Math.Tanh, x);

    /// <inheritdoc/>
    public static Interval Softplus(Interval x) => Rising(RealMath.Softplus, x);

    /// <inheritdoc/>
    public static Interval Erf(Interval x) => Rising(RealMath.Erf, x);

    /// <inheritdoc/>
    public static Interval Atan(Interval x) => Rising(Math.Atan, x);

    /// <inheritdoc/>
    public static Interval Sin(Interval x) => Wave(Math.Sin, x);

    /// <inheritdoc/>
    public static Interval Cos(Interval x) => Wave(Math.Cos, x);

    /// <inheritdoc/>
    public static Interval Abs(Interval x) =>
        x.Low < 0 && x.High > 0
            ? new(Math.Abs(x.value), 0, Math.Max(-x.Low, x.High))
            : Around(Math.Abs(x.value), Math.Abs(x.Low), Math.Abs(x.High));

    /// <inheritdoc/>
    public static Interval Max(Interval a, Interval b) => new(Math.Max(a.value, b.value), Math.Max(a.Low, b.Low), Math.Max(a.High, b.High));

    /// <summary>The branch of the value; where rounding may have moved the test across 0, the ends enclose the other branches, too.</summary>
    public static Interval Select(Interval test, Interval above, Interval at, Interval below)
    {
        Interval chosen =
            test.value > 0 ? above
            : test.value < 0 ? below
            : test.value == 0 ? at
            : test;
        double low = chosen.Low,
            high = chosen.High;
        void Enclose(Interval branch) => (low, high) = (Math.Min(low, branch.Low), Math.Max(high, branch.High));
        if (test.High > 0)
            Enclose(above);
        if (test.Low <= 0 && test.High >= 0)
            Enclose(at);
        if (test.Low < 0)
            Enclose(below);
        return new(chosen.value, low, high);
    }

    /// <inheritdoc/>
    public static Interval Let(string name, Interval value) => value;

    /// <inheritdoc/>
    public static Interval LogSumExp(ReadOnlySpan<Interval> x) =>
        new(RealMath.LogSumExp(Each(x, i => i.value)), RealMath.LogSumExp(Each(x, i => i.Low)), RealMath.LogSumExp(Each(x, i => i.High)));

    /// <summary>Each share is largest where its own logit is largest and the others are smallest.</summary>
    public static Interval Softmax(ReadOnlySpan<Interval> x, int index)
    {
        double[] low = Each(x, i => i.High),
            high = Each(x, i => i.Low);
        (low[index], high[index]) = (x[index].Low, x[index].High);
        return new(RealMath.Softmax(Each(x, i => i.value), index), RealMath.Softmax(low, index), RealMath.Softmax(high, index));
    }

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Interval> x) => RealMath.ArgMax(Each(x, i => i.value));

    private static Interval Rising(Func<double, double> f, Interval x) => new(f(x.value), f(x.Low), f(x.High));

    // A peak or a valley may lie between the ends: the slope is at most 1 in size, and no value beyond ±1.
    private static Interval Wave(Func<double, double> f, Interval x)
    {
        double value = f(x.value),
            reach = Math.Max(x.High - x.value, x.value - x.Low);
        return reach == 0 ? new(value) : new(value, Math.Max(-1, value - reach), Math.Min(1, value + reach));
    }

    private static Interval Around(double value, params ReadOnlySpan<double> ends)
    {
        double low = value,
            high = value;
        foreach (double end in ends)
        {
            // 0·∞: nothing is known.
            if (double.IsNaN(end))
                return new(value, double.NegativeInfinity, double.PositiveInfinity);
            (low, high) = (Math.Min(low, end), Math.Max(high, end));
        }
        return new(value, low, high);
    }

    private static double[] Each(ReadOnlySpan<Interval> x, Func<Interval, double> read)
    {
        var values = new double[x.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(x[i]);
        return values;
    }
}

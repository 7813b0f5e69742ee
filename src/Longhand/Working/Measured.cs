using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// A number with how far it may be off, times a power of two kept apart, so that e^1000 can stand in a softmax. What it is off by
/// counts the rounding of the doubles that it is computed in, operation by operation: in 1 + erf(−5.7) that is all there is.
/// </summary>
internal readonly struct Measured
{
    // Some units in the last place of a double, for each operation here and for the one that it checks.
    private const double Rounding = 1e-15,
        FunctionRounding = 1e-14;

    private readonly double value,
        error;
    private readonly int scale;

    public Measured(double value, double error, int scale)
    {
        if (value != 0 && double.IsFinite(value))
        {
            int shift = Math.ILogB(value);
            value = Math.ScaleB(value, -shift);
            error = Math.ScaleB(error, -shift);
            scale += shift;
        }
        (this.value, this.error, this.scale) = (value, error, scale);
    }

    /// <summary>The number as a fraction, where it has been read and computed without rounding among fractions.</summary>
    public Rational? Exact { get; private init; }

    public static Measured Exactly(double value) => new(value, 0, 0);

    /// <summary>The same number, which is known to be just this fraction.</summary>
    public Measured As(Rational? exact) => this with { Exact = exact is { BitLength: > Expr.MaximumExactBits } ? null : exact };

    public double ToDouble() => Math.ScaleB(value, scale);

    public double ErrorAsDouble() => Math.ScaleB(error, scale);

    public static Measured operator +(Measured a, Measured b)
    {
        int to =
            a.value == 0 ? b.scale
            : b.value == 0 ? a.scale
            : Math.Max(a.scale, b.scale);
        double sum = Math.ScaleB(a.value, a.scale - to) + Math.ScaleB(b.value, b.scale - to);
        return new Measured(sum, Math.ScaleB(a.error, a.scale - to) + Math.ScaleB(b.error, b.scale - to) + Rounding * Math.Abs(sum), to).As(
            a.Exact + b.Exact
        );
    }

    public static Measured operator -(Measured a) => new Measured(-a.value, a.error, a.scale).As(-a.Exact);

    public static Measured operator -(Measured a, Measured b) => a + -b;

    public static Measured operator *(Measured a, Measured b) =>
        new Measured(
            a.value * b.value,
            double.IsInfinity(a.error + b.error)
                ? double.PositiveInfinity
                : Math.Abs(a.value) * b.error + Math.Abs(b.value) * a.error + a.error * b.error + Rounding * Math.Abs(a.value * b.value),
            a.scale + b.scale
        ).As(a.Exact * b.Exact);

    public static Measured operator /(Measured a, Measured b)
    {
        double quotient = a.value / b.value;
        double smallest = Math.Abs(b.value) - b.error;
        if (smallest > 0)
            return new Measured(
                quotient,
                (a.error + Math.Abs(quotient) * b.error) / smallest + Rounding * Math.Abs(quotient),
                a.scale - b.scale
            ).As(b.Exact is { IsZero: false } ? a.Exact / b.Exact : null);
        // Where rounding has left a divisor that may be 0, as 1 − ŷ for a ŷ that is 1 to all its digits, the quotient may be anything.
        return new(b.error > 0 && !double.IsFinite(quotient) ? 0 : quotient, double.PositiveInfinity, a.scale - b.scale);
    }

    public static Measured Exp(Measured x)
    {
        double exponent = x.ToDouble(),
            off = x.ErrorAsDouble();
        int whole = (int)Math.Round(exponent / Math.Log(2));
        double rest = Math.Exp(exponent - whole * Math.Log(2));
        return new(rest, rest * (Math.Exp(off) - 1 + Rounding * Math.Max(1, Math.Abs(exponent))), whole);
    }

    public static Measured Log(Measured x)
    {
        double result = Math.Log(x.value) + x.scale * Math.Log(2);
        double relative = x.value == 0 ? 0 : x.error / Math.Abs(x.value);
        return new(
            result,
            relative < 1 ? -Math.Log(1 - relative) + FunctionRounding * Math.Abs(result) + Rounding : double.PositiveInfinity,
            0
        );
    }

    public static Measured Abs(Measured x) =>
        new Measured(Math.Abs(x.value), x.error, x.scale).As(x.Exact is { } exact ? Rational.Abs(exact) : null);

    public static Measured Max(Measured a, Measured b) =>
        new Measured(Math.Max(a.ToDouble(), b.ToDouble()), Math.Max(a.ErrorAsDouble(), b.ErrorAsDouble()), 0).As(
            a.Exact is { } x && b.Exact is { } y ? (x > y ? x : y) : null
        );

    public static Measured Apply(Func<double, double> function, Measured x)
    {
        double at = x.ToDouble(),
            off = x.ErrorAsDouble(),
            result = function(at);
        double error = off == 0 ? 0 : Math.Max(Math.Abs(function(at + off) - result), Math.Abs(function(at - off) - result));
        return new(result, error + FunctionRounding * Math.Abs(result), 0);
    }
}

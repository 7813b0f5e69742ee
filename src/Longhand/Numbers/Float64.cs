using System.Runtime.InteropServices;

namespace Longhand.Numbers;

/// <summary>A double that can be read by the declarations: the reference.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Float64(double value) : IScalar<Float64>
{
    private readonly double v = value;

    /// <inheritdoc/>
    public double Value => v;

    /// <inheritdoc/>
    public static Float64 Of(double value) => new(value);

    /// <inheritdoc/>
    public static Float64 Of(Rational value) => new((double)value);

    /// <inheritdoc/>
    public static Float64 Fraction(long numerator, long denominator) => new((double)numerator / denominator);

    /// <inheritdoc/>
    public static Float64 Pi => new(Math.PI);

    /// <inheritdoc/>
    public static Float64 operator +(Float64 a, Float64 b) => new(a.v + b.v);

    /// <inheritdoc/>
    public static Float64 operator -(Float64 a, Float64 b) => new(a.v - b.v);

    /// <inheritdoc/>
    public static Float64 operator *(Float64 a, Float64 b) => new(a.v * b.v);

    /// <inheritdoc/>
    public static Float64 operator /(Float64 a, Float64 b) => new(a.v / b.v);

    /// <inheritdoc/>
    public static Float64 operator -(Float64 a) => new(-a.v);

    /// <inheritdoc/>
    public static Float64 Exp(Float64 x) => new(Math.Exp(x.v));

    /// <inheritdoc/>
    public static Float64 Expm1(Float64 x) => new(RealMath.Expm1(x.v));

    /// <inheritdoc/>
    public static Float64 Log(Float64 x) => new(Math.Log(x.v));

    /// <inheritdoc/>
    public static Float64 Sqrt(Float64 x) => new(Math.Sqrt(x.v));

    /// <inheritdoc/>
    public static Float64 Power(Float64 x, int n) => new(RealMath.Power(x.v, n));

    /// <inheritdoc/>
    public static Float64 Sigmoid(Float64 x) => new(RealMath.Sigmoid(x.v));

    /// <inheritdoc/>
    public static Float64 Tanh(Float64 x) => new(Math.Tanh(x.v));

    /// <inheritdoc/>
    public static Float64 Softplus(Float64 x) => new(RealMath.Softplus(x.v));

    /// <inheritdoc/>
    public static Float64 Erf(Float64 x) => new(RealMath.Erf(x.v));

    /// <inheritdoc/>
    public static Float64 Atan(Float64 x) => new(Math.Atan(x.v));

    /// <inheritdoc/>
    public static Float64 Sin(Float64 x) => new(Math.Sin(x.v));

    /// <inheritdoc/>
    public static Float64 Cos(Float64 x) => new(Math.Cos(x.v));

    /// <inheritdoc/>
    public static Float64 Abs(Float64 x) => new(Math.Abs(x.v));

    /// <inheritdoc/>
    public static Float64 Max(Float64 a, Float64 b) => new(Math.Max(a.v, b.v));

    /// <inheritdoc/>
    public static Float64 Select(Float64 test, Float64 above, Float64 at, Float64 below) =>
        test.v > 0 ? above
        : test.v < 0 ? below
        : test.v == 0 ? at
        : test;

    /// <inheritdoc/>
    public static Float64 Let(string name, Float64 value) => value;

    /// <inheritdoc/>
    public static Float64 LogSumExp(ReadOnlySpan<Float64> x) => new(RealMath.LogSumExp(MemoryMarshal.Cast<Float64, double>(x)));

    /// <inheritdoc/>
    public static Float64 Softmax(ReadOnlySpan<Float64> x, int index) =>
        new(RealMath.Softmax(MemoryMarshal.Cast<Float64, double>(x), index));

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Float64> x) => RealMath.ArgMax(MemoryMarshal.Cast<Float64, double>(x));

    /// <inheritdoc/>
    public override string ToString() => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

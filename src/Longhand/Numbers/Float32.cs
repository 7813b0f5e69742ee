using System.Globalization;
using System.Runtime.InteropServices;

namespace Longhand.Numbers;

/// <summary>A float that can be read by the declarations: how a layer without a kernel of its own runs in a plan.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Float32(float value) : IScalar<Float32>
{
    private readonly float v = value;

    /// <inheritdoc/>
    public double Value => v;

    /// <inheritdoc/>
    public static Float32 Of(double value) => new((float)value);

    /// <inheritdoc/>
    public static Float32 Of(Rational value) => new((float)(double)value);

    /// <inheritdoc/>
    public static Float32 Fraction(long numerator, long denominator) => new((float)((double)numerator / denominator));

    /// <inheritdoc/>
    public static Float32 Pi => new(MathF.PI);

    /// <inheritdoc/>
    public static Float32 operator +(Float32 a, Float32 b) => new(a.v + b.v);

    /// <inheritdoc/>
    public static Float32 operator -(Float32 a, Float32 b) => new(a.v - b.v);

    /// <inheritdoc/>
    public static Float32 operator *(Float32 a, Float32 b) => new(a.v * b.v);

    /// <inheritdoc/>
    public static Float32 operator /(Float32 a, Float32 b) => new(a.v / b.v);

    /// <inheritdoc/>
    public static Float32 operator -(Float32 a) => new(-a.v);

    /// <inheritdoc/>
    public static Float32 Exp(Float32 x) => new(MathF.Exp(x.v));

    /// <inheritdoc/>
    public static Float32 Expm1(Float32 x) => new((float)RealMath.Expm1(x.v));

    /// <inheritdoc/>
    public static Float32 Log(Float32 x) => new(MathF.Log(x.v));

    /// <inheritdoc/>
    public static Float32 Sqrt(Float32 x) => new(MathF.Sqrt(x.v));

    /// <inheritdoc/>
    public static Float32 Power(Float32 x, int n) => new((float)RealMath.Power(x.v, n));

    /// <inheritdoc/>
    public static Float32 Sigmoid(Float32 x) => new((float)RealMath.Sigmoid(x.v));

    /// <inheritdoc/>
    public static Float32 Tanh(Float32 x) => new(MathF.Tanh(x.v));

    /// <inheritdoc/>
    public static Float32 Softplus(Float32 x) => new((float)RealMath.Softplus(x.v));

    /// <inheritdoc/>
    public static Float32 Erf(Float32 x) => new((float)RealMath.Erf(x.v));

    /// <inheritdoc/>
    public static Float32 Atan(Float32 x) => new(MathF.Atan(x.v));

    /// <inheritdoc/>
    public static Float32 Sin(Float32 x) => new(MathF.Sin(x.v));

    /// <inheritdoc/>
    public static Float32 Cos(Float32 x) => new(MathF.Cos(x.v));

    /// <inheritdoc/>
    public static Float32 Abs(Float32 x) => new(MathF.Abs(x.v));

    /// <inheritdoc/>
    public static Float32 Max(Float32 a, Float32 b) => new(MathF.Max(a.v, b.v));

    /// <inheritdoc/>
    public static Float32 Select(Float32 test, Float32 above, Float32 at, Float32 below) =>
        test.v > 0 ? above
        : test.v < 0 ? below
        : test.v == 0 ? at
        : test;

    /// <inheritdoc/>
    public static Float32 Let(string name, Float32 value) => value;

    /// <inheritdoc/>
    public static Float32 LogSumExp(ReadOnlySpan<Float32> x)
    {
        float max = x[ArgMax(x)].v;
        if (!float.IsFinite(max))
            return new(max);
        double sum = 0;
        foreach (Float32 value in x)
            sum += MathF.Exp(value.v - max);
        return new((float)(max + Math.Log(sum)));
    }

    /// <inheritdoc/>
    public static Float32 Softmax(ReadOnlySpan<Float32> x, int index)
    {
        float max = x[ArgMax(x)].v;
        double sum = 0;
        foreach (Float32 value in x)
            sum += MathF.Exp(value.v - max);
        return new((float)(MathF.Exp(x[index].v - max) / sum));
    }

    /// <inheritdoc/>
    public static void Softmax(ReadOnlySpan<Float32> x, Span<Float32> y)
    {
        float max = x[ArgMax(x)].v;
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            float term = MathF.Exp(x[i].v - max);
            sum += term;
            y[i] = new(term);
        }
        for (int i = 0; i < y.Length; i++)
            y[i] = new((float)(y[i].v / sum));
    }

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Float32> x)
    {
        int best = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (float.IsNaN(x[i].v))
                return i;
            if (x[i].v > x[best].v)
                best = i;
        }
        return best;
    }

    /// <inheritdoc/>
    public override string ToString() => v.ToString("R", CultureInfo.InvariantCulture);
}

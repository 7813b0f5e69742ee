using Longhand.Numbers;

namespace Longhand.Tests.Analysis;

/// <summary>A number that knows whether it is a weight, and counts what weights are multiplied with.</summary>
internal readonly record struct Counting(bool IsWeight) : IScalar<Counting>
{
    [ThreadStatic]
    private static long products;

    /// <summary>How many multiplications by weights there have been on this thread.</summary>
    public static long Products
    {
        get => products;
        set => products = value;
    }

    public double Value => 1;

    public static Counting Pi => default;

    public static Counting Of(double value) => default;

    public static Counting Of(Rational value) => default;

    public static Counting Fraction(long numerator, long denominator) => default;

    public static Counting operator +(Counting a, Counting b) => default;

    public static Counting operator -(Counting a, Counting b) => default;

    public static Counting operator *(Counting a, Counting b)
    {
        products += a.IsWeight || b.IsWeight ? 1 : 0;
        return default;
    }

    public static Counting operator /(Counting a, Counting b) => default;

    public static Counting operator -(Counting a) => default;

    public static Counting Exp(Counting x) => default;

    public static Counting Expm1(Counting x) => default;

    public static Counting Log(Counting x) => default;

    public static Counting Sqrt(Counting x) => default;

    public static Counting Power(Counting x, int n) => default;

    public static Counting Sigmoid(Counting x) => default;

    public static Counting Tanh(Counting x) => default;

    public static Counting Softplus(Counting x) => default;

    public static Counting Erf(Counting x) => default;

    public static Counting Atan(Counting x) => default;

    public static Counting Sin(Counting x) => default;

    public static Counting Cos(Counting x) => default;

    public static Counting Abs(Counting x) => default;

    public static Counting Max(Counting a, Counting b) => default;

    public static Counting Select(Counting test, Counting above, Counting at, Counting below) => default;

    public static Counting Let(string name, Counting value) => value;

    public static Counting LogSumExp(ReadOnlySpan<Counting> x) => default;

    public static Counting Softmax(ReadOnlySpan<Counting> x, int index) => default;

    public static int ArgMax(ReadOnlySpan<Counting> x) => 0;
}

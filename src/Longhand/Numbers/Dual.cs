namespace Longhand.Numbers;

/// <summary>
/// A value and its derivative along one direction (a + a′ε with ε² = 0): the proof that a hand-written gradient is the derivative.
/// Read a forward pass with it and the derivative of the loss comes out; read a backward pass with it and the derivative of the
/// gradient comes out, the Hessian times the direction (Pearlmutter 1994, doi:10.1162/neco.1994.6.1.147).
/// </summary>
/// <param name="Value">The number itself.</param>
/// <param name="Derivative">How fast it changes along the direction.</param>
public readonly record struct Dual(double Value, double Derivative) : IScalar<Dual>
{
    /// <inheritdoc/>
    public static Dual Of(double value) => new(value, 0);

    /// <inheritdoc/>
    public static Dual Of(Rational value) => new((double)value, 0);

    /// <inheritdoc/>
    public static Dual Fraction(long numerator, long denominator) => new((double)numerator / denominator, 0);

    /// <inheritdoc/>
    public static Dual Pi => new(Math.PI, 0);

    /// <inheritdoc/>
    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Derivative + b.Derivative);

    /// <inheritdoc/>
    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Derivative - b.Derivative);

    /// <inheritdoc/>
    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, a.Derivative * b.Value + a.Value * b.Derivative);

    /// <inheritdoc/>
    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - quotient * b.Derivative) / b.Value);
    }

    /// <inheritdoc/>
    public static Dual operator -(Dual a) => new(-a.Value, -a.Derivative);

    /// <inheritdoc/>
    public static Dual Exp(Dual x) => Chain(x, Math.Exp(x.Value), Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Dual Expm1(Dual x) => Chain(x, RealMath.Expm1(x.Value), Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Dual Log(Dual x) => Chain(x, Math.Log(x.Value), 1 / x.Value);

    /// <inheritdoc/>
    public static Dual Sqrt(Dual x) => Chain(x, Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Dual Power(Dual x, int n) => Chain(x, RealMath.Power(x.Value, n), n == 0 ? 0 : n * RealMath.Power(x.Value, n - 1));

    /// <inheritdoc/>
    public static Dual Sigmoid(Dual x) => Chain(x, RealMath.Sigmoid(x.Value), RealMath.Sigmoid(x.Value) * RealMath.Sigmoid(-x.Value));

    /// <inheritdoc/>
    public static Dual Tanh(Dual x) => Chain(x, Math.Tanh(x.Value), 1 - Math.Tanh(x.Value) * Math.Tanh(x.Value));

    /// <inheritdoc/>
    public static Dual Softplus(Dual x) => Chain(x, RealMath.Softplus(x.Value), RealMath.Sigmoid(x.Value));

    /// <inheritdoc/>
    public static Dual Erf(Dual x) => Chain(x, RealMath.Erf(x.Value), 2 / Math.Sqrt(Math.PI) * Math.Exp(-x.Value * x.Value));

    /// <inheritdoc/>
    public static Dual Atan(Dual x) => Chain(x, Math.Atan(x.Value), 1 / (1 + x.Value * x.Value));

    /// <inheritdoc/>
    public static Dual Sin(Dual x) => Chain(x, Math.Sin(x.Value), Math.Cos(x.Value));

    /// <inheritdoc/>
    public static Dual Cos(Dual x) => Chain(x, Math.Cos(x.Value), -Math.Sin(x.Value));

    /// <inheritdoc/>
    public static Dual Abs(Dual x) => Chain(x, Math.Abs(x.Value), double.IsNaN(x.Value) ? double.NaN : Math.Sign(x.Value));

    /// <inheritdoc/>
    public static Dual Max(Dual a, Dual b) => double.IsNaN(b.Value) || a.Value < b.Value ? b : a;

    /// <inheritdoc/>
    public static Dual Select(Dual test, Dual above, Dual at, Dual below) =>
        test.Value > 0 ? above
        : test.Value < 0 ? below
        : test.Value == 0 ? at
        : test;

    /// <inheritdoc/>
    public static Dual Let(string name, Dual value) => value;

    /// <inheritdoc/>
    public static Dual LogSumExp(ReadOnlySpan<Dual> x)
    {
        double[] values = Values(x);
        double derivative = 0;
        for (int i = 0; i < x.Length; i++)
            derivative += RealMath.Softmax(values, i) * x[i].Derivative;
        return new(RealMath.LogSumExp(values), derivative);
    }

    /// <inheritdoc/>
    public static Dual Softmax(ReadOnlySpan<Dual> x, int index)
    {
        double[] values = Values(x);
        double own = RealMath.Softmax(values, index),
            mean = 0;
        for (int i = 0; i < x.Length; i++)
            mean += RealMath.Softmax(values, i) * x[i].Derivative;
        return new(own, own * (x[index].Derivative - mean));
    }

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Dual> x) => RealMath.ArgMax(Values(x));

    // 0 · ∞ is 0 here: a constant has no slope however steep the function is.
    private static Dual Chain(Dual x, double value, double slope) => new(value, x.Derivative == 0 ? 0 : slope * x.Derivative);

    private static double[] Values(ReadOnlySpan<Dual> x)
    {
        var values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            values[i] = x[i].Value;
        return values;
    }
}

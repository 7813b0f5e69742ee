namespace Longhand.Numbers;

/// <summary>
/// What a number must offer so that an element-wise rule (an activation, an optimizer) can be read with it. A rule is stated once over
/// this interface; <see cref="Float64"/> computes it, <see cref="Expr"/> writes it down, <see cref="Dual"/> differentiates it, and lanes of
/// floats run it as SIMD. All members are <c>static abstract</c>; rules never compare numbers with <c>if</c>, they <see cref="Select"/>.
/// </summary>
public interface IReal<T>
    where T : IReal<T>
{
    /// <summary>A constant such as a hyper-parameter. Exact numbers take the shortest decimal that reads back to it: 0.1 is ⅒.</summary>
    static abstract T Of(double value);

    /// <summary>The exact constant <paramref name="numerator"/>/<paramref name="denominator"/>.</summary>
    static abstract T Fraction(long numerator, long denominator);

    /// <summary>π.</summary>
    static abstract T Pi { get; }

    /// <summary>a + b.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>a − b.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>a · b.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>a / b.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>−a.</summary>
    static abstract T operator -(T a);

    /// <summary>eˣ.</summary>
    static abstract T Exp(T x);

    /// <summary>eˣ − 1, accurate near 0.</summary>
    static abstract T Expm1(T x);

    /// <summary>The natural logarithm.</summary>
    static abstract T Log(T x);

    /// <summary>√x.</summary>
    static abstract T Sqrt(T x);

    /// <summary>xⁿ for a whole n ≥ 0.</summary>
    static abstract T Power(T x, int n);

    /// <summary>1/(1 + e⁻ˣ), without overflow at either end.</summary>
    static abstract T Sigmoid(T x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract T Tanh(T x);

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    static abstract T Softplus(T x);

    /// <summary>The error function 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    static abstract T Erf(T x);

    /// <summary>The inverse tangent, in radians.</summary>
    static abstract T Atan(T x);

    /// <summary>The sine of an angle in radians.</summary>
    static abstract T Sin(T x);

    /// <summary>The cosine of an angle in radians.</summary>
    static abstract T Cos(T x);

    /// <summary>|x|.</summary>
    static abstract T Abs(T x);

    /// <summary>The larger one; NaN if either is.</summary>
    static abstract T Max(T a, T b);

    /// <summary>
    /// <paramref name="above"/> where test &gt; 0, <paramref name="at"/> where it is 0, <paramref name="below"/> where test &lt; 0, NaN where
    /// it is NaN. All three are evaluated; only the chosen one counts.
    /// </summary>
    static abstract T Select(T test, T above, T at, T below);

    /// <summary>Gives an intermediate result a name of its own; a number that writes itself down opens a line for it, others pass it on.</summary>
    static abstract T Let(string name, T value);
}

/// <summary>A number of which several in a row can be weighed against one another: what a loss needs beyond the element-wise.</summary>
public interface IRowReal<T> : IReal<T>
    where T : IRowReal<T>
{
    /// <summary>ln Σ e^xᵢ, without overflow.</summary>
    static abstract T LogSumExp(ReadOnlySpan<T> x);

    /// <summary>e^xᵢ / Σ e^xₖ at <paramref name="index"/>, without overflow.</summary>
    static abstract T Softmax(ReadOnlySpan<T> x, int index);

    /// <summary>Sets each of <paramref name="y"/> to e^xᵢ / Σ e^xₖ; numbers that compute rather than write down do so in one go.</summary>
    static virtual void Softmax(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = T.Softmax(x, i);
    }
}

/// <summary>A single number, as opposed to lanes of them: what can be decided upon.</summary>
public interface IScalar<T> : IRowReal<T>
    where T : IScalar<T>
{
    /// <summary>An exact constant.</summary>
    static abstract T Of(Rational value);

    /// <summary>The position of the largest; the first of equals.</summary>
    static abstract int ArgMax(ReadOnlySpan<T> x);

    /// <summary>The number as a double.</summary>
    double Value { get; }
}

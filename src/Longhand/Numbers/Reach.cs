namespace Longhand.Numbers;

/// <summary>
/// A number that knows nothing but which sources it was made from (up to 64 of them): reading a rule with it tells what the rule reads.
/// </summary>
/// <param name="Sources">A bit for each source.</param>
public readonly record struct Reach(ulong Sources) : IReal<Reach>
{
    /// <summary>A number that is source <paramref name="index"/> itself.</summary>
    public static Reach Source(int index) => new(1UL << index);

    /// <summary>Whether source <paramref name="index"/> has gone into it.</summary>
    public bool Includes(int index) => (Sources >> index & 1) != 0;

    /// <inheritdoc/>
    public static Reach Of(double value) => default;

    /// <inheritdoc/>
    public static Reach Fraction(long numerator, long denominator) => default;

    /// <inheritdoc/>
    public static Reach Pi => default;

    /// <inheritdoc/>
    public static Reach operator +(Reach a, Reach b) => new(a.Sources | b.Sources);

    /// <inheritdoc/>
    public static Reach operator -(Reach a, Reach b) => a + b;

    /// <inheritdoc/>
    public static Reach operator *(Reach a, Reach b) => a + b;

    /// <inheritdoc/>
    public static Reach operator /(Reach a, Reach b) => a + b;

    /// <inheritdoc/>
    public static Reach operator -(Reach a) => a;

    /// <inheritdoc/>
    public static Reach Exp(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Expm1(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Log(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Sqrt(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Power(Reach x, int n) => x;

    /// <inheritdoc/>
    public static Reach Sigmoid(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Tanh(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Softplus(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Erf(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Atan(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Sin(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Cos(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Abs(Reach x) => x;

    /// <inheritdoc/>
    public static Reach Max(Reach a, Reach b) => a + b;

    /// <inheritdoc/>
    public static Reach Select(Reach test, Reach above, Reach at, Reach below) => test + above + at + below;

    /// <inheritdoc/>
    public static Reach Let(string name, Reach value) => value;
}

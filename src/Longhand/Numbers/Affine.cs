namespace Longhand.Numbers;

/// <summary>
/// A number a + b·t that knows t as the network's input and nothing but sums and products with constants: what is computed with it is an
/// affine map, or it refuses. So a stack of layers is found to be linear, or not, without knowing any of them.
/// </summary>
internal sealed class Affine : IScalar<Affine>
{
    // An input whose coefficient is 0 in this reading still varies: a product of two such is no affine map.
    private readonly bool varies;

    private Affine(Coefficient constant, Coefficient slope, bool varies)
    {
        Constant = constant;
        Slope = slope;
        this.varies = varies;
    }

    /// <summary>a.</summary>
    public Coefficient Constant { get; }

    /// <summary>b.</summary>
    public Coefficient Slope { get; }

    /// <summary>An input: t itself, or one that stands still while t moves.</summary>
    public static Affine Input(bool moves) => new(Coefficient.Zero, moves ? Coefficient.Of(Rational.One) : Coefficient.Zero, varies: true);

    /// <summary>A weight: what does not depend on the input.</summary>
    public static Affine Fixed(Coefficient constant) => new(constant, Coefficient.Zero, varies: false);

    /// <inheritdoc/>
    public double Value => varies ? throw new NotLinearException() : Constant.Value;

    /// <inheritdoc/>
    public static Affine Of(double value) => Fixed(Coefficient.Of(value));

    /// <inheritdoc/>
    public static Affine Of(Rational value) => Fixed(Coefficient.Of(value));

    /// <inheritdoc/>
    public static Affine Fraction(long numerator, long denominator) => Of((Rational)numerator / (Rational)denominator);

    /// <inheritdoc/>
    public static Affine Pi { get; } = Fixed(Coefficient.Of(Expr.Pi));

    /// <inheritdoc/>
    public static Affine operator +(Affine a, Affine b) => new(a.Constant + b.Constant, a.Slope + b.Slope, a.varies || b.varies);

    /// <inheritdoc/>
    public static Affine operator -(Affine a, Affine b) => new(a.Constant - b.Constant, a.Slope - b.Slope, a.varies || b.varies);

    /// <inheritdoc/>
    public static Affine operator *(Affine a, Affine b)
    {
        if (a.varies && b.varies)
            throw new NotLinearException();
        // 0·x is the constant 0, whatever is then done with it: x·σ(0·x) is x/2.
        if (IsZero(a) || IsZero(b))
            return Fixed(Coefficient.Zero);
        // What comes from the layers before stands first, as on paper: e·(a·x) is (ae)·x.
        return b.varies
            ? new(b.Constant * a.Constant, b.Slope * a.Constant, true)
            : new(a.Constant * b.Constant, a.varies ? a.Slope * b.Constant : Coefficient.Zero, a.varies);
    }

    /// <inheritdoc/>
    public static Affine operator /(Affine a, Affine b) =>
        b.varies
            ? throw new NotLinearException()
            : new(a.Constant / b.Constant, a.varies ? a.Slope / b.Constant : Coefficient.Zero, a.varies);

    /// <inheritdoc/>
    public static Affine operator -(Affine a) => new(-a.Constant, -a.Slope, a.varies);

    /// <inheritdoc/>
    public static Affine Exp(Affine x) => Apply(e => Expr.Exp(e[0]), x);

    /// <inheritdoc/>
    public static Affine Expm1(Affine x) => Apply(e => Expr.Expm1(e[0]), x);

    /// <inheritdoc/>
    public static Affine Log(Affine x) => Apply(e => Expr.Log(e[0]), x);

    /// <inheritdoc/>
    public static Affine Sqrt(Affine x) => Apply(e => Expr.Sqrt(e[0]), x);

    /// <inheritdoc/>
    public static Affine Power(Affine x, int n) =>
        n switch
        {
            0 => Of(1.0),
            1 => x,
            _ => Apply(e => Expr.Power(e[0], n), x),
        };

    /// <inheritdoc/>
    public static Affine Sigmoid(Affine x) => Apply(e => Expr.Sigmoid(e[0]), x);

    /// <inheritdoc/>
    public static Affine Tanh(Affine x) => Apply(e => Expr.Tanh(e[0]), x);

    /// <inheritdoc/>
    public static Affine Softplus(Affine x) => Apply(e => Expr.Softplus(e[0]), x);

    /// <inheritdoc/>
    public static Affine Erf(Affine x) => Apply(e => Expr.Erf(e[0]), x);

    /// <inheritdoc/>
    public static Affine Atan(Affine x) => Apply(e => Expr.Atan(e[0]), x);

    /// <inheritdoc/>
    public static Affine Sin(Affine x) => Apply(e => Expr.Sin(e[0]), x);

    /// <inheritdoc/>
    public static Affine Cos(Affine x) => Apply(e => Expr.Cos(e[0]), x);

    /// <inheritdoc/>
    public static Affine Abs(Affine x) => Apply(e => Expr.Abs(e[0]), x);

    /// <inheritdoc/>
    public static Affine Max(Affine a, Affine b) => Apply(e => Expr.Max(e[0], e[1]), a, b);

    /// <inheritdoc/>
    public static Affine Select(Affine test, Affine above, Affine at, Affine below)
    {
        if (test.varies || !test.Constant.IsNumber)
            throw new NotLinearException();
        return test.Constant.Value > 0 ? above
            : test.Constant.Value < 0 ? below
            : test.Constant.Value == 0 ? at
            : test;
    }

    /// <inheritdoc/>
    public static Affine Let(string name, Affine value) => value;

    /// <inheritdoc/>
    public static Affine LogSumExp(ReadOnlySpan<Affine> x) => Apply(e => Expr.LogSumExp(e), x.ToArray());

    /// <inheritdoc/>
    public static Affine Softmax(ReadOnlySpan<Affine> x, int index) => Apply(e => Expr.Softmax(e, index), x.ToArray());

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Affine> x)
    {
        var values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            values[i] = !x[i].varies && x[i].Constant.IsNumber ? x[i].Constant.Value : throw new NotLinearException();
        return RealMath.ArgMax(values);
    }

    private static bool IsZero(Affine x) => !x.varies && x.Constant.Exact is { IsZero: true };

    private static Affine Apply(Func<Expr[], Expr> function, params Affine[] of) =>
        of.Any(x => x.varies) ? throw new NotLinearException() : Fixed(Coefficient.Apply(function, Array.ConvertAll(of, x => x.Constant)));
}

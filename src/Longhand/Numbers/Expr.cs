namespace Longhand.Numbers;

/// <summary>What an <see cref="Expr"/> is at its root: the closed set of primitives that printers must know.</summary>
public enum ExprKind
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>A name: an input, a weight, or an intermediate result with a <see cref="Expr.Definition"/>.</summary>
    Symbol,

    /// <summary>π.</summary>
    Pi,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>a to the whole power <see cref="Expr.Exponent"/>.</summary>
    Power,

    /// <summary>A function of one argument, by <see cref="Expr.Name"/>: exp, ln, sqrt, sigmoid, tanh, softplus, erf, arctan, sin, cos, abs.</summary>
    Function,

    /// <summary>The larger of two.</summary>
    Max,

    /// <summary>A choice by the sign of the first argument; then come the values above, at and below 0.</summary>
    Select,

    /// <summary>ln Σ e^xᵢ.</summary>
    LogSumExp,

    /// <summary>e^xᵢ / Σ e^xₖ, the argument at <see cref="Expr.Index"/> over all arguments.</summary>
    Softmax,
}

/// <summary>
/// A number that remembers how it was made: a tree over symbols and exact fractions, carrying its value in double precision (the same
/// operations in the same order as the reference, hence the same bits) and, as long as only + − · / were used, exactly. Constants are
/// folded; nothing is rearranged, so that what is printed is what was computed. It is no computer-algebra system.
/// </summary>
public sealed class Expr : IScalar<Expr>
{
    /// <summary>Exact values are given up beyond this size, in bits: fractions of deep networks double with each layer.</summary>
    public const int MaximumExactBits = 4096;

    private static readonly Expr Zero = Of(0.0),
        One = Of(1.0);

    private Expr(ExprKind kind, Expr[] arguments, double value, bool hasValue, Rational? exact)
    {
        Kind = kind;
        Arguments = arguments;
        Value = value;
        HasValue = hasValue;
        Exact = hasValue && exact is { } e && e.BitLength <= MaximumExactBits ? exact : null;
    }

    /// <summary>What stands at the root of the tree.</summary>
    public ExprKind Kind { get; }

    /// <summary>The parts, in the order in which they are written.</summary>
    public IReadOnlyList<Expr> Arguments { get; }

    /// <summary>The value in double precision; NaN where there is none.</summary>
    public double Value { get; }

    /// <summary>Whether every symbol below has a value.</summary>
    public bool HasValue { get; }

    /// <summary>The value as a fraction, where it is rational and not too long.</summary>
    public Rational? Exact { get; }

    /// <summary>The name of a symbol or a function.</summary>
    public string Name { get; private init; } = "";

    /// <summary>For a named intermediate result: what it stands for.</summary>
    public Expr? Definition { get; private init; }

    /// <summary>The exponent of a power.</summary>
    public int Exponent { get; private init; }

    /// <summary>Which argument a softmax is of; which argument of a <see cref="ExprKind.Select"/> was chosen (1 above, 2 at, 3 below).</summary>
    public int Index { get; private init; }

    /// <summary>A name without a value: what is computed with it stays symbolic.</summary>
    public static Expr Symbol(string name) => new(ExprKind.Symbol, [], double.NaN, false, null) { Name = name };

    /// <summary>A name with a value, and the exact value where it is known.</summary>
    public static Expr Symbol(string name, double value, Rational? exact) => new(ExprKind.Symbol, [], value, true, exact) { Name = name };

    /// <summary>A name for an intermediate result, with its value and its definition.</summary>
    public static Expr Let(string name, Expr value) =>
        new(ExprKind.Symbol, [], value.Value, value.HasValue, value.Exact) { Name = name, Definition = value };

    /// <summary>A name for an intermediate result that goes on with another value than its definition has: rounded, as on paper.</summary>
    public static Expr Let(string name, Expr definition, Rational rounded) =>
        new(ExprKind.Symbol, [], (double)rounded, true, rounded) { Name = name, Definition = definition };

    /// <inheritdoc/>
    public static Expr Of(double value) =>
        new(ExprKind.Constant, [], value, true, double.IsFinite(value) ? Rational.FromDouble(value) : null);

    /// <inheritdoc/>
    public static Expr Of(Rational value) => Constant((double)value, value);

    /// <inheritdoc/>
    public static Expr Fraction(long numerator, long denominator) =>
        Constant((double)numerator / denominator, (Rational)numerator / (Rational)denominator);

    /// <inheritdoc/>
    public static Expr Pi { get; } = new(ExprKind.Pi, [], Math.PI, true, null);

    /// <inheritdoc/>
    public static Expr operator +(Expr a, Expr b)
    {
        if (IsZero(a))
            return b;
        if (IsZero(b))
            return a;
        if (b.Kind == ExprKind.Negate)
            return Node(ExprKind.Subtract, a, b.Arguments[0], a.Value + b.Value, a.Exact + b.Exact);
        return Node(ExprKind.Add, a, b, a.Value + b.Value, a.Exact + b.Exact);
    }

    /// <inheritdoc/>
    public static Expr operator -(Expr a, Expr b)
    {
        if (IsZero(b))
            return a;
        return IsZero(a) ? -b : Node(ExprKind.Subtract, a, b, a.Value - b.Value, a.Exact - b.Exact);
    }

    /// <inheritdoc/>
    public static Expr operator *(Expr a, Expr b)
    {
        if (IsZero(a) || IsOne(b))
            return a;
        if (IsZero(b) || IsOne(a))
            return b;
        return Node(ExprKind.Multiply, a, b, a.Value * b.Value, a.Exact * b.Exact);
    }

    /// <inheritdoc/>
    public static Expr operator /(Expr a, Expr b)
    {
        if (IsOne(b) || (IsZero(a) && b.Value != 0))
            return a;
        Rational? exact = a.Exact is { } x && b.Exact is { } y && y != 0 ? x / y : null;
        return Node(ExprKind.Divide, a, b, a.Value / b.Value, exact);
    }

    /// <inheritdoc/>
    public static Expr operator -(Expr a)
    {
        if (a.Kind == ExprKind.Constant)
            return Constant(-a.Value, -a.Exact);
        return a.Kind == ExprKind.Negate ? a.Arguments[0] : new(ExprKind.Negate, [a], -a.Value, a.HasValue, -a.Exact);
    }

    /// <inheritdoc/>
    public static Expr Exp(Expr x) => Function("exp", x, Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Expr Expm1(Expr x) =>
        new(ExprKind.Subtract, [Function("exp", x, Math.Exp(x.Value)), One], RealMath.Expm1(x.Value), x.HasValue, null);

    /// <inheritdoc/>
    public static Expr Log(Expr x) => Function("ln", x, Math.Log(x.Value));

    /// <inheritdoc/>
    public static Expr Sqrt(Expr x) => Function("sqrt", x, Math.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Expr Power(Expr x, int n)
    {
        Rational? exact = x.Exact is { } e && (long)e.BitLength * n <= MaximumExactBits ? Power(e, n) : null;
        double value = RealMath.Power(x.Value, n);
        if (n == 0)
            return One;
        return n == 1 ? x : new(ExprKind.Power, [x], value, x.HasValue, exact) { Exponent = n };
    }

    /// <inheritdoc/>
    public static Expr Sigmoid(Expr x) => Function("sigmoid", x, RealMath.Sigmoid(x.Value));

    /// <inheritdoc/>
    public static Expr Tanh(Expr x) => Function("tanh", x, Math.Tanh(x.Value));

    /// <inheritdoc/>
    public static Expr Softplus(Expr x) => Function("softplus", x, RealMath.Softplus(x.Value));

    /// <inheritdoc/>
    public static Expr Erf(Expr x) => Function("erf", x, RealMath.Erf(x.Value));

    /// <inheritdoc/>
    public static Expr Atan(Expr x) => Function("arctan", x, Math.Atan(x.Value));

    /// <inheritdoc/>
    public static Expr Sin(Expr x) => Function("sin", x, Math.Sin(x.Value));

    /// <inheritdoc/>
    public static Expr Cos(Expr x) => Function("cos", x, Math.Cos(x.Value));

    /// <inheritdoc/>
    public static Expr Abs(Expr x) =>
        new(ExprKind.Function, [x], Math.Abs(x.Value), x.HasValue, x.Exact is { } e ? (e < 0 ? -e : e) : null) { Name = "abs" };

    /// <inheritdoc/>
    public static Expr Max(Expr a, Expr b)
    {
        RequireValue(a);
        RequireValue(b);
        return Node(ExprKind.Max, a, b, Math.Max(a.Value, b.Value), a.Value >= b.Value ? a.Exact : b.Exact);
    }

    /// <inheritdoc/>
    public static Expr Select(Expr test, Expr above, Expr at, Expr below)
    {
        RequireValue(test);
        if (double.IsNaN(test.Value))
            return test;
        int index =
            test.Value > 0 ? 1
            : test.Value == 0 ? 2
            : 3;
        Expr chosen = index switch
        {
            1 => above,
            2 => at,
            _ => below,
        };
        if (test.Kind == ExprKind.Constant)
            return chosen;
        return new(ExprKind.Select, [test, above, at, below], chosen.Value, chosen.HasValue, chosen.Exact) { Index = index };
    }

    /// <inheritdoc/>
    public static Expr LogSumExp(ReadOnlySpan<Expr> x) => Joined(ExprKind.LogSumExp, x, 0, RealMath.LogSumExp(Values(x)));

    /// <inheritdoc/>
    public static Expr Softmax(ReadOnlySpan<Expr> x, int index) => Joined(ExprKind.Softmax, x, index, RealMath.Softmax(Values(x), index));

    /// <inheritdoc/>
    public static int ArgMax(ReadOnlySpan<Expr> x)
    {
        foreach (Expr e in x)
            RequireValue(e);
        return RealMath.ArgMax(Values(x));
    }

    private static Rational Power(Rational x, int n) =>
        Rational.Of(System.Numerics.BigInteger.Pow(x.Numerator, n), System.Numerics.BigInteger.Pow(x.Denominator, n));

    private static Expr Constant(double value, Rational? exact) => new(ExprKind.Constant, [], value, true, exact);

    private static Expr Node(ExprKind kind, Expr a, Expr b, double value, Rational? exact)
    {
        // Two constants fold, but only while the result is still written exactly: 1/3 folds, 1/e does not exist as a constant.
        if (a.Kind == ExprKind.Constant && b.Kind == ExprKind.Constant && exact is not null)
            return Constant(value, exact);
        return new(kind, [a, b], value, a.HasValue && b.HasValue, exact);
    }

    private static Expr Function(string name, Expr x, double value) => new(ExprKind.Function, [x], value, x.HasValue, null) { Name = name };

    private static Expr Joined(ExprKind kind, ReadOnlySpan<Expr> x, int index, double value)
    {
        bool hasValue = true;
        foreach (Expr e in x)
            hasValue &= e.HasValue;
        return new(kind, x.ToArray(), value, hasValue, null) { Index = index };
    }

    private static double[] Values(ReadOnlySpan<Expr> x)
    {
        var values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            values[i] = x[i].Value;
        return values;
    }

    private static bool IsZero(Expr e) => e.Kind == ExprKind.Constant && e.Value == 0;

    private static bool IsOne(Expr e) => e.Kind == ExprKind.Constant && e.Value == 1;

    private static void RequireValue(Expr e)
    {
        if (!e.HasValue)
            throw new NotLinearException();
    }
}

/// <summary>A choice by value was asked of a symbol that has none: what was read is not a linear map of its symbols.</summary>
public sealed class NotLinearException() : LonghandException("This depends on the sign of a symbol that has no value: it is not linear.");

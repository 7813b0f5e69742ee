using System.Numerics;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>As many floats side by side as <see cref="Vector{T}"/> holds: 8 with AVX2, otherwise 4. Error bounds stand at <see cref="LaneMath{V}"/>.</summary>
internal readonly unsafe struct Lanes(Vector<float> v) : ILanes<Lanes>
{
    private const double DoubleRounder = 1.5 * (1L << 52);

    /// <summary>The floats.</summary>
    public Vector<float> V { get; } = v;

    private Vector<int> Whole => Vector.AsVectorInt32(V);

    public static Lanes Of(double value) => All((float)value);

    public static Lanes Fraction(long numerator, long denominator) => Of((double)numerator / denominator);

    public static Lanes Pi => Of(Math.PI);

    public static Lanes operator +(Lanes a, Lanes b) => new(a.V + b.V);

    public static Lanes operator -(Lanes a, Lanes b) => new(a.V - b.V);

    public static Lanes operator *(Lanes a, Lanes b) => new(a.V * b.V);

    public static Lanes operator /(Lanes a, Lanes b) => new(a.V / b.V);

    public static Lanes operator -(Lanes a) => new(-a.V);

    public static Lanes Exp(Lanes x) => LaneMath<Lanes>.Exp(x);

    public static Lanes Expm1(Lanes x) => LaneMath<Lanes>.Expm1(x);

    public static Lanes Log(Lanes x) => LaneMath<Lanes>.Log(x);

    public static Lanes Sqrt(Lanes x) => new(Vector.SquareRoot(x.V));

    public static Lanes Power(Lanes x, int n) => LaneMath<Lanes>.Power(x, n);

    public static Lanes Sigmoid(Lanes x) => LaneMath<Lanes>.Sigmoid(x);

    public static Lanes Tanh(Lanes x) => LaneMath<Lanes>.Tanh(x);

    public static Lanes Softplus(Lanes x) => LaneMath<Lanes>.Softplus(x);

    public static Lanes Erf(Lanes x) => LaneMath<Lanes>.Erf(x);

    public static Lanes Atan(Lanes x) => LaneMath<Lanes>.Atan(x);

    public static Lanes Sin(Lanes x) => LaneMath<Lanes>.Sin(x);

    public static Lanes Cos(Lanes x) => LaneMath<Lanes>.Cos(x);

    public static Lanes Abs(Lanes x) => new(Vector.Abs(x.V));

    public static Lanes Max(Lanes a, Lanes b) => new(Vector.Max(a.V, b.V));

    public static Lanes Select(Lanes test, Lanes above, Lanes at, Lanes below)
    {
        Lanes chosen = Choose(Of(Vector.GreaterThan(test.V, Vector<float>.Zero)), above, below);
        chosen = Choose(Of(Vector.Equals(test.V, Vector<float>.Zero)), at, chosen);
        return Choose(Of(Vector.Equals(test.V, test.V)), chosen, test);
    }

    public static Lanes Let(string name, Lanes value) => value;

    public static Lanes LogSumExp(ReadOnlySpan<Lanes> x) => LaneMath<Lanes>.LogSumExp(x);

    public static Lanes Softmax(ReadOnlySpan<Lanes> x, int index)
    {
        Lanes max = x[0];
        foreach (Lanes other in x)
            max = Max(max, other);
        Lanes sum = All(0);
        foreach (Lanes other in x)
            sum += Exp(other - max);
        return Exp(x[index] - max) / sum;
    }

    public static void Softmax(ReadOnlySpan<Lanes> x, Span<Lanes> y) => LaneMath<Lanes>.Softmax(x, y);

    public static int Count => Vector<float>.Count;

    public static Lanes Load(float* from) => new(Vector.Load(from));

    public void Store(float* to) => V.Store(to);

    public static Lanes All(float value) => new(Vector.Create(value));

    public static Lanes Bits(int bits) => new(Vector.AsVectorSingle(Vector.Create(bits)));

    public static Lanes Fma(Lanes a, Lanes b, Lanes c) => new(Vector.MultiplyAddEstimate(a.V, b.V, c.V));

    public static Lanes MinNative(Lanes a, Lanes b) => new(Vector.MinNative(a.V, b.V));

    public static Lanes MaxNative(Lanes a, Lanes b) => new(Vector.MaxNative(a.V, b.V));

    public static Lanes Below(Lanes a, Lanes b) => Of(Vector.LessThan(a.V, b.V));

    public static Lanes Same(Lanes a, Lanes b) => Of(Vector.Equals(a.V, b.V));

    public static Lanes Choose(Lanes mask, Lanes yes, Lanes no) => new(Vector.ConditionalSelect(mask.V, yes.V, no.V));

    public static bool Any(Lanes mask) => mask.Whole != Vector<int>.Zero;

    public static Lanes And(Lanes a, Lanes b) => new(a.V & b.V);

    public static Lanes Or(Lanes a, Lanes b) => new(a.V | b.V);

    public static Lanes Xor(Lanes a, Lanes b) => new(a.V ^ b.V);

    public static Lanes AddInt(Lanes a, Lanes b) => Of(a.Whole + b.Whole);

    public static Lanes SubtractInt(Lanes a, Lanes b) => Of(a.Whole - b.Whole);

    public static Lanes MinInt(Lanes a, Lanes b) => Of(Vector.Min(a.Whole, b.Whole));

    public static Lanes EqualInt(Lanes a, Lanes b) => Of(Vector.Equals(a.Whole, b.Whole));

    public static Lanes ShiftLeft(Lanes a, int count) => Of(Vector.ShiftLeft(a.Whole, count));

    public static Lanes ShiftRight(Lanes a, int count) => Of(Vector.ShiftRightArithmetic(a.Whole, count));

    public static Lanes ToSingle(Lanes whole) => new(Vector.ConvertToSingle(whole.Whole));

    public static Lanes QuarterTurns(Lanes x, out Lanes turns)
    {
        Vector.Widen(x.V, out Vector<double> lower, out Vector<double> upper);
        Vector<double> lowerTurns = Quarters(lower),
            upperTurns = Quarters(upper);
        turns = Of(Vector.ConvertToInt32(Vector.Narrow(lowerTurns, upperTurns)));
        return new(Vector.Narrow(Rest(lower, lowerTurns), Rest(upper, upperTurns)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows(float* rows, int count, float* sums)
    {
        for (int i = 0; i < count; i++)
            sums[i] = Vector.Sum(Vector.Load(rows + i * Count));
        for (int i = count; i % FloatBuffer.Padding != 0; i++)
            sums[i] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* rows, long stride, int* indices, int columns, float* to)
    {
        for (int s = 0; s < Count; s++)
        {
            float* row = rows + indices[s] * stride;
            for (int c = 0; c < columns; c++)
                to[c * Count + s] = row[c];
        }
    }

    private static Lanes Of(Vector<int> whole) => new(Vector.AsVectorSingle(whole));

    private static Vector<double> Quarters(Vector<double> x)
    {
        Vector<double> rounder = Vector.Create(DoubleRounder);
        return Vector.MultiplyAddEstimate(x, Vector.Create(2 / Math.PI), rounder) - rounder;
    }

    private static Vector<double> Rest(Vector<double> x, Vector<double> quarters)
    {
        x = Vector.MultiplyAddEstimate(quarters, Vector.Create(-RealMath.HalfPiHigh), x);
        return Vector.MultiplyAddEstimate(quarters, Vector.Create(-RealMath.HalfPiLow), x);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>16 floats side by side, where the processor has AVX-512. The same as <see cref="Lanes"/> but for the width.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> v) : ILanes<Lanes512>
{
    private const double DoubleRounder = 1.5 * (1L << 52);

    /// <summary>The floats.</summary>
    public Vector512<float> V { get; } = v;

    private Vector512<int> Whole => V.AsInt32();

    public static Lanes512 Of(double value) => All((float)value);

    public static Lanes512 Fraction(long numerator, long denominator) => Of((double)numerator / denominator);

    public static Lanes512 Pi => Of(Math.PI);

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.V + b.V);

    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.V - b.V);

    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.V * b.V);

    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.V / b.V);

    public static Lanes512 operator -(Lanes512 a) => new(-a.V);

    public static Lanes512 Exp(Lanes512 x) => LaneMath<Lanes512>.Exp(x);

    public static Lanes512 Expm1(Lanes512 x) => LaneMath<Lanes512>.Expm1(x);

    public static Lanes512 Log(Lanes512 x) => LaneMath<Lanes512>.Log(x);

    public static Lanes512 Sqrt(Lanes512 x) => new(Vector512.Sqrt(x.V));

    public static Lanes512 Power(Lanes512 x, int n) => LaneMath<Lanes512>.Power(x, n);

    public static Lanes512 Sigmoid(Lanes512 x) => LaneMath<Lanes512>.Sigmoid(x);

    public static Lanes512 Tanh(Lanes512 x) => LaneMath<Lanes512>.Tanh(x);

    public static Lanes512 Softplus(Lanes512 x) => LaneMath<Lanes512>.Softplus(x);

    public static Lanes512 Erf(Lanes512 x) => LaneMath<Lanes512>.Erf(x);

    public static Lanes512 Atan(Lanes512 x) => LaneMath<Lanes512>.Atan(x);

    public static Lanes512 Sin(Lanes512 x) => LaneMath<Lanes512>.Sin(x);

    public static Lanes512 Cos(Lanes512 x) => LaneMath<Lanes512>.Cos(x);

    public static Lanes512 Abs(Lanes512 x) => new(Vector512.Abs(x.V));

    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.Max(a.V, b.V));

    public static Lanes512 Select(Lanes512 test, Lanes512 above, Lanes512 at, Lanes512 below)
    {
        Lanes512 chosen = Choose(new(Vector512.GreaterThan(test.V, Vector512<float>.Zero)), above, below);
        chosen = Choose(new(Vector512.Equals(test.V, Vector512<float>.Zero)), at, chosen);
        return Choose(new(Vector512.Equals(test.V, test.V)), chosen, test);
    }

    public static Lanes512 Let(string name, Lanes512 value) => value;

    public static Lanes512 LogSumExp(ReadOnlySpan<Lanes512> x) => LaneMath<Lanes512>.LogSumExp(x);

    public static Lanes512 Softmax(ReadOnlySpan<Lanes512> x, int index)
    {
        Lanes512 max = x[0];
        foreach (Lanes512 other in x)
            max = Max(max, other);
        Lanes512 sum = All(0);
        foreach (Lanes512 other in x)
            sum += Exp(other - max);
        return Exp(x[index] - max) / sum;
    }

    public static void Softmax(ReadOnlySpan<Lanes512> x, Span<Lanes512> y) => LaneMath<Lanes512>.Softmax(x, y);

    public static int Count => Vector512<float>.Count;

    public static Lanes512 Load(float* from) => new(Vector512.Load(from));

    public void Store(float* to) => V.Store(to);

    public static Lanes512 All(float value) => new(Vector512.Create(value));

    public static Lanes512 Bits(int bits) => new(Vector512.AsSingle(Vector512.Create(bits)));

    public static Lanes512 Fma(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.MultiplyAddEstimate(a.V, b.V, c.V));

    public static Lanes512 MinNative(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a.V, b.V));

    public static Lanes512 MaxNative(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a.V, b.V));

    public static Lanes512 Below(Lanes512 a, Lanes512 b) => new(Vector512.LessThan(a.V, b.V));

    public static Lanes512 Same(Lanes512 a, Lanes512 b) => new(Vector512.Equals(a.V, b.V));

    public static Lanes512 Choose(Lanes512 mask, Lanes512 yes, Lanes512 no) => new(Vector512.ConditionalSelect(mask.V, yes.V, no.V));

    public static bool Any(Lanes512 mask) => mask.Whole != Vector512<int>.Zero;

    public static Lanes512 And(Lanes512 a, Lanes512 b) => new(a.V & b.V);

    public static Lanes512 Or(Lanes512 a, Lanes512 b) => new(a.V | b.V);

    public static Lanes512 Xor(Lanes512 a, Lanes512 b) => new(a.V ^ b.V);

    public static Lanes512 AddInt(Lanes512 a, Lanes512 b) => Of(a.Whole + b.Whole);

    public static Lanes512 SubtractInt(Lanes512 a, Lanes512 b) => Of(a.Whole - b.Whole);

    public static Lanes512 MinInt(Lanes512 a, Lanes512 b) => Of(Vector512.Min(a.Whole, b.Whole));

    public static Lanes512 EqualInt(Lanes512 a, Lanes512 b) => Of(Vector512.Equals(a.Whole, b.Whole));

    public static Lanes512 ShiftLeft(Lanes512 a, int count) => Of(Vector512.ShiftLeft(a.Whole, count));

    public static Lanes512 ShiftRight(Lanes512 a, int count) => Of(Vector512.ShiftRightArithmetic(a.Whole, count));

    public static Lanes512 ToSingle(Lanes512 whole) => new(Vector512.ConvertToSingle(whole.Whole));

    public static Lanes512 QuarterTurns(Lanes512 x, out Lanes512 turns)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(x.V);
        Vector512<double> lowerTurns = Quarters(lower),
            upperTurns = Quarters(upper);
        turns = Of(Vector512.ConvertToInt32(Vector512.Narrow(lowerTurns, upperTurns)));
        return new(Vector512.Narrow(Rest(lower, lowerTurns), Rest(upper, upperTurns)));
    }

    /// <inheritdoc/>
    /// <remarks>Sixteen at a time as a tree: half the lanes of two vectors make one, four times over.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows(float* rows, int count, float* sums)
    {
        for (; count >= 16; count -= 16, rows += 256, sums += 16)
            Quad(Fours(rows, 4), Fours(rows + 64, 4), Fours(rows + 128, 4), Fours(rows + 192, 4)).Store(sums);
        if (count > 4)
            Quad(
                    Fours(rows, 4),
                    Fours(rows + 64, count - 4),
                    count > 8 ? Fours(rows + 128, count - 8) : Vector512<float>.Zero,
                    count > 12 ? Fours(rows + 192, count - 12) : Vector512<float>.Zero
                )
                .Store(sums);
        else if (count > 0)
        {
            Vector512<float> four = Fours(rows, count);
            Vector256<float> half = four.GetLower() + four.GetUpper();
            (half.GetLower() + half.GetUpper()).ToVector256().ToVector512().Store(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gather(float* rows, long stride, int* indices, int columns, float* to)
    {
        for (int c = 0; c < columns; c += 4, rows += 4, to += 64)
        {
            Vector512<float> a = Every4th(rows, stride, indices),
                b = Every4th(rows, stride, indices + 1),
                d = Every4th(rows, stride, indices + 3),
                e = Every4th(rows, stride, indices + 2),
                low01 = Avx512F.UnpackLow(a, b), // column 0 of rows 0 and 1, then column 1, of each four rows
                high01 = Avx512F.UnpackHigh(a, b),
                low23 = Avx512F.UnpackLow(e, d),
                high23 = Avx512F.UnpackHigh(e, d);
            Avx512F.Shuffle(low01, low23, 0x44).Store(to);
            if (columns - c > 1)
                Avx512F.Shuffle(low01, low23, 0xee).Store(to + 16);
            if (columns - c > 2)
                Avx512F.Shuffle(high01, high23, 0x44).Store(to + 32);
            if (columns - c > 3)
                Avx512F.Shuffle(high01, high23, 0xee).Store(to + 48);
        }
    }

    // Four numbers each of rows 0, 4, 8 and 12.
    private static Vector512<float> Every4th(float* rows, long stride, int* indices) =>
        Vector512.Create(
            Vector256.Create(Vector128.Load(rows + indices[0] * stride), Vector128.Load(rows + indices[4] * stride)),
            Vector256.Create(Vector128.Load(rows + indices[8] * stride), Vector128.Load(rows + indices[12] * stride))
        );

    // In each quarter the sums of the same quarter of four rows, of which there may be fewer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fours(float* rows, int count)
    {
        Vector512<float> a = Vector512.Load(rows),
            b = count > 1 ? Vector512.Load(rows + 16) : Vector512<float>.Zero,
            c = count > 2 ? Vector512.Load(rows + 32) : Vector512<float>.Zero,
            d = count > 3 ? Vector512.Load(rows + 48) : Vector512<float>.Zero,
            ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b),
            cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        return Avx512F.Shuffle(ab, cd, 0x44) + Avx512F.Shuffle(ab, cd, 0xee);
    }

    // The quarters of each added up, one behind the other.
    private static Vector512<float> Quad(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = Avx512F.Shuffle4x128(a, b, 0x44) + Avx512F.Shuffle4x128(a, b, 0xee),
            cd = Avx512F.Shuffle4x128(c, d, 0x44) + Avx512F.Shuffle4x128(c, d, 0xee);
        return Avx512F.Shuffle4x128(ab, cd, 0x88) + Avx512F.Shuffle4x128(ab, cd, 0xdd);
    }

    private static Lanes512 Of(Vector512<int> whole) => new(whole.AsSingle());

    private static Vector512<double> Quarters(Vector512<double> x)
    {
        Vector512<double> rounder = Vector512.Create(DoubleRounder);
        return Vector512.MultiplyAddEstimate(x, Vector512.Create(2 / Math.PI), rounder) - rounder;
    }

    private static Vector512<double> Rest(Vector512<double> x, Vector512<double> quarters)
    {
        x = Vector512.MultiplyAddEstimate(quarters, Vector512.Create(-RealMath.HalfPiHigh), x);
        return Vector512.MultiplyAddEstimate(quarters, Vector512.Create(-RealMath.HalfPiLow), x);
    }
}

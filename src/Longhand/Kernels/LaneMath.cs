using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// Elementary functions over lanes of floats, of whatever width. No lane looks at another, so a number has the same result in whatever company. Errors are
/// in units of the last place of the true value and hold with and without a fused multiply-add; the tests sweep them against double
/// precision. NaN stays NaN.
/// </summary>
/// <remarks>
/// The coefficients are minimax fits: Lawson's iteratively reweighted least squares on 1,500 Chebyshev nodes in double precision, then
/// rounded to float from the lowest order up, the higher ones fitted again after each rounding. Behind each polynomial stands the largest
/// error that is left, relative to the function as it is used.
/// </remarks>
internal static unsafe class LaneMath<V>
    where V : struct, ILanes<V>
{
    // Added to a number below 2²² and taken off again, it leaves the nearest whole number, which also stands in the low bits of the sum.
    private const float Rounder = 1.5f * (1 << 23);

    private const float Log2E = 1.44269504f;

    private const float Ln2High = 355f / 512, // few bits, so that its product with an exponent is exact
        Ln2Low = -2.12194440e-4f;

    private const float SqrtHalf = 0.707106769f,
        Sqrt2Less1 = 0.414213562f;

    // The products of the reduction to ±π/4 are exact up to here: quarter turns below 2²⁰ times the 33 bits of HalfPiHigh.
    private const float LargestAngle = 1e6f;

    private static V SignBit => V.Bits(int.MinValue);

    /// <summary>eˣ, within 1 ulp; exactly 0 below −104 and +∞ above 88.73, through the denormal numbers on the way down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        V p = Reduced(Clamped(x, -104), out V n) + V.All(1);
        return Scaled(p, n);
    }

    /// <summary>eˣ − 1, within 2 ulp everywhere, near 0 too; −1 below −17.4, +∞ above 88.73.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Expm1(V x)
    {
        // 2ⁿ (eʳ − 1 + (1 − 2⁻ⁿ)): the inner sum loses nothing, and for n = 0 it is eʳ − 1 itself.
        V p = Reduced(Clamped(x, -20), out V n);
        p += V.All(1) - PowerOf2(V.SubtractInt(V.Bits(0), V.MinInt(n, V.Bits(100))));
        return WithSignOf(x, Scaled(p, n));
    }

    /// <summary>ln x, within 1.5 ulp, for denormal x too; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Log(V x)
    {
        V denormal = V.Below(x, V.All(1.17549435e-38f));
        V scaled = V.Choose(denormal, x * V.All(1 << 23), x);
        // x = 2ᵉ·m with m between √½ and √2
        V start = V.All(SqrtHalf),
            bits = V.SubtractInt(scaled, start),
            e = V.SubtractInt(V.ShiftRight(bits, 23), V.And(denormal, V.Bits(23))),
            m = V.AddInt(V.And(bits, V.Bits(0x7fffff)), start);
        V result = LogNear1(m - V.All(1), V.ToSingle(e));
        var infinity = V.All(float.PositiveInfinity);
        // +∞ and NaN are their own logarithms here, what is 0 or below has −∞ or NaN
        result = V.Choose(V.Below(x, infinity), result, x);
        result = V.Choose(V.Below(x, V.All(0)), V.All(float.NaN), result);
        return V.Choose(V.Same(x, V.All(0)), -infinity, result);
    }

    /// <summary>xⁿ by repeated squaring: a relative error of at most (n − 1)·2⁻²⁴; x¹ is x, and x² is x·x to the bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power(V x, int n) =>
        n switch
        {
            0 => V.All(1),
            1 => x,
            2 => x * x,
            _ => RepeatedSquares(x, n),
        };

    /// <summary>1/(1 + e⁻ˣ), within 2 ulp; where the true value is below the normal numbers (x &lt; −87.3) it may be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x) => V.All(1) / (V.All(1) + Exp(-x));

    /// <summary>tanh x, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        // h/(1 + h) for h = ½(e²ᵃ − 1) = 2ⁿ⁻¹(eʳ − 1) + 2ⁿ⁻¹ − ½, where 2a = n ln 2 + r. From a = 10 on it is 1.
        V a = V.MinNative(V.All(10), V.Abs(x)),
            twice = a + a;
        // n is 0 up to 2a = 0.62, as far as a rounding of 2ⁿ − 1 would show.
        V rounder = V.All(Rounder),
            sum = Fma(a, V.All(2 * Log2E), -0.396f) + rounder;
        V r = Rest(twice, sum - rounder),
            s = r * r;
        // (eʳ − 1 − r)/r² from −0.0735 to 0.6225: 4.5e-10 of r
        V low = Fma(V.All(0.166666642f), r, 0.5f),
            middle = Fma(V.All(0.00834160112f), r, 0.0416660346f),
            high = Fma(V.All(0.00024760529f), r, 0.00135703164f),
            p = Fma(s, Fma(s, Fma(s, high, middle), low), r),
            scale = PowerOf2(V.SubtractInt(V.SubtractInt(sum, rounder), V.Bits(1))),
            h = V.Fma(p, scale, scale - V.All(0.5f)),
            divisor = V.All(1) + h,
            y = h / divisor;
        // Where n is 0, what the divisor lost in rounding is made good.
        V lost = V.And(h - (divisor - V.All(1)), V.EqualInt(sum, rounder));
        return WithSignOf(x, V.Fma(-y, lost, y));
    }

    /// <summary>ln(1 + eˣ), within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Softplus(V x)
    {
        // ln(1 + u) for u = e^−|x| between 0 and 1: from √2 − 1 on as ln 2 + ln(1 + (u − 1)/2), so that 1 + u is never rounded.
        V u = Exp(-V.Abs(x));
        V upper = V.Below(V.All(Sqrt2Less1), u);
        var half = V.All(0.5f);
        V f = V.Choose(upper, half * u - half, u);
        V e = V.Choose(upper, V.All(1), V.All(0));
        return V.Max(x, V.All(0)) + LogNear1(f, e);
    }

    /// <summary>erf x, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Erf(V x)
    {
        V a = V.Abs(x),
            s = x * x;
        // erf(x)/x − 1 over x² up to 1: 1.4e-9
        var q = V.All(7.80690316e-05f);
        q = Fma(q, s, -0.00079978531f);
        q = Fma(q, s, 0.0051871622f);
        q = Fma(q, s, -0.0268533472f);
        q = Fma(q, s, 0.112835787f);
        q = Fma(q, s, -0.37612626f);
        q = Fma(q, s, 0.128379166f);
        V near = Fma(a, q, a);
        // −ln(1 − erf x) from 1 to 4, where erf x is 1: 1.0e-9
        V t = V.MinNative(V.All(4), a);
        var g = V.All(-0.000185569079f);
        g = Fma(g, t, 0.00293957302f);
        g = Fma(g, t, -0.0218052287f);
        g = Fma(g, t, 0.10303726f);
        g = Fma(g, t, 0.638225734f);
        g = Fma(g, t, 1.12704003f);
        g = Fma(g, t, 0.000353718002f);
        V far = V.All(1) - Exp(-g);
        return WithSignOf(x, V.Choose(V.Below(a, V.All(1)), near, far));
    }

    /// <summary>The inverse tangent, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Atan(V x)
    {
        V a = V.Abs(x);
        V steep = V.Below(V.All(1), a);
        // atan x = π/2 − atan(1/x)
        V z = V.Choose(steep, V.All(1) / a, a),
            s = z * z;
        // (atan(x)/x − 1)/x² over x² up to 1: 2.6e-9
        var q = V.All(-0.00178751675f);
        q = Fma(q, s, 0.0108873732f);
        q = Fma(q, s, -0.03112722f);
        q = Fma(q, s, 0.0579068549f);
        q = Fma(q, s, -0.0840049163f);
        q = Fma(q, s, 0.109511778f);
        q = Fma(q, s, -0.142640516f);
        q = Fma(q, s, 0.19998531f);
        q = Fma(q, s, -0.333332986f);
        V near = Fma(z * s, q, z);
        return WithSignOf(x, V.Choose(steep, V.All(1.57079637f) - near, near));
    }

    /// <summary>sin x, within 2 ulp; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Sin(V x)
    {
        V result = Wave(x, V.Bits(0));
        return V.Any(Far(x)) ? Each(x, result, &MathF.Sin) : result;
    }

    /// <summary>cos x, within 2 ulp; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Cos(V x)
    {
        V result = Wave(x, V.Bits(1));
        return V.Any(Far(x)) ? Each(x, result, &MathF.Cos) : result;
    }

    /// <summary>ln Σ e^xᵢ of each lane, without overflow.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V LogSumExp(ReadOnlySpan<V> x)
    {
        V max = Largest(x),
            sum = Exp(x[0] - max);
        for (int i = 1; i < x.Length; i++)
            sum += Exp(x[i] - max);
        // An infinite maximum is the result; NaN passes through the sum.
        return V.Choose(V.Same(V.Abs(max), V.All(float.PositiveInfinity)), max, max + Log(sum));
    }

    /// <summary>e^xᵢ / Σ e^xₖ of each lane, without overflow; x and y may be the same memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(ReadOnlySpan<V> x, Span<V> y)
    {
        V max = Largest(x),
            sum = V.All(0);
        for (int i = 0; i < x.Length; i++)
            sum += y[i] = Exp(x[i] - max);
        V factor = V.All(1) / sum;
        for (int i = 0; i < y.Length; i++)
            y[i] *= factor;
    }

    private static V Largest(ReadOnlySpan<V> x)
    {
        V max = x[0];
        for (int i = 1; i < x.Length; i++)
            max = V.Max(max, x[i]);
        return max;
    }

    // The estimate is fused where the processor can; a true FusedMultiplyAdd would be emulated, very slowly, where it cannot.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fma(V a, V b, V c) => V.Fma(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fma(V a, V b, float c) => V.Fma(a, b, V.All(c));

    // Up to 89, beyond which eˣ overflows. The native minimum and maximum give back their second argument when either is NaN (or, on other
    // processors, the NaN): it stays one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamped(V x, float low) => V.MinNative(V.All(89), V.MaxNative(V.All(low), x));

    // x = n ln 2 + r with |r| ≤ ½ ln 2; the result is eʳ − 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduced(V x, out V n)
    {
        var rounder = V.All(Rounder);
        V sum = Fma(x, V.All(Log2E), rounder),
            r = Rest(x, sum - rounder);
        n = V.SubtractInt(sum, rounder);
        // (eʳ − 1 − r)/r² over ±0.3466: 4.2e-10 of r. In pairs, so that less waits for what comes before.
        V s = r * r,
            low = Fma(V.All(0.166666672f), r, 0.5f),
            middle = Fma(V.All(0.00833320711f), r, 0.0416664891f),
            high = Fma(V.All(0.000199451082f), r, 0.00139326649f),
            q = Fma(s, Fma(s, high, middle), low);
        return Fma(s, q, r);
    }

    // x − n ln 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest(V x, V n) => Fma(n, V.All(-Ln2Low), Fma(n, V.All(-Ln2High), x));

    // p·2ⁿ in two steps, so that n may lie beyond the exponents of normal numbers on either side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled(V p, V n)
    {
        V half = V.ShiftRight(n, 1);
        return p * PowerOf2(half) * PowerOf2(V.SubtractInt(n, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOf2(V n) => V.ShiftLeft(V.AddInt(n, V.Bits(127)), 23);

    // ln(1 + f) + e ln 2 for f between √½ − 1 and √2 − 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogNear1(V f, V e)
    {
        // (ln(1 + f) − f + ½f²)/f³: 5.9e-9 of f
        var q = V.All(-0.0786217377f);
        q = Fma(q, f, 0.128836975f);
        q = Fma(q, f, -0.131286502f);
        q = Fma(q, f, 0.141808763f);
        q = Fma(q, f, -0.166245446f);
        q = Fma(q, f, 0.200023025f);
        q = Fma(q, f, -0.250008106f);
        q = Fma(q, f, 0.333333164f);
        V s = f * f,
            tail = Fma(e, V.All(Ln2Low), f * s * q);
        return Fma(e, V.All(Ln2High), f + Fma(s, V.All(-0.5f), tail));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSignOf(V x, V magnitude) => V.Or(magnitude, V.And(x, SignBit));

    private static V RepeatedSquares(V x, int n)
    {
        V result = V.All(1);
        for (V square = x; n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0)
                result *= square;
        return result;
    }

    // sin(x + quarter turns). The angle is reduced in double precision, where nothing is lost even next to a multiple of π.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Wave(V x, V quarters)
    {
        V r = V.QuarterTurns(x, out V turns),
            s = r * r;
        quarters = V.AddInt(quarters, turns);
        // (sin(r)/r − 1)/r² over r² up to (π/4)²: 3.7e-9
        var q = V.All(-0.000195183922f);
        q = Fma(q, s, 0.0083321901f);
        q = Fma(q, s, -0.166666552f);
        V sine = Fma(r * s, q, r);
        // (cos r − 1 + ½r²)/r⁴: 1.1e-10
        q = V.All(2.44306684e-05f);
        q = Fma(q, s, -0.00138873013f);
        q = Fma(q, s, 0.0416666456f);
        V cosine = Fma(s * s, q, Fma(s, V.All(-0.5f), 1));
        V odd = V.EqualInt(V.And(quarters, V.Bits(1)), V.Bits(1)),
            sign = V.And(V.ShiftLeft(quarters, 30), SignBit);
        return V.Xor(V.Choose(odd, cosine, sine), sign);
    }

    // NaN is not far: it passes through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far(V x) => V.Below(V.All(LargestAngle), V.Abs(x));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Each(V x, V result, delegate* <float, float> f)
    {
        float* angles = stackalloc float[V.Count],
            results = stackalloc float[V.Count];
        x.Store(angles);
        result.Store(results);
        for (int i = 0; i < V.Count; i++)
            if (Math.Abs(angles[i]) > LargestAngle)
                results[i] = f(angles[i]);
        return V.Load(results);
    }
}

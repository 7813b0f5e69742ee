using System.Numerics;
using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>
/// Elementary functions over vectors of floats. No lane looks at another, so a number has the same result in whatever company. Errors are
/// in units of the last place of the true value and hold with and without a fused multiply-add; the tests sweep them against double
/// precision. NaN stays NaN.
/// </summary>
/// <remarks>
/// The coefficients are minimax fits: Lawson's iteratively reweighted least squares on 1,500 Chebyshev nodes in double precision, then
/// rounded to float from the lowest order up, the higher ones fitted again after each rounding. Behind each polynomial stands the largest
/// error that is left, relative to the function as it is used.
/// </remarks>
internal static unsafe class LaneMath
{
    // Added to a number below 2²² and taken off again, it leaves the nearest whole number, which also stands in the low bits of the sum.
    private const float Rounder = 1.5f * (1 << 23);

    private const float Ln2High = 355f / 512, // few bits, so that its product with an exponent is exact
        Ln2Low = -2.12194440e-4f;

    private const float SqrtHalf = 0.707106769f,
        Sqrt2Less1 = 0.414213562f;

    // The products of the reduction to ±π/4 are exact up to here: quarter turns below 2²⁰ times the 33 bits of HalfPiHigh.
    private const float LargestAngle = 1e6f;

    private const double HalfPiHigh = 1.5707963267341256,
        HalfPiLow = 6.077100506506192e-11,
        DoubleRounder = 1.5 * (1L << 52);

    private static Vector<int> SignBit => new(int.MinValue);

    /// <summary>eˣ, within 1 ulp; exactly 0 below −104 and +∞ above 88.73, through the denormal numbers on the way down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        Vector<float> p = Reduced(Clamped(x, -104), out Vector<int> n) + Vector<float>.One;
        return Scaled(p, n);
    }

    /// <summary>eˣ − 1, within 2 ulp everywhere, near 0 too; −1 below −17.4, +∞ above 88.73.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Expm1(Vector<float> x)
    {
        // 2ⁿ (eʳ − 1 + (1 − 2⁻ⁿ)): the inner sum loses nothing, and for n = 0 it is eʳ − 1 itself.
        Vector<float> p = Reduced(Clamped(x, -20), out Vector<int> n);
        p += Vector<float>.One - PowerOf2(-Vector.Min(n, new Vector<int>(100)));
        return WithSignOf(x, Scaled(p, n));
    }

    /// <summary>ln x, within 1.5 ulp, for denormal x too; −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        Vector<int> denormal = Vector.LessThan(x, new Vector<float>(1.17549435e-38f));
        Vector<float> scaled = Vector.ConditionalSelect(denormal, x * new Vector<float>(1 << 23), x);
        // x = 2ᵉ·m with m between √½ and √2
        var start = new Vector<int>(BitConverter.SingleToInt32Bits(SqrtHalf));
        Vector<int> bits = Vector.AsVectorInt32(scaled) - start;
        Vector<int> e = Vector.ShiftRightArithmetic(bits, 23) - (denormal & new Vector<int>(23));
        Vector<float> m = Vector.AsVectorSingle((bits & new Vector<int>(0x7fffff)) + start);
        Vector<float> result = LogNear1(m - Vector<float>.One, Vector.ConvertToSingle(e));
        var infinity = new Vector<float>(float.PositiveInfinity);
        // +∞ and NaN are their own logarithms here, what is 0 or below has −∞ or NaN
        result = Vector.ConditionalSelect(Vector.LessThan(x, infinity), result, x);
        result = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), new Vector<float>(float.NaN), result);
        return Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), -infinity, result);
    }

    /// <summary>xⁿ by repeated squaring: a relative error of at most (n − 1)·2⁻²⁴; x¹ is x, and x² is x·x to the bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Power(Vector<float> x, int n) =>
        n switch
        {
            0 => Vector<float>.One,
            1 => x,
            2 => x * x,
            _ => RepeatedSquares(x, n),
        };

    /// <summary>1/(1 + e⁻ˣ), within 2 ulp; where the true value is below the normal numbers (x &lt; −87.3) it may be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Exp(-x));

    /// <summary>tanh x, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> a = Vector.Abs(x),
            s = x * x;
        // (tanh(x)/x − 1)/x² over x² up to 0.625²: 4.2e-9
        var q = new Vector<float>(-0.00571193499f);
        q = Fma(q, s, 0.0206464194f);
        q = Fma(q, s, -0.0537423752f);
        q = Fma(q, s, 0.133314803f);
        q = Fma(q, s, -0.333332837f);
        Vector<float> near = Fma(a * s, q, a);
        Vector<float> far = Vector<float>.One - new Vector<float>(2) / (Exp(a + a) + Vector<float>.One);
        return WithSignOf(x, Vector.ConditionalSelect(Vector.LessThan(a, new Vector<float>(0.625f)), near, far));
    }

    /// <summary>ln(1 + eˣ), within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x)
    {
        // ln(1 + u) for u = e^−|x| between 0 and 1: from √2 − 1 on as ln 2 + ln(1 + (u − 1)/2), so that 1 + u is never rounded.
        Vector<float> u = Exp(-Vector.Abs(x));
        Vector<int> upper = Vector.GreaterThan(u, new Vector<float>(Sqrt2Less1));
        var half = new Vector<float>(0.5f);
        Vector<float> f = Vector.ConditionalSelect(upper, half * u - half, u);
        Vector<float> e = Vector.ConditionalSelect(upper, Vector<float>.One, Vector<float>.Zero);
        return Vector.Max(x, Vector<float>.Zero) + LogNear1(f, e);
    }

    /// <summary>erf x, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x)
    {
        Vector<float> a = Vector.Abs(x),
            s = x * x;
        // erf(x)/x − 1 over x² up to 1: 1.4e-9
        var q = new Vector<float>(7.80690316e-05f);
        q = Fma(q, s, -0.00079978531f);
        q = Fma(q, s, 0.0051871622f);
        q = Fma(q, s, -0.0268533472f);
        q = Fma(q, s, 0.112835787f);
        q = Fma(q, s, -0.37612626f);
        q = Fma(q, s, 0.128379166f);
        Vector<float> near = Fma(a, q, a);
        // −ln(1 − erf x) from 1 to 4, where erf x is 1: 1.0e-9
        Vector<float> t = Vector.MinNative(new Vector<float>(4), a);
        var g = new Vector<float>(-0.000185569079f);
        g = Fma(g, t, 0.00293957302f);
        g = Fma(g, t, -0.0218052287f);
        g = Fma(g, t, 0.10303726f);
        g = Fma(g, t, 0.638225734f);
        g = Fma(g, t, 1.12704003f);
        g = Fma(g, t, 0.000353718002f);
        Vector<float> far = Vector<float>.One - Exp(-g);
        return WithSignOf(x, Vector.ConditionalSelect(Vector.LessThan(a, Vector<float>.One), near, far));
    }

    /// <summary>The inverse tangent, within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Atan(Vector<float> x)
    {
        Vector<float> a = Vector.Abs(x);
        Vector<int> steep = Vector.GreaterThan(a, Vector<float>.One);
        // atan x = π/2 − atan(1/x)
        Vector<float> z = Vector.ConditionalSelect(steep, Vector<float>.One / a, a),
            s = z * z;
        // (atan(x)/x − 1)/x² over x² up to 1: 2.6e-9
        var q = new Vector<float>(-0.00178751675f);
        q = Fma(q, s, 0.0108873732f);
        q = Fma(q, s, -0.03112722f);
        q = Fma(q, s, 0.0579068549f);
        q = Fma(q, s, -0.0840049163f);
        q = Fma(q, s, 0.109511778f);
        q = Fma(q, s, -0.142640516f);
        q = Fma(q, s, 0.19998531f);
        q = Fma(q, s, -0.333332986f);
        Vector<float> near = Fma(z * s, q, z);
        return WithSignOf(x, Vector.ConditionalSelect(steep, new Vector<float>(1.57079637f) - near, near));
    }

    /// <summary>sin x, within 2 ulp; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> x)
    {
        Vector<float> result = Wave(x, Vector<int>.Zero);
        Vector<int> far = Far(x);
        return far == Vector<int>.Zero ? result : Each(x, far, result, &MathF.Sin);
    }

    /// <summary>cos x, within 2 ulp; NaN at ±∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cos(Vector<float> x)
    {
        Vector<float> result = Wave(x, Vector<int>.One);
        Vector<int> far = Far(x);
        return far == Vector<int>.Zero ? result : Each(x, far, result, &MathF.Cos);
    }

    // The estimate is fused where the processor can; a true FusedMultiplyAdd would be emulated, very slowly, where it cannot.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fma(Vector<float> a, Vector<float> b, Vector<float> c) => Vector.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fma(Vector<float> a, Vector<float> b, float c) => Vector.MultiplyAddEstimate(a, b, new Vector<float>(c));

    // Up to 89, beyond which eˣ overflows. The native minimum and maximum give back their second argument when either is NaN (or, on other
    // processors, the NaN): it stays one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Clamped(Vector<float> x, float low) =>
        Vector.MinNative(new Vector<float>(89), Vector.MaxNative(new Vector<float>(low), x));

    // x = n ln 2 + r with |r| ≤ ½ ln 2; the result is eʳ − 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Reduced(Vector<float> x, out Vector<int> n)
    {
        var rounder = new Vector<float>(Rounder);
        Vector<float> sum = Fma(x, new Vector<float>(1.44269504f), rounder),
            whole = sum - rounder;
        n = Vector.AsVectorInt32(sum) - new Vector<int>(BitConverter.SingleToInt32Bits(Rounder));
        Vector<float> r = Fma(whole, new Vector<float>(-Ln2High), x);
        r = Fma(whole, new Vector<float>(-Ln2Low), r);
        // (eʳ − 1 − r)/r² over ±0.3466: 4.2e-10 of r
        var q = new Vector<float>(0.000199451082f);
        q = Fma(q, r, 0.00139326649f);
        q = Fma(q, r, 0.00833320711f);
        q = Fma(q, r, 0.0416664891f);
        q = Fma(q, r, 0.166666672f);
        q = Fma(q, r, 0.5f);
        return Fma(r * r, q, r);
    }

    // p·2ⁿ in two steps, so that n may lie beyond the exponents of normal numbers on either side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Scaled(Vector<float> p, Vector<int> n)
    {
        Vector<int> half = Vector.ShiftRightArithmetic(n, 1);
        return p * PowerOf2(half) * PowerOf2(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOf2(Vector<int> n) => Vector.AsVectorSingle(Vector.ShiftLeft(n + new Vector<int>(127), 23));

    // ln(1 + f) + e ln 2 for f between √½ − 1 and √2 − 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> LogNear1(Vector<float> f, Vector<float> e)
    {
        // (ln(1 + f) − f + ½f²)/f³: 5.9e-9 of f
        var q = new Vector<float>(-0.0786217377f);
        q = Fma(q, f, 0.128836975f);
        q = Fma(q, f, -0.131286502f);
        q = Fma(q, f, 0.141808763f);
        q = Fma(q, f, -0.166245446f);
        q = Fma(q, f, 0.200023025f);
        q = Fma(q, f, -0.250008106f);
        q = Fma(q, f, 0.333333164f);
        Vector<float> s = f * f,
            tail = Fma(e, new Vector<float>(Ln2Low), f * s * q);
        return Fma(e, new Vector<float>(Ln2High), f + Fma(s, new Vector<float>(-0.5f), tail));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> WithSignOf(Vector<float> x, Vector<float> magnitude) =>
        Vector.AsVectorSingle(Vector.AsVectorInt32(magnitude) | (Vector.AsVectorInt32(x) & SignBit));

    private static Vector<float> RepeatedSquares(Vector<float> x, int n)
    {
        Vector<float> result = Vector<float>.One;
        for (Vector<float> square = x; n > 0; n >>= 1, square *= square)
            if ((n & 1) != 0)
                result *= square;
        return result;
    }

    // sin(x + quarter turns). The angle is reduced in double precision, where nothing is lost even next to a multiple of π.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Wave(Vector<float> x, Vector<int> quarters)
    {
        Vector.Widen(x, out Vector<double> lower, out Vector<double> upper);
        Vector<double> lowerTurns = Quarters(lower),
            upperTurns = Quarters(upper);
        Vector<float> r = Vector.Narrow(Rest(lower, lowerTurns), Rest(upper, upperTurns)),
            s = r * r;
        quarters += Vector.ConvertToInt32(Vector.Narrow(lowerTurns, upperTurns));
        // (sin(r)/r − 1)/r² over r² up to (π/4)²: 3.7e-9
        var q = new Vector<float>(-0.000195183922f);
        q = Fma(q, s, 0.0083321901f);
        q = Fma(q, s, -0.166666552f);
        Vector<float> sine = Fma(r * s, q, r);
        // (cos r − 1 + ½r²)/r⁴: 1.1e-10
        q = new Vector<float>(2.44306684e-05f);
        q = Fma(q, s, -0.00138873013f);
        q = Fma(q, s, 0.0416666456f);
        Vector<float> cosine = Fma(s * s, q, Fma(s, new Vector<float>(-0.5f), 1));
        Vector<int> odd = Vector.Equals(quarters & Vector<int>.One, Vector<int>.One),
            sign = Vector.ShiftLeft(quarters, 30) & SignBit;
        return Vector.AsVectorSingle(Vector.AsVectorInt32(Vector.ConditionalSelect(odd, cosine, sine)) ^ sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Quarters(Vector<double> x)
    {
        var rounder = new Vector<double>(DoubleRounder);
        return Vector.MultiplyAddEstimate(x, new Vector<double>(2 / Math.PI), rounder) - rounder;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Rest(Vector<double> x, Vector<double> quarters)
    {
        x = Vector.MultiplyAddEstimate(quarters, new Vector<double>(-HalfPiHigh), x);
        return Vector.MultiplyAddEstimate(quarters, new Vector<double>(-HalfPiLow), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Far(Vector<float> x) => ~Vector.LessThanOrEqual(Vector.Abs(x), new Vector<float>(LargestAngle));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<float> Each(Vector<float> x, Vector<int> where, Vector<float> result, delegate* <float, float> f)
    {
        for (int i = 0; i < Vector<float>.Count; i++)
            if (where[i] != 0)
                result = result.WithElement(i, f(x[i]));
        return result;
    }
}

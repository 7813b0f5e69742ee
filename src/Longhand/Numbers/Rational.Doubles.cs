using System.Globalization;
using System.Numerics;

namespace Longhand.Numbers;

// Between fractions and binary floating point: from it by the text a person would write, to it by one correct rounding.
public readonly partial struct Rational
{
    /// <summary>
    /// The fraction that the shortest decimal text of <paramref name="value"/> denotes: 0.1 gives 1/10, not the binary number beside it.
    /// Converting back gives the same double.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static Rational FromDouble(double value) =>
        double.IsFinite(value) ? Parse(value.ToString("R", CultureInfo.InvariantCulture)) : throw NotFinite(value);

    /// <summary>The fraction that the shortest decimal text of a float denotes: 0.1f gives 1/10. Converting back gives the same float.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static Rational FromSingle(float value) =>
        float.IsFinite(value) ? Parse(value.ToString("R", CultureInfo.InvariantCulture)) : throw NotFinite(value);

    /// <summary>The nearest double, of two equally near the even one; beyond the largest double ±∞.</summary>
    public static explicit operator double(Rational value) => value.Round(precision: 53, lowest: -1022);

    /// <summary>The nearest float in one rounding (by way of a double there would be two); beyond the largest float ±∞.</summary>
    public static explicit operator float(Rational value) => (float)value.Round(precision: 24, lowest: -126);

    private static ArgumentOutOfRangeException NotFinite(double value) => new(nameof(value), value, "Only finite numbers are fractions.");

    /// <summary>The nearest number with so many significant bits, fewer below 2^<paramref name="lowest"/> (subnormal numbers).</summary>
    private double Round(int precision, int lowest)
    {
        if (IsZero)
            return 0;
        // The quotient with 55 or 56 bits: at least two more than are kept, and in `rest` whether anything follows them.
        BigInteger n = BigInteger.Abs(Numerator);
        long shift = 55 - (n.GetBitLength() - Denominator.GetBitLength());
        if (shift is > 5000 or < -5000)
            return Sign * (shift > 0 ? 0 : double.PositiveInfinity);
        BigInteger quotient = BigInteger.DivRem(
            shift > 0 ? n << (int)shift : n,
            shift < 0 ? Denominator << (int)-shift : Denominator,
            out BigInteger rest
        );
        ulong bits = (ulong)quotient;
        int length = 64 - BitOperations.LeadingZeroCount(bits);
        int exponent = length - 1 - (int)shift; // of the leading bit
        int kept = precision - Math.Max(0, lowest - exponent);
        if (kept < 0)
            return Sign * 0.0;
        int dropped = length - kept;
        ulong rounded = bits >> dropped;
        ulong tail = bits & ((1UL << dropped) - 1);
        ulong half = 1UL << (dropped - 1);
        if (tail > half || (tail == half && (!rest.IsZero || (rounded & 1) == 1)))
            rounded++;
        return Sign * Math.ScaleB(rounded, dropped - (int)shift); // exact: the rounding is done, or beyond the range
    }
}

using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Tests.Numbers;

internal static class Exact
{
    /// <summary>The binary number itself, taken apart bit by bit.</summary>
    public static Rational Value(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int field = (int)(bits >> 52) & 0x7ff;
        long mantissa = (bits & 0xfffffffffffff) | (field == 0 ? 0 : 1L << 52);
        int exponent = Math.Max(field, 1) - 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? signed << exponent : Rational.Of(signed, BigInteger.One << -exponent);
    }
}

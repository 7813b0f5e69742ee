using System.Globalization;
using System.Numerics;

namespace Longhand.Numbers;

public readonly partial struct Rational
{
    /// <summary>
    /// The exact decimal text, where there is one with at most <paramref name="significantDigits"/> significant digits: 0.375 for 3/8,
    /// none for 1/3. Plain from 1e-5 up to 1e15, beyond as in 1.5e-7.
    /// </summary>
    /// <param name="significantDigits">How many digits may stand between the first and the last that is not 0.</param>
    /// <param name="text">The text, empty where there is none.</param>
    /// <returns>Whether the text denotes the value exactly.</returns>
    public bool TryDecimal(int significantDigits, out string text)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(significantDigits);
        text = "";
        if (IsZero)
        {
            text = "0";
            return true;
        }
        // A decimal ends exactly where the denominator is 2^twos · 5^fives.
        int twos = TrailingZeros(Denominator);
        BigInteger odd = Denominator >> twos;
        int fives = (int)Math.Round(BigInteger.Log(odd) / Math.Log(5));
        if (BigInteger.Pow(5, fives) != odd)
            return false;
        int places = Math.Max(twos, fives);
        BigInteger scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(2, places - twos) * BigInteger.Pow(5, places - fives);
        string all = scaled.ToString(CultureInfo.InvariantCulture);
        string digits = all.TrimEnd('0');
        if (digits.Length > significantDigits)
            return false;
        text = (Sign < 0 ? "-" : "") + Decimals.Lay(digits, all.Length - 1 - places);
        return true;
    }

    private static int TrailingZeros(BigInteger value) => (int)((value & -value).GetBitLength() - 1);
}

using System.Globalization;

namespace Longhand.Numbers;

/// <summary>
/// Doubles as decimal text for people, and how precisely such a text speaks: a printed number differs from its value by at most
/// <see cref="HalfUnit"/>, half a unit of its last digit.
/// </summary>
public static class Decimals
{
    private const int LeastPlainExponent = -5;
    private const int GreatestPlainExponent = 14;

    /// <summary>
    /// The value with so many significant digits, trailing zeros kept: 0.593270 for six. Plain from 1e-5 up to 1e15, otherwise as in
    /// 1.23450e-7. Before the decimal point no digit is replaced by a zero: 1234567.8 with three digits is 1234568.
    /// </summary>
    /// <param name="value">What to write; both zeros are 0, and NaN, ∞ and -∞ are written so.</param>
    /// <param name="digits">Significant digits, 1 to 100.</param>
    /// <returns>The value's exact binary expansion rounded once, of two equally near texts the one with an even last digit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digits"/> is not between 1 and 100.</exception>
    public static string Format(double value, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 100);
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN"
                : value > 0 ? "∞"
                : "-∞";
        if (value == 0)
            return "0";
        // .NET writes "-d.ddddE+ddd" from the exact binary value, however many digits are asked for.
        string text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent >= digits && exponent <= GreatestPlainExponent)
            return value.ToString("F0", CultureInfo.InvariantCulture);
        string sign = value < 0 ? "-" : "";
        return sign + Lay(text[sign.Length..e].Replace(".", "", StringComparison.Ordinal), exponent);
    }

    /// <summary>Half a unit of the last digit of a printed number: 0.0000005 for 0.593270, 5e-13 for 1.23450e-7, 0.5 for 12.</summary>
    /// <param name="text">A decimal number as <see cref="Format"/> writes it; a sign, hyphen or typographic, may stand before it.</param>
    /// <exception cref="LonghandException">The text is not such a number.</exception>
    public static double HalfUnit(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan();
        if (!rest.IsEmpty && rest[0] is '-' or '+' or '\u2212')
            rest = rest[1..];
        int e = rest.IndexOfAny('e', 'E');
        ReadOnlySpan<char> mantissa = e < 0 ? rest : rest[..e];
        int exponent = 0;
        bool readable = e < 0 || int.TryParse(rest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        int point = mantissa.IndexOf('.');
        int places = point < 0 ? 0 : mantissa.Length - 1 - point;
        ReadOnlySpan<char> whole = point < 0 ? mantissa : mantissa[..point];
        ReadOnlySpan<char> decimals = point < 0 ? [] : mantissa[(point + 1)..];
        bool digits = whole.Length + decimals.Length > 0 && !whole.ContainsAnyExceptInRange('0', '9');
        if (!readable || !digits || decimals.ContainsAnyExceptInRange('0', '9'))
            throw new LonghandException($"{Quoted.Of(text)} is not a printed decimal number such as 0.593270 or 1.23450e-7.");
        // Read from text, the power of ten is the nearest double; Math.Pow would be off by some units.
        return double.Parse(
            string.Create(CultureInfo.InvariantCulture, $"5e{(long)exponent - places - 1}"),
            NumberStyles.Float,
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>
    /// Lays digits out as a number whose first digit stands for 10^<paramref name="exponent"/>: 375 at −1 is 0.375. Places before the
    /// decimal point that the digits do not reach are filled with zeros.
    /// </summary>
    internal static string Lay(string digits, int exponent)
    {
        if (exponent is < LeastPlainExponent or > GreatestPlainExponent)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{exponent}");
        }
        if (exponent < 0)
            return "0." + new string('0', -1 - exponent) + digits;
        int whole = exponent + 1;
        return digits.Length <= whole ? digits.PadRight(whole, '0') : digits[..whole] + "." + digits[whole..];
    }
}

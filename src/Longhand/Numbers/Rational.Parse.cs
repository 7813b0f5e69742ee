using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Longhand.Numbers;

// The number text of experiments. It is read exactly, and refused where two readers of YAML could read two numbers.
public readonly partial struct Rational
{
    private const int LongestText = 1000;
    private const int LargestExponent = 400;

    /// <summary>Reads 0.15, -3, +2.5, .5, 2e-3, 1/3 or -1/3, exactly.</summary>
    /// <exception cref="LonghandException">The text is not such a number; the message says why and what to write.</exception>
    public static Rational Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Rational value, out string? reason) ? value : throw new LonghandException(reason + ".");

    /// <summary>Reads 0.15, -3, +2.5, .5, 2e-3, 1/3 or -1/3, exactly.</summary>
    /// <param name="text">The number without spaces around it; at most 1,000 characters, exponents from -400 to 400.</param>
    /// <param name="value">The number; 0 where there is none.</param>
    /// <param name="reason">Why it is refused and what to write instead, a sentence without its full stop.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Rational value, [NotNullWhen(false)] out string? reason)
    {
        value = default;
        reason = Refusal(text);
        if (reason is not null)
            return false;
        int slash = text.IndexOf('/');
        return slash < 0
            ? TryDecimalText(text, out value, out reason)
            : TryFraction(text, text[..slash], text[(slash + 1)..], out value, out reason);
    }

    /// <summary>Texts that mean a number to someone, but not here; null where the text may be one.</summary>
    private static string? Refusal(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return "a number is missing";
        if (text.Length > LongestText)
            return $"{Quoted.Of(text)} has {text.Length} characters; a number may have {LongestText}";
        ReadOnlySpan<char> bare = text.TrimStart("+-").TrimStart('.');
        if (IsAny(bare, "nan", "inf", "infinity", "∞"))
            return $"{Quoted.Of(text)} is not a finite number; write a decimal such as 0.15";
        if (bare.Length > 1 && bare[0] == '0' && (bare[1] | 0x20) is 'x' or 'o' or 'b')
            return $"{Quoted.Of(text)} is not a decimal number; hexadecimal, octal and binary numbers are not read";
        if (text.Contains('_'))
            return $"{Quoted.Of(text)} has an underscore between its digits; write {Quoted.Of(Without(text, '_'))}";
        if (text.Contains(','))
            return $"{Quoted.Of(text)} has a comma; the decimal sign is a point, and thousands are not separated";
        if (text.ContainsAny("\u2212\u2013\u2012"))
            return $"{Quoted.Of(text)} has a typographic minus; write the hyphen -";
        return text.ContainsAny(" \t") ? $"{Quoted.Of(text)} has a space in it; write the number without" : null;
    }

    private static bool TryDecimalText(ReadOnlySpan<char> text, out Rational value, [NotNullWhen(false)] out string? reason)
    {
        value = default;
        ReadOnlySpan<char> rest = Unsigned(text, out bool negative);
        ReadOnlySpan<char> whole = Digits(ref rest);
        bool point = !rest.IsEmpty && rest[0] == '.';
        if (point)
            rest = rest[1..];
        ReadOnlySpan<char> decimals = point ? Digits(ref rest) : [];
        bool scientific = !rest.IsEmpty && rest[0] is 'e' or 'E';
        int exponent = 0;
        if (whole.IsEmpty && decimals.IsEmpty)
            return Refuse(NotANumber(text), out reason);
        if (scientific)
        {
            rest = Unsigned(rest[1..], out bool down);
            ReadOnlySpan<char> digits = Digits(ref rest);
            if (digits.IsEmpty)
                return Refuse(NotANumber(text), out reason);
            digits = digits.TrimStart('0');
            if (digits.Length > 3 || (!digits.IsEmpty && int.Parse(digits, CultureInfo.InvariantCulture) > LargestExponent))
                return Refuse(
                    $"the exponent of {Quoted.Of(text)} is out of reach; it may go from -{LargestExponent} to {LargestExponent}",
                    out reason
                );
            exponent = digits.IsEmpty ? 0 : int.Parse(digits, CultureInfo.InvariantCulture) * (down ? -1 : 1);
        }
        if (!rest.IsEmpty)
            return Refuse(NotANumber(text), out reason);
        if (!point && !scientific && LooksOctal(text, whole) is string octal)
            return Refuse(octal, out reason);
        BigInteger digitsValue = Integer(string.Concat(whole, decimals));
        int power = exponent - decimals.Length;
        value = power >= 0 ? digitsValue * BigInteger.Pow(10, power) : Of(digitsValue, BigInteger.Pow(10, -power));
        if (negative)
            value = -value;
        reason = null;
        return true;
    }

    private static bool TryFraction(
        ReadOnlySpan<char> text,
        ReadOnlySpan<char> above,
        ReadOnlySpan<char> below,
        out Rational value,
        [NotNullWhen(false)] out string? reason
    )
    {
        value = default;
        ReadOnlySpan<char> numerator = Unsigned(above, out bool negative);
        if (!IsDigits(numerator) || !IsDigits(below))
            return Refuse($"{Quoted.Of(text)} is not a fraction of two whole numbers such as 1/3 or -1/3", out reason);
        if ((LooksOctal(text, numerator) ?? LooksOctal(text, below)) is string octal)
            return Refuse(octal, out reason);
        BigInteger denominator = Integer(below);
        if (denominator.IsZero)
            return Refuse($"{Quoted.Of(text)} divides by zero", out reason);
        value = Of(negative ? -Integer(numerator) : Integer(numerator), denominator);
        reason = null;
        return true;
    }

    /// <summary>YAML 1.1 reads 010 as eight, YAML 1.2 as ten: neither is believed.</summary>
    private static string? LooksOctal(ReadOnlySpan<char> text, ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0')
            return null;
        ReadOnlySpan<char> bare = WithoutZeros(digits);
        string remedy = digits.Length == text.Length ? $"write {bare}" : $"write {bare} for {digits}";
        return digits.Length > 20 ? $"{Quoted.Of(text)} begins with a zero, as octal numbers do; leave the zeros away"
            : digits.ContainsAny('8', '9') || bare.Length < 2 ? $"{Quoted.Of(text)} begins with a zero, as octal numbers do; {remedy}"
            : $"{Quoted.Of(text)} could be read as {bare} or as octal {Convert.ToInt64(bare.ToString(), 8)}; {remedy}";
    }

    private static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<char> bare = digits.TrimStart('0');
        return bare.IsEmpty ? "0" : bare;
    }

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text, out bool negative)
    {
        negative = !text.IsEmpty && text[0] == '-';
        return !text.IsEmpty && text[0] is '-' or '+' ? text[1..] : text;
    }

    /// <summary>Takes the leading digits off <paramref name="rest"/>; only 0 to 9 are digits.</summary>
    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static BigInteger Integer(ReadOnlySpan<char> digits) =>
        BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsAny(ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static string Without(ReadOnlySpan<char> text, char character) =>
        text.ToString().Replace(character.ToString(), "", StringComparison.Ordinal);

    private static string NotANumber(ReadOnlySpan<char> text) =>
        $"{Quoted.Of(text)} is not a number; write a decimal such as 0.15 or 2e-3, or a fraction such as 1/3";

    private static bool Refuse(string because, [NotNull] out string? reason)
    {
        reason = because;
        return false;
    }
}

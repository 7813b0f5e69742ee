using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Numbers;

namespace Longhand.Grading;

/// <summary>
/// A number as a person writes it on paper, and how precisely it speaks. Read are 0.3775 and 0,3775 (one comma is the decimal sign), 1/8, 2e-3
/// and 2·10^-3, 38 %, with any minus and with "≈" or "=" before it.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Value">What it says.</param>
/// <param name="HalfUnit">Half a unit of its last digit: as far as it can be from what was rounded; 0 for a fraction, which is exact.</param>
/// <param name="IsWhole">Whether it is written without a decimal sign.</param>
public sealed partial record WrittenNumber(string Text, double Value, double HalfUnit, bool IsWhole)
{
    private const int LongestText = 100;

    /// <summary>Reads a number.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="number">The number; null where there is none.</param>
    /// <param name="reason">Why it is refused and what to write instead, a sentence without its full stop.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WrittenNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        reason = null;
        if (text.Length > LongestText)
        {
            reason = $"{Quoted.Of(text)} has {text.Length} characters; an answer may have {LongestText}";
            return false;
        }
        string plain = Plain(text);
        bool percent = plain.EndsWith('%');
        if (percent)
            plain = plain[..^1];
        if (plain.Contains(',') && (plain.Contains('.') || plain.Count(c => c == ',') > 1))
        {
            reason = $"{Quoted.Of(text)} has more than one sign that could be the decimal one; write 1234.5 or 1234,5";
            return false;
        }
        plain = plain.Replace(',', '.');
        if (!Rational.TryParse(plain, out Rational value, out reason))
            return false;
        if (percent)
            value /= 100;
        double real = (double)value,
            unit = plain.Contains('/') ? 0 : Decimals.HalfUnit(plain) / (percent ? 100 : 1);
        number = new(text, real, unit, !plain.Contains('.') && !plain.Contains('e', StringComparison.OrdinalIgnoreCase) && !percent);
        return true;
    }

    /// <summary>A value as a person would write it: six significant digits, and no more where fewer say it all: 0.3775, 0.593270.</summary>
    internal static string Of(double value)
    {
        const int digits = 6;
        const double exact = 1e-14;
        string text = Decimals.Format(value, digits);
        if (double.IsFinite(value) && text.Contains('.') && !text.Contains('e'))
            if (Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - value) <= exact * Math.Abs(value))
                text = text.TrimEnd('0').TrimEnd('.');
        return text.Replace('-', '−');
    }

    private static string Plain(string text)
    {
        string plain = text.Trim().TrimStart('≈', '=', '~').Replace('\u2212', '-').Replace('\u2013', '-').Replace('\u2012', '-');
        plain = Spaces().Replace(plain, "");
        return PowerOfTen().Replace(plain, "e");
    }

    // Spaces inside are those before %, around a fraction's stroke and between groups of digits.
    [GeneratedRegex(@"[ \u00a0\u2009\u202f]")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[·*×x]10\^")]
    private static partial Regex PowerOfTen();
}

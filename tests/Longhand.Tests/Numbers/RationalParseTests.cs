using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

public class RationalParseTests
{
    [Theory]
    [InlineData("0.15", "3/20")]
    [InlineData("-3", "-3")]
    [InlineData("+2.5", "5/2")]
    [InlineData(".5", "1/2")]
    [InlineData("-.5", "-1/2")]
    [InlineData("5.", "5")]
    [InlineData("2e-3", "1/500")]
    [InlineData("2E+3", "2000")]
    [InlineData("1.5e03", "1500")]
    [InlineData("1/3", "1/3")]
    [InlineData("-1/3", "-1/3")]
    [InlineData("+4/6", "2/3")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("0/5", "0")]
    [InlineData("00.5", "1/2")]
    [InlineData("0e400", "0")]
    [InlineData("0.1000", "1/10")]
    [InlineData("0.30000000000000004", "7500000000000001/25000000000000000")]
    public void Numbers_are_read_exactly(string text, string fraction)
    {
        Assert.True(Rational.TryParse(text, out Rational value, out string? reason));
        Assert.Null(reason);
        Assert.Equal(fraction, value.ToString());
    }

    [Theory]
    [InlineData("", "a number is missing")]
    [InlineData("010", "\"010\" could be read as 10 or as octal 8; write 10")]
    [InlineData("-010", "could be read as 10 or as octal 8; write 10 for 010")]
    [InlineData("007", "\"007\" begins with a zero, as octal numbers do; write 7")]
    [InlineData("01", "write 1")]
    [InlineData("00", "write 0")]
    [InlineData("089", "\"089\" begins with a zero, as octal numbers do; write 89")]
    [InlineData("1/010", "could be read as 10 or as octal 8; write 10 for 010")]
    [InlineData("010/3", "could be read as 10 or as octal 8; write 10 for 010")]
    [InlineData("NaN", "not a finite number")]
    [InlineData(".nan", "not a finite number")]
    [InlineData("-.inf", "not a finite number")]
    [InlineData("Infinity", "not a finite number")]
    [InlineData("-∞", "not a finite number")]
    [InlineData("0x1F", "hexadecimal")]
    [InlineData("-0X1", "hexadecimal")]
    [InlineData("0o17", "octal")]
    [InlineData("0b1", "binary")]
    [InlineData("1_000", "underscore between its digits; write \"1000\"")]
    [InlineData("0,15", "comma")]
    [InlineData("−3", "typographic minus; write the hyphen -")]
    [InlineData("1 / 3", "has a space in it")]
    [InlineData(" 1", "has a space in it")]
    [InlineData("1/0", "divides by zero")]
    [InlineData("1/-3", "not a fraction of two whole numbers")]
    [InlineData("1/2/3", "not a fraction of two whole numbers")]
    [InlineData("1.5/2", "not a fraction of two whole numbers")]
    [InlineData("/3", "not a fraction of two whole numbers")]
    [InlineData("3/", "not a fraction of two whole numbers")]
    [InlineData("1e401", "may go from -400 to 400")]
    [InlineData("1e-401", "may go from -400 to 400")]
    [InlineData("1e99999999999999999999", "may go from -400 to 400")]
    [InlineData(".", "is not a number")]
    [InlineData("-", "is not a number")]
    [InlineData("e5", "is not a number")]
    [InlineData("1e", "is not a number")]
    [InlineData("1e+", "is not a number")]
    [InlineData("--1", "is not a number")]
    [InlineData("1.2.3", "is not a number")]
    [InlineData("1e5.0", "is not a number")]
    [InlineData("12abc", "is not a number")]
    [InlineData("1:30", "is not a number")]
    [InlineData("٣", "is not a number")]
    [InlineData("3\u0000", "\"3\\u0000\" is not a number")]
    public void What_is_no_number_is_refused_with_the_reason(string text, string expected)
    {
        Assert.False(Rational.TryParse(text, out Rational value, out string? reason));
        Assert.True(value.IsZero);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Equal(reason + ".", Assert.Throws<LonghandException>(() => Rational.Parse(text)).Message);
    }

    [Fact]
    public void Exponents_and_lengths_reach_their_bounds()
    {
        Assert.True(Rational.TryParse("1e400", out Rational large, out _));
        Assert.True(Rational.TryParse("1e-400", out Rational small, out _));
        Assert.Equal(Rational.One, large * small);
        Assert.True(Rational.TryParse(new string('9', 1000), out _, out _));
        Assert.False(Rational.TryParse(new string('9', 1001), out _, out string? reason));
        Assert.Contains("has 1001 characters; a number may have 1000", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_makes_no_long_message()
    {
        foreach (string text in new[] { new string('0', 999), new string('x', 900), "1/" + new string('0', 900), new string('_', 900) })
        {
            Assert.False(Rational.TryParse(text, out _, out string? reason));
            Assert.InRange(reason!.Length, 10, 250);
        }
    }
}

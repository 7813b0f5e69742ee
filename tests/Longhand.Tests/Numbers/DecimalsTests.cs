using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

public class DecimalsTests
{
    [Theory]
    [InlineData(0.59327, 6, "0.593270")]
    [InlineData(1.2345e-7, 6, "1.23450e-7")]
    [InlineData(-1.2345e-7, 6, "-1.23450e-7")]
    [InlineData(0.0, 6, "0")]
    [InlineData(double.NaN, 6, "NaN")]
    [InlineData(double.PositiveInfinity, 6, "∞")]
    [InlineData(double.NegativeInfinity, 6, "-∞")]
    [InlineData(1, 6, "1.00000")]
    [InlineData(1, 1, "1")]
    [InlineData(-12.5, 6, "-12.5000")]
    [InlineData(0.00001, 6, "0.0000100000")]
    [InlineData(0.000009999999, 6, "0.0000100000")]
    [InlineData(0.0000099999, 5, "9.9999e-6")]
    [InlineData(123456, 6, "123456")]
    [InlineData(1234567.8, 6, "1234568")]
    [InlineData(1234567.8, 3, "1234568")]
    [InlineData(99999.96, 6, "100000")]
    [InlineData(999999.9, 6, "1000000")]
    [InlineData(999999999999999.0, 6, "1.00000e15")]
    [InlineData(100000000000000.0, 6, "100000000000000")]
    [InlineData(1e15, 6, "1.00000e15")]
    [InlineData(1e300, 3, "1.00e300")]
    [InlineData(5e-324, 3, "4.94e-324")]
    [InlineData(2.5, 1, "2")]
    [InlineData(3.5, 1, "4")]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.1, 25, "0.1000000000000000055511151")]
    public void Doubles_are_written_for_people(double value, int digits, string text) => Assert.Equal(text, Decimals.Format(value, digits));

    [Fact]
    public void Both_zeros_are_zero() => Assert.Equal("0", Decimals.Format(double.NegativeZero, 6));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void Digits_have_bounds(int digits) => Assert.Throws<ArgumentOutOfRangeException>(() => Decimals.Format(1, digits));

    [Fact]
    public void Text_is_the_nearest_and_of_two_the_even()
    {
        // Halves of the last digit occur where few binary digits follow the point: n/2^k with few significant decimal digits kept.
        Gen<double> ties = from n in Gen.Choose(-100_000, 100_000) from k in Gen.Choose(0, 6) select n / (double)(1 << k);
        Gen<double> others =
            from n in Gen.Choose(int.MinValue, int.MaxValue)
            from e in Gen.Choose(-290, 290)
            select n * double.Parse("1e" + e, CultureInfo.InvariantCulture);
        int seen = 0;
        Prop.ForAll(
                Arb.From(from value in Gen.OneOf(ties, others) from digits in Gen.Choose(1, 20) select (value, digits)),
                c =>
                {
                    string text = Decimals.Format(c.value, c.digits);
                    if (c.value == 0)
                        return text == "0";
                    Rational error = Rational.Abs(Rational.Parse(text) - Exact.Value(c.value));
                    Rational half = Rational.FromDouble(Decimals.HalfUnit(text));
                    int written = text.Split('e')[0].Count(char.IsAsciiDigit) - LeadingZeros(text);
                    bool enough = written == c.digits || (written > c.digits && !text.Contains('.'));
                    seen += error == half ? 1 : 0;
                    return enough && (error < half || (error == half && (text.Split('e')[0][^1] - '0') % 2 == 0));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.True(seen > 0, "no tie was drawn: the rule for ties was not tested");
    }

    [Theory]
    [InlineData("0.593270", 5e-7)]
    [InlineData("1.23450e-7", 5e-13)]
    [InlineData("1234568", 0.5)]
    [InlineData("-12.5", 0.05)]
    [InlineData("−12.5", 0.05)]
    [InlineData("1e15", 5e14)]
    [InlineData("1.0E+3", 50)]
    [InlineData("5.", 0.5)]
    [InlineData("1e-400", 0)]
    [InlineData("1e400", double.PositiveInfinity)]
    public void Half_a_unit_of_the_last_digit(string text, double half) => Assert.Equal(half, Decimals.HalfUnit(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1/3")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData(" 1")]
    [InlineData("1e99999999999")]
    public void What_is_no_printed_number_has_no_unit(string text) =>
        Assert.StartsWith(
            $"\"{text}\" is not",
            Assert.Throws<LonghandException>(() => Decimals.HalfUnit(text)).Message,
            StringComparison.Ordinal
        );

    private static int LeadingZeros(string text) => text.TrimStart('-').TakeWhile(c => c is '0' or '.').Count(c => c == '0');
}

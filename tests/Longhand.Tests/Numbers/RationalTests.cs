using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

public class RationalTests
{
    private static readonly Arbitrary<Rational> Fractions = Arb.From(
        from n in Gen.Choose(-1_000_000, 1_000_000)
        from d in Gen.Choose(1, 1000)
        from power in Gen.Choose(-70, 70)
        select Rational.Of(n, d) * (power < 0 ? Rational.Of(1, BigInteger.Pow(7, -power)) : (Rational)BigInteger.Pow(7, power))
    );

    private static readonly Arbitrary<(Rational A, Rational B, Rational C)> Triples = Arb.From(
        Fractions.Generator.Three().Select(t => (t.Item1, t.Item2, t.Item3))
    );

    private static void Holds(Func<Rational, Rational, Rational, bool> law) =>
        Prop.ForAll(Triples, t => law(t.A, t.B, t.C)).QuickCheckThrowOnFailure();

    [Fact]
    public void Addition_is_a_commutative_group()
    {
        Holds((a, b, c) => a + b == b + a && (a + b) + c == a + (b + c) && a + default(Rational) == a && a + -a == 0 && a - b == a + -b);
    }

    [Fact]
    public void Multiplication_is_a_commutative_group_without_zero_and_distributes()
    {
        Holds((a, b, c) => a * b == b * a && (a * b) * c == a * (b * c) && a * Rational.One == a && a * (b + c) == a * b + a * c);
        Holds((a, b, _) => b.IsZero || (a / b * b == a && a / b == a * (1 / b)));
    }

    [Fact]
    public void Order_agrees_with_the_sign_of_the_difference()
    {
        Holds(
            (a, b, c) =>
                a.CompareTo(b) == (a - b).Sign
                && (a < b) == (b > a)
                && (a <= b) != (a > b)
                && (a >= b) != (a < b)
                && (a < b) == (a + c < b + c)
        );
    }

    [Fact]
    public void Results_are_in_lowest_terms_with_a_positive_denominator()
    {
        Holds(
            (a, b, c) =>
                new[] { a + b, a - b, a * b, c.IsZero ? a : a / c, -a, Rational.Abs(a) }.All(x =>
                    x.Denominator.Sign > 0 && BigInteger.GreatestCommonDivisor(x.Numerator, x.Denominator).IsOne
                )
        );
    }

    [Fact]
    public void Equal_values_have_equal_hashes_and_text_that_reads_back()
    {
        Holds(
            (a, b, _) =>
                (a + b - b).GetHashCode() == a.GetHashCode()
                && (a == b) == (a.ToString() == b.ToString())
                && Rational.Parse(a.ToString()) == a
        );
    }

    [Fact]
    public void Default_is_zero()
    {
        Rational zero = default;
        Assert.Equal("0", zero.ToString());
        Assert.Equal((Rational)0, zero);
        Assert.Equal(((Rational)0).GetHashCode(), zero.GetHashCode());
        Assert.Equal(BigInteger.One, zero.Denominator);
        Assert.Equal("0", (-zero).ToString());
        Assert.Equal(0.0, (double)zero);
        Assert.True(zero.IsInteger);
    }

    [Fact]
    public void Dividing_by_zero_is_refused()
    {
        Assert.Throws<DivideByZeroException>(() => Rational.One / default(Rational));
        Assert.Throws<DivideByZeroException>(() => Rational.Of(1, 0));
    }

    [Fact]
    public void Bit_length_counts_both_parts()
    {
        Assert.Equal(3 + 4, Rational.Of(-7, 9).BitLength);
        Assert.Equal(101 + 1, ((Rational)BigInteger.Pow(2, 100)).BitLength);
    }

    [Theory]
    [InlineData(1, -3, "-1/3")]
    [InlineData(-6, -4, "3/2")]
    [InlineData(0, -5, "0")]
    [InlineData(12, 4, "3")]
    public void Signs_and_common_factors_are_settled(int n, int d, string text) => Assert.Equal(text, Rational.Of(n, d).ToString());

    [Theory]
    [InlineData("3/8", 3, "0.375")]
    [InlineData("-3/8", 3, "-0.375")]
    [InlineData("1/8", 3, "0.125")]
    [InlineData("1/1024", 7, "0.0009765625")]
    [InlineData("1/5", 1, "0.2")]
    [InlineData("1200", 2, "1200")]
    [InlineData("0", 1, "0")]
    [InlineData("1e14", 1, "100000000000000")]
    [InlineData("1e15", 1, "1e15")]
    [InlineData("-1.25e300", 3, "-1.25e300")]
    [InlineData("1e-5", 1, "0.00001")]
    [InlineData("1.5e-7", 2, "1.5e-7")]
    [InlineData("123456789012345.5", 16, "123456789012345.5")]
    public void Terminating_decimals_are_written_exactly(string text, int digits, string expected)
    {
        Assert.True(Rational.Parse(text).TryDecimal(digits, out string written));
        Assert.Equal(expected, written);
        Assert.Equal(Rational.Parse(text), Rational.Parse(written));
        if (digits > 1)
            Assert.False(Rational.Parse(text).TryDecimal(digits - 1, out _));
    }

    [Theory]
    [InlineData("1/3", 50)]
    [InlineData("1/7", 50)]
    [InlineData("1/6", 50)]
    [InlineData("3/8", 2)]
    [InlineData("1/15", 17)]
    [InlineData("1201", 3)]
    public void Other_fractions_have_no_such_decimal(string text, int digits)
    {
        Assert.False(Rational.Parse(text).TryDecimal(digits, out string written));
        Assert.Equal("", written);
    }

    [Fact]
    public void A_decimal_is_found_exactly_where_one_exists()
    {
        // The oracle multiplies by 10 until the fraction is whole.
        Gen<Rational> generator =
            from n in Gen.Choose(-5000, 5000)
            from twos in Gen.Choose(0, 12)
            from fives in Gen.Choose(0, 8)
            from three in Gen.Elements(1, 1, 1, 3)
            select Rational.Of(n, BigInteger.Pow(2, twos) * BigInteger.Pow(5, fives) * three);
        Prop.ForAll(
                Arb.From(generator),
                x =>
                {
                    Rational scaled = x;
                    for (int i = 0; i < 20 && !scaled.IsInteger; i++)
                        scaled *= 10;
                    string digits = scaled.ToString().Trim('-').TrimEnd('0');
                    bool expected = scaled.IsInteger && digits.Length <= 9;
                    bool found = x.TryDecimal(9, out string text);
                    return found == expected && (!found || Rational.Parse(text) == x);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "~";
        odd.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal("-1/3", Rational.Parse("-1/3").ToString());
            Assert.Equal(Rational.Of(-1, 10), Rational.FromDouble(-0.1));
            Assert.True(Rational.Of(-3, 8).TryDecimal(3, out string text));
            Assert.Equal("-0.375", text);
            Assert.Equal("-1.50000e-7", Decimals.Format(-1.5e-7, 6));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

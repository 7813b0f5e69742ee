using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

public class RationalDoubleTests
{
    private static readonly Arbitrary<double> AnyDouble = Arb.From(
        Gen.OneOf(
                from high in Gen.Choose(int.MinValue, int.MaxValue)
                from low in Gen.Choose(int.MinValue, int.MaxValue)
                select BitConverter.Int64BitsToDouble(((long)high << 32) | (uint)low),
                from n in Gen.Choose(-100_000, 100_000)
                from d in Gen.Elements(1.0, 10, 100, 1e6)
                select n / d,
                from low in Gen.Choose(int.MinValue, int.MaxValue)
                select BitConverter.Int64BitsToDouble((uint)low) // subnormal
            )
            .Where(double.IsFinite)
    );

    [Fact]
    public void A_double_is_the_fraction_of_its_shortest_text()
    {
        Assert.Equal("1/10", Rational.FromDouble(0.1).ToString());
        Assert.Equal("-5/2", Rational.FromDouble(-2.5).ToString());
        Assert.Equal("0", Rational.FromDouble(-0.0).ToString());
        Assert.Equal(Rational.Parse("5e-324"), Rational.FromDouble(double.Epsilon));
        Assert.Equal(Rational.Parse("1.7976931348623157e308"), Rational.FromDouble(double.MaxValue));
        Assert.Equal("1/10", Rational.FromSingle(0.1f).ToString());
        Assert.NotEqual(Rational.FromDouble(0.1f), Rational.FromSingle(0.1f));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_no_fraction(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Rational.FromDouble(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rational.FromSingle((float)value));
    }

    [Fact]
    public void Every_double_and_float_comes_back()
    {
        Prop.ForAll(AnyDouble, x => (double)Rational.FromDouble(x) == x && (double)Exact.Value(x) == x).QuickCheckThrowOnFailure();
        Prop.ForAll(AnyDouble, x => !float.IsFinite((float)x) || (float)Rational.FromSingle((float)x) == (float)x)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rounding_is_to_the_nearest_and_of_two_to_the_even()
    {
        Prop.ForAll(
                AnyDouble,
                x =>
                {
                    double next = Math.BitIncrement(x);
                    if (!double.IsFinite(next) || x == 0)
                        return true;
                    Rational low = Exact.Value(x);
                    Rational high = Exact.Value(next);
                    Rational middle = (low + high) / 2;
                    Rational crumb = (high - low) / Rational.Of(BigInteger.Pow(10, 40), 1);
                    double even = (BitConverter.DoubleToInt64Bits(x) & 1) == 0 ? x : next;
                    return (double)(middle - crumb) == x && (double)middle == even && (double)(middle + crumb) == next;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Quotients_of_small_whole_numbers_agree_with_the_processor()
    {
        Prop.ForAll(
                Arb.From(from n in Gen.Choose(int.MinValue, int.MaxValue) from d in Gen.Choose(1, int.MaxValue) select (n, d)),
                q => (double)Rational.Of(q.n, q.d) == (double)q.n / q.d
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_size_is_converted()
    {
        Rational huge = BigInteger.Pow(10, 400);
        Assert.Equal(double.PositiveInfinity, (double)huge);
        Assert.Equal(double.NegativeInfinity, (double)(-huge));
        Assert.Equal(0.0, (double)(1 / huge));
        Assert.Equal(1 / 3.0, (double)(huge * huge / (3 * huge * huge)));
        Assert.Equal(double.PositiveInfinity, (double)(Rational)BigInteger.Pow(2, 20_000));
        Assert.Equal(0.0, (double)(1 / (Rational)BigInteger.Pow(2, 20_000)));
        // The boundary to infinity lies half a unit above the largest double; half the smallest is a tie, and 0 is even.
        Rational boundary = Exact.Value(double.MaxValue) + (Rational)BigInteger.Pow(2, 970);
        Assert.Equal(double.PositiveInfinity, (double)boundary);
        Assert.Equal(double.MaxValue, (double)(boundary - Rational.One));
        Rational half = Exact.Value(double.Epsilon) / 2;
        Assert.Equal(0.0, (double)half);
        Assert.Equal(double.Epsilon, (double)(half + half / huge));
    }

    [Fact]
    public void A_float_is_rounded_once()
    {
        // Just above the middle of two floats: by way of double it would fall on the middle, and then to the even float below.
        Rational above = 1 + Rational.Of(1, BigInteger.Pow(2, 24)) + Rational.Of(1, BigInteger.Pow(2, 80));
        Assert.Equal(1f, (float)(double)above);
        Assert.Equal(MathF.BitIncrement(1f), (float)above);
        Assert.Equal(float.PositiveInfinity, (float)Rational.Parse("3.5e38"));
        Assert.Equal(float.Epsilon, (float)Rational.Parse("1e-45"));
    }
}

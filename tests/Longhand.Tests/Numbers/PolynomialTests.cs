using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

/// <summary>Whole numbers that may hold letters.</summary>
public class PolynomialTests
{
    private static readonly Polynomial n = Polynomial.Letter("n"),
        m = Polynomial.Letter("m");

    [Fact]
    public void It_is_written_with_the_longest_products_first()
    {
        Assert.Equal("m·n + m", (m + n * m).ToString());
        Assert.Equal("n² − 2·n + 1", ((n - Polynomial.Of(1)) * (n - Polynomial.Of(1))).ToString());
        Assert.Equal("−3", Polynomial.Of(-3).ToString());
        Assert.Equal("0", (n - n).ToString());
        Assert.Equal("−n + 2", (Polynomial.Of(2) - n).ToString());
        Assert.Equal("2·(m + n)", ((n + m) * Polynomial.Of(2)).ToFactoredString());
        Assert.Equal("2·n", (n * Polynomial.Of(2)).ToFactoredString());
        Assert.Equal("3·m + 2", (m * Polynomial.Of(3) + Polynomial.Of(2)).ToFactoredString());
        Assert.Equal("(n + 1)", (n + Polynomial.Of(1)).ToFactor());
        Assert.Equal("n¹²", Enumerable.Repeat(n, 12).Aggregate((a, b) => a * b).ToString());
    }

    [Fact]
    public void It_obeys_the_laws_of_a_ring()
    {
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            (Polynomial a, Polynomial b, Polynomial c) = (Any(random), Any(random), Any(random));
            Assert.Equal(a + b, b + a);
            Assert.Equal(a * b, b * a);
            Assert.Equal((a + b) * c, a * c + b * c);
            Assert.Equal(a * (b * c), a * b * c);
            Assert.Equal((a * b).GetHashCode(), (b * a).GetHashCode());
            Assert.True((a - a).IsZero);
            var at = new Dictionary<string, int> { ["m"] = random.Next(-50, 50), ["n"] = random.Next(-50, 50) };
            Assert.Equal(a.At(at) * b.At(at) - c.At(at), (a * b - c).At(at));
        }
    }

    [Fact]
    public void A_number_stays_one_of_any_size()
    {
        Polynomial large = Polynomial.Of(long.MaxValue);
        Assert.Equal(long.MaxValue, large.ToInt64());
        Assert.Throws<OverflowException>(() => (large * large).ToInt64());
        Assert.Null(n.Number);
        Assert.Contains("n has letters in it", Assert.Throws<LonghandException>(() => n.ToInt64()).Message);
        Assert.Equal(["m", "n"], (n * m + n).Letters);
    }

    [Fact]
    public void What_nobody_could_read_is_given_up()
    {
        Polynomial sum = Enumerable.Range(0, 60).Select(i => Polynomial.Letter($"a{i}")).Aggregate((a, b) => a + b);
        Assert.Contains("2,000 terms", Assert.Throws<LonghandException>(() => sum * sum * sum).Message);
    }

    private static Polynomial Any(Random random)
    {
        Polynomial sum = Polynomial.Of(random.Next(-3, 4));
        for (int i = random.Next(4); i > 0; i--)
            sum += Polynomial.Of(random.Next(-5, 6)) * (random.Next(2) == 0 ? n : m) * (random.Next(3) == 0 ? n : Polynomial.Of(1));
        return sum;
    }
}

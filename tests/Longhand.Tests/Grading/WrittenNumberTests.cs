using Longhand.Grading;
using Xunit;

namespace Longhand.Tests.Grading;

/// <summary>Numbers as people write them, and how precisely they speak.</summary>
public class WrittenNumberTests
{
    [Theory]
    [InlineData("0.3775", 0.3775, 0.00005)]
    [InlineData("0,3775", 0.3775, 0.00005)]
    [InlineData("-0.5", -0.5, 0.05)]
    [InlineData("−0,50", -0.5, 0.005)]
    [InlineData("–2", -2, 0.5)]
    [InlineData("1/8", 0.125, 0)]
    [InlineData("- 1 / 8", -0.125, 0)]
    [InlineData("2e-3", 0.002, 0.0005)]
    [InlineData("2,5E-3", 0.0025, 0.00005)]
    [InlineData("2.5·10^-3", 0.0025, 0.00005)]
    [InlineData("2.5 * 10^−3", 0.0025, 0.00005)]
    [InlineData("38 %", 0.38, 0.005)]
    [InlineData("≈ 0.59", 0.59, 0.005)]
    [InlineData("= 14", 14, 0.5)]
    [InlineData("1 234,5", 1234.5, 0.05)]
    public void A_number_is_read_with_half_a_unit_of_its_last_digit(string text, double value, double halfUnit)
    {
        Assert.True(WrittenNumber.TryParse(text, out WrittenNumber? number, out string? reason), reason);
        Assert.Equal(value, number.Value, 1e-15);
        Assert.Equal(halfUnit, number.HalfUnit, 1e-15);
    }

    [Theory]
    [InlineData("1.234,5", "more than one sign that could be the decimal one")]
    [InlineData("1,234,567", "more than one sign that could be the decimal one")]
    [InlineData("NaN", "not a finite number")]
    [InlineData("∞", "not a finite number")]
    [InlineData("1e999", "out of reach")]
    [InlineData("1/0", "divides by zero")]
    [InlineData("about half", "not a number")]
    [InlineData("σ(0.3)", "not a number")]
    [InlineData("", "missing")]
    public void What_is_no_number_is_refused_with_a_reason(string text, string because)
    {
        Assert.False(WrittenNumber.TryParse(text, out _, out string? reason));
        Assert.Contains(because, reason);
    }

    [Fact]
    public void A_text_without_end_is_refused()
    {
        Assert.False(WrittenNumber.TryParse(new string('1', 100_000), out _, out string? reason));
        Assert.Contains("100000 characters", reason);
    }
}

using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>The reader of printed lines: it must accept what holds and refuse what does not.</summary>
public class LineReaderTests
{
    [Theory]
    [InlineData("0.15·0.05 + 0.2·0.1 + 0.35", "0.3775")]
    [InlineData("3 − 0.1·2", "2.8")]
    [InlineData("−2 − 3·(−4)", "10")]
    [InlineData("½(6 − 5)²", "0.5")]
    [InlineData("¼(1 + 2 + 3 + 4)", "2.5")]
    [InlineData("σ(0.3775)", "0.593270")]
    [InlineData("tanh(−1)", "−0.761594")]
    [InlineData("max(0, −3)", "0")]
    [InlineData("ln(e^1 + e^2) − 2", "0.313262")]
    [InlineData("e^1000/(e^1000 + e^999)", "0.731059")]
    [InlineData("ln(e^(−1000) + e^(−1001))", "−999.687")]
    [InlineData("ln(1 + e^1000)", "1000")]
    [InlineData("|−0.5|·2", "1")]
    [InlineData("√2", "1.41421")]
    [InlineData("√(2·2)", "2")]
    [InlineData("1·½(1 + erf(1/√2))", "0.841345")]
    [InlineData("½ + arctan(1)/π", "0.75")]
    [InlineData("0.333333·3", "1.00000")]
    [InlineData("1.23450e−7·2", "2.46900e−7")]
    [InlineData("(−0.5)²", "0.25")]
    [InlineData("1/3 + 1/6", "0.5")]
    [InlineData("½(1.00000 − 1)/(1.00000·(1 − 1.00000))", "−0.500000")]
    [InlineData("[1, 2; 3, 4]·[0.5; −1] + [1; 2]", "[−0.5; −0.5]")]
    [InlineData("[1, 2; 3, 4]ᵀ·[1; 1]", "[4; 6]")]
    [InlineData("[1; 2]·[3, 4]", "[3, 4; 6, 8]")]
    [InlineData("[1, 2; 3, 4] + [10; 20]", "[11, 12; 23, 24]")]
    [InlineData("diag([2; 3])·[4; 5]", "[8; 15]")]
    [InlineData("[2; 3] ⊙ (1 − [4; 5])", "[−6; −12]")]
    [InlineData("max(0, [−1; 2])", "[0; 2]")]
    [InlineData("0.1·[1; 2]/(√[4; 9] + 1)", "[0.0333333; 0.05]")]
    [InlineData("σ([0.3775; 0])", "[0.593270; 0.5]")]
    [InlineData("[1, 2]·[3; 4]", "11")]
    public void A_line_that_holds_is_read(string left, string right) => Assert.Null(new LineReader(6).Disagreement(left, right));

    [Theory]
    [InlineData("0.15·0.05 + 0.2·0.1 + 0.35", "0.3774")]
    [InlineData("3 − 0.1·2", "2.9")]
    [InlineData("−2²", "4")]
    [InlineData("σ(0.3775)", "0.593370")]
    [InlineData("max(0, −3)", "3")]
    [InlineData("0.333333·3", "1.00010")]
    [InlineData("(1 − 1)/(2 − 2)", "1")]
    [InlineData("2·(3 + 4", "14")]
    [InlineData("2·3 4", "6")]
    [InlineData("2 + + 3", "5")]
    [InlineData("sinh(1)", "1.17520")]
    [InlineData("[1, 2; 3, 4]·[0.5; −1]", "[−1.5; −2.6]")]
    [InlineData("[1, 2; 3, 4]·[0.5, −1]", "[−1.5; −2.5]")]
    [InlineData("[1, 2; 3]·[0.5; −1]", "[−1.5; −2.5]")]
    [InlineData("[1; 2]", "[1, 2]")]
    [InlineData("[1; 2]", "[1; 2; 3]")]
    [InlineData("[1; 2", "[1; 2]")]
    public void A_line_that_does_not_hold_is_refused(string left, string right) =>
        Assert.NotNull(new LineReader(6).Disagreement(left, right));

    [Fact]
    public void What_rounding_can_move_is_allowed_and_no_more()
    {
        // 1.00000 may stand for anything within half a unit of its last digit, and times 1000 that is 0.005.
        Assert.Null(new LineReader(6).Disagreement("1.00000·1000", "1000.00"));
        Assert.Null(new LineReader(6).Disagreement("1.00000·1000", "1000.005"));
        Assert.NotNull(new LineReader(6).Disagreement("1.00000·1000", "1000.02"));
        // 1 is exact.
        Assert.NotNull(new LineReader(6).Disagreement("1·1000", "1000.002"));
    }
}

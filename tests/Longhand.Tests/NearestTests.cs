using Xunit;

namespace Longhand.Tests;

public class NearestTests
{
    private static readonly string[] known = ["circle", "circles", "xor", "gauss", "dense", "sin", "tan", "tanh"];

    [Theory]
    [InlineData("cirlce", "circle")]
    [InlineData("circel", "circle")]
    [InlineData("Circls", "circle")]
    [InlineData("dens", "dense")]
    [InlineData("gaus", "gauss")]
    [InlineData("xro", "xor")]
    [InlineData("sinx", "sin")]
    [InlineData("tahn", "tanh")]
    public void A_slip_finds_its_word(string word, string expected) => Assert.Equal(expected, Nearest.Word(word, known));

    [Theory]
    [InlineData("spiral")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("abc")]
    public void What_is_far_from_all_finds_none(string word) => Assert.Null(Nearest.Word(word, known));

    [Fact]
    public void A_long_word_costs_nothing()
    {
        string endless = new('c', 1_000_000);
        Assert.Null(Nearest.Word(endless, [endless]));
    }

    [Fact]
    public void A_suggestion_is_a_sentence_or_nothing()
    {
        Assert.Equal(" Did you mean \"dense\"?", Nearest.Suggestion("dnese", known));
        Assert.Equal("", Nearest.Suggestion("zzzzzz", known));
    }

    [Fact]
    public void What_a_message_quotes_is_short_and_steers_no_terminal()
    {
        Assert.Equal("\"a\\u001b[31mb\"", Quoted.Of("a\u001b[31mb"));
        Assert.Equal('"' + new string('a', 60) + "…\"", Quoted.Of(new string('a', 61)));
    }
}

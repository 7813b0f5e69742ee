using System.Text.Json;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The command <c>summary</c> with letters for sizes.</summary>
public class LetterSummaryCommandTests
{
    private const string Course = "n -> dense m -> dense r sigmoid -> dense s";

    [Fact]
    public void Formulas_are_written() => Golden.Check("summary-letters", CommandLine.Run("summary", Course, "--dtype", "f16").Output);

    [Fact]
    public void Numbers_stand_beside_formulas() =>
        Golden.Check(
            "summary-letters-set",
            CommandLine.Run("summary", Course, "--dtype", "f16", "--set", "n=4,m=3", "--set", "r=2,s=1").Output
        );

    [Fact]
    public void Images_may_have_letters() =>
        Golden.Check(
            "summary-letters-image",
            CommandLine.Run("summary", "hxwx3 -> conv k 3x3 pad same relu -> conv 8 3x3 relu -> globalavgpool -> dense 10 softmax").Output
        );

    [Fact]
    public void In_json_formulas_are_texts_and_numbers_numbers()
    {
        JsonElement json = CommandLine.Run("summary", Course, "--dtype", "f16", "--set", "n=4,m=3,r=2,s=1", "--json").Json();
        Assert.Equal("[\"n\",\"m\",\"r\",\"s\"]", json.GetProperty("letters").GetRawText());
        Assert.Equal("[\"n\"]", json.GetProperty("input").GetRawText());
        Assert.Equal("m·n + m", json.GetProperty("layers")[0].GetProperty("parameters").GetString());
        Assert.Equal(0, json.GetProperty("layers")[2].GetProperty("parameters").GetInt32());
        Assert.Equal("2·m + 2·r + 2·s", json.GetProperty("memory").GetProperty("storedByCourse").GetString());
        Assert.Equal(4, json.GetProperty("set").GetProperty("n").GetInt32());
        JsonElement memory = json.GetProperty("numbers").GetProperty("memory");
        Assert.Equal((18, 12), (memory.GetProperty("stored").GetInt32(), memory.GetProperty("storedByCourse").GetInt32()));
        // What is known as a number when some of the letters are.
        json = CommandLine.Run("summary", Course, "--set", "n=4", "--json").Json().GetProperty("numbers");
        Assert.Equal("5·m", json.GetProperty("layers")[0].GetProperty("parameters").GetString());
        Assert.Equal("[4]", json.GetProperty("input").GetRawText());
    }

    [Fact]
    public void A_formula_with_all_numbers_can_be_opened() =>
        Assert.Equal(
            "(4 + 1)·3 = 15\n",
            CommandLine.Run("summary", "n -> dense m", "--set", "n=4,m=3", "--why", "dense1.parameters").Output
        );

    [Theory]
    [InlineData("n -> dense m", "q=3", "Its letters are m, n.")]
    [InlineData("2 -> dense 3", "n=3", "All of its sizes are numbers.")]
    [InlineData("n -> dense m", "n=0", "n is 0, but a whole number of at least 1 is needed")]
    [InlineData("n -> dense m", "n", "as in --set n=4,m=3")]
    [InlineData("n -> dense m", "n=1,n=2", "n is given twice")]
    [InlineData("hxw -> conv 2 3x3", "h=2", "1 too few")]
    [InlineData("n -> dense m", "n=2000000000,m=2000000000", "64 bits")]
    public void Numbers_that_do_not_fit_are_refused(string network, string set, string part) =>
        Assert.Contains(part, CommandLine.Run("summary", network, "--set", set).Refusal());

    [Fact]
    public void Letters_are_for_summary_alone()
    {
        Assert.Contains("--why shows formulas with numbers", CommandLine.Run("summary", "n -> dense m", "--why", "macs").Refusal());
        foreach (string command in (string[])["explain", "collapse", "matrix"])
            Assert.Contains("for summary alone", CommandLine.Run(command, "n -> dense m").Refusal());
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("n.yaml"), "network: 2 -> dense m\ndata: xor\nloss: mse\n");
        Assert.Contains("for summary alone", CommandLine.Run("train", folder.File("n.yaml")).Refusal());
        File.WriteAllText(folder.File("n.txt"), "n -> dense m\n");
        Assert.Contains("m·n + m", CommandLine.Run("summary", folder.File("n.txt")).Output);
    }
}

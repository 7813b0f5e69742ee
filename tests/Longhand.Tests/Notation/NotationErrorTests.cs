using Xunit;

namespace Longhand.Tests;

/// <summary>Texts that are no networks, and the sentences that a person reads then.</summary>
public class NotationErrorTests
{
    [Theory]
    [InlineData("2 -> dense 3 -> dens 1", "part 3 \"dens 1\": unknown layer \"dens\". Did you mean \"dense\"? (character 17)")]
    [InlineData("2 -> 4 -> 1", "part 2 \"4\": \"4\" is a number, not a layer. Did you mean \"dense 4\"? (character 6)")]
    [InlineData("2 -> 4 relu -> 1", "part 2 \"4 relu\": \"4\" is a number, not a layer. Did you mean \"dense 4 relu\"? (character 6)")]
    [InlineData(
        "2 -> dense 8 relu dropout 0.5",
        "part 2 \"dense 8 relu dropout 0.5\": \"dropout\" begins a part of its own. Write \"dense 8 relu -> dropout 0.5\". (character 19)"
    )]
    [InlineData(
        "2 -",
        "part 1 \"2 -\": a lone \"-\" is what a shell leaves of an arrow. Quote the network: \"2 -> dense 1\". (character 3)"
    )]
    [InlineData(
        "2 - 8 tanh - 1",
        "part 1 \"2 - 8 tanh - 1\": a lone \"-\" is what a shell leaves of an arrow. Quote the network: \"2 -> dense 1\". (character 3)"
    )]
    [InlineData(
        "2- 8",
        "part 1 \"2- 8\": a lone \"-\" is what a shell leaves of an arrow. Quote the network: \"2 -> dense 1\". (character 1)"
    )]
    [InlineData("", "The network is empty. A network begins with the input's size, as in \"2 -> dense 1\".")]
    [InlineData("  \n", "The network is empty. A network begins with the input's size, as in \"2 -> dense 1\".")]
    [InlineData("2 -> -> dense 1", "part 2 is empty. Between two arrows a layer is missing. (character 6)")]
    [InlineData("2 ->", "part 2 is empty. Behind the last arrow a layer is missing. (character 3)")]
    [InlineData("-> dense 1", "part 1 is empty. A network begins with the input's size, as in \"2 -> dense 1\". (character 1)")]
    [InlineData("2", "part 1 \"2\": behind the input a network has at least one layer, as in \"2 -> dense 1\". (character 1)")]
    [InlineData("dense 2 -> dense 1", "part 1 \"dense 2\": a network begins with the input's size, as in \"2 -> dense 2\". (character 1)")]
    [InlineData("FC5 -> dense 1", "part 1 \"FC5\": a network begins with the input's size, as in \"2 -> FC5\". (character 1)")]
    [InlineData("2 -> dense", "part 2 \"dense\": the number of units is missing. Usage: dense N [nobias] (character 6)")]
    [InlineData(
        "2 -> dense 2.5",
        "part 2 \"dense 2.5\": the number of units is 2.5, but a whole number of at least 1 is needed. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense -1",
        "part 2 \"dense -1\": the number of units is -1, but a whole number of at least 1 is needed. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense 10000000000",
        "part 2 \"dense 10000000000\": the number of units is 10000000000, but more than 2147483647 is not supported. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense 010",
        "part 2 \"dense 010\": the number of units cannot be read: \"010\" could be read as 10 or as octal 8; write 10. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense 0",
        "part 2 \"dense 0\": the number of units is 0, but a whole number of at least 1 is needed. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense 8 nobias nobias",
        "part 2 \"dense 8 nobias nobias\": \"nobias\" is given twice. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> dense 8 nobais",
        "part 2 \"dense 8 nobais\": dense does not take \"nobais\". Did you mean \"nobias\"? Usage: dense N [nobias] (character 14)"
    )]
    [InlineData(
        "2 -> dense 8 rleu",
        "part 2 \"dense 8 rleu\": dense does not take \"rleu\". Did you mean \"relu\"? Usage: dense N [nobias] (character 14)"
    )]
    [InlineData(
        "2 -> dense m",
        "part 2 \"dense m\": a number belongs where \"m\" stands; letters as sizes are for summary alone. Usage: dense N [nobias] (character 12)"
    )]
    [InlineData(
        "n -> dense m",
        "part 1 \"n\": a network begins with the input's size, but \"n\" is not a number. Write one, as in \"2 -> dense 1\". Letters as sizes are for summary alone. (character 1)"
    )]
    [InlineData("2 -> dense 8 banana", "part 2 \"dense 8 banana\": dense does not take \"banana\". Usage: dense N [nobias] (character 14)")]
    [InlineData("2 -> dense 8 x=3", "part 2 \"dense 8 x=3\": dense does not take \"x=3\". Usage: dense N [nobias] (character 14)")]
    [InlineData("2 -> dense 8 4", "part 2 \"dense 8 4\": dense does not take \"4\". Usage: dense N [nobias] (character 14)")]
    [InlineData("2 -> 3 * (dense 8", "part 2 \"3 * (dense 8\": the \"(\" of this repetition is never closed with a \")\". (character 6)")]
    [InlineData("2 -> dense 8)", "part 2 \"dense 8)\": this \")\" closes nothing; there is no \"(\" before it. (character 13)")]
    [InlineData("2 -> 3 * (dense 8))", "part 2 \"3 * (dense 8))\": this \")\" closes nothing; there is no \"(\" before it. (character 19)")]
    [InlineData("2 -> 3*()", "part 2 \"3*()\": a layer is missing before \")\". (character 9)")]
    [InlineData("2 -> 3 * ( -> dense 8)", "part 2 \"3 * (\": a layer is missing behind \"(\". (character 10)")]
    [InlineData("2 -> 3 * (dense 8 ->)", "part 3 \")\": a layer is missing before \")\". (character 21)")]
    [InlineData(
        "2 -> 0 * (dense 8)",
        "part 2 \"0 * (dense 8)\": the count of the repetition is 0, but a whole number of at least 1 is needed. (character 6)"
    )]
    [InlineData(
        "2 -> 1000000 * (dense 8)",
        "part 2 \"1000000 * (dense 8)\": the count of the repetition is 1000000, but a network has at most 100000 layers. (character 6)"
    )]
    [InlineData(
        "2 -> 100000 * (100000 * (relu))",
        "part 2 \"100000 * (100000 * (relu))\": the repetition makes 10000000000 layers, but a network has at most 100000. (character 6)"
    )]
    [InlineData(
        "2 -> 50001 * (dense 8 relu)",
        "part 2 \"50001 * (dense 8 relu)\": the repetition makes 100002 layers, but a network has at most 100000. (character 6)"
    )]
    [InlineData(
        "2 -> 3 * dense 8 relu",
        "part 2 \"3 * dense 8 relu\": what is repeated stands in parentheses, as in \"3 * (dense 8 relu)\". (character 6)"
    )]
    [InlineData(
        "2 -> (dense 8)",
        "part 2 \"(dense 8)\": parentheses repeat what stands in them; before them belongs a count, as in \"3 * (dense 8)\". (character 6)"
    )]
    [InlineData(
        "2 -> 3 (dense 8)",
        "part 2 \"3 (dense 8)\": between the count and its parentheses a star is missing: \"3 * (\". (character 6)"
    )]
    [InlineData(
        "2 -> dense 8 (relu)",
        "part 2 \"dense 8 (relu)\": a \"(\" stands behind a count and a star at the beginning of a part, as in \"3 * (dense 8)\". (character 14)"
    )]
    [InlineData("2 -> dense 8 * 3", "part 2 \"dense 8 * 3\": a repetition begins with its count, as in \"3 * (dense 8)\". (character 14)")]
    [InlineData("2 -> * (dense 8)", "part 2 \"* (dense 8)\": a repetition begins with its count, as in \"3 * (dense 8)\". (character 6)")]
    [InlineData(
        "2 -> 3 * (dense 8) relu",
        "part 2 \"3 * (dense 8) relu\": behind \")\" an arrow is missing: \") ->\" before \"relu\". (character 20)"
    )]
    [InlineData("2 -> dense 3 as a -> from b", "part 3 \"from b\": no value is called \"b\". There are a. (character 22)")]
    [InlineData(
        "2 -> dense 3 as short -> dense 3 -> add shrot",
        "part 4 \"add shrot\": no value is called \"shrot\". Did you mean \"short\"? (character 37)"
    )]
    [InlineData(
        "2 -> dense 3 -> add x",
        "part 3 \"add x\": no value is called \"x\". Name one with \"as NAME\" behind a layer. (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 -> from dense1",
        "part 3 \"from dense1\": no value is called \"dense1\". It is a layer: give its value a name with \"as NAME\" behind it. (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 as a -> dense 3 as a",
        "part 3 \"dense 3 as a\": the name \"a\" is given twice, first in part 2. (character 33)"
    )]
    [InlineData("2 -> dense 3 as", "part 2 \"dense 3 as\": behind \"as\" a name is missing. (character 14)")]
    [InlineData(
        "2 -> dense 3 as 3",
        "part 2 \"dense 3 as 3\": \"3\" is not a name. A name begins with a letter and goes on with letters, digits, \"_\" or \"-\", as in \"short\". (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 as relu",
        "part 2 \"dense 3 as relu\": \"relu\" is a word of the notation. Choose another name behind \"as\". (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 as From",
        "part 2 \"dense 3 as From\": \"From\" is a word of the notation. Choose another name behind \"as\". (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 as dense1",
        "part 2 \"dense 3 as dense1\": \"dense1\" is the name of a layer. Choose another name behind \"as\". (character 17)"
    )]
    [InlineData("2 -> dense 3 as a b", "part 2 \"dense 3 as a b\": behind \"as\" stands one name, but \"b\" follows it. (character 19)")]
    [InlineData(
        "2 -> dense 3 as a relu",
        "part 2 \"dense 3 as a relu\": \"relu\" begins a part of its own. Write \"dense 3 as a -> relu\". (character 19)"
    )]
    [InlineData(
        "2 -> as a",
        "part 2 \"as a\": \"as\" names the value of the part it stands in; it takes no arrow before it. (character 9)"
    )]
    [InlineData(
        "2 -> dense 3 as a -> dense 3 -> add a relu",
        "part 4 \"add a relu\": \"relu\" begins a part of its own. Write \"add a -> relu\". (character 39)"
    )]
    [InlineData(
        "2 -> dense 3 -> add",
        "part 3 \"add\": add joins the current value with others: name at least one, as in \"add short\". (character 17)"
    )]
    [InlineData(
        "2 -> dense 3 -> add relu",
        "part 3 \"add relu\": behind \"add\" belongs the name of a value, but \"relu\" is a word of the notation. (character 21)"
    )]
    [InlineData("2 -> from", "part 2 \"from\": behind \"from\" the name of a value is missing, as in \"from short\". (character 6)")]
    [InlineData(
        "2 as a -> dense 3 -> from a dense 4",
        "part 3 \"from a dense 4\": \"dense\" begins a part of its own. Write \"from a -> dense 4\". (character 29)"
    )]
    [InlineData(
        "2 as a -> from a b",
        "part 2 \"from a b\": \"from\" continues from one value; \"add\" and \"concat\" join several. (character 18)"
    )]
    [InlineData(
        "2 as a -> dense 3 -> add a",
        "part 3 \"add a\": add reads values of one shape, but was given 3 and 2. (character 22)",
        true
    )]
    [InlineData("0 -> dense 1", "part 1 \"0\": the input's size is 0, but a whole number of at least 1 is needed. (character 1)")]
    [InlineData("-3 -> dense 1", "part 1 \"-3\": the input's size is -3, but a whole number of at least 1 is needed. (character 1)")]
    [InlineData("2.5 -> dense 1", "part 1 \"2.5\": the input's size is 2.5, but a whole number of at least 1 is needed. (character 1)")]
    [InlineData(
        "10000000000 -> dense 1",
        "part 1 \"10000000000\": the input's size is 10000000000, but more than 2147483647 is not supported. (character 1)"
    )]
    [InlineData(
        "2147483647x2147483647x2147483647 -> dense 1",
        "part 1 \"2147483647x2147483647x2147483647\": the input has more numbers than can be counted in 64 bits. (character 1)",
        true
    )]
    [InlineData(
        "8x8x8x8 -> dense 1",
        "part 1 \"8x8x8x8\": an input has one size (features), two (height x width) or three (height x width x channels), not 4. (character 1)"
    )]
    [InlineData("28 28 -> dense 1", "part 1 \"28 28\": the sizes of an image are joined by \"x\": \"28x28\". (character 4)")]
    [InlineData("28x -> dense 1", "part 1 \"28x\": the width is missing. (character 1)")]
    [InlineData("28x0 -> relu", "part 1 \"28x0\": the width is 0, but a whole number of at least 1 is needed. (character 1)")]
    [InlineData("2 dense 1", "part 1 \"2 dense 1\": \"dense\" begins a part of its own. Write \"2 -> dense 1\". (character 3)")]
    [InlineData("2 => dense 1", "part 1 \"2 => dense 1\": \"=>\" is not an arrow. Write \"->\". (character 3)")]
    [InlineData("2 --> dense 1", "part 1 \"2 -\": before the arrow stands another \"-\". Write \"->\". (character 3)")]
    [InlineData("2 – > dense 1", "part 1 \"2 – > dense 1\": \">\" is not an arrow. Write \"->\". (character 5)")]
    [InlineData("2 -> dense8", "part 2 \"dense8\": unknown layer \"dense8\". Did you mean \"dense 8\"? (character 6)")]
    [InlineData("2 -> FCx", "part 2 \"FCx\": unknown layer \"FCx\". Did you mean \"fc\"? (character 6)")]
    [InlineData(
        "2 -> FC0",
        "part 2 \"FC0\": the number of units is 0, but a whole number of at least 1 is needed. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2 -> FC5 relu relu",
        "part 2 \"FC5 relu relu\": \"relu\" is a second activation. Write \"FC5 relu -> relu\". (character 15)"
    )]
    [InlineData(
        "2 -> relu dense 3",
        "part 2 \"relu dense 3\": \"dense\" begins a part of its own. Write \"relu -> dense 3\". (character 11)"
    )]
    [InlineData(
        "2 -> dense 8 dense 3",
        "part 2 \"dense 8 dense 3\": \"dense\" begins a part of its own. Write \"dense 8 -> dense 3\". (character 14)"
    )]
    [InlineData(
        "2 -> dense 8 relu nobias",
        "part 2 \"dense 8 relu nobias\": \"nobias\" belongs to dense. Write it before \"relu\". (character 19)"
    )]
    [InlineData("2 -> dense 8 relu 0.2", "part 2 \"dense 8 relu 0.2\": relu does not take \"0.2\". Usage: relu (character 19)")]
    [InlineData("2 -> dropout 1", "part 2 \"dropout 1\": the share that dropout drops is at least 0 and below 1, not 1. (character 6)")]
    [InlineData("2 -> dropout 1.5", "part 2 \"dropout 1.5\": p is 1.5, but a number from 0 to 1 is needed. Usage: dropout P (character 6)")]
    [InlineData(
        "2 -> dropout p=x",
        "part 2 \"dropout p=x\": p cannot be read: \"x\" is not a number; write a decimal such as 0.15 or 2e-3, or a fraction such as 1/3. Usage: dropout P (character 6)"
    )]
    [InlineData("2 -> dropout p", "part 2 \"dropout p\": \"p\" needs a value behind it. Usage: dropout P (character 6)")]
    [InlineData(
        "2 -> dropout 0.1 p=0.2",
        "part 2 \"dropout 0.1 p=0.2\": \"p\" is given twice, once by position. Usage: dropout P (character 6)"
    )]
    [InlineData("2 -> dropuot 0.1", "part 2 \"dropuot 0.1\": unknown layer \"dropuot\". Did you mean \"dropout\"? (character 6)")]
    [InlineData(
        "2 -> 8x8",
        "part 2 \"8x8\": \"8x8\" is a size, but only the input is written as one. Behind an arrow stands a layer. (character 6)"
    )]
    [InlineData(
        "010 -> dense 1",
        "part 1 \"010\": the input's size cannot be read: \"010\" could be read as 10 or as octal 8; write 10. (character 1)"
    )]
    [InlineData(
        "2 -> 3 * (relu as a) -> add a",
        "part 3 \"add a\": the name \"a\" was given within a repetition, and each round keeps its names to itself. (character 25)"
    )]
    [InlineData("2\n-> dense 8\nrelu\ndens 1", "part 4 \"dens 1\": unknown layer \"dens\". Did you mean \"dense\"? (line 4, column 1)")]
    [InlineData(
        "8x8 -> relu -> add x",
        "part 3 \"add x\": no value is called \"x\". Name one with \"as NAME\" behind a layer. (character 16)"
    )]
    [InlineData(
        "2 -> dense 8 from x",
        "part 2 \"dense 8 from x\": \"from\" begins a part of its own. Write \"dense 8 -> from x\". (character 14)"
    )]
    [InlineData(
        "2 -> dense 8\u001b[31m",
        "part 2 \"dense 8\\u001b[31m\": the number of units is \"8\\u001b[31m\", but a whole number is needed. Usage: dense N [nobias] (character 6)"
    )]
    [InlineData(
        "2147483647 -> dense 2147483647 -> dense 2147483647 -> dense 2147483647",
        "part 4 \"dense 2147483647\": with dense3 the network has more numbers than can be counted in 64 bits. (character 55)",
        true
    )]
    [InlineData("2 -> form a", "part 2 \"form a\": unknown layer \"form\". Did you mean \"from\"? (character 6)")]
    [InlineData("2 -> dense nobias", "part 2 \"dense nobias\": the number of units is missing. Usage: dense N [nobias] (character 6)")]
    [InlineData("2, dense 1", "part 1 \"2, dense 1\": \",\" joins nothing here. Between two parts stands an arrow, \"->\". (character 2)")]
    [InlineData(
        "2 | dense 1",
        "part 1 \"2 | dense 1\": \"|\" joins nothing here. Between two parts stands an arrow, \"->\". (character 3)"
    )]
    [InlineData("2 -> dense=3", "part 2 \"dense=3\": unknown layer \"dense=3\". Did you mean \"dense\"? (character 6)")]
    [InlineData("2 -> dense -> relu", "part 2 \"dense\": the number of units is missing. Usage: dense N [nobias] (character 6)")]
    [InlineData(
        "x -> dense 1",
        "part 1 \"x\": a network begins with the input's size, but \"x\" is not a number. Write one, as in \"2 -> dense 1\". (character 1)"
    )]
    [InlineData(
        "28x28xrgb -> dense 1",
        "part 1 \"28x28xrgb\": the number of channels is \"rgb\", but a whole number is needed. (character 1)"
    )]
    [InlineData("2 -> relu 3", "part 2 \"relu 3\": relu does not take \"3\". Usage: relu (character 11)")]
    [InlineData("2 -> 10 x (relu", "part 2 \"10 x (relu\": the \"(\" of this repetition is never closed with a \")\". (character 6)")]
    [InlineData("2 -> as", "part 2 \"as\": behind \"as\" a name is missing. (character 6)")]
    [InlineData("(2 -> dense 1)", "part 1 \"(2\": a network begins with the input's size, as in \"2 -> dense 1\". (character 1)")]
    [InlineData("3 * (2 -> dense 1)", "part 1 \"3 * (2\": a network begins with the input's size, as in \"2 -> dense 1\". (character 3)")]
    [InlineData("\"2 -> dense 1\"", "part 1 \"\"2\": quotation marks stand around the whole network, not in it. (character 1)")]
    [InlineData("2 -> dense 8 as -> relu", "part 2 \"dense 8 as\": behind \"as\" a name is missing. (character 14)")]
    [InlineData("2 -> dense \"8\"", "part 2 \"dense \"8\"\": quotation marks stand around the whole network, not in it. (character 12)")]
    [InlineData(
        "2 -> dense 3,",
        "part 2 \"dense 3,\": \",\" joins nothing here. Between two parts stands an arrow, \"->\". (character 13)"
    )]
    public void What_is_wrong_is_said_with_its_place_and_a_remedy(string text, string message, bool isShape = false)
    {
        LonghandException error = Assert.ThrowsAny<LonghandException>(() => Network.Parse(text));
        Assert.Equal(message, error.Message);
        Assert.Equal(isShape, error is ShapeException);
    }

    [Fact]
    public void A_word_that_nothing_resembles_is_answered_with_all_there_is()
    {
        string message = Assert.Throws<LonghandException>(() => Network.Parse("2 -> banana")).Message;
        Assert.StartsWith("part 2 \"banana\": unknown layer \"banana\". Known: add, ", message);
        Assert.Contains(", dense, dropout, ", message);
        Assert.EndsWith(". (character 6)", message);
    }

    [Theory]
    [InlineData("2\ndense 4\r\ndens 1\n", "(line 3, column 1)")]
    [InlineData("\n2 -> dense 4 ->\n    relu -> dens 1\n", "(line 3, column 13)")]
    [InlineData("2 -> dens 1\n", "(character 6)")]
    public void Places_count_lines_where_there_are_several(string text, string place) =>
        Assert.EndsWith(place, Assert.Throws<LonghandException>(() => Network.Parse(text)).Message);

    [Fact]
    public void Places_in_a_list_count_its_items()
    {
        Assert.Equal(
            "part 3 \"dens 1\": unknown layer \"dens\". Did you mean \"dense\"? (item 3, character 2)",
            Assert.Throws<LonghandException>(() => Network.Parse(["2", "dense 4", " dens 1"])).Message
        );
        Assert.Equal(
            "part 2 is empty: each item of the list holds a part of the network.",
            Assert.Throws<LonghandException>(() => Network.Parse(["2", " ", "dense 1"])).Message
        );
        Assert.StartsWith("The network is empty.", Assert.Throws<LonghandException>(() => Network.Parse(Array.Empty<string>())).Message);
    }

    [Fact]
    public void No_text_is_too_much_for_it()
    {
        Assert.Equal(
            "The text of a network has at most 1000000 characters, not 1000001.",
            Assert.Throws<LonghandException>(() => Network.Parse(new string(' ', 1_000_001))).Message
        );
        Assert.Contains("a network has at most 100000 layers", Problem("2" + string.Concat(Enumerable.Repeat("->relu", 100_001))));
        Assert.Contains("at most 32 deep", Problem("2 -> " + string.Concat(Enumerable.Repeat("1*(", 100_000))));
        Assert.Contains("is never closed", Problem("2 -> 2*(relu -> " + string.Concat(Enumerable.Repeat("2*(relu) -> ", 50_000)) + "relu"));
        Assert.Contains("the repetition makes 10000000000 layers", Problem("2 as a -> 100000 * (100000 * (from a))"));
        Assert.InRange(Problem("2 -> " + new string('x', 900_000)).Length, 1, 400);
        Assert.InRange(Problem("2 -> dense " + new string('1', 900_000)).Length, 1, 400);
        Assert.InRange(Problem(new string('1', 900_000) + " -> dense 1").Length, 1, 400);
    }

    private static string Problem(string text) => Assert.ThrowsAny<LonghandException>(() => Network.Parse(text)).Message;
}

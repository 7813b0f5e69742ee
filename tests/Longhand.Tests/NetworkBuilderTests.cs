using Longhand.Activations;
using Longhand.Layers;
using Xunit;

namespace Longhand.Tests;

/// <summary>Networks and shapes made in code, and what is said when they do not fit.</summary>
public class NetworkBuilderTests
{
    private static string Problem(Action action) => Assert.ThrowsAny<LonghandException>(action).Message;

    [Fact]
    public void A_chain_gets_names_and_flattens()
    {
        Network network = Network.Chain([4, 3, 2], new Dense(5), Activation.Relu, new Dense(1));
        Assert.Equal("flatten1 24, dense1 5, relu1 5, dense2 1", NotationTests.Layers(network));
        Assert.Equal([true, false, false, false], network.Nodes.Select(node => node.Inserted));
        Assert.Equal(["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"], network.Parameters.Select(p => p.Name));
        Assert.Equal("4x3x2 -> dense 5 relu -> dense 1", network.ToString());
        Assert.Empty(network.Warnings);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a->b")]
    [InlineData("a-")]
    [InlineData("dense1.weight")]
    [InlineData("a=b")]
    [InlineData("(a)")]
    public void What_the_notation_could_not_read_is_no_name(string name) =>
        Assert.Equal(
            $"\"{name}\" is not a name. A name begins with a letter and goes on with letters, digits, \"_\" or \"-\", as in \"short\".",
            Problem(() => new NetworkBuilder([2]).As(name))
        );

    [Theory]
    [InlineData("as")]
    [InlineData("From")]
    [InlineData("add")]
    [InlineData("concat")]
    [InlineData("relu")]
    [InlineData("FC")]
    public void Words_of_the_notation_are_no_names(string name) =>
        Assert.Equal(
            $"\"{name}\" is a word of the notation. Choose another name behind \"as\".",
            Problem(() => new NetworkBuilder([2]).As(name))
        );

    [Fact]
    public void Names_are_one_each_and_not_those_of_layers()
    {
        Assert.Equal(
            "The name \"a\" is given twice; each value has a name of its own.",
            Problem(() => new NetworkBuilder([2]).As("a").As("a"))
        );
        Assert.Equal(
            "\"dense1\" is the name of a layer. Choose another name behind \"as\".",
            Problem(() => new NetworkBuilder([2]).As("dense1").Add(new Dense(1)).Build())
        );
        Assert.Contains("is too long for a name", Problem(() => new NetworkBuilder([2]).As(new string('a', 65))));
        Assert.Equal(["dense2"], new NetworkBuilder([2]).As("dense2").Add(new Dense(1)).Build().Names.Keys);
    }

    [Fact]
    public void Joins_read_named_values_and_others_do_not()
    {
        NetworkBuilder builder = new NetworkBuilder([2]).As("short").Add(new Dense(3));
        Assert.Equal("No value is called \"shrot\". Did you mean \"short\"?", Problem(() => builder.From("shrot")));
        Assert.Equal("No value is called \"x\". There are short.", Problem(() => builder.From("x")));
        Assert.Equal(
            "No value is called \"dense1\". It is a layer: give its value a name with \"as NAME\" behind it.",
            Problem(() => builder.From("dense1"))
        );
        Assert.Equal(
            "add joins the current value with others: name at least one, as in \"add short\".",
            Problem(() => builder.Add(new Add()))
        );
        Assert.Equal("add reads values of one shape, but was given 3 and 2.", Problem(() => builder.Add(new Add(), "short")));
        Assert.Equal(
            "dense reads the current value alone; only a joining layer reads named values as well.",
            Problem(() => builder.Add(new Dense(1), "short"))
        );
        Assert.Equal("5", builder.Add(new Concat(), "short").CurrentShape.ToString());
    }

    [Fact]
    public void Images_are_joined_when_their_height_and_width_agree()
    {
        NetworkBuilder builder = new NetworkBuilder([4, 4, 2]).As("a").Add(Activation.Relu);
        Assert.Equal("4×4×4", builder.Add(new Concat(), "a").CurrentShape.ToString());
        Assert.Equal(
            "concat reads vectors, or images of one height and width, but was given 32 and 4×4×2.",
            Problem(() => new NetworkBuilder([4, 4, 2]).As("a").Add(new Flatten()).Add(new Concat(), "a"))
        );
    }

    [Fact]
    public void More_than_can_be_counted_is_refused()
    {
        Dense[] largest = [.. Enumerable.Repeat(new Dense(int.MaxValue), 3)];
        Assert.Equal(
            "With dense3 the network has more numbers than can be counted in 64 bits.",
            Problem(() => Network.Chain([int.MaxValue], largest))
        );
        Assert.Equal(2 * (int.MaxValue + 1L) * int.MaxValue, Network.Chain([int.MaxValue], largest[..2]).ParameterCount);
        Assert.Equal(
            "A network has at most 100000 layers.",
            Problem(() => Network.Chain([1], Enumerable.Repeat(Activation.Relu, 100_001)))
        );
    }

    [Fact]
    public void A_value_far_along_a_chain_has_its_range() =>
        Assert.Equal(1, Network.Chain([1], Enumerable.Repeat(Activation.Sigmoid, 100_000)).Range.High);

    [Fact]
    public void Shapes_say_what_they_cannot_be()
    {
        Assert.Equal("Each size of a shape is at least 1, but 4×0×1 has 0.", Problem(() => Shape.Image(4, 0)));
        Assert.Equal("Each size of a shape is at least 1, but -2 has -2.", Problem(() => Shape.Vector(-2)));
        Assert.Equal("A shape has one size (features) or three (height × width × channels), not 2.", Problem(() => Shape.Create([4, 4])));
        Assert.Equal("An empty shape has no sizes.", Problem(() => _ = default(Shape)[0]));
        Assert.Equal("31×31×5", Shape.Image(31, 31, 5).ToString());
    }
}

using Xunit;

namespace Longhand.Tests;

/// <summary>Where layers stand in a network's text, and that text with one of them changed.</summary>
public sealed class NotationPlacesTests
{
    private static NotationPlaces Parse(string text) => NotationPlaces.Parse(text, new Dictionary<string, int>());

    private static int Value(NotationPlaces places, string name) => places.Network.Nodes.Single(node => node.Name == name).Value;

    [Fact]
    public void Every_layer_that_is_written_has_its_words_and_an_inserted_one_has_none()
    {
        const string text = "8x8x2 as in → 2 * (conv 2 3x3 pad same relu as a -> dropout 0.5)\n from in -> Pool2 -> dense 3 softmax";
        var places = Parse(text);
        IEnumerable<string?> words =
        [
            .. Enumerable
                .Range(0, places.Network.Nodes.Count + 1)
                .Select(value => places.Words(value) is var (start, end) ? text[start..end] : null),
        ];
        string?[] expected =
        [
            "8x8x2 as in",
            "conv 2 3x3 pad same",
            "relu",
            "dropout 0.5",
            "conv 2 3x3 pad same",
            "relu",
            "dropout 0.5",
            "Pool2",
            null,
            "dense 3",
            "softmax",
        ];
        Assert.Equal(expected, words);
        Assert.Equal([true, false, true], new[] { "conv1", "relu1", "dropout1" }.Select(name => places.BeginsPart(Value(places, name))));
    }

    [Theory]
    [InlineData("2 -> dense 8 tanh -> dense 1", "dense1", "dense 4", "2 -> dense 4 tanh -> dense 1")]
    [InlineData("2 -> dense 8 tanh -> dense 1", "tanh1", "relu", "2 -> dense 8 relu -> dense 1")]
    [InlineData("2 -> 3 * (dense 8 tanh)", "dense3", "dense 5", "2 -> 3 * (dense 5 tanh)")]
    public void A_layer_changes_in_its_place(string text, string layer, string words, string expected)
    {
        var places = Parse(text);
        Assert.Equal(expected, places.Changed(Value(places, layer), words));
    }

    [Theory]
    [InlineData("2 -> dense 8 tanh -> dense 1", "dense1", "2 -> tanh -> dense 1")]
    [InlineData("2 -> dense 8 tanh as h -> dense 1", "tanh1", "2 -> dense 8 as h -> dense 1")]
    [InlineData("2 -> dense 8 -> dense 1", "dense1", "2 -> dense 1")]
    [InlineData("2 -> dense 8 -> dense 1", "dense2", "2 -> dense 8")]
    [InlineData("2\ndense 8\ndense 1", "dense1", "2\ndense 1")]
    [InlineData("2 -> 2 * (dense 8 -> tanh) -> dense 1", "dense1", "2 -> 2 * (tanh) -> dense 1")]
    [InlineData("2 -> 2 * (dense 8 -> tanh) -> dense 1", "tanh1", "2 -> 2 * (dense 8) -> dense 1")]
    [InlineData("2 -> 2 * (dense 8) -> dense 1", "dense1", "2 -> dense 1")]
    [InlineData("2 -> dense 3 as a -> dense 3", "dense1", "2 -> dense 3")]
    public void A_layer_goes_with_its_part(string text, string layer, string expected)
    {
        var places = Parse(text);
        string without = places.Removed(Value(places, layer));
        Assert.Equal(expected, without);
        Parse(without);
    }

    [Fact]
    public void A_layer_comes_behind_another_with_the_arrows_that_are_there()
    {
        var places = Parse("2 → dense 8 tanh as h → dense 1");
        Assert.Equal("2 → dense 8 tanh as h → dropout 0.5 → dense 1", places.Added(Value(places, "tanh1"), "dropout 0.5"));
        Assert.Equal("2 → dense 5 → dense 8 tanh as h → dense 1", places.Added(0, "dense 5"));
        Assert.Equal("2 → dense 8 tanh as h → dense 1 → dense 3", places.Added(Value(places, "dense2"), "dense 3"));
        places = Parse("2\n2 * (dense 2 tanh)");
        Assert.Equal("2\n2 * (dense 2 tanh\ndropout 0.1)", places.Added(1, "dropout 0.1"));
    }

    [Fact]
    public void Parts_change_places_and_parentheses_stay()
    {
        var places = Parse("2 -> dense 8 tanh -> 2 * (dense 3 -> dropout 0.5)");
        Assert.Equal("2 -> dense 3 -> 2 * (dense 8 tanh -> dropout 0.5)", places.Moved(Value(places, "dense1"), 1));
        Assert.Equal("2 -> dense 8 tanh -> 2 * (dropout 0.5 -> dense 3)", places.Moved(Value(places, "dropout1"), -1));
        Assert.Contains("first", Assert.Throws<LonghandException>(() => places.Moved(Value(places, "dense1"), -1)).Message);
        Assert.Contains("last", Assert.Throws<LonghandException>(() => places.Moved(Value(places, "dropout2"), 1)).Message);
    }

    [Fact]
    public void What_stands_nowhere_cannot_be_changed()
    {
        var places = Parse("4x4 -> dense 1");
        Assert.Contains("inserted", Assert.Throws<LonghandException>(() => places.Changed(1, "dense 2")).Message);
        Assert.Throws<LonghandException>(() => places.Removed(0));
        places = Parse("2 -> 2 * (3 * (dense 2) -> tanh)");
        Assert.Contains("parentheses", Assert.Throws<LonghandException>(() => places.Removed(1)).Message);
    }

    [Theory]
    [InlineData("2 -> dens 8 -> dense 1", 5)]
    [InlineData("2\ndense 8\nrelu dropout 0.5", 15)]
    [InlineData("4x4 -> conv 3 9x9", 7)]
    [InlineData("2 -> -> dense 1", 5)]
    public void A_refusal_says_where(string text, int at) => Assert.Equal(at, Assert.ThrowsAny<LonghandException>(() => Parse(text)).At);
}

using Longhand.Tests.Commands;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Places such as <c>conv1[0,1,2]</c>, as they are typed behind <c>--at</c>.</summary>
public class PlaceTests
{
    private const string Notation = "4x5x2 as picture -> conv 3 3x3 pad 1 relu -> flatten -> dense 2";

    [Theory]
    [InlineData("conv1[0,1,2]", "channel 1, row 2, column 3", 0 * 20 + 1 * 5 + 2)]
    [InlineData(" Conv1[2][3][4] ", "channel 3, row 4, column 5", 59)]
    [InlineData("input[1, 0, 4]", "channel 2, row 1, column 5", 24)]
    [InlineData("picture[1,0,4]", "channel 2, row 1, column 5", 24)]
    [InlineData("dense1[1]", "number 2", 1)]
    [InlineData("conv1.weight[2,1,0,1]", "filter 3, channel 2, row 1, column 2", 2 * 18 + 9 + 1)]
    [InlineData("conv1.bias[2]", "number 3", 2)]
    [InlineData("dense1.weight[1,59]", "output 2, input 60", 119)]
    public void A_place_is_a_layer_or_parameter_and_its_indices(string text, string fromOne, int index)
    {
        Place place = Place.Parse(text, Network.Parse(Notation));
        Assert.Equal((fromOne, index), (place.CountedFromOne, place.Index));
        Assert.Null(place.Sample);
        // What it is written as reads back as itself.
        Assert.Equal(place, Place.Parse(place.Text, Network.Parse(Notation)));
    }

    [Fact]
    public void In_a_batch_the_sample_may_stand_first()
    {
        Network network = Network.Parse(Notation);
        Assert.Equal(3, Place.Parse("dense1[3,1]", network, samples: 4).Sample);
        Assert.Null(Place.Parse("dense1[1]", network, samples: 4).Sample);
        Assert.Contains(
            "there is no sample 4",
            Assert.Throws<LonghandException>(() => Place.Parse("dense1[4,1]", network, samples: 4)).Message
        );
        Assert.Throws<LonghandException>(() => Place.Parse("dense1[0,1]", network));
    }

    [Theory]
    [InlineData("conv[0,1,2]", "no layer or parameter \"conv\". Did you mean \"conv1\"?")]
    [InlineData("nothing[0]", "no layer or parameter \"nothing\". There are conv1, relu1, flatten1, dense1, picture, input, conv1.weight")]
    [InlineData("dense1.wieght[0,0]", "Did you mean \"dense1.weight\"?")]
    [InlineData("conv1[0,1]", "conv1 has the shape 4×5×3, so 3 indices are needed, conv1[channel,row,column], but there are 2.")]
    [InlineData("dense1[0,1]", "so 1 index is needed, dense1[number], but there are 2.")]
    [InlineData("conv1[0,4,0]", "conv1 has the shape 4×5×3: 4 rows, counted from 0 to 3, so there is no row 4.")]
    [InlineData("conv1.weight[3,0,0,0]", "conv1.weight has the sizes 3×2×3×3: 3 filters, counted from 0 to 2, so there is no filter 3.")]
    [InlineData("conv1[0,-1,0]", "the row is \"-1\", but a whole number from 0 to 3 is needed.")]
    [InlineData("conv1[0,1.5,0]", "the row is \"1.5\"")]
    [InlineData("conv1[0,,0]", "the row is \"\"")]
    [InlineData("conv1[0,٣,0]", "the row is \"٣\"")]
    [InlineData("conv1[99999999999999999999,0,0]", "there is no channel \"99999999999999999999\"")]
    [InlineData("conv1[2147483648,0,0]", "there is no channel \"2147483648\"")]
    [InlineData("conv1", "a layer and a position in brackets are needed, as in conv1[0,1,2]")]
    [InlineData("conv1[0,1,2", "a layer and a position in brackets are needed")]
    [InlineData("[0,1,2]", "a layer and a position in brackets are needed")]
    [InlineData("]", "a layer and a position in brackets are needed")]
    [InlineData("", "a layer and a position in brackets are needed")]
    [InlineData("conv1[]", "so 3 indices are needed, conv1[channel,row,column], but there is 1.")]
    [InlineData("conv1[[0,1,2]]", "the channel is \"[0\"")]
    [InlineData("conv1\u0007[0]", "no layer or parameter \"conv1\\u0007\"")]
    public void What_is_no_place_is_refused_in_a_sentence(string text, string message)
    {
        const string picture = "[[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]";
        string refusal = CommandLine
            .RunWith($"network: {Notation}\ninput: [{picture}, {picture}]\n", "explain", "-", "--at", text)
            .Refusal();
        Assert.StartsWith("--at \"", refusal);
        Assert.Contains(message, refusal);
    }

    [Fact]
    public void Long_and_deep_nonsense_is_refused_as_fast_as_a_slip()
    {
        foreach (string text in (string[])[new('[', 100_000), "conv1[" + new string(',', 100_000) + "]", new string('x', 100_000) + "[0]"])
            Assert.InRange(Assert.Throws<LonghandException>(() => Place.Parse(text, Network.Parse(Notation))).Message.Length, 20, 400);
    }

    [Fact]
    public void A_weight_has_no_line_without_a_loss() =>
        Assert.Contains(
            "conv1.weight[0,0,0,0] is given, so there is no line for it: a gradient needs a target and a loss",
            CommandLine
                .Run("explain", "3x3 -> conv 1 2x2", "--input", "[[[1,2,3],[4,5,6],[7,8,9]]]", "--at", "conv1.weight[0,0,0,0]")
                .Refusal()
        );
}

using Xunit;

namespace Longhand.Tests;

/// <summary>Notations and the networks they mean.</summary>
public class NotationTests
{
    /// <summary>"dense1 8, relu1 8": the layers with their shapes.</summary>
    internal static string Layers(Network network) => string.Join(", ", network.Nodes.Select(node => $"{node.Name} {node.Output}"));

    [Theory]
    [InlineData("2 -> dense 1", "dense1 1", 3)]
    [InlineData("2 -> dense 8 sigmoid -> dense 1", "dense1 8, sigmoid1 8, dense2 1", 33)]
    [InlineData("2->dense 8 sigmoid->dense 1", "dense1 8, sigmoid1 8, dense2 1", 33)]
    [InlineData("2 → dense 8 → sigmoid → dense 1", "dense1 8, sigmoid1 8, dense2 1", 33)]
    [InlineData("  2 -> Dense 8 SIGMOID -> DENSE 1  ", "dense1 8, sigmoid1 8, dense2 1", 33)]
    [InlineData("2 -> dense 2 nobias relu", "dense1 2, relu1 2", 4)]
    [InlineData("2 -> dense nobias 2 relu", "dense1 2, relu1 2", 4)]
    [InlineData("2 -> fc 3", "dense1 3", 9)]
    [InlineData("2 -> linear 3 relu", "dense1 3, relu1 3", 9)]
    [InlineData("2 -> FC5", "dense1 5", 15)]
    [InlineData("2 -> fc10 nobias sigmoid -> FC1", "dense1 10, sigmoid1 10, dense2 1", 31)]
    [InlineData("28x28 -> dense 10", "flatten1 784, dense1 10", 7850)]
    [InlineData("28×28 -> dense 10", "flatten1 784, dense1 10", 7850)]
    [InlineData("28 X 28 -> dense 10", "flatten1 784, dense1 10", 7850)]
    [InlineData("4x4x2 -> flatten -> dense 1", "flatten1 32, dense1 1", 33)]
    [InlineData("4x3x2 -> relu -> dense 5 -> flatten", "relu1 4×3×2, flatten1 24, dense1 5, flatten2 5", 125)]
    [InlineData("3 -> dense 4 sigmoid -> mixture", "dense1 4, sigmoid1 4, mixture1 1", 20)]
    [InlineData("3 -> dropout 0.5 -> dropout p=0.25 -> dropout p 1/4", "dropout1 3, dropout2 3, dropout3 3", 0)]
    [InlineData("3 -> dropout p = 0.25 -> dropout p= 0.25 -> dropout p =0.25", "dropout1 3, dropout2 3, dropout3 3", 0)]
    [InlineData("2 -> 3 * (dense 4 relu)", "dense1 4, relu1 4, dense2 4, relu2 4, dense3 4, relu3 4", 52)]
    [InlineData("2 -> 2*(dense 4 -> relu) -> dense 1", "dense1 4, relu1 4, dense2 4, relu2 4, dense3 1", 37)]
    [InlineData("2 -> 2 x (dense 2)", "dense1 2, dense2 2", 12)]
    [InlineData("2 -> 2×(dense 2)", "dense1 2, dense2 2", 12)]
    [InlineData("2 -> 2 * (relu -> 2 * (dense 2)) -> relu", "relu1 2, dense1 2, dense2 2, relu2 2, dense3 2, dense4 2, relu3 2", 24)]
    [InlineData("2 -> 1 * (2 * (relu))", "relu1 2, relu2 2", 0)]
    [InlineData("2 as x -> dense 2 -> add x", "dense1 2, add1 2", 6)]
    [InlineData("2 as x -> dense 3 -> concat x -> relu", "dense1 3, concat1 5, relu1 5", 9)]
    [InlineData("2 -> dense 3 as a -> relu as b -> from a -> sigmoid -> add b a", "dense1 3, relu1 3, sigmoid1 3, add1 3", 9)]
    [InlineData("2 -> dense 3 relu as a -> from a as b -> ADD a b", "dense1 3, relu1 3, add1 3", 9)]
    [InlineData("2 as x -> 2 * (dense 2) as y -> add x as z -> concat x y z", "dense1 2, dense2 2, add1 2, concat1 8", 12)]
    [InlineData("2 -> 2 * (relu as skip -> dense 2 -> add skip)", "relu1 2, dense1 2, add1 2, relu2 2, dense2 2, add2 2", 12)]
    [InlineData("2 -> dense 2 as A -> dense 2 as a -> add A", "dense1 2, dense2 2, add1 2", 12)]
    [InlineData("2 -> dense 2 as h₁ -> dense 2 as skip-1 -> add h₁ skip-1", "dense1 2, dense2 2, add1 2", 12)]
    public void A_text_means_a_network(string text, string layers, long parameters)
    {
        Network network = Network.Parse(text);
        Assert.Equal(layers, Layers(network));
        Assert.Equal(parameters, network.ParameterCount);
        Assert.Empty(network.Warnings);
    }

    [Theory]
    [InlineData("2 -> dense 4 leakyrelu 0.2", "leakyrelu slope=0.2")]
    [InlineData("2 -> dense 4 leaky_relu slope=1/5", "leakyrelu slope=0.2")]
    [InlineData("2 -> dense 4 elu alpha 2", "elu alpha=2")]
    [InlineData("2 -> dense 4 nobias gelu-tanh", "gelu-tanh")]
    [InlineData("2 -> dense 3 swish beta=2", "swish beta=2")]
    [InlineData("2 -> dense 3 swish 2 learn", "swish beta=2 learn")]
    [InlineData("2 -> dense 3 swish learn beta=2", "swish beta=2 learn")]
    [InlineData("2 -> FC10 softmax", "softmax")]
    [InlineData("2 -> dense 3 logsoftmax", "logsoftmax")]
    [InlineData("2 -> dense 3 step", "step")]
    [InlineData("2 -> linear 3 linear", "identity")]
    public void An_activation_stands_behind_its_layer(string text, string activation)
    {
        Network network = Network.Parse(text);
        Assert.Equal(["dense", activation.Split(' ')[0]], network.Nodes.Select(node => node.Layer.Kind));
        Assert.Equal(activation, network.Nodes[1].Layer.Notation);
        Assert.EndsWith($" {activation}", network.ToString());
        Assert.Equal(network.ToString(), Network.Parse(network.ToString()).ToString());
    }

    [Theory]
    [InlineData("2 -> dense 4 relu -> dense 1")]
    [InlineData("2\ndense 4 relu\ndense 1")]
    [InlineData("2\r\ndense 4 relu\r\ndense 1\r\n")]
    [InlineData("\n\n2 ->\ndense 4 relu ->\n\n  dense 1\n\n")]
    [InlineData("2\n  -> dense 4 relu\n  -> dense 1\n")]
    [InlineData("2\t→\tdense 4\u00a0relu → dense 1")]
    [InlineData("2 -> dense 4 -> relu -> dense 1")]
    [InlineData("2 -> 1 * (\n dense 4 relu\n)\n dense 1")]
    [InlineData("2 -> 1 *\n\n(dense 4\nrelu\n) ->\n dense 1")]
    [InlineData("2 -> FC4 relu -> FC1")]
    public void Arrows_and_lines_are_alike(string text) => Assert.Equal("2 -> dense 4 relu -> dense 1", Network.Parse(text).ToString());

    [Fact]
    public void A_list_holds_a_part_in_each_item()
    {
        Assert.Equal("2 -> dense 4 relu -> dense 1", Network.Parse(["2", "dense 4 relu", "dense 1"]).ToString());
        Assert.Equal("2 -> dense 4 relu -> dense 1", Network.Parse(["2", "-> dense 4 relu", " dense 1 "]).ToString());
        Assert.Equal("2 -> dense 4 relu -> dense 4 relu", Network.Parse(["2", "2 * (", "dense 4", "relu", ")"]).ToString());
        Assert.Equal("2 as x -> dense 2 -> add x", Network.Parse(["2 as x", "dense 2 -> add x"]).ToString());
    }

    [Fact]
    public void Each_round_of_a_repetition_keeps_its_names_to_itself()
    {
        Network network = Network.Parse("2 -> 2 * (relu as skip -> dense 2 -> add skip)");
        Assert.Equal("2 -> relu as v1 -> dense 2 -> add v1 -> relu as v4 -> dense 2 -> add v4", network.ToString());
        Assert.Empty(network.Names);
    }

    [Theory]
    [InlineData("1x28x28", "an image of 1×28 pixels with 28 channels each. Did you mean \"28x28x1\"? (character 1)")]
    [InlineData("3x224x320", "an image of 3×224 pixels with 320 channels each. Did you mean \"224x320x3\"? (character 1)")]
    public void A_picture_with_its_channels_first_is_warned_of(string input, string warning)
    {
        Network network = Network.Parse(input + " -> dense 1");
        Assert.Equal($"part 1 \"{input}\": the height comes first, so this is {warning}", Assert.Single(network.Warnings));
        Assert.Equal(network.Warnings, network.Under(Conventions.Textbook).Warnings);
    }

    [Theory]
    [InlineData("28x28x1")]
    [InlineData("32x32x3")]
    [InlineData("28x28")]
    [InlineData("1x1x512")]
    [InlineData("1x100x16")]
    [InlineData("3x3x64")]
    public void Other_pictures_are_not(string input) => Assert.Empty(Network.Parse(input + " -> dense 1").Warnings);

    [Fact]
    public void A_branch_that_nothing_reads_is_warned_of() =>
        Assert.Equal(
            ["part 2 \"dense 3\": dense1 is read by nothing, so it takes no part in the output. (character 11)"],
            Network.Parse("2 as a -> dense 3 -> from a -> dense 4").Warnings
        );

    [Fact]
    public void A_hundred_thousand_layers_are_read_in_a_moment()
    {
        string text = "2" + string.Concat(Enumerable.Repeat(" -> relu", 100_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Network network = Network.Parse(text);
        string written = network.ToString();
        watch.Stop();
        Assert.Equal(text, written);
        Assert.Equal(0, network.Range.Low);
        Assert.Equal(100_000, Network.Parse("2 -> 10 * (10 * (1000 * (relu)))").Nodes.Count);
        // A guard against hanging, far above what any machine takes; quadratic time would take hours.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"it took {watch.Elapsed}");
    }
}

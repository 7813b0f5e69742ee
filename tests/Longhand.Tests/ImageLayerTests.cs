using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests;

/// <summary>Shapes, parameters, notation and refusals of the layers for images.</summary>
public class ImageLayerTests
{
    private static string Problem(string network) => Assert.ThrowsAny<LonghandException>(() => Network.Parse(network)).Message;

    [Fact]
    public void The_course_table_has_its_shapes_and_parameters()
    {
        Network network = Network.Parse("64x64x1 -> Conv4-5-Pvalid-S2 -> Pool3 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5");
        Node[] shown = [.. network.Nodes.Where(node => !node.Inserted)];
        Assert.Equal(["31×31×5", "10×10×5", "8×8×5", "4×4×5", "5"], shown.Select(node => node.Output.ToString()));
        Assert.Equal([85, 0, 230, 0, 405], shown.Select(node => node.Parameters.Sum(p => p.Length)));
        Assert.Equal("64x64x1 -> conv 5 4x4 stride 2 -> maxpool 3 -> conv 5 3x3 -> maxpool 2 -> dense 5", network.ToString());
    }

    [Fact]
    public void Ten_layers_on_a_large_picture_are_counted_without_memory_for_them()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Network network = Network.Parse("1080x1920x3 -> 10 * (conv 64 4x4 pad same relu)");
        Assert.Equal(593_536, network.ParameterCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal([541, 961, 3], Network.Parse("1080x1920x3 -> conv 3 4x4 stride 2 pad 2 depthwise").Output);
    }

    [Theory]
    [InlineData("conv4-5", "conv 5 4x4")]
    [InlineData("Conv3-8 relu", "conv 8 3x3, relu")]
    [InlineData("CONV4-5-psame", "conv 5 4x4 pad same")]
    [InlineData("Conv4-5-P2", "conv 5 4x4 pad 2")]
    [InlineData("Conv4-5-S2-Pvalid", "conv 5 4x4 stride 2")]
    [InlineData("Conv2x3-5-S1x2", "conv 5 2x3 stride 1x2")]
    [InlineData("Pool3", "maxpool 3")]
    [InlineData("Pool3-S2", "maxpool 3 stride 2")]
    [InlineData("pool3-P1-S1", "maxpool 3 stride 1 pad 1")]
    [InlineData("MaxPool2", "maxpool 2")]
    [InlineData("AvgPool2", "avgpool 2")]
    [InlineData("conv 4 3 pad 0 stride=2x2 dilation 1x1 groups 1", "conv 4 3x3 stride 2")]
    [InlineData("conv 4 3x3 pad 1x1 depthwise nobias", "conv 4 3x3 pad 1 depthwise nobias")]
    [InlineData("conv 4 3 pad 1/2/1/2 tanh", "conv 4 3x3 pad 1x2, tanh")]
    [InlineData("conv 2 3 groups=2 pad 0/0/1/0", "conv 2 3x3 pad 0/0/1/0 groups 2")]
    [InlineData("maxpool 2x3 stride 2x3 ceil", "maxpool 2x3 ceil")]
    [InlineData("avgpool 3 pad 1 nopadcount ceil", "avgpool 3 pad 1 ceil nopadcount")]
    [InlineData("batchnorm momentum 0.1 eps 1e-5 relu", "batchnorm, relu")]
    [InlineData("batchnorm eps=1e-3", "batchnorm eps=0.001")]
    public void Texts_are_read_and_written_shortest(string text, string layers) =>
        Assert.Equal(layers, string.Join(", ", Network.Parse($"9x9x2 -> {text}").Nodes.Select(node => node.Layer.Notation)));

    [Theory]
    [InlineData(
        "5 -> conv 2 3",
        "part 2 \"conv 2 3\": conv reads an image (height x width x channels, as in 28x28x1), but its input is a vector of 5. (character 6)"
    )]
    [InlineData(
        "5 -> globalavgpool",
        "part 2 \"globalavgpool\": globalavgpool reads an image (height x width x channels, as in 28x28x1), but its input is a vector of 5. (character 6)"
    )]
    [InlineData(
        "4x3x1 -> conv 2 5x3",
        "part 2 \"conv 2 5x3\": conv 2 5x3 has a window of 5 rows, but the image has 4: 1 too few, so that nothing would be left. Take a smaller window, or more padding. (character 10)"
    )]
    [InlineData(
        "4x3x1 -> conv 2 5 pad 1x0 dilation 2",
        "part 2 \"conv 2 5 pad 1x0 dilation 2\": conv 2 5x5 pad 1x0 dilation 2 has a window of 9 (size 5, dilation 2) rows, but the image has 6 with its padding (1 before, 1 behind): 3 too few, so that nothing would be left. Take a smaller window, or more padding. (character 10)"
    )]
    [InlineData(
        "4x4x1 -> Pool3 -> Pool2",
        "part 3 \"Pool2\": maxpool 2 has a window of 2 rows, but the image has 1: 1 too few, so that nothing would be left. Take a smaller window, or more padding. (character 19)"
    )]
    [InlineData(
        "4x4x3 -> conv 4 3 groups 2",
        "part 2 \"conv 4 3 groups 2\": conv 4 3x3 groups 2 cuts the channels into 2 groups of one size, but the image has 3, which 2 does not divide. (character 10)"
    )]
    [InlineData(
        "4x4x3 -> conv 4 3 depthwise",
        "part 2 \"conv 4 3 depthwise\": conv 4 3x3 depthwise gives each of the 3 channels as many filters as any other, but 4 is no multiple of 3. (character 10)"
    )]
    public void What_does_not_fit_is_told(string network, string message) => Assert.Equal(message, Problem(network));

    [Theory]
    [InlineData("conv 3 3 groups 2", "3 filters cannot be cut into 2 groups of one size. Take a multiple of 2 filters.")]
    [InlineData("conv 3", "the size of the window is missing.")]
    [InlineData("conv 0 3", "the number of filters is 0, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 0", "the size of the window is 0, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 3x0", "in \"3x0\" the width of the size of the window is 0, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 3x3x3", "the size of the window is \"3x3x3\", but one size or height x width is needed, as in \"3\" or \"3x2\".")]
    [InlineData("conv 2 3 stride 0", "the stride is 0, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 3 stride -1", "the stride is -1, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 3 dilation 99999999999", "the dilation is 99999999999, but more than 2147483647 is not supported.")]
    [InlineData("conv 2 3 pad -1", "pad is -1, but a whole number of at least 0 is needed.")]
    [InlineData("conv 2 3 pad 1/2/3", "pad is \"1/2/3\", but valid, same, a number, rows x columns")]
    [InlineData("conv 2 3 pad sme", "Did you mean \"same\"? Usage")]
    [InlineData("conv 2 3 groups 0", "the number of groups is 0, but a whole number of at least 1 is needed.")]
    [InlineData("conv 2 3 groups 2 depthwise", "\"groups\" beside it says it twice.")]
    [InlineData("conv 2 3 strdie 2", "conv does not take \"strdie\". Did you mean \"stride\"?")]
    [InlineData("maxpool 3 pad 2", "pad is 2, but a pool's padding is at most half its window, here 1x1")]
    [InlineData("avgpool 2 pad 1/0/2/0", "pad is 1/0/2/0, but a pool's padding is at most half its window, here 1x1")]
    [InlineData("Conv4", "\"Conv4\" lacks the number of filters behind the kernel's size, as in \"Conv4-5-Pvalid-S2\" (5 filters 4x4).")]
    [InlineData("Conv4-5-Q1", "in \"Conv4-5-Q1\" the piece \"Q1\" is neither P (padding: Pvalid, Psame, P2) nor S (stride: S2).")]
    [InlineData("Conv4-5-S2-S3", "\"stride\" is given twice.")]
    [InlineData("conv 2147483647 2147483647x2147483647 pad 1073741823", "more numbers than can be counted in 64 bits")]
    [InlineData("conv 1 1 pad 2147483647", "rows, and more than 2147483647 are not supported.")]
    [InlineData("maxpool 5 stride 1 dilation 20 pad 40", "steps 20 rows at once over an image that has 9")]
    [InlineData("batchnorm momentum=2", "momentum is 2, but a number from 0 to 1 is needed.")]
    [InlineData("batchnorm eps=-1", "eps is -1, but at least 0 is needed.")]
    public void Wrong_options_are_told(string layer, string message) => Assert.Contains(message, Problem($"9x9x2 -> {layer}"));

    [Fact]
    public void Windows_are_as_many_as_can_be_placed()
    {
        var random = new Random(1);
        for (int i = 0; i < 5000; i++)
        {
            int inputs = random.Next(1, 12),
                size = random.Next(1, 6),
                stride = random.Next(1, 5),
                dilation = random.Next(1, 4),
                span = (size - 1) * dilation + 1,
                before = random.Next(0, span / 2 + 1),
                after = random.Next(0, span / 2 + 1),
                room = inputs + before + after - span;
            WindowAxis Axis(bool same, bool ceiling) => WindowAxis.Of(inputs, size, stride, dilation, before, after, same, ceiling);
            Assert.Equal(Enumerable.Range(0, 100).Count(k => k * stride <= room), Math.Max(0, Axis(false, false).Count));
            // Rounded up, a window also stands where something is left over, unless it would start behind the image.
            Assert.Equal(
                Enumerable.Range(0, 100).Count(k => k * stride < room + stride && k * stride < inputs + before),
                Math.Max(0, Axis(false, true).Count)
            );
            WindowAxis same = Axis(true, false);
            Assert.Equal((inputs + stride - 1) / stride, same.Count);
            Assert.InRange(same.After - same.Before, 0, 1);
            foreach (WindowAxis axis in (WindowAxis[])[same, Axis(false, false), Axis(false, true)])
                for (int k = 0; k < axis.Count; k++)
                {
                    int[] inside = [.. Enumerable.Range(0, size).Where(a => axis.Holds(axis.Place(k, a)))];
                    (int from, int end) = axis.Inside(k);
                    Assert.Equal(inside.Length, Math.Max(0, end - from));
                    if (inside.Length > 0)
                        Assert.Equal(inside[0], from);
                    Assert.Equal(inside.Length, axis.Counted(k, withPadding: false));
                }
        }
    }

    [Fact]
    public void Initialisers_count_as_PyTorch_does()
    {
        Network network = Network.Parse("8x8x4 -> conv 6 3x2 groups 2 -> batchnorm");
        Parameter weight = network.Parameters[0].Parameter;
        Assert.Equal([6, 2, 3, 2], weight.Sizes);
        Assert.Equal((12, 36), (weight.FanIn, weight.FanOut));
        Assert.Equal(12, network.Parameters[1].Parameter.FanIn);
        Assert.Equal(72 + 6 + 12, network.ParameterCount);
        Model model = Model.Create(network);
        Assert.All(Enumerable.Range(0, 6), c => Assert.Equal(1, model["batchnorm1.weight"].Data[c]));
        Assert.All(Enumerable.Range(0, 6), c => Assert.Equal(1, model["batchnorm1.running_var"].Data[c]));
        Assert.All(network.Parameters.Skip(2), p => Assert.NotEqual(ParameterRole.Weight, p.Parameter.Role));
    }

    [Theory]
    [InlineData("2 -> dense 3 -> batchnorm -> dense 1", 0, false)]
    [InlineData("2 -> dense 3 -> batchnorm -> dense 1", 10, true)]
    [InlineData("2 -> dense 3 -> batchnorm -> dense 1", 1, true)]
    [InlineData("2 -> dense 3 -> dense 1", 1, false)]
    public void Batchnorm_refuses_a_batch_of_one_vector_before_training_begins(string network, int batch, bool refused)
    {
        double[][] x = [.. Enumerable.Range(0, 21).Select(i => (double[])[i / 21.0, 1 - i / 21.0])];
        var data = new DataSet(x, [.. Enumerable.Range(0, 21).Select(i => i % 2)]);
        foreach (bool inDouble in (bool[])[false, true])
        {
            Action train = () =>
                Network
                    .Parse(network)
                    .Train(
                        data,
                        new Training
                        {
                            Loss = Loss.HalfMeanSquaredError,
                            Batch = batch,
                            Epochs = 2,
                            DoublePrecision = inDouble,
                        }
                    );
            if (refused)
                Assert.Equal(
                    "batchnorm1 takes the mean and the variance of each channel over the batch, and a single value has no variance: training needs at least 2 examples in a batch, but there is 1."
                        + $" The smallest batch of 21 examples taken {batch} at a time decides: choose another batch size.",
                    Assert.Throws<LonghandException>(train).Message
                );
            else
                train();
        }
    }

    [Theory]
    [InlineData("conv 2 3", true, false)]
    [InlineData("maxpool 2", true, false)]
    [InlineData("avgpool 2", false, false)]
    [InlineData("globalavgpool", false, false)]
    [InlineData("batchnorm", true, false)]
    public void The_way_back_reads_what_must_be_kept_and_no_more(string text, bool input, bool output)
    {
        Network network = Network.Parse($"4x4x2 -> {text}");
        Node node = network.Nodes[0];
        var x = new Grid<Float64>(2, 2, 4, 4);
        var y = new Grid<Float64>([2, .. node.Output.MemoryOrder()]);
        Grid<Float64>[] values = [.. node.Parameters.Select(p => new Grid<Float64>([.. p.Sizes]))],
            results = [.. node.Parameters.Select(p => new Grid<Float64>([.. p.Sizes]))];
        node.Layer.Backward(
            new Pass<Float64>([x], y, node.Parameters, values, [new Grid<Float64>(2, 2, 4, 4)], new Grid<Float64>([.. y.Sizes]), results)
            {
                Training = true,
            }
        );
        Assert.Equal((input, output), (x.WasRead, y.WasRead));
    }
}

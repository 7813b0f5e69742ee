using Longhand.Analysis;
using Xunit;

namespace Longhand.Tests.Analysis;

/// <summary>Networks of exercises and papers, with the numbers that are known of them.</summary>
public class ArchitectureFacts
{
    private const string Course = "64x64x1 -> Conv4-5-Pvalid-S2 -> Pool3 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5";

    private static Summary Of(string network) => Summary.Of(Network.Parse(network));

    private static LayerSummary Layer(Summary summary, string name) => summary.Layers.Single(layer => layer.Node.Name == name);

    [Fact]
    public void The_table_of_the_course()
    {
        Summary summary = Of(Course);
        IEnumerable<LayerSummary> rows = summary.Layers.Where(layer => !layer.Node.Inserted);
        Assert.Equal(["31×31×5", "10×10×5", "8×8×5", "4×4×5", "5"], rows.Select(row => row.Node.Output.ToString()));
        Assert.Equal([85, 0, 230, 0, 405], rows.Select(row => row.Parameters));
        Assert.Equal([80, 0, 225, 0, 400], rows.Select(row => row.Weights));
        Assert.Equal([31 * 31 * 80, 0, 8 * 8 * 225, 0, 400], rows.Select(row => row.Multiplications));
        Assert.Equal(76880 + 14400 + 400, summary.Multiplications);
    }

    [Fact]
    public void Five_convolutions_of_5x5_see_5_to_21_pixels()
    {
        Summary summary = Of("64x64x1 -> 5 * (conv 8 5x5 pad 2)");
        Assert.Equal([5, 9, 13, 17, 21], summary.Layers.Select(layer => layer.Field!.Rows.Size));
        Assert.Equal([-2, -4, -6, -8, -10], summary.Layers.Select(layer => layer.Field!.Columns.Start));
        Assert.Equal("R = 9 + (5 − 1)·1 = 13", Assert.Single(SummaryFormulas.Why(summary, "conv3.receptiveField")));
    }

    // Araujo, Norris and Sim 2019 (distill.pub/2019/computing-receptive-fields).
    [Fact]
    public void The_receptive_field_of_VGG16()
    {
        string[] stages =
        [
            .. new[] { (2, 64), (2, 128), (3, 256), (3, 512), (3, 512) }.Select(s =>
                $"{s.Item1} * (conv {s.Item2} 3x3 pad 1 relu) -> maxpool 2"
            ),
        ];
        Summary summary = Of($"224x224x3 -> {string.Join(" -> ", stages)} -> dense 4096 relu -> dense 4096 relu -> dense 1000");
        Assert.Equal(212, Layer(summary, "maxpool5").Field!.Rows.Size);
        Assert.Equal(32, Layer(summary, "maxpool5").Field!.Rows.Jump);
        Assert.Equal(138_357_544, summary.Network.ParameterCount);
    }

    [Theory]
    [InlineData(true, 483)]
    [InlineData(false, 427)]
    public void The_receptive_field_of_ResNet50(bool strideFirst, int size)
    {
        Summary summary = Of(ResNet50(strideFirst));
        FieldAxis field = Layer(summary, "relu49").Field!.Rows;
        Assert.Equal((size, 32), (field.Size, field.Jump));
        Assert.Equal(25_557_032, summary.Network.ParameterCount);
        Assert.DoesNotContain(NetworkWarning.Of(summary.Network), w => w.Code is "linear-stack" or "bias-before-batchnorm");
    }

    private static string ResNet50(bool strideFirst)
    {
        var text = new System.Text.StringBuilder(
            "224x224x3 -> conv 64 7x7 stride 2 pad 3 nobias -> batchnorm -> relu -> maxpool 3 stride 2 pad 1"
        );
        int[] counts = [3, 4, 6, 3];
        for (int stage = 0; stage < counts.Length; stage++)
        for (int block = 0; block < counts[stage]; block++)
        {
            int width = 64 << stage,
                stride = stage > 0 && block == 0 ? 2 : 1;
            string here = $"s{stage}b{block}";
            text.Append($" as {here} -> conv {width} 1x1 stride {(strideFirst ? stride : 1)} nobias -> batchnorm -> relu");
            text.Append($" -> conv {width} 3x3 stride {(strideFirst ? 1 : stride)} pad 1 nobias -> batchnorm -> relu");
            text.Append($" -> conv {4 * width} 1x1 nobias -> batchnorm");
            string shortcut = here;
            if (block == 0)
            {
                shortcut = here + "short";
                text.Append(
                    $" as {here}main -> from {here} -> conv {4 * width} 1x1 stride {stride} nobias -> batchnorm as {shortcut} -> from {here}main"
                );
            }
            text.Append($" -> add {shortcut} -> relu");
        }
        return text.Append(" -> globalavgpool -> dense 1000").ToString();
    }

    [Fact]
    public void Ten_layers_of_64_filters_have_as_many_parameters_whatever_the_picture()
    {
        Summary summary = Of("1080x1920x3 -> 10 * (conv 64 4x4 pad same relu)");
        Assert.Equal([3136, .. Enumerable.Repeat(65_600L, 9)], summary.Layers.Select(l => l.Parameters).Where(p => p > 0));
        Assert.Equal("3136 + 9·65600 = 593536", Assert.Single(SummaryFormulas.Why(summary, "parameters")));
        Assert.Equal("(4·4·3 + 1)·64 = 3136", Assert.Single(SummaryFormulas.Why(summary, "conv1.parameters")));
        Assert.Equal("541×961×3", Of("1080x1920x3 -> conv 3 4x4 stride 2 pad 2 depthwise").Network.Output.ToString());
    }

    [Fact]
    public void What_must_be_kept_of_a_network_of_three_layers()
    {
        Summary summary = Summary.Of(Network.Parse("7 -> dense 5 -> dense 3 sigmoid -> dense 2"), bytesPerNumber: 2);
        // ∂W₁ = δ_h xᵀ, ∂W₂ = δ_z hᵀ, δ_z = δ_a ⊙ a ⊙ (1 − a), ∂W₃ = δₒaᵀ
        Assert.Equal(["x", "dense1", "sigmoid1", "sigmoid1"], summary.Layers.SelectMany(layer => layer.Stored));
        Assert.Equal(2 * (7 + 5 + 3), summary.Memory.Stored);
        Assert.Equal(2 * (7 + 5 + 3 + 3 + 2), summary.Memory.Forward);
        Assert.Equal("(7 + 5 + 3)·1·2 = 30 (x, dense1, sigmoid1)", Assert.Single(SummaryFormulas.Why(summary, "memory.stored")));
    }

    [Fact]
    public void Memory_follows_batch_type_and_optimizer()
    {
        Network network = Network.Parse(Course);
        MemoryUse one = Summary.Of(network).Memory,
            many = Summary.Of(network, 32, 8, Optimizer.Adam(0.01)).Memory;
        Assert.Equal(new(4 * 720, one.Forward, one.Stored, 0), one);
        Assert.Equal(new(8 * 720, 64 * one.Forward, 64 * one.Stored, 2 * 8 * 720), many);
    }

    [Fact]
    public void A_deep_network_is_summarised_whole()
    {
        Network network = Network.Parse("64x64x8 -> 50 * (conv 8 3x3 pad same -> batchnorm -> relu)");
        Summary summary = Summary.Of(network);
        Assert.Equal(150, summary.Layers.Count);
        Assert.Equal(101, summary.Layers[^1].Field!.Rows.Size);
        Assert.Equal(50, NetworkWarning.Of(network).Count(warning => warning.Code == "bias-before-batchnorm"));
    }

    [Theory]
    [InlineData("2 -> dense 1000000000 -> dense 1000000000 -> 20 * (dense 1000000000)", "64 bits")]
    [InlineData("2 -> 1000000 * (dense 2)", "100000 layers")]
    [InlineData("2 -> 1000 * (1000 * (dense 2))", "the repetition makes 1000000 layers")]
    [InlineData("2 -> 100000 * (dense 2) -> dense 2", "at most 100000 layers")]
    [InlineData("2 -> dense 9223372036854775807", "more than 2147483647 is not supported")]
    [InlineData("2000000000x2000000000x2000000000 -> conv 1 1", "64 bits")]
    [InlineData("2000000000x2000000000 -> conv 1 1", "64 bits")]
    [InlineData(
        "4x4 -> conv 2 7x6 pad 1x0",
        "has a window of 7 rows, but the image has 6 with its padding (1 before, 1 behind): 1 too few"
    )]
    public void What_is_too_large_is_refused_in_a_sentence(string text, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<LonghandException>(() => Of(text)).Message);

    [Theory]
    [InlineData("8x8x1 -> conv 2 3x3 pad 1 -> batchnorm -> relu", "bias-before-batchnorm conv1")]
    [InlineData("8x8x1 -> conv 2 3x3 pad 1 nobias -> batchnorm -> relu", "")]
    [InlineData("2 -> dense 3 -> dense 1", "linear-stack dense2")]
    [InlineData("2 -> dense 3 identity -> dense 1", "linear-stack dense2")]
    [InlineData("2 -> dense 3 step -> dense 1", "")]
    [InlineData("4x4x1 -> conv 2 3x3 pad 1 -> avgpool 2 -> dense 3", "linear-stack dense1")]
    [InlineData("9x9x1 -> conv 2 3x3 relu", "shrinking conv1")]
    [InlineData("9x9x1 -> maxpool 9 -> conv 2 3x3 pad 1 relu", "single-pixel conv1")]
    [InlineData("4x4x1 -> maxpool 2 -> maxpool 2 -> avgpool 2 stride 1 pad 1 -> dense 2", "single-pixel avgpool1")]
    [InlineData("9x9x1 -> maxpool 9 -> conv 2 1x1 relu", "")]
    [InlineData("1x1x3 -> conv 2 3x3 pad 1 relu", "")]
    [InlineData("2 -> dense 3 relu -> dense 2 -> dropout 0.5", "dropout-at-output dropout1")]
    [InlineData("2 -> dense 3 relu -> dense 2 -> dropout 0.5 -> softmax", "dropout-at-output dropout1")]
    [InlineData("2 -> dense 3 relu -> dropout 0.5 -> dense 2", "")]
    [InlineData("2 as a -> dense 3 -> from a -> dense 2", "unread dense1")]
    public void What_is_probably_not_meant_is_said(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", NetworkWarning.Of(Network.Parse(text)).Select(w => $"{w.Code} {w.Layer}")));

    [Fact]
    public void A_map_that_shrinks_is_worked_out()
    {
        string Message(string text) => Assert.Single(NetworkWarning.Of(Network.Parse(text))).Message;
        Assert.Equal(
            "The map that conv1 reads has shrunk to a single pixel: of its 3x3 window one place lies on it, and all others in the padding.",
            Message("9x9x1 -> maxpool 9 -> conv 2 3x3 pad 1")
        );
        Assert.Equal(
            "The map of conv1 shrinks: height and width floor((64 + 2·0 − 1·(4 − 1) − 1)/2) + 1 = 31 < 64, "
                + "since the padding is 3 short of the 3 that this window takes away and the stride is 2.",
            Message("64x64x1 -> conv 5 4x4 stride 2")
        );
    }

    [Theory]
    [InlineData(
        "conv1.output",
        "height: floor((64 + 2·0 − 1·(4 − 1) − 1)/2) + 1 = 31|width: floor((64 + 2·0 − 1·(4 − 1) − 1)/2) + 1 = 31|channels: 5, one for each filter"
    )]
    [InlineData(
        "maxpool1.output",
        "height: floor((31 + 2·0 − 1·(3 − 1) − 1)/3) + 1 = 10|width: floor((31 + 2·0 − 1·(3 − 1) − 1)/3) + 1 = 10|channels: 5, as conv1 has"
    )]
    [InlineData("flatten1.output", "4·4·5 = 80")]
    [InlineData("dense1.output", "5, since dense1 is written \"dense 5\"")]
    [InlineData("dense1.parameters", "(80 + 1)·5 = 405")]
    [InlineData("conv2.weights", "3·3·5·5 = 225")]
    [InlineData("conv2.biases", "5 = 5")]
    [InlineData("maxpool1.parameters", "maxpool1 has none: 0")]
    [InlineData("conv1.macs", "4·4·1·5·31·31 = 76880")]
    [InlineData("dense1.macs", "80·5 = 400")]
    [InlineData("macs", "76880 + 14400 + 400 = 91680")]
    [InlineData("maxpool1.receptiveField", "R = 4 + (3 − 1)·2 = 8")]
    [InlineData("maxpool1.jump", "j = 2·3 = 6")]
    [InlineData("maxpool1.start", "start = 0 − 0·2 = 0")]
    [InlineData("dense1.jump", "dense1 writes a vector, which sees the whole input: it has no neighbours that look elsewhere")]
    [InlineData("conv1.outputBytes", "31·31·5·1·4 = 19220")]
    [InlineData("conv1.stored", "the way back of conv1 reads its input x")]
    [InlineData("memory.parameters", "720·4 = 2880")]
    public void Every_cell_has_its_formula(string cell, string lines) =>
        Assert.Equal(lines.Split('|'), SummaryFormulas.Why(Of(Course), cell));

    [Theory]
    [InlineData("cnv1.parameters", "Did you mean \"conv1\"?")]
    [InlineData("conv1.paramters", "Did you mean \"parameters\"?")]
    [InlineData("conv1", "conv1.parameters")]
    [InlineData("macz", "Did you mean \"macs\"?")]
    public void A_cell_that_there_is_not_is_refused_with_the_nearest(string cell, string part) =>
        Assert.Contains(part, Assert.Throws<LonghandException>(() => SummaryFormulas.Why(Of(Course), cell)).Message);

    [Fact]
    public void Branches_see_what_any_of_them_sees()
    {
        Summary summary = Of("16x16x1 -> conv 2 3x3 pad 1 as a -> conv 2 5x5 pad 2 as b -> from a -> conv 2 3x1 pad 1x0 -> add b");
        Assert.Equal(
            ["height: R = max(3, 4) − min(−2, −3) = 7", "width: R = max(2, 4) − min(−1, −3) = 7"],
            SummaryFormulas.Why(summary, "add1.receptiveField")
        );
    }
}

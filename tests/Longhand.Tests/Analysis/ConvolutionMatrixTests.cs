using Longhand.Analysis;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Analysis;

/// <summary>A convolution as a matrix: entry by entry, both ways, against the layer's own declaration.</summary>
public class ConvolutionMatrixTests
{
    private static readonly string[] sizes = ["1", "2", "3", "1x3", "4x2"],
        strides = ["1", "2", "5", "2x1"],
        paddings = ["valid", "same", "1", "0x1", "2/0/1/3"],
        dilations = ["1", "1", "2", "1x2"],
        groups = ["", "groups 2", "depthwise"];

    private static IReadOnlyDictionary<string, IReadOnlyList<Expr>> Weights(params (string Name, double[] Values)[] weights) =>
        weights.ToDictionary(w => w.Name, w => (IReadOnlyList<Expr>)[.. w.Values.Select(Expr.Of)]);

    private static string[] Row(ConvolutionMatrix matrix, int row)
    {
        string[] line = [.. Enumerable.Repeat("0", (int)matrix.Columns)];
        foreach ((long column, int weight) in matrix.Row(row))
            line[column] = matrix.Weight(weight);
        return line;
    }

    [Fact]
    public void The_weights_of_a_filter_stand_where_its_window_lies()
    {
        var matrix = ConvolutionMatrix.Of(Network.Parse("3x3 -> conv 1 2x2"));
        Assert.Equal("w₁₁ w₁₂ 0 w₂₁ w₂₂ 0 0 0 0", string.Join(' ', Row(matrix, 0)));
        Assert.Equal("0 0 0 0 w₁₁ w₁₂ 0 w₂₁ w₂₂", string.Join(' ', Row(matrix, 3)));
        Assert.Equal((4, 9L, 16L), (matrix.Rows, matrix.Columns, matrix.Nonzeros));
        Assert.Equal("b", matrix.Bias(2));
    }

    [Fact]
    public void Weights_that_are_0_are_not_counted()
    {
        var matrix = ConvolutionMatrix.Of(
            Network.Parse("4x4x2 -> conv 1 3x3 pad 1 nobias"),
            weights: Weights(("conv1.weight", [0, 1, 0, 1, -1, 1, 0, 1, 0, 0, 1, 0, 1, -2, 1, 0, 1, 0]))
        );
        // Of a channel: 16 in the middle, and 12 at each of the four sides.
        Assert.Equal(2 * (16 + 4 * 12), matrix.Nonzeros);
        double[] image = [2, 3, 4, 5, 3, 5, 7, 9, 4, 7, 10, 13, 5, 9, 13, 17],
            both = [.. image, .. image.Select(v => v + 1)];
        double At(int row) => matrix.Row(row).Sum(entry => matrix.WeightValue(entry.Weight) * both[entry.Place]);
        // The course's numbers, its positions counted from 1: (1,1), (1,2), (2,1), (2,2).
        Assert.Equal([6, 14, 14, 27], new[] { 0, 1, 4, 5 }.Select(At));
    }

    [Fact]
    public void Two_hundred_random_convolutions_are_their_matrices()
    {
        var random = new Random(7);
        string Any(string[] of) => of[random.Next(of.Length)];
        int proved = 0;
        while (proved < 200)
        {
            string group = Any(groups);
            string text =
                $"{random.Next(1, 7)}x{random.Next(1, 7)}x{2 * random.Next(1, 3)} -> conv 4 {Any(sizes)} stride {Any(strides)} pad {Any(paddings)} dilation {Any(dilations)} {group}{(random.Next(2) == 0 ? " nobias" : "")}";
            Network network;
            try
            {
                network = Network.Parse(text);
            }
            catch (ShapeException)
            {
                continue;
            }
            var matrix = ConvolutionMatrix.Of(network);
            MatrixProof proof = MatrixProof.Of(matrix, [1, 2], TestContext.Current.CancellationToken);
            Assert.True(proof.InSymbols, text);
            Assert.True(proof.Forward < 1e-13 && proof.Backward < 1e-13, text);
            MatrixEntry[][] rows = [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];
            Assert.Equal(rows.Sum(row => row.Length), matrix.Nonzeros);
            // Columns are the rows, read the other way.
            Assert.Equal(
                rows.SelectMany((row, r) => row.Select(e => (e.Place, r, e.Weight))).Order(),
                Enumerable
                    .Range(0, (int)matrix.Columns)
                    .SelectMany(c => matrix.Column(c).Select(e => ((long)c, (int)e.Place, e.Weight)))
                    .Order()
            );
            for (int w = 0; w < matrix.WeightCount; w++)
            {
                (int, long)[] places = [.. rows.SelectMany((row, r) => row.Where(e => e.Weight == w).Select(e => (r, e.Place)))];
                Assert.Equal(places.Length, matrix.Times(w));
                Assert.Equal(places.Length == 0 ? null : places[0], matrix.First(w));
            }
            proved++;
        }
    }

    [Theory]
    [InlineData("4x4x2 -> conv 2 3x3 pad 1/0/2/1 stride 2x1")]
    [InlineData("5x4x2 -> conv 4 2x3 dilation 2x1 groups 2")]
    [InlineData("3x3x2 -> conv 2 2 depthwise nobias")]
    public void It_is_what_the_network_collapses_into(string text)
    {
        Network network = Network.Parse(text);
        var matrix = ConvolutionMatrix.Of(network);
        Collapse collapse = Collapse.Run(network, cancellation: TestContext.Current.CancellationToken);
        for (int row = 0; row < matrix.Rows; row++)
        {
            Assert.Equal(Enumerable.Range(0, collapse.Inputs).Select(column => collapse.Weight(row, column)), Row(matrix, row));
            Assert.Equal(collapse.Bias(row), matrix.Bias(row));
        }
    }

    [Fact]
    public void A_convolution_within_a_network_is_asked_for_by_name()
    {
        Network network = Network.Parse("6x6 -> conv 2 3x3 relu -> conv 3 3x3 -> dense 2");
        Assert.Equal("conv1", ConvolutionMatrix.Of(network).Node.Name);
        var second = ConvolutionMatrix.Of(
            network,
            "conv2",
            Weights(("conv2.bias", [1, 2, 3])),
            new Dictionary<string, string> { ["conv2.weight"] = "K" }
        );
        Assert.Equal((12, 32L), (second.Rows, second.Columns));
        Assert.Equal("K₁₁₁₁", second.Weight(0));
        Assert.Equal("2", second.Bias(4));
    }

    [Theory]
    [InlineData("2 -> dense 3", null, "has no convolution")]
    [InlineData("8x8 -> conv 2 3x3 relu -> conv 2 3x3", "conv3", "Did you mean \"conv1\"?")]
    [InlineData("8x8 -> conv 2 3x3 relu", "relu1", "relu1 (relu) is no convolution. Those of the network are conv1.")]
    [InlineData("300x300x3 -> conv 64 3x3", null, "at most 5,000,000")]
    [InlineData("100000x100000 -> conv 1 1 stride 100000", null, "1 × 10,000,000,000")]
    [InlineData("60000x60000x60000 -> conv 60000 1", null, "too large")]
    public void What_cannot_be_written_is_refused(string text, string? layer, string part) =>
        Assert.Contains(part, Assert.Throws<LonghandException>(() => ConvolutionMatrix.Of(Network.Parse(text), layer)).Message);

    [Fact]
    public void Too_many_terms_are_compared_in_numbers_alone()
    {
        MatrixProof proof = MatrixProof.Of(
            ConvolutionMatrix.Of(Network.Parse("60x60x3 -> conv 8 5x5")),
            [3],
            TestContext.Current.CancellationToken
        );
        Assert.Null(proof.InSymbols);
        Assert.InRange(proof.Forward, 0, 1e-12);
        Assert.InRange(proof.Backward, 0, 1e-12);
    }
}

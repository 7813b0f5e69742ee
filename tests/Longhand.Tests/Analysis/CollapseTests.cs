using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Properties;

/// <summary>A stack of linear layers is one linear layer, and nothing else is.</summary>
public class CollapseTests
{
    private static readonly Network letters = Network.Parse("2 -> dense 2 nobias -> dense 1 nobias");

    private static Collapse Run(
        Network network,
        Dictionary<string, IReadOnlyList<Expr>>? weights = null,
        Dictionary<string, string>? names = null
    ) => Collapse.Run(network, weights, names, TestContext.Current.CancellationToken);

    private static Collapse Run(Model model) => Collapse.Run(model, TestContext.Current.CancellationToken);

    private static Expr[] Symbols(params string[] names) => [.. names.Select(name => Expr.Symbol(name))];

    private static Expr[] Numbers(params string[] texts) => [.. texts.Select(text => Expr.Of(Rational.Parse(text)))];

    private static string[] Weights(Collapse c) =>
        [.. Enumerable.Range(0, c.Outputs).SelectMany(row => Enumerable.Range(0, c.Inputs).Select(column => c.Weight(row, column)))];

    private static Dictionary<string, IReadOnlyList<Expr>> Given(params (string Name, Expr[] Values)[] weights) =>
        weights.ToDictionary(w => w.Name, w => (IReadOnlyList<Expr>)w.Values);

    [Fact]
    public void Two_layers_in_letters_are_ae_plus_bf_and_ce_plus_df()
    {
        var c = Run(letters, Given(("dense1.weight", Symbols("a", "c", "b", "d")), ("dense2.weight", Symbols("e", "f"))));
        Assert.Equal(["ae + bf", "ce + df"], Weights(c));
        Assert.Equal("0", c.Bias(0));
        Assert.Equal((1, false, true, false), (c.Rank, c.IsNumeric, c.IsExact, c.HasBias));
        Assert.Equal((6L, 2L), (c.ParametersBefore, c.ParametersAfter));
        Assert.True(double.IsNaN(c.WeightValue(0, 0)));
    }

    [Fact]
    public void Without_weights_each_is_a_symbol_of_its_own()
    {
        Assert.Equal(["w¹₁₁w²₁₁ + w¹₂₁w²₁₂", "w¹₁₂w²₁₁ + w¹₂₂w²₁₂"], Weights(Run(letters)));
        var named = Run(letters, names: new Dictionary<string, string> { ["dense1.weight"] = "U" });
        Assert.Equal("U₁₁w₁ + U₂₁w₂", named.Weight(0, 0));
    }

    [Fact]
    public void Numbers_are_multiplied_as_fractions()
    {
        // W⁽³⁾W⁽²⁾W⁽¹⁾ and W⁽³⁾(W⁽²⁾b⁽¹⁾ + b⁽²⁾) + b⁽³⁾, by hand.
        var c = Run(
            Network.Parse("2 -> dense 3 -> dense 2 -> dense 1"),
            Given(
                ("dense1.weight", Numbers("1", "2", "3", "4", "5", "6")),
                ("dense1.bias", Numbers("1", "0", "-1")),
                ("dense2.weight", Numbers("1/3", "0", "1", "0.5", "-1", "2")),
                ("dense2.bias", Numbers("1/6", "0")),
                ("dense3.weight", Numbers("2", "0.1")),
                ("dense3.bias", Numbers("-3"))
            )
        );
        Assert.Equal(["137/12", "427/30"], Weights(c));
        Assert.Equal("-83/20", c.Bias(0));
        Assert.Equal(137 / 12.0, c.WeightValue(0, 0));
        Assert.Equal(-83 / 20.0, c.BiasValue(0));
        Assert.Equal((1, true, true, true), (c.Rank, c.IsNumeric, c.IsExact, c.HasBias));
    }

    [Theory]
    [InlineData("3 -> dense 5 -> dense 2 -> dense 4")]
    [InlineData("2x2x2 -> dense 3 -> dropout 0.5 -> identity -> dense 2")]
    [InlineData("3 as a -> dense 3 as b -> add a -> dense 2 -> concat b")]
    [InlineData("3 -> dense 4 -> mixture")]
    [InlineData("2 -> dense 3 swish beta=0 -> dense 1")]
    [InlineData("4x4x2 -> conv 2 3x3 stride 2x1 pad 1/0/2/1 -> dense 2")]
    [InlineData("5x5 -> avgpool 3 stride 2 pad 1 nopadcount -> conv 2 2x2 -> batchnorm")]
    [InlineData("4x4x2 -> conv 4 3x3 depthwise -> globalavgpool -> identity")]
    [InlineData("3 -> dense 3 -> batchnorm eps=0.1 -> dense 2")]
    public void The_single_layer_computes_what_the_stack_does(string notation)
    {
        var model = Model.Create(Network.Parse(notation), seed: 5);
        var c = Run(model);
        Assert.True(c.IsNumeric);
        float[] x = [.. Enumerable.Range(0, c.Inputs).Select(i => 0.3f * i - 0.5f)];
        float[] expected = model.Predict(x);
        for (int row = 0; row < c.Outputs; row++)
            Assert.Equal(expected[row], x.Select((v, i) => v * c.WeightValue(row, i)).Sum() + c.BiasValue(row), 5);
    }

    [Fact]
    public void Images_and_batchnorm_collapse_in_symbols_and_in_numbers()
    {
        var c = Run(Network.Parse("1x3 -> conv 1 1x2 nobias -> avgpool 1x2"));
        Assert.Equal(["w₁/2", "(w₂ + w₁)/2", "w₂/2"], Weights(c));
        Assert.Equal((2, 3), (c.ParametersBefore, c.ParametersAfter));
        c = Run(
            Network.Parse("1 -> dense 1 -> batchnorm eps=0"),
            Given(
                ("dense1.weight", Symbols("a")),
                ("dense1.bias", Symbols("c")),
                ("batchnorm1.weight", Numbers("3")),
                ("batchnorm1.bias", Numbers("1/3")),
                ("batchnorm1.running_mean", Numbers("2")),
                ("batchnorm1.running_var", Numbers("4"))
            )
        );
        Assert.Equal(
            1.5,
            Run(
                    Network.Parse("1 -> batchnorm eps=0"),
                    Given(
                        ("batchnorm1.weight", Numbers("3")),
                        ("batchnorm1.bias", Numbers("1/3")),
                        ("batchnorm1.running_mean", Numbers("2")),
                        ("batchnorm1.running_var", Numbers("4"))
                    )
                )
                .WeightValue(0, 0)
        );
        // γ and β are trained; the running values are not counted.
        Assert.Equal((4, 2), (c.ParametersBefore, c.ParametersAfter));
        Assert.Contains("a", c.Weight(0, 0));
    }

    [Fact]
    public void A_narrow_layer_bounds_the_rank()
    {
        Assert.Equal(1, Run(Network.Parse("3 -> dense 1 -> dense 3")).Rank);
        Assert.Equal(2, Run(Model.Create(Network.Parse("4 -> dense 2 -> dense 5"), seed: 3)).Rank);
        Network square = Network.Parse("2 -> dense 2 nobias");
        Assert.Equal(1, Run(square, Given(("dense1.weight", Numbers("1", "2", "1/3", "2/3")))).Rank);
        Assert.Equal(0, Run(square, Given(("dense1.weight", Numbers("0", "0", "0", "0")))).Rank);
        Assert.Equal(1, Run(square, Given(("dense1.weight", Symbols("a", "b", "a", "b")))).Rank);
        Assert.Equal(2, Run(square, Given(("dense1.weight", Symbols("a", "b", "b", "a")))).Rank);
    }

    [Theory]
    [InlineData("2 -> dense 3 -> dense 2 relu -> dense 1 tanh", "relu1 (relu)")]
    [InlineData("2 -> dense 2 leakyrelu slope=0.2", "leakyrelu1 (leakyrelu slope=0.2)")]
    [InlineData("2 -> softmax", "softmax1")]
    [InlineData("4x4 -> conv 2 2x2 -> maxpool 3 -> dense 1 relu", "maxpool1 (maxpool 3)")]
    [InlineData("2 -> logsoftmax", "logsoftmax1")]
    [InlineData("2 -> step", "step1")]
    [InlineData("2 -> dense 2 swish learn", "swish1")]
    public void The_first_layer_that_is_not_linear_is_named(string notation, string layer)
    {
        var refused = Assert.Throws<LonghandException>(() => Run(Network.Parse(notation)));
        Assert.StartsWith(layer, refused.Message);
        Assert.Contains("is not linear", refused.Message);
        Assert.StartsWith(layer, Assert.Throws<LonghandException>(() => Run(Model.Create(Network.Parse(notation)))).Message);
    }

    [Fact]
    public void Every_activation_collapses_exactly_where_it_is_a_line()
    {
        foreach (string example in Layer.Kinds.All.SelectMany(kind => kind.Examples).Where(e => Layer.Kinds.Parse(e).IsActivation))
        {
            bool straight = example is "identity" or "swish beta=0";
            Exception? refused = Record.Exception(() => Run(Network.Parse($"2 -> dense 2 -> {example} -> dense 1")));
            Assert.Equal(straight, refused is null);
        }
    }

    // Each input stands still while another moves; their product must be refused all the same.
    private sealed class Product : Layer
    {
        public override string Kind => "product";
        public override string Notation => "product";

        public override Shape Output(IReadOnlyList<Shape> inputs) => [1];

        public override void Forward<T>(Pass<T> p) => p.Y[0, 0] = p.X[0, 0] * p.X[0, 1];

        public override void Backward<T>(Pass<T> p) => throw new NotSupportedException();
    }

    [Fact]
    public void A_product_of_inputs_is_not_linear()
    {
        var refused = Assert.Throws<LonghandException>(() => Run(Network.Chain([2], new Product())));
        Assert.StartsWith("product1 (product) is not linear", refused.Message);
    }

    [Theory]
    [InlineData("2 -> 25 * (dense 2)", "more than 1,000,000 terms")]
    [InlineData("1 -> 1500 * (dense 1 nobias)", "nested more than 1,000 deep")]
    [InlineData("1080x1920x3 -> dense 256 -> dense 10", "too large to collapse")]
    public void What_nobody_could_read_is_refused(string notation, string expected) =>
        Assert.Contains(expected, Assert.Throws<LonghandException>(() => Run(Network.Parse(notation))).Message);

    [Fact]
    public void Deep_stacks_within_the_bounds_are_written()
    {
        Assert.StartsWith("w¹", Run(Network.Parse("1 -> 900 * (dense 1 nobias)")).Weight(0, 0)[..2].Replace("w₁", "w¹"));
        // Fractions grow with each layer: beyond a length they are rounded, and that is said.
        var rounded = Run(Model.Create(Network.Parse("3 -> 60 * (dense 3)")));
        Assert.False(rounded.IsExact);
        Assert.True(rounded.IsNumeric && double.IsFinite(rounded.WeightValue(0, 0)));
    }

    [Fact]
    public void A_word_may_not_be_mistaken_for_a_weight_that_is_absent()
    {
        Network network = Network.Parse("2 -> dense 1");
        var refused = Assert.Throws<LonghandException>(() => Run(network, Given(("dense1.weight", Symbols("a", "b")))));
        Assert.Contains("\"b\" is a word among the weights", refused.Message);
        Assert.Throws<ShapeException>(() => Run(network, Given(("dense1.weight", Symbols("a")))));
    }
}

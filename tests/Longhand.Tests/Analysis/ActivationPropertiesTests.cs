using Longhand.Activations;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Properties;

/// <summary>What is found of activations from their declarations, against what courses teach of them.</summary>
public class ActivationPropertiesTests
{
    private static ActivationProperties Of(string notation) => ActivationProperties.Of((Activation)Layer.Kinds.Parse(notation));

    [Theory]
    [InlineData("sigmoid", true, true, false)]
    [InlineData("tanh", true, true, false)]
    [InlineData("arctan", true, true, false)]
    [InlineData("step", true, true, false)]
    [InlineData("relu", true, false, false)]
    [InlineData("softplus", true, false, false)]
    [InlineData("elu", true, false, false)]
    [InlineData("gelu", true, false, false)]
    [InlineData("swish", true, false, false)]
    [InlineData("swish beta=-1", false, true, false)]
    [InlineData("leakyrelu", false, false, false)]
    [InlineData("sin", false, false, false)]
    [InlineData("identity", false, false, true)]
    [InlineData("swish beta=0", false, false, true)]
    [InlineData("leakyrelu slope=1", false, false, true)]
    public void Saturation_and_linearity(string notation, bool left, bool right, bool linear)
    {
        ActivationProperties found = Of(notation);
        Assert.Equal((left, right, linear), (found.SaturatesLeft, found.SaturatesRight, found.Linear));
        Assert.Equal(left && right, found.Saturates);
    }

    [Theory]
    [InlineData("sigmoid", 0.25, 0.25)]
    [InlineData("tanh", 1, 1)]
    [InlineData("identity", 1, 1)]
    [InlineData("sin", 1, 1)]
    [InlineData("softplus", 0.5, 0.5)]
    [InlineData("gelu", 0.5, 0.5)]
    [InlineData("gelu-tanh", 0.5, 0.5)]
    [InlineData("swish beta=1000000", 0.5, 0.5)]
    [InlineData("arctan", 1 / Math.PI, 1 / Math.PI)]
    [InlineData("elu alpha=1", 1, 1)]
    [InlineData("elu alpha=0.5", 0.5, 1)]
    [InlineData("relu", 0, 1)]
    [InlineData("leakyrelu slope=-0.5", -0.5, 1)]
    [InlineData("step", double.PositiveInfinity, 0)]
    public void Derivatives_at_zero_decide_whether_there_is_one(string notation, double left, double right)
    {
        ActivationProperties found = Of(notation);
        Assert.Equal(left, found.LeftDerivativeAtZero, 12);
        Assert.Equal(right, found.RightDerivativeAtZero, 12);
        Assert.Equal(left.Equals(right), found.Differentiable);
        Assert.Equal(left.Equals(right) ? [] : [0.0], found.NotDifferentiableAt);
        Assert.Equal(double.IsInfinity(left) ? [0.0] : [], found.JumpsAt);
    }

    [Theory]
    [InlineData("tanh", true, true)]
    [InlineData("identity", true, true)]
    [InlineData("sin", true, false)]
    [InlineData("sigmoid", false, true)]
    [InlineData("arctan", false, true)]
    [InlineData("relu", false, true)]
    [InlineData("softplus", false, true)]
    [InlineData("step", false, true)]
    [InlineData("elu", false, true)]
    [InlineData("elu alpha=-1", false, false)]
    [InlineData("leakyrelu", false, true)]
    [InlineData("leakyrelu slope=-0.5", false, false)]
    [InlineData("swish", false, false)]
    [InlineData("swish beta=1e9", false, false)]
    [InlineData("gelu", false, false)]
    [InlineData("gelu-tanh", false, false)]
    public void Zero_centred_and_monotone(string notation, bool zeroCentred, bool monotone)
    {
        ActivationProperties found = Of(notation);
        Assert.Equal((zeroCentred, monotone), (found.ZeroCentred, found.Monotone));
    }

    [Theory]
    [InlineData("sigmoid", 0, 1, false, false)]
    [InlineData("tanh", -1, 1, false, false)]
    [InlineData("sin", -1, 1, true, true)]
    [InlineData("step", 0, 1, true, true)]
    [InlineData("relu", 0, double.PositiveInfinity, true, false)]
    [InlineData("softplus", 0, double.PositiveInfinity, false, false)]
    [InlineData("elu alpha=0.5", -0.5, double.PositiveInfinity, false, false)]
    [InlineData("swish", -0.278464542761074, double.PositiveInfinity, true, false)]
    [InlineData("swish beta=-1", double.NegativeInfinity, 0.278464542761074, false, true)]
    [InlineData("gelu", -0.169971207, double.PositiveInfinity, true, false)]
    [InlineData("identity", double.NegativeInfinity, double.PositiveInfinity, false, false)]
    public void The_range_and_whether_its_ends_are_values(string notation, double low, double high, bool lowReached, bool highReached)
    {
        ActivationProperties found = Of(notation);
        Assert.Equal(low, found.Low, 9);
        Assert.Equal(high, found.High, 9);
        Assert.Equal((lowReached, highReached), (found.LowReached, found.HighReached));
    }

    [Fact]
    public void What_is_found_lies_in_the_range_that_is_declared()
    {
        foreach (Kind<Layer> kind in Layer.Kinds.All)
        foreach (string example in kind.Examples)
            if (Layer.Kinds.Parse(example) is Activation activation)
            {
                var found = ActivationProperties.Of(activation);
                OutputRange declared = activation.Range(OutputRange.Unbounded);
                Assert.True(found.Low >= declared.Low && found.High <= declared.High, $"{example}: {found.Low} … {found.High}");
                Assert.Equal(found.Differentiable, found.LeftDerivativeAtZero.Equals(found.RightDerivativeAtZero));
            }
    }

    [Fact]
    public void Limits_of_the_numbers_in_an_activation()
    {
        Assert.Equal([new("beta", 0, "x/2"), new("beta", double.PositiveInfinity, "relu")], Of("swish beta=2").ParameterLimits);
        Assert.Equal([new("slope", 0, "relu"), new("slope", 1, "identity")], Of("leakyrelu").ParameterLimits);
        Assert.Contains(new ParameterLimit("alpha", 0, "relu"), Of("elu").ParameterLimits);
        Assert.Empty(Of("tanh").ParameterLimits);
        Assert.Equal((null, null), (Of("sin").LimitLeft, Of("sin").LimitRight));
    }

    [Fact]
    public void Formulas_are_read_from_the_declaration_branch_by_branch()
    {
        Assert.Equal(["y(1 − y)"], Of("sigmoid").SlopeFormula.Select(piece => piece.Text));
        Assert.Equal(["𝟙(y > 0)"], Of("relu").SlopeFormula.Select(piece => piece.Text));
        Assert.Equal(
            [("½(e^x − 1)", "x < 0"), ("x", "x ≥ 0")],
            Of("elu alpha=0.5").ValueFormula.Select(piece => (piece.Text, piece.Condition))
        );
    }

    // Kinks away from 0 are found as well as those at it, and steps that are no unit steps.
    private readonly struct HardTanh : IActivationRule
    {
        public T Value<T>(T x)
            where T : IReal<T> => T.Max(T.Of(-1), -T.Max(T.Of(-1), -x));

        public T Slope<T>(T x, T y)
            where T : IReal<T> => T.Select(T.Of(1) - T.Abs(x), T.Of(1), T.Of(0), T.Of(0));
    }

    [Fact]
    public void Kinks_away_from_zero_are_found()
    {
        var found = ActivationProperties.Of(new Elementwise<HardTanh>("hardtanh", "hardtanh", new(-1, 1), default));
        Assert.Equal([-1, 1], found.NotDifferentiableAt);
        Assert.Equal((1.0, 1.0), (found.LeftDerivativeAtZero, found.RightDerivativeAtZero));
        Assert.Equal((-1.0, 1.0, true, true), (found.Low, found.High, found.LowReached, found.HighReached));
        Assert.True(found.Monotone && found.ZeroCentred && found.Saturates && !found.Linear);
        Assert.Empty(found.JumpsAt);
    }
}

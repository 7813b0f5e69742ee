using FsCheck;
using FsCheck.Fluent;
using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>The identities of the first exercises on softmax and sigmoid, on random numbers.</summary>
public class SoftmaxLaws
{
    private static readonly Arbitrary<double> logit = Gen.Choose(-500_000, 500_000).Select(i => i / 1000.0).ToArbitrary();

    private static readonly Arbitrary<double[]> logits = Gen.Choose(1, 8).SelectMany(n => logit.Generator.ArrayOf(n)).ToArbitrary();

    [Fact]
    public void Softmax_does_not_see_a_shift() =>
        Prop.ForAll(
                logits,
                logit,
                (z, m) => Close(Apply(new Softmax(), z), Apply(new Softmax(), Array.ConvertAll(z, v => v + m)), 1e-12 * (1 + Math.Abs(m)))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Logsoftmax_is_the_logarithm_of_softmax() =>
        Prop.ForAll(logits, z => Close(Apply(new Softmax(), z), Array.ConvertAll(Apply(new LogSoftmax(), z), Math.Exp), 1e-12))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_classes_are_a_sigmoid_of_the_difference() =>
        Prop.ForAll(logit, logit, (a, b) => Close(Apply(new Softmax(), [a, b]), [RealMath.Sigmoid(a - b), RealMath.Sigmoid(b - a)], 1e-14))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_slope_of_sigmoid_is_sigmoid_times_one_minus_itself() =>
        Prop.ForAll(
                logit,
                x =>
                {
                    double s = RealMath.Sigmoid(x),
                        slope = Activation.Sigmoid.Slope(new Float64(x), new Float64(s)).Value;
                    return slope == s * (1 - s) && Math.Abs(Dual.Sigmoid(new Dual(x, 1)).Derivative - slope) <= 1e-15;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Tanh_is_a_stretched_sigmoid() =>
        Prop.ForAll(logit, x => Math.Abs(Math.Tanh(x) - (2 * RealMath.Sigmoid(2 * x) - 1)) <= 1e-15).QuickCheckThrowOnFailure();

    [Fact]
    public void Swish_lies_between_half_of_x_and_relu()
    {
        Assert.Equal(1.5, Activation.Swish(1e-9).Value(new Float64(3)).Value, 1e-8);
        Assert.Equal(3, Activation.Swish(1e3).Value(new Float64(3)).Value, 1e-12);
        Assert.Equal(0, Activation.Swish(1e3).Value(new Float64(-3)).Value, 1e-12);
    }

    [Fact]
    public void A_loss_on_logits_is_that_on_probabilities_without_the_rounding() =>
        Prop.ForAll(
                logit.Filter(x => Math.Abs(x) < 10),
                ArbMap.Default.ArbFor<bool>(),
                (x, yes) =>
                {
                    var target = new Grid<Float64>([new(yes ? 1 : 0)], 1, 1);
                    double direct = Loss.BinaryCrossEntropyWithLogits.Value(new([new(x)], 1, 1), target).Value,
                        around = Loss.BinaryCrossEntropy.Value(new([new(RealMath.Sigmoid(x))], 1, 1), target).Value;
                    return Math.Abs(direct - around) <= 1e-11;
                }
            )
            .QuickCheckThrowOnFailure();

    private static double[] Apply(Layer layer, double[] z)
    {
        Network network = Network.Chain([z.Length], layer);
        return Lab.Reference(
            Lab.Model(network, 1),
            new Grid<Float64>(Array.ConvertAll(z, v => new Float64(v)), 1, z.Length),
            null,
            training: false
        ).Output;
    }

    private static bool Close(double[] a, double[] b, double tolerance) =>
        a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
}

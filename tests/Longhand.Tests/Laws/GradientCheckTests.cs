using Longhand.Activations;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Xunit;

namespace Longhand.Tests.Laws;

public class GradientCheckTests
{
    private static readonly Grid<Float64> noTarget = Lab.Random(51, 3, 2);

    [Fact]
    public void A_wrong_slope_is_found_where_it_is()
    {
        // The slope is off by a ten-thousandth; the second layer does not pass through it.
        var wrong = new Elementwise<NearlyTanh>("nearly-tanh", "nearly-tanh", new(-1, 1), default);
        GradientCheck check = Check(Network.Chain([4], new Dense(3), wrong, new Dense(2)));
        Assert.False(check.Ok);
        Assert.Equal(
            ["dense1.bias", "dense1.weight", "input"],
            check.Comparisons.Where(c => !c.Ok).Select(c => c.Parameter).Distinct().Order()
        );
        Assert.Equal(GradientSource.Dual, check.Worst!.Source);
        Assert.Equal(1e-4, check.WorstOf(GradientSource.Dual)!.RelativeError, 1e-5);
        Assert.Equal(1e-4, check.WorstOf(GradientSource.Difference)!.RelativeError, 1e-5);
        Assert.True(check.WorstOf(GradientSource.Kernel)!.Ok);
    }

    [Fact]
    public void A_wrong_kernel_is_found()
    {
        GradientCheck check = Check(Network.Chain([4], new Dense(3), new WrongKernel(), new Dense(2)));
        Assert.Equal([GradientSource.Kernel], check.Comparisons.Where(c => !c.Ok).Select(c => c.Source).Distinct());
    }

    [Fact]
    public void A_right_network_passes_and_says_how_much_was_looked_at()
    {
        GradientCheck check = Check(Network.Chain([4], new Dense(100), Activation.Tanh, new Dense(2)));
        Assert.True(check.Ok, check.Worst?.ToString());
        Assert.Equal(400 + 100 + 200 + 2 + 12, check.Coordinates);
        Assert.Equal(200 + 100 + 200 + 2 + 12, check.CheckedCoordinates);
        Assert.Equal(5 * 3, check.Comparisons.Count);
        Assert.Empty(check.Kinks);
        Assert.Contains(check.Comparisons, c => c.Parameter == "input" && c.Source == GradientSource.Kernel);
    }

    [Fact]
    public void A_kink_excuses_and_is_reported()
    {
        // z = 0 exactly: the slope of relu there is a convention.
        Network network = Network.Chain([2], new Dense(1), Activation.Relu, new Dense(1));
        Model model = Exactly(network, [1, -1], [0], [2], [0.5]);
        GradientCheck check = GradientCheck.Run(model, Row(0.5, 0.5), Row(3), Loss.HalfMeanSquaredError);
        Assert.True(check.Ok, check.Worst?.ToString());
        Assert.Contains(check.Kinks, k => k is { Parameter: "dense1.bias", Reference: 0, Left: 0 } && Math.Abs(k.Right + 5) < 1e-3);
        Assert.DoesNotContain(check.Kinks, k => k.Parameter.StartsWith("dense2", StringComparison.Ordinal) && k.Index[0] != 0);
    }

    [Fact]
    public void A_kink_does_not_excuse_what_is_wrong_beyond_it()
    {
        Network network = Network.Chain(
            [2],
            new Dense(1),
            Activation.Relu,
            new Elementwise<NearlyTanh>("nearly-tanh", "nearly-tanh", new(-1, 1), default),
            new Dense(1)
        );
        Model model = Exactly(network, [1, -1], [0.3], [2], [0.5]);
        Assert.False(GradientCheck.Run(model, Row(0.5, 0.5), Row(3), Loss.HalfMeanSquaredError).Ok);
    }

    [Fact]
    public void A_jump_excuses_too()
    {
        Network network = Network.Chain([2], new Dense(1), Activation.Step, new Dense(1));
        Model model = Exactly(network, [1, -1], [0], [2], [0.5]);
        GradientCheck check = GradientCheck.Run(model, Row(0.5, 0.5), Row(3), Loss.HalfMeanSquaredError);
        Assert.True(check.Ok, check.Worst?.ToString());
        Assert.Contains(check.Kinks, k => k.Parameter == "dense1.bias");
    }

    [Fact]
    public void The_callers_batch_stays_as_it_was()
    {
        Grid<Float64> input = Lab.Random(52, 3, 4);
        double[] before = Lab.Doubles(input);
        GradientCheck.Run(Lab.Model(Network.Chain([4], new Dense(2)), 53), input, noTarget, Loss.MeanSquaredError);
        Assert.Equal(before, Lab.Doubles(input));
    }

    [Fact]
    public void Dropout_and_images_are_checked_in_both_modes()
    {
        Network network = Network.Chain(
            [3, 2, 2],
            Activation.Tanh,
            new Dropout(0.4),
            new Dense(5),
            Activation.Sigmoid,
            new Dropout(0.3),
            new Dense(2)
        );
        foreach (bool training in (bool[])[true, false])
        {
            GradientCheck check = GradientCheck.Run(
                Lab.Model(network, 54),
                Lab.Random(55, 3, 2, 3, 2),
                noTarget,
                Loss.HalfMeanSquaredError,
                training
            );
            Assert.True(check.Ok, check.Worst?.ToString());
            Assert.Equal(training, check.KernelCompared);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Model model = Lab.Model(Network.Chain([4], new Dense(2)), 56);
        Assert.Throws<ShapeException>(() => GradientCheck.Run(model, Lab.Random(1, 3, 5), noTarget, Loss.MeanSquaredError));
        Assert.Throws<ShapeException>(() => GradientCheck.Run(model, Lab.Random(1, 4, 4), noTarget, Loss.MeanSquaredError));
        Assert.Throws<ShapeException>(() =>
            GradientCheck.HessianVectorProduct(
                model,
                Lab.Random(1, 3, 4),
                noTarget,
                Loss.MeanSquaredError,
                [
                    [1],
                ]
            )
        );
    }

    [Theory]
    [InlineData("swish")]
    [InlineData("swish learn")]
    [InlineData("gelu")]
    [InlineData("softmax")]
    public void The_Hessian_is_symmetric_and_the_slope_of_the_gradient(string activation)
    {
        Network network = Network.Chain([2], new Dense(3), Layer.Kinds.Parse(activation), new Dense(2));
        Model model = Lab.Model(network, 57);
        Grid<Float64> input = Lab.Random(58, 4, 2),
            target = Lab.Random(59, 4, 2);
        int count = (int)network.ParameterCount;
        double[][] hessian = [.. Enumerable.Range(0, count).Select(i => Column(i))];
        for (int i = 0; i < count; i++)
        {
            const double h = 1e-5;
            double[] above = Gradient(i, h),
                below = Gradient(i, -h);
            Lab.Near([.. above.Zip(below, (a, b) => (a - b) / (2 * h))], hessian[i], 1e-7, $"{activation}, column {i}");
            for (int j = 0; j < i; j++)
                Assert.Equal(hessian[i][j], hessian[j][i], 1e-12);
        }

        double[] Column(int i)
        {
            double[][] direction = [.. network.Parameters.Select(p => new double[p.Parameter.Length])];
            At(direction, i) = 1;
            return
            [
                .. GradientCheck
                    .HessianVectorProduct(model, input, target, Loss.HalfMeanSquaredError, direction)
                    .SelectMany(column => column),
            ];
        }

        double[] Gradient(int i, double shift)
        {
            double[][] values = [.. model.Values.Select(v => v.ToDoubles())];
            At(values, i) += shift;
            Model moved = Model.Create(
                network,
                network.Parameters.Index().ToDictionary(p => p.Item.Name, p => new ParameterValues(p.Item.Parameter, values[p.Index]))
            );
            var output = new Longhand.Reference.ReferenceRun<Float64>(network, Lab.Parameters(moved), input, training: true);
            output.Forward();
            var upstream = new Grid<Float64>([.. target.Sizes]);
            Loss.HalfMeanSquaredError.Gradient(output.Output, target, upstream);
            output.Backward(upstream);
            return [.. output.ParameterResults.SelectMany(Lab.Doubles)];
        }

        static ref double At(double[][] arrays, int i)
        {
            int array = 0;
            for (; i >= arrays[array].Length; array++)
                i -= arrays[array].Length;
            return ref arrays[array][i];
        }
    }

    [Fact]
    public void Through_relu_a_loss_has_no_curvature_but_that_of_its_linear_pieces()
    {
        // hinge(w₂ relu(w₁x)): piecewise bilinear. Along w₁ alone, and along w₂ alone, nothing bends.
        Network network = Network.Chain([2], new Dense(4), Activation.Relu, new Dense(1));
        Model model = Lab.Model(network, 60);
        Grid<Float64> input = Lab.Random(61, 5, 2),
            target = new(Array.ConvertAll((double[])[1, -1, 1, 1, -1], t => new Float64(t)), 5, 1);
        foreach (int first in (int[])[0, 2])
        {
            double[][] direction =
            [
                .. network.Parameters.Select(
                    (p, i) =>
                        i == first || i == first + 1 ? Lab.Doubles(Lab.Random(62, (int)p.Parameter.Length)) : new double[p.Parameter.Length]
                ),
            ];
            IReadOnlyList<double[]> product = GradientCheck.HessianVectorProduct(model, input, target, Loss.Hinge, direction);
            Assert.All(product[first], v => Assert.Equal(0, v));
            Assert.All(product[first + 1], v => Assert.Equal(0, v));
        }
    }

    private static GradientCheck Check(Network network) =>
        GradientCheck.Run(Lab.Model(network, 63, 0.5), Lab.Random(64, 3, 4), noTarget, Loss.HalfMeanSquaredError);

    private static Model Exactly(Network network, params double[][] values) =>
        Model.Create(
            network,
            network.Parameters.Index().ToDictionary(p => p.Item.Name, p => new ParameterValues(p.Item.Parameter, values[p.Index]))
        );

    private static Grid<Float64> Row(params double[] values) => new(Array.ConvertAll(values, v => new Float64(v)), 1, values.Length);

    private readonly struct NearlyTanh : IActivationRule
    {
        public T Value<T>(T x)
            where T : IReal<T> => T.Tanh(x);

        public T Slope<T>(T x, T y)
            where T : IReal<T> => T.Of(1.0001) * (T.Of(1) - T.Power(y, 2));
    }

    private sealed class WrongKernel : Layer
    {
        public override string Kind => "wrong";
        public override string Notation => "wrong";

        public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

        public override void Forward<T>(Pass<T> p)
        {
            for (int i = 0; i < p.Y.Length; i++)
                p.Y.SetFlat(i, p.X.Flat(i));
        }

        public override void Backward<T>(Pass<T> p)
        {
            // What a plan reads this with is a float.
            T factor = typeof(T) == typeof(Float32) ? T.Of(1.01) : T.Of(1);
            for (int i = 0; i < p.Y.Length; i++)
                p.DX.SetFlat(i, factor * p.DY.Flat(i));
        }
    }
}

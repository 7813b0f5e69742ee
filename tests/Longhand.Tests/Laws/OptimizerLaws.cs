using Longhand.Kernels;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>What holds for every optimizer there is.</summary>
public unsafe class OptimizerLaws
{
    public static TheoryData<string> Optimizers => Lab.Examples(Optimizer.Kinds);

    [Fact]
    public void Every_kind_gives_an_example() => Assert.All(Optimizer.Kinds.All, kind => Assert.NotEmpty(kind.Examples));

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Notation_reads_back(string text)
    {
        Optimizer optimizer = Optimizer.Parse(text),
            again = Optimizer.Parse(optimizer.Notation);
        Assert.Equal(text, optimizer.Notation);
        Assert.Equal(optimizer.Notation, again.Notation);
        Assert.Equal(optimizer.State, again.State);
        Assert.Equal(Run(optimizer, 5), Run(again, 5));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_keyword_alone_is_enough(string text)
    {
        Optimizer optimizer = Optimizer.Parse(text.Split(' ')[0]);
        Assert.Equal(optimizer.Notation, Optimizer.Parse(optimizer.Notation).Notation);
        Assert.True(optimizer.LearningRate > 0);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void The_kernel_follows_the_rule(string text)
    {
        const int steps = 20;
        Optimizer optimizer = Optimizer.Parse(text);
        double[] weights = Run(optimizer, steps);
        int count = weights.Length;
        var values = new FloatBuffer(count);
        var gradients = new FloatBuffer(count);
        int stride = FloatBuffer.Padded(count);
        var state = new FloatBuffer((long)stride * optimizer.State.Count);
        for (int i = 0; i < count; i++)
            values.Span[i] = (float)Start(i);
        OptimizerKernel kernel = OptimizerKernel.Of(optimizer);
        var site = new OptimizerSite
        {
            Weights = values.Pointer,
            Gradients = gradients.Pointer,
            State = state.Pointer,
            States = optimizer.State.Count,
            Count = stride,
        };
        for (int step = 1; step <= steps; step++)
        {
            for (int i = 0; i < count; i++)
                gradients.Span[i] = (float)Gradient(step, i);
            kernel.Run(in site, 0, stride, step, optimizer.LearningRate);
        }
        Lab.Near(weights, Array.ConvertAll(values.Span.ToArray(), v => (double)v), 2e-6, text);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Written_down_an_update_has_the_same_value(string text)
    {
        Optimizer optimizer = Optimizer.Parse(text);
        var state = new Expr[optimizer.State.Count];
        Array.Fill(state, Expr.Of(0.0));
        var constants = new Expr[Optimizer.MaximumConstants];
        Expr weight = Expr.Of(Start(0));
        for (int step = 1; step <= 3; step++)
        {
            optimizer.Constants(step, Expr.Of(optimizer.LearningRate), constants);
            Expr next = optimizer.Next(Expr.Symbol("w", weight.Value, null), Expr.Symbol("g", Gradient(step, 0), null), state, constants);
            weight = Expr.Symbol("w", next.Value, null);
            for (int k = 0; k < state.Length; k++)
                state[k] = Expr.Symbol("s", state[k].Value, null);
        }
        Assert.Equal(Run(optimizer, 3)[0], weight.Value, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Descent_goes_downhill(string text)
    {
        // Ten thousandth-sized steps along the slope of ½w² from 3.
        Optimizer optimizer = Optimizer.Parse(text);
        var state = new Float64[optimizer.State.Count];
        var constants = new Float64[Optimizer.MaximumConstants];
        var weight = new Float64(3);
        for (int step = 1; step <= 10; step++)
        {
            optimizer.Constants(step, new Float64(0.001), constants);
            Float64 next = optimizer.Next(weight, weight, state, constants);
            Assert.InRange(next.Value, 0, weight.Value - 1e-9);
            weight = next;
        }
    }

    // w0 = 1, gradients 1, 0.5, −0.25, rate 0.1, otherwise what is taken when nothing is said.
    [Theory]
    [InlineData("sgd lr=0.1 momentum=0.9", 0.9, 0.76, 0.659)]
    [InlineData("sgd lr=0.1 momentum=0.9 nesterov", 0.81, 0.634, 0.5681)]
    [InlineData("sgd lr=0.1 momentum=0.9 dampening=0.5", 0.9, 0.785, 0.694)]
    [InlineData("adam lr=0.1", 0.9, 0.8067821, 0.7504159)]
    [InlineData("adamw lr=0.1", 0.899, 0.8048831, 0.747712)]
    [InlineData("rmsprop lr=0.1", 1e-7, -0.4490132, -0.228909)]
    [InlineData("adagrad lr=0.1", 0.9, 0.8552786, 0.8771004)]
    public void Three_known_updates(string text, double first, double second, double third)
    {
        Optimizer optimizer = Optimizer.Parse(text);
        var state = new Float64[optimizer.State.Count];
        var constants = new Float64[Optimizer.MaximumConstants];
        var weight = new Float64(1);
        double[] found =
        [
            .. ((double[])[1, 0.5, -0.25]).Select(
                (g, i) =>
                {
                    optimizer.Constants(i + 1, new Float64(0.1), constants);
                    return (weight = optimizer.Next(weight, new(g), state, constants)).Value;
                }
            ),
        ];
        Lab.Near([first, second, third], found, 1e-6, text);
    }

    [Theory]
    [InlineData("adam beta1=1")]
    [InlineData("adamw beta2=1")]
    [InlineData("nadam beta1=1")]
    public void A_mean_that_never_learns_is_refused(string text) =>
        Assert.Contains("below 1", Assert.Throws<LonghandException>(() => Optimizer.Parse(text)).Message);

    private static double Start(int i) => (float)Math.Sin(1.7 * i + 0.3);

    private static double Gradient(int step, int i) => (float)(Math.Cos(2.3 * i + 0.9 * step) * (i % 3 == 0 ? 0.01 : 2));

    private static double[] Run(Optimizer optimizer, int steps)
    {
        var weights = new double[37];
        var constants = new Float64[Optimizer.MaximumConstants];
        for (int i = 0; i < weights.Length; i++)
        {
            var weight = new Float64(Start(i));
            var state = new Float64[optimizer.State.Count];
            for (int step = 1; step <= steps; step++)
            {
                optimizer.Constants(step, new Float64(optimizer.LearningRate), constants);
                weight = optimizer.Next(weight, new(Gradient(step, i)), state, constants);
            }
            weights[i] = weight.Value;
        }
        return weights;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Longhand.Analysis;
using Longhand.Numbers;
using Longhand.Tests.Laws;
using Xunit;

namespace Longhand.Tests.Properties;

/// <summary>Functions minimised step by step.</summary>
public class DescentTests
{
    private static Descent Run(string function, string optimizer, int steps, params double[] start) =>
        Descent.Run(Expression.Parse(function), Array.ConvertAll(start, Rational.FromDouble), Optimizer.Parse(optimizer), steps);

    private static string Points(string function)
    {
        var found = StationaryPoints.Of(Expression.Parse(function));
        return string.Join(
            "; ",
            found.Points.Select(p =>
                $"{(p.Exact is null ? string.Join(",", p.Point.Select(x => x.ToString("F6"))) : string.Join(",", p.Exact))} {p.Kind}"
                + string.Concat(p.Directions.Select(d => $" along {string.Join(",", d)}"))
            )
        );
    }

    [Theory]
    [InlineData(0.01, 0.98, 1.4001)]
    [InlineData(0.1, 0.8, 1.2806)]
    [InlineData(10, -19, 19.0263)]
    public void The_course_s_step_comes_out(double rate, double y, double distance)
    {
        Descent descent = Run("y^2 + (y-x)^2", FormattableString.Invariant($"sgd lr={rate}"), 1, 1, 1);
        Assert.Equal([1, y], descent.Path[1].Point);
        Assert.Equal(distance, descent.Path[1].Distance!.Value, 5e-5);
        Assert.Equal("−2(y − x)", descent.Gradient[0].Text);
        Assert.Equal("2y + 2(y − x)", descent.Gradient[1].Text);
        Assert.Equal("0,0 Minimum", Points("y^2 + (y-x)^2"));
        Assert.Equal(rate > 1, descent.Diverges);
        Assert.Equal(3 + Math.Sqrt(5), descent.Curvature!.Value.Greatest, 1e-12);
        Assert.Equal(2 / (3 + Math.Sqrt(5)), descent.StableRate!.Limit, 1e-12);
    }

    [Theory]
    [InlineData("x^2 - 3x + y^2/3 + x*y/7", "294/193,-63/193 Minimum")]
    [InlineData("-x^2 - 2y^2 + y", "0,1/4 Maximum")]
    [InlineData("x*y", "0,0 Saddle")]
    [InlineData("x^2 - y^2", "0,0 Saddle")]
    [InlineData("(x-y)^2", "0,0 Minimum along 1,1")]
    [InlineData("(x-y)^2 + x - y", "-1/2,0 Minimum along 1,1")]
    [InlineData("(x-y)^2 + x", "")]
    [InlineData("x + y", "")]
    [InlineData("0x", "0 Degenerate along 1")]
    [InlineData("x*y + y*z + x*z", "0,0,0 Saddle")]
    [InlineData("x^2 + y^2 + 0z", "0,0,0 Minimum along 0,0,1")]
    [InlineData("x^4 - 2x^2", "-1 Minimum; 0 Maximum; 1 Minimum")]
    [InlineData("x^3", "0 Inflection")]
    [InlineData("x^3 + x", "")]
    [InlineData("x^4", "0 Minimum")]
    [InlineData("x^3/3 - 2x", "-1.414214 Maximum; 1.414214 Minimum")]
    [InlineData("(x-1/3)^2*(x-1/2)^2", "1/3 Minimum; 5/12 Maximum; 1/2 Minimum")]
    [InlineData("(x-1)^3*(x+2)^4", "-2 Maximum; -2/7 Minimum; 1 Inflection")]
    [InlineData("x^6 - 1e-3 x^2", "-0.135120 Minimum; 0 Maximum; 0.135120 Minimum")]
    [InlineData("exp(x) - x", "")]
    [InlineData("x^2 y^2", "")]
    public void Stationary_points_are_solved_for(string function, string expected) => Assert.Equal(expected, Points(function));

    [Fact]
    public void What_is_not_solved_says_so()
    {
        Assert.False(StationaryPoints.Of(Expression.Parse("exp(x) - x")).IsSolved);
        Assert.Contains("degree 3", StationaryPoints.Of(Expression.Parse("x^2 y^2")).Explanation);
        Assert.Contains("contradict", StationaryPoints.Of(Expression.Parse("x + y")).Explanation);
        Assert.Contains("whole line", StationaryPoints.Of(Expression.Parse("(x-y)^2")).Explanation);
        Assert.Contains("constant", StationaryPoints.Of(Expression.Parse("0x + 0y")).Explanation);
    }

    [Fact]
    public void Distance_is_that_to_the_nearest_point_of_a_line_of_minima()
    {
        Descent descent = Run("(x-y)^2", "sgd lr=0.1", 1, 3, 1);
        Assert.Equal(Math.Sqrt(2), descent.Path[0].Distance!.Value, 1e-12);
        Assert.Equal(1, Run("x^4 - 2x^2", "sgd", 0, 2).Path[0].Distance);
        Assert.Null(Run("x*y", "sgd", 0, 2, 1).Path[0].Distance);
    }

    // On a quadratic each optimizer of the family settles just below the limit and runs away just above it.
    [Theory]
    [InlineData("sgd lr={0}", 0.5)]
    [InlineData("sgd lr={0} momentum=0.9", 0.95)]
    [InlineData("sgd lr={0} momentum=0.5 nesterov", 0.375)]
    [InlineData("sgd lr={0} momentum=0.9 dampening=0.5", 1.9)]
    [InlineData("sgd lr={0} weight-decay=1", 0.4)]
    public void The_stable_rate_is_where_descent_turns(string optimizer, double limit)
    {
        var rule = Optimizer.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, optimizer, 0.01));
        Assert.Equal(limit, StableRate.Of(rule, 4)!.Limit, 1e-9);
        Assert.Equal(limit, StableRate.Search(rule, 4), 1e-9);
        double End(double rate) =>
            Math.Abs(
                Run("2x^2", string.Format(System.Globalization.CultureInfo.InvariantCulture, optimizer, rate), 3000, 1).Path[^1].Point[0]
            );
        Assert.True(End(0.98 * limit) < 1e-3);
        Assert.True(End(1.02 * limit) > 1e3);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    [InlineData("adagrad")]
    public void Scaled_steps_have_no_stable_rate(string optimizer) => Assert.Null(StableRate.Of(Optimizer.Parse(optimizer), 4));

    [Fact]
    public void A_start_outside_of_the_domain_is_refused_and_a_path_that_leaves_it_ends()
    {
        Assert.Contains("ln(−1), which is not a number", Assert.Throws<LonghandException>(() => Run("ln(x)*y", "sgd", 1, -1, 2)).Message);
        Assert.Contains("1/0", Assert.Throws<LonghandException>(() => Run("1/x", "sgd", 1, 0)).Message);
        Descent descent = Run("x^2 - ln(x)", "sgd lr=3", 5, 1);
        Assert.Equal("after step 1, where x = −2, ln(x) in f is ln(−2), which is not a number.", descent.Failure);
        Assert.Equal(2, descent.Path.Count);
        Assert.True(Run("x^4", "sgd lr=10", 50, 3) is { Failure: not null, Diverges: true });
        Assert.True(Run("-x^2", "sgd lr=1", 30, 1) is { Failure: null, StableRate: null });
    }

    public static TheoryData<string> Optimizers => Lab.Examples(Optimizer.Kinds);

    // The path is that of the rule over doubles, and every line of it holds (a line that does not is an exception).
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_optimizer_walks_as_its_rule_says(string text)
    {
        var optimizer = Optimizer.Parse(text);
        Descent descent = Run("y^2 + (y-x)^2 + 0.1x", text, 20, 1, 0.7);
        double[] x = [1, 0.7];
        var state = new Float64[2][];
        for (int i = 0; i < 2; i++)
            state[i] = new Float64[Math.Max(1, optimizer.State.Count)];
        var constants = new Float64[Optimizer.MaximumConstants];
        for (int step = 1; step <= 20; step++)
        {
            double[] g = [2 * (x[0] - x[1]) + 0.1, 2 * x[1] + 2 * (x[1] - x[0])];
            optimizer.Constants(step, new Float64(optimizer.LearningRate), constants);
            for (int i = 0; i < 2; i++)
                x[i] = optimizer.Next(new Float64(x[i]), new Float64(g[i]), state[i], constants).Value;
            Assert.Equal(x[0], descent.Path[step].Point[0], 1e-12);
            Assert.Equal(x[1], descent.Path[step].Point[1], 1e-12);
            // A line for each slope and coordinate and for the value; what the optimizer keeps has lines of its own.
            Assert.True(descent.Path[step].Lines.Count >= 5 + 2 * optimizer.State.Count);
        }
    }

    [Fact]
    public void Lines_of_random_functions_hold_whatever_the_digits()
    {
        string[] functions =
        [
            "exp(x/3)*y + x^2 + y^2",
            "ln(1 + x^2) + abs(y - 1/3)",
            "max(x, y)^2 + min(x, 2y)",
            "x^4 - 2x*y^2 + sqrt(1 + y^2)",
            "sigmoid(3x) + tanh(y) - cos(x y)/7",
            "x^2/(1 + y^2) + 2^y + relu(x - 0.2)",
            "(1-x)^2 + 100(y-x^2)^2",
            "abs(x)^1.5 + arctan(y)^2 + e^(x - y) + pi x",
        ];
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    var f = Expression.Parse(functions[random.Next(functions.Length)]);
                    string[] kinds = [.. Optimizers.Select(row => row.Data)];
                    double scale = Math.Pow(10, random.Next(-3, 2));
                    Rational[] start =
                    [
                        .. Enumerable
                            .Range(0, 2)
                            .Select(_ => Rational.FromDouble(Math.Round((random.NextDouble() - 0.5) * scale, random.Next(1, 12)))),
                    ];
                    var descent = Descent.Run(f, start, Optimizer.Parse(kinds[random.Next(kinds.Length)]), 4, random.Next(1, 12));
                    return descent.Path.Skip(1).All(step => step.Lines.Count > 0);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>−0.0479 and −0.0241 are −0.05 and −0.02 to one digit, and then 2y − x is no longer below zero.</summary>
    [Fact]
    public void A_number_is_not_rounded_across_a_kink()
    {
        var f = Expression.Parse("max(x, y)^2 + min(x, 2y)");
        var descent = Descent.Run(
            f,
            [Rational.FromDouble(-0.047946), Rational.FromDouble(-0.02412270637)],
            Optimizer.Parse("rmsprop lr=0.1"),
            4,
            digits: 1
        );
        Assert.Contains(
            "∂f/∂x = 2max(x, y)·step(x − y) + step(2y − x) ≈ 2max(−0.048, −0.024)·step(−0.048 − (−0.024)) + step(2(−0.024) − (−0.048)) ≈ 0",
            descent.Path[1].Lines.Select(line => line.ToString())
        );
    }

    [Fact]
    public void A_line_that_is_wrong_is_found()
    {
        var line = new NumberLine("f", "x²", "1.23457²", false, "1.52416", false);
        Assert.Null(NumberLine.Disagreement(line, 6));
        Assert.NotNull(NumberLine.Disagreement(line with { Result = "1.52426" }, 6));
        Assert.NotNull(NumberLine.Disagreement(line with { Numbers = "1.23467²" }, 6));
        Assert.Null(NumberLine.Disagreement(line with { Numbers = "2(0.8 − 1)", Result = "−0.4", ResultIsExact = true }, 6));
        Assert.NotNull(NumberLine.Disagreement(line with { Numbers = "2(0.8 − 1)", Result = "−0.41", ResultIsExact = true }, 6));
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_each_step_and_what_is_kept_is_remembered()
    {
        var descent = Descent.Run(
            Expression.Parse("x^2 + 3y^2"),
            [1, 1],
            Optimizer.Parse("sgd lr=0.1 momentum=0.5"),
            4,
            schedule: Schedule.Parse("step every=2 factor=0.5"),
            workedFrom: 3,
            worked: 1
        );
        Assert.Equal([null, 0.1, 0.1, 0.05, 0.05], descent.Path.Select(step => step.Rate));
        Assert.Equal([false, false, false, true, false], descent.Path.Select(step => step.Lines.Count > 0));
        Assert.Null(descent.StableRate);
        double x = 1,
            v = 0;
        foreach (DescentStep step in descent.Path.Skip(1))
        {
            v = 0.5 * v + 2 * x;
            x -= step.Rate!.Value * v;
            Assert.Equal(x, step.Point[0], 1e-15);
            Assert.Equal(v, step.State[0][0], 1e-15);
        }
        // A plateau watches the heights: where they rise, the rate falls.
        descent = Descent.Run(
            Expression.Parse("x^2"),
            [1],
            Optimizer.Parse("sgd lr=1.5"),
            6,
            schedule: Schedule.Parse("plateau patience=0 factor=0.5")
        );
        Assert.Equal(0.75, descent.Path[3].Rate);
    }

    [Theory]
    [InlineData("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "4 Minimum, 1 Maximum, 4 Saddle")]
    [InlineData("sin(x) sin(y)", "9 Saddle, 8 Maximum, 8 Minimum")]
    [InlineData("x^4 + y^4", "1 Minimum")]
    [InlineData("x^2 - y^2", "1 Saddle")]
    [InlineData("relu(x) + relu(y)", "")]
    public void What_cannot_be_solved_for_is_looked_for(string function, string expected)
    {
        var found = StationarySearch.Within(Expression.Parse(function), (-5, 5), (-5, 5));
        string[] parts = [.. expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order()];
        Assert.Equal(parts, found.Points.GroupBy(p => p.Kind).Select(g => $"{g.Count()} {g.Key}").Order());
        foreach (StationaryPoint point in found.Points)
            for (int i = 0; i < 2; i++)
                Assert.Equal(0, Expression.Parse(function).Derivative(i).Evaluate([.. point.Point]), 1e-6);
    }
}

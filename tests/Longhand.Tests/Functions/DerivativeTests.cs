using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests;

/// <summary>The derivative of an expression is the derivative, and its text says so.</summary>
public class DerivativeTests
{
    private static readonly string[] xy = ["x", "y"];

    private static string Slope(string text, string by) => Expression.Parse(text, xy).Derivative(Array.IndexOf(xy, by)).Text;

    [Theory]
    [InlineData("y^2 + (y-x)^2", "−2(y − x)", "2y + 2(y − x)")]
    [InlineData("x^3/3 - x", "x² − 1", "0")]
    [InlineData("x²y³", "2x·y³", "3x²·y²")]
    [InlineData("x^2/3 + x^2/3", "4x/3", "0")]
    [InlineData("0.1x^2 + 0.5*x", "0.2x + 0.5", "0")]
    [InlineData("(1-x)^2+100(y-x^2)^2", "−2(1 − x) − 400x·(y − x²)", "200(y − x²)")]
    [InlineData("exp(-x^2/2)", "−x·exp(−x²/2)", "0")]
    [InlineData("e^x + 2^y", "e^x", "2^y·ln(2)")]
    [InlineData("x^y", "y·x^(y − 1)", "x^y·ln(x)")]
    [InlineData("sin(2x)*y", "2y·cos(2x)", "sin(2x)")]
    [InlineData("ln(x^2+1)", "2x/(x² + 1)", "0")]
    [InlineData("sqrt(x) + 1/y", "1/(2sqrt(x))", "−1/y²")]
    [InlineData("tanh(x) + sigmoid(2y)", "1 − tanh(x)²", "2sigmoid(2y)·(1 − sigmoid(2y))")]
    [InlineData("abs(x-1)", "sgn(x − 1)", "0")]
    [InlineData("max(x,y)^2", "2max(x, y)·step(x − y)", "2max(x, y)·(1 − step(x − y))")]
    [InlineData("pi x^2", "2π·x", "0")]
    [InlineData("5", "0", "0")]
    public void A_person_would_write_it_so(string text, string byX, string byY)
    {
        Assert.Equal(byX, Slope(text, "x"));
        Assert.Equal(byY, Slope(text, "y"));
    }

    // At a kink there is no derivative, but a convention.
    [Theory]
    [InlineData("abs(x)", 0, 0, 0)]
    [InlineData("relu(x)", 0, 0, 0)]
    [InlineData("relu(x)", 0.5, 0, 1)]
    [InlineData("max(x, 2x)", 0, 0, 1)]
    [InlineData("max(2x, x)", 0, 0, 2)]
    [InlineData("min(x, 2x)", 0, 0, 1)]
    [InlineData("min(3x, 2x, x)", 0, 0, 3)]
    [InlineData("max(x, y, 1)", 2, 1, 1)]
    [InlineData("max(y, x)", 1, 1, 0)]
    [InlineData("step(x)", 0, 0, 0)]
    public void Kinks_follow_the_convention(string text, double x, double y, double expected) =>
        Assert.Equal(expected, Expression.Parse(text, xy).Derivative(0).Evaluate([x, y]));

    [Fact]
    public void Random_derivatives_agree_with_dual_numbers_and_differences_and_read_back()
    {
        int compared = 0;
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    string text = Draw(random, 4);
                    var f = Expression.Parse(text, xy);
                    double[] at = [0.3 + 1.4 * random.NextDouble(), 0.3 + 1.4 * random.NextDouble()];
                    for (int v = 0; v < 2; v++)
                    {
                        Expression slope = f.Derivative(v);
                        double symbolic = slope.Evaluate(at);
                        Dual dual = Read(f.Root, [new(at[0], v == 0 ? 1 : 0), new(at[1], v == 1 ? 1 : 0)]);
                        if (!double.IsFinite(symbolic) || !double.IsFinite(dual.Derivative) || Math.Abs(symbolic) > 1e6)
                            continue;
                        compared++;
                        Assert.True(
                            Near(symbolic, dual.Derivative, 1e-8),
                            $"{text} by {xy[v]}: {slope.Text} = {symbolic}, dual {dual.Derivative}"
                        );
                        Assert.True(
                            Near(symbolic, Expression.Parse(slope.Text, xy).Evaluate(at), 1e-9),
                            $"{slope.Text} reads back to another value"
                        );
                        double h = 1e-5,
                            kept = at[v];
                        at[v] = kept + h;
                        double above = f.Evaluate(at);
                        at[v] = kept - h;
                        double below = f.Evaluate(at),
                            difference = (above - below) / (2 * h);
                        at[v] = kept;
                        // Where both sides of the point disagree there is a kink between them, or the function bends too much for h.
                        double left = (f.Evaluate(at) - below) / h,
                            right = (above - f.Evaluate(at)) / h;
                        // What is rounded away anywhere inside is magnified by 1/h.
                        double rounding = 1e-15 * Largest(f.Root, at) / h;
                        if (Near(left, right, 1e-3) && rounding < 1e-4)
                            Assert.True(Near(symbolic, difference, 1e-3), $"{text} by {xy[v]}: {symbolic}, difference {difference}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.True(compared > 400, $"{compared} derivatives were compared");
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        string nested = "x";
        for (int i = 0; i < 150; i++)
            nested = $"(y + x*{nested})^x";
        Assert.Contains("fewer nested parts", Assert.Throws<LonghandException>(() => Expression.Parse(nested, xy).Derivative(0)).Message);
        Assert.Equal("1000000x^999999", Slope("x^1000000", "x"));
        Assert.Equal("x¹⁰⁰", Expression.Parse("x^101/101", xy).Derivative(0).Text);
    }

    [Theory]
    [InlineData("x²", 9)]
    [InlineData("2x³", 54)]
    [InlineData("x¹⁰", 59049)]
    [InlineData("(x − 1)²", 4)]
    [InlineData("-x²", -9)]
    [InlineData("arctan(0x)", 0)]
    [InlineData("sgn(-x) + step(0)", 0)]
    public void Superscripts_are_powers(string text, double value) => Assert.Equal(value, Expression.Parse(text, xy).Evaluate([3, 0]));

    [Fact]
    public void Every_function_has_a_derivative()
    {
        foreach (ExpressionFunction function in ExpressionFunction.All)
        {
            string arguments = string.Join(", ", Enumerable.Range(1, function.LeastArguments).Select(k => $"{k}x/4"));
            var f = Expression.Parse($"{function.Name}({arguments})", ["x"]);
            double difference = (f.Evaluate([0.8 + 1e-6]) - f.Evaluate([0.8 - 1e-6])) / 2e-6;
            Assert.Equal(difference, f.Derivative(0).Evaluate([0.8]), 1e-8);
        }
    }

    private static double Largest(ExpressionTerm term, double[] at) =>
        ExpressionParts.Of(term).Select(part => Largest(part, at)).Append(Math.Abs(term.Evaluate(at))).Max();

    private static bool Near(double a, double b, double tolerance) =>
        Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static string Draw(Random random, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
            return random.Next(3) switch
            {
                0 => "x",
                1 => "y",
                _ => (random.Next(1, 60) / 8.0).ToString(CultureInfo.InvariantCulture),
            };
        string a = Draw(random, depth - 1),
            b = Draw(random, depth - 1);
        return random.Next(14) switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - {b})",
            2 or 3 => $"({a})*({b})",
            4 => $"({a})/({b})",
            5 => $"(-{a})",
            6 => $"({a})^{random.Next(4)}",
            7 => $"abs({a})^({b})",
            8 => $"max({a}, {b})",
            9 => $"min({a}, {b}, x)",
            10 => $"ln(1 + ({a})^2)",
            11 => $"exp(sin({a}))",
            _ => $"{new[] { "tanh", "cos", "sigmoid", "relu", "arctan", "abs", "sqrt" }[random.Next(7)]}({a})",
        };
    }

    // The same tree read with dual numbers, written anew so that it shares nothing with the rules of differentiation.
    private static Dual Read(ExpressionTerm term, Dual[] at)
    {
        Dual Of(ExpressionTerm part) => Read(part, at);
        return term switch
        {
            ExpressionTerm.Number n => Dual.Of(n.Value),
            ExpressionTerm.Variable v => at[v.Index],
            ExpressionTerm.Negation n => -Of(n.Operand),
            ExpressionTerm.Sum s => Of(s.Left) + Of(s.Right),
            ExpressionTerm.Difference d => Of(d.Left) - Of(d.Right),
            ExpressionTerm.Product p => Of(p.Left) * Of(p.Right),
            ExpressionTerm.Quotient q => Of(q.Left) / Of(q.Right),
            ExpressionTerm.Power { Exponent: ExpressionTerm.Number n } p when double.IsInteger(n.Value) => Dual.Power(
                Of(p.Base),
                (int)n.Value
            ),
            ExpressionTerm.Power p => Dual.Exp(Of(p.Exponent) * Dual.Log(Of(p.Base))),
            ExpressionTerm.Call c => Call(c.Function.Name, [.. c.Arguments.Select(Of)]),
            _ => throw new InvalidOperationException(),
        };
    }

    private static Dual Call(string name, Dual[] a) =>
        name switch
        {
            "exp" => Dual.Exp(a[0]),
            "ln" => Dual.Log(a[0]),
            "sin" => Dual.Sin(a[0]),
            "cos" => Dual.Cos(a[0]),
            "tanh" => Dual.Tanh(a[0]),
            "arctan" => Dual.Atan(a[0]),
            "sqrt" => Dual.Sqrt(a[0]),
            "abs" => Dual.Abs(a[0]),
            "sigmoid" => Dual.Sigmoid(a[0]),
            "relu" => a[0].Value > 0 ? a[0] : Dual.Of(0.0),
            "max" => a.Aggregate((x, y) => x.Value >= y.Value ? x : y),
            "min" => a.Aggregate((x, y) => x.Value <= y.Value ? x : y),
            _ => throw new InvalidOperationException(name),
        };
}

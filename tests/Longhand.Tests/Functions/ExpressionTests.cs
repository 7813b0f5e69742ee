using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Longhand.Tests;

public class ExpressionTests
{
    private static readonly string[] xy = ["x", "y"];

    // With x = 3 and y = −0.5.
    private static double Value(string text) => Expression.Parse(text, xy).Evaluate([3, -0.5]);

    private static string Problem(string text) => Assert.Throws<LonghandException>(() => Expression.Parse(text, xy)).Message;

    [Theory]
    [InlineData("2", 2)]
    [InlineData("2e-3", 0.002)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1E2", 100)]
    [InlineData("x*y", -1.5)]
    [InlineData("x × y", -1.5)]
    [InlineData("x·y", -1.5)]
    [InlineData("x ÷ y", -6)]
    [InlineData("x − y", 3.5)]
    [InlineData("x/y/2", -3)]
    [InlineData("x - y - 1", 2.5)]
    [InlineData("2x", 6)]
    [InlineData("2x y", -3)]
    [InlineData("2(x+1)(x-1)", 16)]
    [InlineData("x(x+1)", 12)]
    [InlineData("1/2x", 1.5)]
    [InlineData("2x^2", 18)]
    [InlineData("-x^2", -9)]
    [InlineData("(-x)^2", 9)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^3^2", 512)]
    [InlineData("2^-2^2", 0.0625)]
    [InlineData("2*-x", -6)]
    [InlineData("--x", 3)]
    [InlineData("+x", 3)]
    [InlineData("-2x", -6)]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("abs(y)", 0.5)]
    [InlineData("max(x, y, 7)", 7)]
    [InlineData("min(x, y)", -0.5)]
    [InlineData("relu(y) + relu(x)", 3)]
    [InlineData("sqrt(x^2)", 3)]
    [InlineData("sigmoid(0)", 0.5)]
    [InlineData("y^2 + (y-x)^2", 12.5)]
    [InlineData("ln(exp(x))", 3)]
    [InlineData("log(e^2)", 2)]
    public void Values_are_those_of_arithmetic(string text, double expected) => Assert.Equal(expected, Value(text), 1e-15);

    [Fact]
    public void Functions_are_those_of_the_language()
    {
        Assert.Equal(Math.Sin(3), Value("sin(x)"));
        Assert.Equal(Math.Cos(6), Value("cos(2x)"));
        Assert.Equal(Math.Tan(3), Value("tan(x)"));
        Assert.Equal(Math.Tanh(-0.5), Value("tanh(y)"));
        Assert.Equal(1 / (1 + Math.Exp(-3)), Value("sigmoid(x)"));
        Assert.Equal(Math.Exp(-0.5) / (1 + Math.Exp(-0.5)), Value("sigmoid(y)"));
        Assert.Equal(2 * Math.PI, Value("2pi"));
        Assert.Equal(2 * Math.E, Value("2e"));
        Assert.Equal(2 * Math.E * 3, Value("2e x"));
        Assert.Equal(0, Value("sigmoid(-1000)"));
        Assert.Equal(1, Value("sigmoid(1000)"));
        Assert.Equal(double.PositiveInfinity, Value("1/0"));
        Assert.Equal(double.NaN, Value("sqrt(y)"));
    }

    [Fact]
    public void Every_function_is_read_by_its_name()
    {
        foreach (ExpressionFunction function in ExpressionFunction.All)
        {
            double[] arguments = [.. Enumerable.Repeat(0.25, function.LeastArguments)];
            string text = $"{function.Name}({string.Join(", ", arguments)})";
            Assert.Equal(function.Evaluate(arguments), Value(text));
        }
    }

    [Fact]
    public void Variables_are_found_in_alphabetical_order()
    {
        Assert.Equal(["a", "x2", "x10", "y"], Expression.Parse("y + x10 x2 - sin(a) + pi").Variables);
        Assert.Equal(["x"], Expression.Parse("x(x+1)").Variables);
        Assert.Empty(Expression.Parse("2pi").Variables);
    }

    [Fact]
    public void Aliases_stand_for_their_variables()
    {
        var aliases = new Dictionary<string, string> { ["x1"] = "x", ["x2"] = "y" };
        Expression product = Expression.Parse("x1*x2 + x", xy, aliases);
        Assert.Equal(1.5, product.Evaluate([3, -0.5]));
        Assert.Equal(Expression.Parse("x*y + x", xy).Root, product.Root);
    }

    [Fact]
    public void Declared_variables_go_before_constants()
    {
        Assert.Equal(7, Expression.Parse("e", ["e"]).Evaluate([7]));
        Assert.Equal(14, Expression.Parse("2sin", ["sin"]).Evaluate([7]));
        Assert.Equal(5.1, Expression.Parse("sepal_length", ["sepal_length"]).Evaluate([5.1]));
    }

    [Fact]
    public void The_tree_keeps_numbers_as_they_were_written()
    {
        var sum = Assert.IsType<ExpressionTerm.Sum>(Expression.Parse("0.10 + max(x, y, 1)", xy).Root);
        Assert.Equal(new ExpressionTerm.Number(0.1, "0.10"), sum.Left);
        Assert.Equal(3, Assert.IsType<ExpressionTerm.Call>(sum.Right).Arguments.Length);
        Assert.Equal(3, sum.Depth);
        Assert.Equal(Expression.Parse("max(x,y)", xy).Root, Expression.Parse(" max( x , (y))", xy).Root);
        Assert.NotEqual(Expression.Parse("max(x,y)", xy).Root, Expression.Parse("min(x,y)", xy).Root);
    }

    [Fact]
    public void What_is_written_means_what_it_means_in_csharp() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    (string text, double value, _) = Draw(random, 6, 1.75, -0.5);
                    double parsed = Expression.Parse(text, xy).Evaluate([1.75, -0.5]);
                    return parsed.Equals(value);
                }
            )
            .QuickCheckThrowOnFailure();

    // A random expression with only the parentheses that it needs, the value that C# gives it, and how tightly its last operator binds:
    // 0 sum, 1 product, 2 sign, 3 power, 4 operand.
    private static (string Text, double Value, int Level) Draw(Random random, int depth, double x, double y)
    {
        if (depth == 0 || random.Next(8) == 0)
            return random.Next(3) switch
            {
                0 => ("x", x, 4),
                1 => ("y", y, 4),
                _ => random.Next(100) / 8.0 is var n ? (n.ToString(), n, 4) : default,
            };
        (string Text, double Value, int Level) a = Draw(random, depth - 1, x, y),
            b = Draw(random, depth - 1, x, y);
        string At(int level, (string Text, double Value, int Level) part) => part.Level >= level ? part.Text : $"({part.Text})";
        return random.Next(9) switch
        {
            0 => ($"{At(0, a)} + {At(1, b)}", a.Value + b.Value, 0),
            1 => ($"{At(0, a)} - {At(1, b)}", a.Value - b.Value, 0),
            2 => ($"{At(1, a)}*{At(2, b)}", a.Value * b.Value, 1),
            3 => ($"{At(1, a)} / {At(2, b)}", a.Value / b.Value, 1),
            4 => ($"-{At(2, a)}", -a.Value, 2),
            5 => ($"{At(4, a)}^{At(2, b)}", Math.Pow(a.Value, b.Value), 3),
            6 => ($"tanh({a.Text})", Math.Tanh(a.Value), 4),
            7 => ($"min({a.Text}, {b.Text})", Math.Min(a.Value, b.Value), 4),
            _ => ($"({a.Text})({b.Text})", a.Value * b.Value, 1),
        };
    }

    [Theory]
    [InlineData("x +", "expression \"x +\", column 4: here a number, a name or \"(\" is expected, but found the end.")]
    [InlineData("x + * y", "column 5: here a number, a name or \"(\" is expected, but found \"*\".")]
    [InlineData("x ** 2", "column 3: a power is written with ^.")]
    [InlineData("x 2", "column 3: here an operator is expected, but found \"2\".")]
    [InlineData("(x + 1", "column 1: this parenthesis is never closed.")]
    [InlineData("x + 1)", "column 6: this parenthesis closes nothing.")]
    [InlineData("1,5", "column 2: here an operator is expected, but found \",\" (numbers have a decimal point: 1.5).")]
    [InlineData("xy", "column 1: unknown name \"xy\". For a product write x*y.")]
    [InlineData("z + 1", "column 1: unknown name \"z\". Known are x, y, pi")]
    [InlineData("sinn(x)", "column 1: unknown function \"sinn\". Did you mean \"sin\"?")]
    [InlineData("sin x", "column 1: behind sin parentheses are needed: sin(x).")]
    [InlineData("tahn(x)", "Did you mean \"tanh\"?")]
    [InlineData("sin(x, y)", "column 1: sin takes one argument, but 2 are given.")]
    [InlineData("max(x)", "column 1: max takes at least 2 arguments, but 1 are given.")]
    [InlineData("sin()", "column 5: here a number, a name or \"(\" is expected, but found \")\".")]
    [InlineData("1e999", "column 1: \"1e999\" is too large for a number of double precision.")]
    [InlineData("x $ y", "column 3: here an operator is expected, but found \"$\".")]
    [InlineData("x 😀", "column 3: here an operator is expected, but found \"😀\".")]
    [InlineData("", "there is nothing to read.")]
    public void Errors_say_where_and_what(string text, string expected) => Assert.Contains(expected, Problem(text));

    [Fact]
    public void A_misspelt_function_is_no_variable() =>
        Assert.Contains(
            "unknown function \"sim\". Did you mean \"sin\"?",
            Assert.Throws<LonghandException>(() => Expression.Parse("x + sim(x)")).Message
        );

    [Fact]
    public void Sizes_are_bounded()
    {
        Assert.Contains("nested more than 200 levels deep", Problem(new string('(', 5000) + "x"));
        Assert.Contains("nested more than 200 levels deep", Problem(new string('-', 9000) + "x"));
        Assert.Contains("nested more than 200 levels deep", Problem(string.Concat(Enumerable.Repeat("x^", 3000)) + "x"));
        Assert.Contains("more than 1000 operations", Problem(string.Concat(Enumerable.Repeat("x+", 4000)) + "x"));
        Assert.Contains("10001 characters are too many", Problem(new string('1', 10_001)));
        Assert.Equal(3, Value(new string('(', 200) + "x" + new string(')', 200)));
        Assert.Equal(600, Value(string.Concat(Enumerable.Repeat("x+", 199)) + "x"));
    }

    [Fact]
    public void Random_text_is_never_more_than_a_sentence() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    string[] pieces =
                    [
                        "x",
                        "y",
                        "(",
                        ")",
                        "+",
                        "-",
                        "^",
                        "*",
                        "/",
                        "2",
                        "1e",
                        "e",
                        "sin",
                        "max",
                        ",",
                        " ",
                        ".",
                        "\ud83d",
                        "π",
                        "not",
                        "->",
                    ];
                    string text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)]));
                    return Survives(() => Expression.Parse(text)) && Survives(() => BooleanExpression.Parse(text));
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool Survives(Action parse)
    {
        try
        {
            parse();
        }
        catch (LonghandException e)
        {
            return e.Message.Length > 20;
        }
        return true;
    }

    [Fact]
    public void Values_must_be_as_many_as_variables() =>
        Assert.Contains("but 3 values", Assert.Throws<LonghandException>(() => Expression.Parse("x", xy).Evaluate([1, 2, 3])).Message);
}

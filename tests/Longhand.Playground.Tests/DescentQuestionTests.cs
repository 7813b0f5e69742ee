using System.Diagnostics;
using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Numbers;
using Longhand.Playground.Questions;

namespace Longhand.Playground.Tests;

/// <summary>What a page is told of a descent: the library's numbers, and the course sheet's.</summary>
public sealed class DescentQuestionTests
{
    private static JsonObject Ask(string about, object with, Moment? moment = null)
    {
        var question = Question.Find(about);
        return question.Answer(new Asked(question, JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(with))!.AsObject(), moment));
    }

    private static double[] Column(JsonNode answer, string key) => [.. answer[key]!.AsArray().Select(value => (double)value!)];

    private static Moment Session(string link)
    {
        var setup = Setup.Read(Settings.FromLink(link));
        using var loop = new TrainingLoop(setup, setup.Draw());
        return loop.Moment();
    }

    public static TheoryData<string, string> Rules =>
        [
            .. Optimizer.Kinds.All.SelectMany(kind => kind.Examples.Select(example => (example, ""))),
            .. Schedule.Kinds.All.Select(kind => ("sgd lr=0.01 momentum=0.5", kind.Examples[0])),
        ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_path_is_the_library_s_to_the_bit(string optimizer, string schedule)
    {
        const string f = "x^2 + 10y^2 + x y";
        JsonObject answer = Ask(
            "descend",
            new
            {
                f,
                x = "1.5",
                y = "-1",
                optimizer,
                schedule,
                steps = 25,
            }
        );
        var descent = Descent.Run(
            Expression.Parse(f),
            [(Rational)3 / 2, -1],
            Optimizer.Parse(optimizer),
            25,
            schedule: schedule.Length > 0 ? Schedule.Parse(schedule) : null
        );
        Assert.Equal(descent.Path.Select(s => s.Point[0]), Column(answer, "x"));
        Assert.Equal(descent.Path.Select(s => s.Point[1]), Column(answer, "y"));
        Assert.Equal(descent.Path.Select(s => s.Value), Column(answer, "value"));
        Assert.Equal(descent.Path.Select(s => s.Gradient[1]), Column(answer, "dy"));
        Assert.Equal(descent.Optimizer.State.Count * 2, answer["kept"]!.AsArray().Count);
        JsonNode lines = Ask(
            "descend",
            new
            {
                f,
                x = "1.5",
                y = "-1",
                optimizer,
                schedule,
                steps = 25,
                step = 7,
            }
        )["lines"]!;
        Assert.Equal(
            descent.Path[7].Lines.Select(line => line.ToString()),
            lines.AsArray().Select(line => $"{line!["name"]} {string.Join(' ', line["parts"]!.AsArray().Select(part => (string?)part))}")
        );
    }

    [Theory]
    [InlineData("0.01", 0.98)]
    [InlineData("0.1", 0.8)]
    [InlineData("10", -19)]
    public void The_course_sheet_s_step_comes_out(string rate, double y)
    {
        JsonObject answer = Ask(
            "descend",
            new
            {
                f = "y^2 + (y-x)^2",
                x = "1",
                y = "1",
                optimizer = $"sgd lr={rate}",
                steps = 1,
            }
        );
        Assert.Equal([1, 1], Column(answer, "x"));
        Assert.Equal([1, y], Column(answer, "y"));
        Assert.Equal([0, -2 * (y - 1)], Column(answer, "dx"));
    }

    [Fact]
    public void Stationary_points_are_found_where_they_cannot_be_solved_for()
    {
        JsonObject answer = Ask(
            "contours",
            new
            {
                f = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
                x0 = -6,
                x1 = 6,
                y0 = -6,
                y1 = 6,
                levels = "log",
            }
        );
        var points = answer["stationary"]!.AsArray().Select(p => ((string?)p!["kind"], (double)p["x"]!, (double)p["y"]!)).ToArray();
        Assert.Equal(
            (4, 1, 4),
            (points.Count(p => p.Item1 == "minimum"), points.Count(p => p.Item1 == "maximum"), points.Count(p => p.Item1 == "saddle"))
        );
        // As they are known (Himmelblau 1972).
        foreach ((double x, double y) in ((double, double)[])[(3, 2), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)])
            Assert.Contains(points, p => p.Item1 == "minimum" && Math.Abs(p.Item2 - x) < 1e-6 && Math.Abs(p.Item3 - y) < 1e-6);
        Assert.Contains("there may be others", (string?)answer["explanation"]);
    }

    [Theory]
    [InlineData("(1 - x)^2 + 100(y - x^2)^2", "minimum 1 1")]
    [InlineData("x^2 - y^2", "saddle 0 0")]
    [InlineData("x^2 + 10y^2", "minimum 0 0")]
    [InlineData("x^4 + y^4", "minimum 0 0")]
    [InlineData("x^3 + y^3", "saddle 0 0")]
    [InlineData("exp(x) + y", "")]
    [InlineData("relu(x) + relu(y)", "")]
    public void Stationary_points_have_their_kinds(string f, string expected)
    {
        JsonObject answer = Ask("contours", new { f });
        Assert.Equal(
            expected,
            string.Join(
                "; ",
                answer["stationary"]!
                    .AsArray()
                    .Select(p =>
                        FormattableString.Invariant(
                            $"{p!["kind"]} {Math.Round((double)p["x"]!, 3) + 0.0} {Math.Round((double)p["y"]!, 3) + 0.0}"
                        )
                    )
            )
        );
    }

    [Fact]
    public void Lines_of_equal_height_lie_where_the_height_is_theirs()
    {
        JsonObject answer = Ask(
            "contours",
            new
            {
                f = "x^2 + y^2",
                x0 = -2,
                x1 = 2,
                y0 = -2,
                y1 = 2,
            }
        );
        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7], answer["lines"]!.AsArray().Select(line => (double)line!["level"]!));
        foreach (JsonNode? line in answer["lines"]!.AsArray())
        foreach (string pair in ((string?)line!["path"])!.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries))
        {
            double[] at =
            [
                .. pair.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) / 250 - 2),
            ];
            Assert.Equal((double)line["level"]!, at[0] * at[0] + at[1] * at[1], 0.01);
        }
        Assert.False((bool)answer["blank"]!);
        Assert.True((bool)Ask("contours", new { f = "ln(x) + y" })["blank"]!);
    }

    [Fact]
    public void A_loss_over_two_parameters_goes_down_as_training_on_all_examples_does()
    {
        Moment moment = Session("network=2/dense+3+tanh/dense+1+tanh&batch=all&optimizer=sgd+lr%3D0.1");
        (string p, string q) = ("dense1.weight[1][0]", "dense2.bias[0]");
        JsonObject contours = Ask("contours", new { p, q }, moment);
        double[] present = Column(contours, "present");
        Assert.Equal(moment.State.Values[0].Double(2), present[0]);
        Assert.Contains(p, contours["places"]!.AsArray().Select(place => (string?)place));
        JsonObject answer = Ask(
            "descend",
            new
            {
                p,
                q,
                steps = 3,
                optimizer = "sgd lr=0.1",
            },
            moment
        );
        // One step of the reference with the other parameters held: the same gradient in both places.
        Training options = moment.Setup.Experiment.ToTraining(moment.Setup.Data);
        using var engine = new ReferenceEngine(moment.Setup.Network, moment.State.Values, options);
        Assert.Equal(engine.Measure(moment.Setup.Data.Train).Loss, Column(answer, "value")[0], 1e-12);
        engine.Step(moment.Setup.Data.Train, [.. Enumerable.Range(0, moment.Setup.Data.Train.Count)], 0.1);
        Assert.Equal(engine.Export()[0].Double(2), Column(answer, "x")[1], 1e-12);
        Assert.Equal(engine.Export()[3].Double(0), Column(answer, "y")[1], 1e-12);
        Assert.True(Column(answer, "value")[3] < Column(answer, "value")[0]);
        Assert.Contains("training examples", (string?)contours["note"]);
    }

    [Theory]
    [InlineData("contours", """{"f":"x +"}""", "column")]
    [InlineData("contours", """{}""", "a function is needed")]
    [InlineData("contours", """{"f":"x+y+z"}""", "3 variables")]
    [InlineData("contours", """{"f":"t^2"}""", "call them x and y")]
    [InlineData("contours", """{"f":"x","x0":2,"x1":1}""", "more than x0")]
    [InlineData("contours", """{"f":"x","x0":-1e300,"x1":1e300}""", "at most")]
    [InlineData("contours", """{"f":"x","levels":"linaer"}""", "Did you mean \"linear\"?")]
    [InlineData("contours", """{"p":"dense1.weight[0][0]","q":"dense1.bias[0]"}""", "no experiment is open")]
    [InlineData("descend", """{"f":"x","x":"1","y":"1","steps":100000}""", "from 0 to 1000")]
    [InlineData("descend", """{"f":"x","x":"one","y":"1"}""", "descend, x")]
    [InlineData("descend", """{"f":"x","x":"1e400","y":"1"}""", "too large")]
    [InlineData("descend", """{"f":"x","y":"1"}""", "a text is needed")]
    [InlineData("descend", """{"f":"ln(x)+y","x":"-1","y":"1"}""", "choose another start")]
    [InlineData("descend", """{"f":"x","x":"1","y":"1","optimizer":"adm"}""", "Did you mean \"adam\"?")]
    [InlineData("descend", """{"f":"x","x":"1","y":"1","schedule":"cosin"}""", "Did you mean \"cosine\"?")]
    [InlineData("slope", """{"f":"x","x":"1","y":"1"}""", "a number is needed")]
    public void What_is_wrong_is_said(string about, string with, string reason)
    {
        var question = Question.Find(about);
        var refusal = Assert.Throws<LonghandException>(() => question.Answer(new Asked(question, JsonNode.Parse(with)!.AsObject(), null)));
        Assert.Contains(reason, refusal.Message);
    }

    [Theory]
    [InlineData("dense1.weight[0]", "dense1.bias[0]", "the first of them is dense1.weight[0][0]")]
    [InlineData("dense1.weight[9][0]", "dense1.bias[0]", "the first of them is dense1.weight[0][0]")]
    [InlineData("dense9.weight[0][0]", "dense1.bias[0]", "dense9")]
    [InlineData("dense1.bias[0]", "dense1.bias[0]", "taken twice")]
    public void Parameters_that_are_none_are_refused(string p, string q, string reason) =>
        Assert.Contains(reason, Assert.Throws<LonghandException>(() => Ask("contours", new { p, q }, Session(""))).Message);

    [Theory]
    [InlineData("exp(exp(exp(x y)))", "0.5", "0.5", "sgd lr=1e300")]
    [InlineData("x^2 + y^2", "1e300", "1", "sgd lr=10")]
    [InlineData("1/x + y", "1e-300", "0", "sgd lr=0.1")]
    public void A_path_that_leaves_the_finite_numbers_ends_with_the_reason(string f, string x, string y, string optimizer)
    {
        try
        {
            JsonObject answer = Ask(
                "descend",
                new
                {
                    f,
                    x,
                    y,
                    optimizer,
                    steps = 1000,
                }
            );
            Assert.NotNull((string?)answer["failure"]);
            Assert.True((bool)answer["runsAway"]!);
        }
        catch (LonghandException refused)
        {
            Assert.Contains("choose another start", refused.Message);
        }
    }

    public static TheoryData<string> Slow =>
        [
            string.Concat(Enumerable.Repeat("sin(", 300)) + "x" + new string(')', 300),
            string.Join("*", Enumerable.Repeat("(x+y)", 300)),
            string.Join("+", Enumerable.Range(1, 250).Select(i => $"x^{i}y")),
            "(x+y)^40 (x-y)^40",
            string.Concat(Enumerable.Repeat("x^", 200)) + "y",
            string.Join("*", Enumerable.Repeat("max(x,y,x y)", 100)),
        ];

    [Theory]
    [MemberData(nameof(Slow))]
    public void A_function_that_would_be_slow_is_answered_or_refused(string f)
    {
        foreach (
            (string about, object with) in ((string, object)[])
                [
                    ("contours", new { f }),
                    (
                        "descend",
                        new
                        {
                            f,
                            x = "0.3",
                            y = "0.7",
                            steps = 1000,
                        }
                    ),
                    (
                        "descend",
                        new
                        {
                            f,
                            x = "0.3",
                            y = "0.7",
                            steps = 1000,
                            step = 1000,
                        }
                    ),
                    (
                        "slope",
                        new
                        {
                            f,
                            x = 0.3,
                            y = 0.7,
                        }
                    ),
                ]
        )
        {
            var watch = Stopwatch.StartNew();
            string end = "answered";
            try
            {
                Ask(about, with);
            }
            catch (LonghandException refused)
            {
                end = refused.Message;
            }
            TestContext.Current.TestOutputHelper!.WriteLine($"{about}: {watch.ElapsedMilliseconds} ms, {end[..Math.Min(90, end.Length)]}");
            // Not a figure of speed: what is not bounded takes minutes.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), f);
        }
    }
}

using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Playground.Questions;

namespace Longhand.Playground.Tests;

/// <summary>What a page is told of a Boolean function: the library's design, verified, and what becomes of it by hand.</summary>
public sealed class BooleanQuestionTests
{
    private static JsonObject Ask(object with)
    {
        var question = Question.Find("boolean");
        return question.Answer(new Asked(question, JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(with))!.AsObject(), null));
    }

    private static string Wrong(JsonNode answer) =>
        string.Join(
            ",",
            answer["rows"]!.AsArray().Where(r => (int)r!["output"]! != (int)r["wanted"]!).Select(r => string.Concat(r!["input"]!.AsArray()))
        );

    [Theory]
    [InlineData("A and B")]
    [InlineData("A xor B")]
    [InlineData("not A")]
    [InlineData("A and B or A and C or B and C")]
    [InlineData("parity(A, B, C)")]
    [InlineData("parity(A, B, C, D)")]
    [InlineData("A <-> B")]
    [InlineData("a and not a")]
    public void A_design_is_the_library_s_and_right_in_every_row(string f)
    {
        foreach (DesignUnits units in Enum.GetValues<DesignUnits>())
        {
            JsonObject answer = Ask(new { f, units = units.ToString().ToLowerInvariant() });
            var expression = BooleanExpression.Parse(f);
            var design = BooleanDesign.Of(new(expression.Variables, expression.Table()), units);
            Assert.Equal(design.Model.Network.ToString(), (string?)answer["network"]);
            Assert.Equal(design.Explanation, answer["explanation"]!.AsArray().Select(line => (string?)line));
            Assert.Equal("", Wrong(answer));
            Assert.Equal(design.Proof is null, (bool)answer["separable"]!);
            // The weights as an address has them make the same table, and so does the file.
            JsonObject again = Ask(
                new
                {
                    f,
                    units = units.ToString().ToLowerInvariant(),
                    weights = (string?)answer["weights"],
                }
            );
            Assert.Equal(answer["rows"]!.ToJsonString(), again["rows"]!.ToJsonString());
            Assert.Equal((string?)answer["weights"], (string?)again["weights"]);
            Experiment experiment = Experiment.Read((string)answer["file"]!, "file", AppContext.BaseDirectory);
            Assert.Equal(expression.Table(), TruthTable.Of(experiment.CreateModel()).Functions[0].Table);
        }
    }

    [Fact]
    public void Xor_with_a_single_unit_is_explained_and_can_be_tried()
    {
        JsonObject answer = Ask(new { table = "0110", single = true });
        Assert.Contains("it is not linearly separable", (string?)answer["proof"]![0]);
        Assert.False((bool)answer["designed"]!);
        Assert.Equal("11", Wrong(answer));
        Assert.Equal("A xor B", (string?)answer["expression"]);
        Assert.Equal(
            "00",
            Wrong(
                Ask(
                    new
                    {
                        table = "0110",
                        single = true,
                        weights = "-1,-1,1.5",
                    }
                )
            )
        );
        Assert.Equal("1/3,-2,0.5", (string?)Ask(new { table = "0110", weights = "1/3,-2,0.5" })["weights"]);
    }

    [Fact]
    public void The_sums_of_a_row_are_those_of_explain()
    {
        string[] lines =
        [
            .. Ask(new { f = "A xor B", row = 1 })["lines"]!
                .AsArray()
                .Select(line => $"{line!["name"]} {string.Join(' ', line["parts"]!.AsArray().Select(part => (string?)part))}"),
        ];
        Assert.Equal("x₂ = B = 1", lines[1]);
        Assert.Equal("z¹₁ = w¹₁₁x₁ + w¹₁₂x₂ + b¹₁ = 1·0 − 1·1 − 0.5 = −1.5", lines[2]);
        Assert.Equal("output = 1 since 1 ≥ 0.5", lines[^1]);
    }

    [Fact]
    public void Borders_lie_where_the_sum_is_zero()
    {
        foreach ((string f, int corners) in ((string, int)[])[("A and B", 2), ("A and B and C", 3), ("A and B or A and C or B and C", 6)])
        {
            JsonObject answer = Ask(new { f });
            double[] w =
            [
                .. ((string)answer["weights"]!)
                    .Split(',')
                    .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            ];
            JsonArray points = answer["borders"]![0]!.AsArray();
            Assert.Equal(corners, points.Count);
            Assert.All(points, point => Assert.Equal(0, point!.AsArray().Select((x, i) => w[i] * (double)x!).Sum() + w[^1], 1e-12));
        }
        Assert.Null(Ask(new { f = "parity(A, B, C, D)" })["borders"]);
        Assert.Empty(Ask(new { f = "A and B", weights = "1,1,-100" })["borders"]![0]!.AsArray());
        Assert.Empty(Ask(new { f = "A and B", weights = "0,0,-1" })["borders"]![0]!.AsArray());
    }

    [Theory]
    [InlineData("""{"f":"A xr B"}""", "Did you mean")]
    [InlineData("""{"f":"A and B and C and D and E"}""", "5 variables")]
    [InlineData("""{"f":"1"}""", "0 variables")]
    [InlineData("""{"table":"011"}""", "0110")]
    [InlineData("""{"table":"01x0"}""", "0110")]
    [InlineData("""{}""", "a text is needed")]
    [InlineData("""{"f":"A","units":"tanh"}""", "one of step, relu, sigmoid")]
    [InlineData("""{"f":"A or B","weights":"1,1"}""", "2 weights and a bias are needed")]
    [InlineData("""{"f":"A or B","weights":"1,1,x"}""", "boolean, weights")]
    [InlineData("""{"f":"A or B","weights":"1,1,1e300"}""", "too large")]
    [InlineData("""{"f":"A or B","weights":"1,1,1;1,1,1"}""", "there is one output")]
    [InlineData("""{"f":"A or B","weights":"1,1,1|1,1|1,1"}""", "3 layers")]
    [InlineData("""{"f":"A or B","weights":"1,1,1|1,1,1"}""", "unit 1 of layer 2 has 3 numbers")]
    [InlineData("""{"f":"A or B","row":4}""", "from 0 to 3")]
    [InlineData("""{"f":"A or B","weigths":"1"}""", "Did you mean \"weights\"?")]
    public void What_is_wrong_is_said(string with, string reason)
    {
        var question = Question.Find("boolean");
        var refusal = Assert.Throws<LonghandException>(() => question.Answer(new Asked(question, JsonNode.Parse(with)!.AsObject(), null)));
        Assert.Contains(reason, refusal.Message);
    }

    [Fact]
    public void More_hidden_units_than_can_be_drawn_are_refused()
    {
        string many = string.Join(';', Enumerable.Repeat("1,1,1", 17));
        var refusal = Assert.Throws<LonghandException>(() => Ask(new { f = "A or B", weights = $"{many}|1" }));
        Assert.Contains("16 is the limit", refusal.Message);
    }
}

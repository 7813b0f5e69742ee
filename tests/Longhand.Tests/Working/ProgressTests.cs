using System.Xml.Linq;
using Longhand.Grading;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>A run that is looked at in the middle: what the optimizer has kept, and what numbers on a page stand for.</summary>
public class ProgressTests
{
    private static readonly Network network = Network.Parse("2 -> dense 3 tanh -> dropout 0.3 -> dense 2");

    public static TheoryData<string, View> Optimizers =>
        [
            .. Optimizer
                .Kinds.All.SelectMany(k => k.Examples)
                .SelectMany(example => ((string, View)[])[(example, View.Scalar), (example, View.Matrix)]),
        ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void The_third_update_worked_alone_is_the_third_update_of_the_engine(string optimizer, View view)
    {
        DataSet data = new(Rows.Of([0.5, -0.2, 0.1, 0.9], 2), network.Input, Rows.Of([1, 0, 0.25, -1], 2));
        Training options = new()
        {
            Loss = Loss.Parse("half-mse"),
            Optimizer = Optimizer.Parse(optimizer),
            Regularization = new(0, 0.01),
            Seed = 3,
        };
        using var engine = new ReferenceEngine(network, Model.Create(network, seed: 3).Values, options);
        for (int update = 0; update < 2; update++)
            engine.Step(data, [0, 1], options.Optimizer.LearningRate);
        EngineState state = engine.Save();
        var request = new ExplainRequest
        {
            Inputs = [.. Enumerable.Range(0, 2).Select(i => Array.ConvertAll(data[i].Input, Rational.FromDouble))],
            Targets = [.. Enumerable.Range(0, 2).Select(i => Array.ConvertAll(data[i].Target, Rational.FromDouble))],
            Loss = options.Loss,
            Optimizer = options.Optimizer,
            Regularization = options.Regularization,
            Seed = options.Seed,
            IsBatch = true,
            View = view,
            Before = new(state.Updates, [.. state.Kept.Select(kind => (IReadOnlyList<double[]?>)[.. kind.Select(k => k?.ToDoubles())])]),
        };
        var model = new Model(network, state.Values);
        var solution = Solution.Explain(model, request);
        engine.Step(data, [0, 1], options.Optimizer.LearningRate);
        IReadOnlyList<ParameterValues> expected = engine.Export();
        for (int p = 0; p < expected.Count; p++)
        for (int i = 0; i < expected[p].Length; i++)
            Assert.Equal(expected[p].Double(i), solution.Updates[0].Parameters[p].Flat(i).Value, 1e-12);
        // The grader goes on from there as well.
        string key = "steps[0].parameters.dense1.weight[1][0]";
        double right = expected[0].Double(2);
        Assert.True(WrittenNumber.TryParse(Decimals.Format(right, 9), out WrittenNumber? written, out _));
        Assert.Equal(AnswerVerdict.Right, Grader.Grade(model, request, [new Answer(key, written)]).Answers[0].Verdict);
    }

    [Fact]
    public void What_has_been_kept_for_another_network_is_refused()
    {
        ExplainRequest request = new()
        {
            Inputs =
            [
                [1, 2],
            ],
            Targets =
            [
                [1, 2],
            ],
            Loss = Loss.Parse("half-mse"),
            Optimizer = Optimizer.Parse("adam"),
        };
        Model model = Model.Create(network, seed: 1);
        foreach (
            OptimizerProgress wrong in (OptimizerProgress[])
                [
                    new(3, []),
                    new(
                        -1,
                        [
                            [null, null, null, null],
                            [null, null, null, null],
                        ]
                    ),
                    new(
                        1,
                        [
                            [
                                [1, 2],
                                null,
                                null,
                                null,
                            ],
                            [null, null, null, null],
                        ]
                    ),
                ]
        )
            Assert.Throws<LonghandException>(() => Solution.Explain(model, request with { Before = wrong }));
    }

    [Fact]
    public void Every_number_and_name_on_a_page_says_what_it_stands_for_or_which_line_made_it()
    {
        int uses = 0,
            found = 0;
        for (int seed = 1; seed <= 25; seed++)
            foreach (View view in (View[])[View.Scalar, View.Matrix])
            {
                Solution solution = RandomSolution.Of(seed, request => request with { View = view });
                var page = XElement.Parse(solution.ToHtmlFragment("p-"));
                var byId = page.Descendants().Where(e => e.Attribute("id") is not null).ToDictionary(e => e.Attribute("id")!.Value);
                var lines = solution.Steps.ToDictionary(step => $"p-{step.Id}");
                foreach (XElement operand in page.Descendants().Where(e => e.Attribute("data-of") is not null))
                {
                    string key = operand.Attribute("data-of")!.Value;
                    Assert.NotEqual("", key);
                    XElement? at = operand.Ancestors().FirstOrDefault(e => (string?)e.Attribute("class") == "line");
                    if (operand.Attribute("data-line") is { } line)
                        Assert.Contains(lines[line.Value].Id, lines[at!.Attribute("id")!.Value].Uses);
                    else
                        Assert.NotEqual("", operand.Attribute("data-name")!.Value);
                }
                // What a line uses can be followed from it.
                foreach (WorkingStep step in solution.Steps)
                {
                    XElement written = byId[$"p-{step.Id}"];
                    Assert.Equal(step.Key, written.Attribute("data-key")!.Value);
                    var followed = written
                        .Descendants()
                        .Select(e => (string?)e.Attribute("data-line"))
                        .Where(id => id is not null)
                        .ToHashSet();
                    uses += step.Uses.Count;
                    found += step.Uses.Count(id => followed.Contains($"p-{id}"));
                }
            }
        // What merely decides a choice, as the side of a kink, does not stand in the line.
        Assert.True(found > 0.9 * uses, $"{found} of {uses} can be followed");
    }
}
